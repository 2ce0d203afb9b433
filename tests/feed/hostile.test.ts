import { expect, test } from 'vitest';
import { element, escapeXml } from '../../src/feed/xml.ts';
import { scriptSafe } from '../../src/render/json-ld.tsx';
import { stampBody } from '../../src/site/public-object.ts';
import { readFragment } from '../render/html.ts';
import { htmlIn } from '../render/html-in-json.ts';
import { everyObject } from '../render/site.ts';

test('in XML, text is text: tags, ends of sections, quotes in attributes, forbidden characters', () => {
  expect(escapeXml('<script>&amp;]]>\u0000\u0008\uFFFE\u{10FFFF}')).toBe(
    '&lt;script&gt;&amp;amp;]]&gt;\u{10FFFF}',
  );
  expect(element('a', { href: '"><b x="' }, 'x').text).toBe(
    '<a href="&quot;&gt;&lt;b x=&quot;">x</a>',
  );
});

test('in a script element, data is data, and reads back as it was', () => {
  const value = { a: '</script><!--<script>', b: '\u2028\u2029 & \uD83D\uDE00', c: ['"', '\\'] };
  const written = scriptSafe(value);
  expect(written).not.toMatch(/[<>&\u2028\u2029]/);
  expect(JSON.parse(written)).toEqual(value);
});

test('the elements of a hostile document in XML are the elements of a harmless one', () => {
  const names = (body: string): ReadonlySet<string> =>
    new Set([...body.matchAll(/<([a-zA-Z][\w:]*)/g)].map(([, name = '']) => name));
  const xml = everyObject.filter(({ contentType }) => /(?:rss|atom|\/xml)/.test(contentType));
  expect(xml.length).toBeGreaterThan(5);
  for (const object of xml) {
    const body = stampBody(object, '7.x');
    expect(body).not.toMatch(/<(?:script|img|style|iframe|b|p)\b/i);
    expect(body).not.toContain('<![CDATA[');
    for (const name of names(body)) expect(allowedNames).toContain(name);
  }
});

test('no answer for other sites brings an event handler or an element that acts', () => {
  const json = everyObject.filter(({ contentType }) => contentType.includes('json'));
  const texts = json.flatMap(({ body }) => htmlIn(body));
  expect(texts.length).toBeGreaterThan(50);
  for (const { tagName, attrs } of texts.flatMap((text) => readFragment(text).elements)) {
    expect(tagName).not.toMatch(/^(?:script|style|iframe|object|embed|form|input|svg|math)$/);
    for (const { name } of attrs) expect(name).not.toMatch(/^(?:on|style)/);
  }
});

const allowedNames = new Set(
  (
    'rss channel title link description language copyright lastBuildDate atom:link fh:archive item guid pubDate ' +
    'dc:creator category content:encoded feed id subtitle updated author name rights entry published summary content ' +
    'sitemapindex sitemap loc urlset url lastmod'
  ).split(' '),
);
