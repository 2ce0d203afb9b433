import type { Path } from '../briefing/resolved.ts';
import { cacheTagHeader } from './cache-tags.ts';
import { allowedStylesheets } from './stylesheet-hashes.ts';

/**
 * The headers every answer for a path carries, whatever its status: 200, 304, 404, 410 and 5xx alike.
 * Content type, cache and validators come from the object.
 */
export function headersFor(path: Path): Readonly<Record<string, string>> {
  const rule = headerRules.find(({ pattern }) => matches(pattern, path));
  return headerSets[rule?.headers ?? 'page'];
}

/**
 * What the bucket says to the edge alone; the policy takes it from every answer. The viewer-response function
 * would do so too, but is not called for the page of an error. By name, at most ten, and never the status and
 * the location of the metadata: the policy comes before that function, which makes tombstones and redirects
 * of them. Tags are read from what is cached, which the policy leaves alone.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html#understanding-response-headers-policies-remove-headers
 */
export const removedHeaders = [
  cacheTagHeader,
  'x-amz-server-side-encryption',
  'x-amz-version-id',
  'x-amz-delete-marker',
  'x-amz-bucket-region',
  'x-amz-request-id',
  'x-amz-id-2',
] as const;

export type HeaderSet = 'page' | 'shared' | 'embed' | 'receipt';

/**
 * Which answers carry other headers than pages do; the first pattern that matches decides. The edge is
 * configured from this table, so a pattern is what CloudFront can hold: `*` stands for anything.
 */
export const headerRules: readonly { readonly pattern: string; readonly headers: HeaderSet }[] = [
  { pattern: '/embed/*', headers: 'embed' },
  { pattern: '/v1/receipts/*', headers: 'receipt' },
  // JSON, feeds, text and pictures are made to be taken by other sites; pages are not.
  { pattern: '/v1/*', headers: 'shared' },
  { pattern: '/feeds/*', headers: 'shared' },
  { pattern: '/images/*', headers: 'shared' },
  { pattern: '/cards/*', headers: 'shared' },
  { pattern: '/assets/*', headers: 'shared' },
  { pattern: '*.json', headers: 'shared' },
  { pattern: '*.xml', headers: 'shared' },
  { pattern: '*.txt', headers: 'shared' },
  { pattern: '*.md', headers: 'shared' },
];

function matches(pattern: string, path: Path): boolean {
  return pattern.startsWith('*')
    ? path.endsWith(pattern.slice(1))
    : path.startsWith(pattern.slice(0, -1));
}

function contentSecurityPolicy(
  stylesheets: readonly string[],
  frameAncestors: "'none'" | '*',
): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src ${stylesheets.map((hash) => `'${hash}'`).join(' ')}`,
    "img-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "object-src 'none'",
    `frame-ancestors ${frameAncestors}`,
  ].join('; ');
}

const everywhere = {
  'strict-transport-security': 'max-age=63072000; includeSubDomains',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'permissions-policy':
    'accelerometer=(), autoplay=(), browsing-topics=(), camera=(), display-capture=(), ' +
    'encrypted-media=(), fullscreen=(), geolocation=(), gyroscope=(), magnetometer=(), ' +
    'microphone=(), midi=(), payment=(), publickey-credentials-get=(), screen-wake-lock=(), ' +
    'usb=(), xr-spatial-tracking=()',
  'cross-origin-opener-policy': 'same-origin',
  // The bytes are public and carry no credentials; the origin is never echoed.
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'ETag',
} as const;

/** The headers by name, with policies that allow these stylesheets. */
export function headerSetsWith(
  stylesheets: readonly string[],
): Readonly<Record<HeaderSet, Readonly<Record<string, string>>>> {
  const page = {
    ...everywhere,
    'content-security-policy': contentSecurityPolicy(stylesheets, "'none'"),
    'cross-origin-resource-policy': 'same-origin',
  };
  const shared = { ...page, 'cross-origin-resource-policy': 'cross-origin' };
  const embed = {
    ...shared,
    'content-security-policy': contentSecurityPolicy(stylesheets, '*'),
  };
  // An address that only the Studio knows should not become known through a search engine.
  const receipt = { ...shared, 'x-robots-tag': 'noindex' };
  return { page, shared, embed, receipt };
}

/** The headers by name, where nothing stands but what code of these sources has drawn. */
export const headerSets = headerSetsWith(allowedStylesheets([]));
