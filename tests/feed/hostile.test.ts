import { parseFragment } from 'parse5';
import { describe, expect, test } from 'vitest';
import { feedMonth, feeds } from '../../src/feed/feeds.ts';
import { element, escapeXml } from '../../src/feed/xml.ts';
import { scriptSafe } from '../../src/render/json-ld.tsx';
import { stampBody } from '../../src/site/public-object.ts';
import { readFragment, textOf } from '../render/html.ts';
import { htmlIn } from '../render/html-in-json.ts';
import { pageNumbered, publication } from '../render/pages.ts';
import { everyObject } from '../render/site.ts';
import { readXml } from './xml-reader.ts';

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

describe.each([
  'A <img src=x onerror=alert(1)> b',
  '<script>alert(1)</script>',
  'Why the <changelog> mattered, & why x < y',
  'They write &lt;b&gt; and &amp;lt; and &#60;i>',
  ']]><svg onload=alert(1)>',
])('a summary and a description such as %j', (prose) => {
  const { resolved, path } = pageNumbered(2);
  const items = [
    { path, resolved: { ...resolved, briefing: { ...resolved.briefing, summary: prose } } },
  ];
  const { settings, ...stage } = publication;
  const told = { ...stage, settings: { ...settings, description: prose } };
  const bodies = [
    ...feeds({ items, olderMonth: null }, told),
    ...feedMonth({ month: '2026-11', items, olderMonth: null }, told),
  ].map((object) => [object.contentType, stampBody(object, '7.x')] as const);
  const ofFormat = (format: RegExp): readonly string[] =>
    bodies.flatMap(([type, body]) => (format.test(type) ? [body] : []));

  test('is shown letter by letter by a reader of RSS, which takes it for HTML', () => {
    const described = ofFormat(/rss/).map((body) =>
      readXml(body)
        .filter(({ name }) => name === 'description')
        .map(({ text }) => text),
    );
    expect(described.map((texts) => texts.map((text) => textOf(parseFragment(text))))).toEqual([
      [prose, prose],
      [prose, prose],
    ]);
    expect(described.flat().flatMap((text) => readFragment(text).elements)).toEqual([]);
  });

  test('is plain text in Atom and in JSON Feed, as these formats have it', () => {
    for (const body of ofFormat(/atom/)) {
      const texts = readXml(body).filter(({ name }) => /^(?:summary|subtitle)$/.test(name));
      expect(texts).toEqual([
        { name: 'subtitle', attributes: {}, text: prose },
        { name: 'summary', attributes: {}, text: prose },
      ]);
    }
    for (const body of ofFormat(/json/)) {
      expect(JSON.parse(body)).toMatchObject({ description: prose, items: [{ summary: prose }] });
    }
  });
});

const allowedNames = new Set(
  (
    'rss channel title link description language copyright lastBuildDate atom:link fh:archive item guid pubDate ' +
    'dc:creator category content:encoded feed id subtitle updated author name rights entry published summary content ' +
    'sitemapindex sitemap loc urlset url lastmod'
  ).split(' '),
);
