import type { Path } from '../briefing/resolved.ts';
import type { PublicObject } from './public-object.ts';

/**
 * Every path of our own site that a rendered object links to, without query and fragment, each
 * once, in order of appearance. Publishing refuses a release in which one of them is neither live
 * nor one redirect away.
 *
 * What counts is what a reader or a program would follow: `href`, `src` and `srcset` (in feeds
 * also those inside embedded HTML), XML elements that hold a URL, the members of
 * our JSON that hold addresses, Markdown links, and the location of a 301. A URL that merely stands in prose is prose.
 */
export function internalLinks(
  object: Pick<PublicObject, 'path' | 'contentType' | 'body'> & { readonly location?: Path },
  baseUrl: string,
): Path[] {
  const found = new Set<Path>();
  if (object.location) found.add(withoutQuery(object.location));
  for (const url of linksOf(object)) {
    const path = pathUnder(baseUrl, url);
    if (path) found.add(path);
  }
  return [...found];
}

function linksOf({
  path,
  contentType,
  body,
}: Pick<PublicObject, 'path' | 'contentType' | 'body'>): string[] {
  if (contentType.startsWith('text/html')) return htmlLinks(body);
  // Its type is that of plain text, in which nothing is a link.
  if (path.endsWith('.md')) return matches(body, markdownLink);
  if (contentType.includes('json')) return jsonLinks(JSON.parse(body), '');
  if (contentType.includes('xml')) return xmlLinks(body);
  return [];
}

/** In the tags alone, and in the HTML that feeds carry: text may hold quotes, and look like an attribute. */
function xmlLinks(xml: string): string[] {
  return [
    ...attributeLinks([...xml.matchAll(tag)].map(([start]) => start).join('')),
    ...matches(xml, embeddedHtml).flatMap(attributeLinks),
    ...matches(xml, elementUrl),
  ];
}

/** Text and attributes escape `<` and `>`. */
const tag = /<[^<>]*>/g;
/** HTML that was escaped into XML: there `<` is escaped, and no quote but those of attributes is left. */
const embeddedHtml = /<content(?::encoded| type="html")>([^<]*)</g;

function htmlLinks(html: string): string[] {
  return [...attributeLinks(html), ...matches(html, metaUrl), ...matches(html, linkedDataUrl)];
}

const attribute = /\s(href|src|srcset|url)="([^"]*)"/g;
function attributeLinks(markup: string): string[] {
  const links: string[] = [];
  for (const [, name, value = ''] of markup.matchAll(attribute)) {
    if (name === 'srcset') {
      for (const candidate of value.split(',')) links.push(candidate.trim().split(' ')[0] ?? '');
    } else {
      links.push(value);
    }
  }
  return links;
}

const metaUrl = /<meta property="og:(?:url|image)" content="([^"]*)"/g;
/** A quote inside a JSON string is escaped, so prose cannot look like a member. */
const linkedDataUrl = /"(?:url|contentUrl|mainEntityOfPage)":"(https?:[^"\\]*)"/g;
const elementUrl = /<(?:loc|link|uri|url)>(https?:[^<\s]*)</g;
/** Prose escapes `[`, `]` and `<`, so these only stand in links that the renderer made, which encodes `(` and `<`. */
const markdownLink = /(?:(?<!\\)\]\(|(?<!\\)<)(https?:[^\s()<>]*)[)>]/g;

function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, url = '']) => url);
}

/** `$id` and `$schema` are followed by validators; templates such as `…/{id}.json` are no links. */
const linkMember = /(?:url|^movedTo|^location|^image|^\$schema|^\$id)$/i;

function jsonLinks(value: unknown, key: string): string[] {
  if (typeof value === 'string') {
    if (linkMember.test(key)) return [value];
    return key.endsWith('html') ? attributeLinks(value) : [];
  }
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((each) => jsonLinks(each, key));
  return Object.entries(value).flatMap(([name, each]) => jsonLinks(each, name));
}

function pathUnder(baseUrl: string, url: string): Path | null {
  const path =
    url === baseUrl ? '/' : url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url;
  return isRootRelative(path) ? withoutQuery(path) : null;
}

function isRootRelative(url: string): url is Path {
  return url.startsWith('/') && !url.startsWith('//');
}

/** Also ends at an entity: one of our own paths never holds a character that is escaped. */
function withoutQuery(path: Path): Path {
  return `/${path.slice(1).split(/[?#&]/, 1)[0] ?? ''}`;
}
