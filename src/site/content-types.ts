/**
 * The `Content-Type` of each kind of output. Each is on CloudFront's list of what it compresses, which has
 * neither `application/feed+json` nor `application/atom+xml`, `application/schema+json` or `text/markdown`:
 * under those names the same bytes would travel five times as long.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html
 */
export const contentTypes = {
  html: 'text/html; charset=utf-8',
  text: 'text/plain; charset=utf-8',
  markdown: 'text/plain; charset=utf-8',
  /** Documents of the contract, their schemas, receipts, and JSON Feed. */
  json: 'application/json; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
  atom: 'application/xml; charset=utf-8',
  sitemap: 'application/xml; charset=utf-8',
} as const;

/**
 * What the alternatives of a page are called in the `link` elements by which programs find them. There the
 * name tells the format, and nothing is compressed by it.
 */
export const mediaTypes = {
  markdown: 'text/markdown',
  jsonFeed: 'application/feed+json',
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
} as const;
