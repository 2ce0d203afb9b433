import { Parser } from 'commonmark';
import { parse, parseFragment } from 'parse5';
import type { Path } from '../../src/briefing/resolved.ts';
import type { PublicObject } from '../../src/site/public-object.ts';
import { readXml } from '../feed/xml-reader.ts';
import { attributeOf, type Element, elementsIn, textOf } from '../render/html.ts';

/**
 * Where the bytes of an object lead within our own site, as parsers read them that know nothing of how
 * it was drawn: parse5 for HTML and the HTML that feeds and JSON carry, saxes for XML, commonmark for
 * Markdown. Without query and fragment, each once, in order of name. It is the witness of `leadsTo`.
 */
export function linksRead(
  object: Pick<PublicObject, 'path' | 'contentType' | 'body'> & { readonly location?: Path },
  baseUrl: string,
): readonly Path[] {
  const found = new Set<Path>();
  for (const url of [...addressesIn(object), ...(object.location ? [object.location] : [])]) {
    const path = pathWithin(url, baseUrl, object.path);
    if (path !== null) found.add(path);
  }
  return [...found].sort();
}

function addressesIn({
  path,
  contentType,
  body,
}: Pick<PublicObject, 'path' | 'contentType' | 'body'>): string[] {
  if (contentType.startsWith('text/html')) return elementsIn(parse(body)).flatMap(ofElement);
  // It travels as plain text, which edges compress.
  if (path.endsWith('.md')) return ofMarkdown(body);
  if (contentType.includes('json')) return ofJson(JSON.parse(body), '', '');
  if (contentType.includes('xml')) return ofXml(body);
  return [];
}

/** Every attribute of HTML that holds an address, whether we use it or not. */
const addressed = ['href', 'src', 'cite', 'poster', 'action', 'formaction', 'data', 'background'];

function ofElement(element: Element): string[] {
  const { tagName } = element;
  const plain = addressed.flatMap((name) => attributeOf(element, name) ?? []);
  const srcset = attributeOf(element, 'srcset') ?? attributeOf(element, 'imagesrcset') ?? '';
  const candidates = srcset.split(',').flatMap((each) => each.trim().split(/\s+/)[0] || []);
  const property = attributeOf(element, 'property') ?? '';
  const meta = /^og:(?:url|image)$/.test(property) ? [attributeOf(element, 'content') ?? ''] : [];
  const type = attributeOf(element, 'type');
  const isData = tagName === 'script' && type === 'application/ld+json';
  return [...plain, ...candidates, ...meta, ...(isData ? ofLinkedData(textOf(element)) : [])];
}

function ofHtml(html: string): string[] {
  return elementsIn(parseFragment(html)).flatMap(ofElement);
}

/** Members of schema.org's that hold addresses. */
const linkedDataMembers = new Set(
  'url contentUrl mainEntityOfPage sameAs license acquireLicensePage @id'.split(' '),
);

function ofLinkedData(json: string): string[] {
  const walk = (value: unknown, name: string): string[] => {
    if (typeof value === 'string') return linkedDataMembers.has(name) ? [value] : [];
    return childrenOf(value).flatMap(([key, each]) =>
      walk(each, Array.isArray(value) ? name : key),
    );
  };
  return walk(JSON.parse(json), '');
}

/** Members of the contract and of JSON Feed that hold addresses; others hold HTML, and the rest is prose. */
const jsonMembers = new Set(
  (
    'url jsonUrl textUrl markdownUrl newerUrl olderUrl previousUrl archiveUrl acquireUrl movedTo location ' +
    'changesUrl jsonFeedUrl rssUrl atomUrl sitemapUrl $schema $id ' +
    'home_page_url feed_url next_url json_url external_url image icon favicon'
  ).split(' '),
);
const htmlMembers = new Set(['html', 'content_html']);

function ofJson(value: unknown, name: string, around: string): string[] {
  if (typeof value === 'string') {
    if (htmlMembers.has(name)) return ofHtml(value);
    // An extension of JSON Feed says in `about` what it is.
    const isAddress = jsonMembers.has(name) || (around === '_briefing' && name === 'about');
    return isAddress ? [value] : [];
  }
  if (Array.isArray(value)) return value.flatMap((each) => ofJson(each, name, around));
  return childrenOf(value).flatMap(([key, each]) => ofJson(each, key, name));
}

function childrenOf(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

/** Elements of RSS and Atom that hold HTML; RSS has its descriptions read as such too. */
function ofXml(body: string): string[] {
  return readXml(body).flatMap(({ name, attributes, text }) => {
    const own = ['href', 'src', 'uri'].flatMap((attribute) => attributes[attribute] ?? []);
    if (/^(?:link|loc|uri|comments)$/.test(name) && text !== '') return [...own, text];
    const isHtml =
      /^(?:content:encoded|description)$/.test(name) ||
      (/^(?:content|summary|title)$/.test(name) && attributes['type'] === 'html');
    return isHtml ? [...own, ...ofHtml(text)] : own;
  });
}

function ofMarkdown(text: string): string[] {
  const found: string[] = [];
  const walker = new Parser().parse(text).walker();
  for (let event = walker.next(); event !== null; event = walker.next()) {
    const { type, destination, literal } = event.node;
    if (!event.entering) continue;
    if ((type === 'link' || type === 'image') && destination !== null) found.push(destination);
    if ((type === 'html_block' || type === 'html_inline') && literal !== null) {
      found.push(...ofHtml(literal));
    }
  }
  return found;
}

/** The path of an address that leads to our own site from a page of it; an anchor of the page leads nowhere. */
function pathWithin(url: string, baseUrl: string, from: Path): Path | null {
  if (url.startsWith('#') || url === '') return null;
  const target = URL.parse(url, baseUrl + from);
  if (target === null || target.origin !== new URL(baseUrl).origin) return null;
  return `/${target.pathname.slice(1)}`;
}
