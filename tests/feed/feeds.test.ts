import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith';
import { expect, test } from 'vitest';
import { feedMonth, feeds } from '../../src/feed/feeds.ts';
import { feedMonthPaths, feedPaths } from '../../src/site/paths.ts';
import { type PublicObject, stampBody } from '../../src/site/public-object.ts';
import { readFragment } from '../render/html.ts';
import { pageNumbered, pages, publication } from '../render/pages.ts';

const items = pages;
const [json, rss, atom] = inOrder(feeds({ items, olderMonth: '2026-10' }, publication));
const title = pages.map(({ resolved }) => resolved.briefing.headline);
const ids = pages.map(({ resolved }) => `tag:short-answer.example,2026:${resolved.briefing.id}`);

test('JSON Feed 1.1, as an independent reader understands it', () => {
  const feed = parseJsonFeed(json);
  expect(feed).toMatchObject({
    title: 'The Short Answer',
    home_page_url: 'https://short-answer.example/',
    feed_url: 'https://short-answer.example/feed.json',
    next_url: 'https://short-answer.example/feeds/2026-10.json',
    language: 'en',
  });
  expect(feed.items?.map((item) => item.id)).toEqual(ids);
  expect(feed.items?.map((item) => item.title)).toEqual(title);
  expect(feed.items?.[0]).toMatchObject({
    url: 'https://short-answer.example/briefings/the-woman-who-reads-the-river/',
    authors: [{ name: 'The evening desk' }, { name: 'Roos van Vliet' }],
    tags: ['Water', 'Law'],
    language: 'en',
  });
});

test('RSS 2.0, as an independent reader understands it', () => {
  const feed = parseRssFeed(rss);
  expect(feed.items?.map((item) => item.guid)).toEqual(
    ids.map((value) => ({ value, isPermaLink: false })),
  );
  expect(feed.items?.map((item) => item.title)).toEqual(title);
  expect(feed.items?.[0]?.pubDate).toBe('Mon, 23 Nov 2026 12:00:00 GMT');
  expect(feed.atom?.links).toContainEqual({
    rel: 'self',
    type: 'application/rss+xml',
    href: 'https://short-answer.example/rss.xml',
  });
});

test('Atom 1.0, as an independent reader understands it', () => {
  const feed = parseAtomFeed(atom);
  expect(feed.id).toBe('tag:short-answer.example,2026:feed');
  expect(feed.updated).toBe('2026-11-24T23:30:00.000Z');
  expect(feed.entries?.map((entry) => entry.id)).toEqual(ids);
  expect(feed.entries?.map((entry) => entry.title?.value ?? entry.title)).toEqual(title);
});

test('the three feeds carry the same whole briefings, which read as HTML without a fault', () => {
  const fromJson = parseJsonFeed(json).items?.map((item) => item.content_html) ?? [];
  const fromRss = parseRssFeed(rss).items?.map((item) => item.content?.encoded) ?? [];
  const fromAtom = parseAtomFeed(atom).entries?.map((entry) => entry.content?.value) ?? [];
  expect(fromRss).toEqual(fromJson);
  expect(fromAtom).toEqual(fromJson);
  for (const html of fromJson) expect(readFragment(html ?? '').errors).toEqual([]);
});

test('of a retracted briefing the feeds carry the reason, and neither text nor summary', () => {
  const [json, rss, atom] = inOrder(
    feeds({ items: [pageNumbered(3)], olderMonth: null }, publication),
  );
  for (const body of [json, rss, atom]) {
    expect(body).toContain('We relied on one source');
    expect(body).not.toContain('museum of locks');
  }
});

test('the archive chain: each closed month names the one before and the feed of the latest', () => {
  const month = feedMonth(
    { month: '2026-10', items: [pageNumbered(3)], olderMonth: '2026-09' },
    publication,
  );
  expect(month.map(({ path }) => path)).toEqual(Object.values(feedMonthPaths('2026-10')));
  const [json, rss, atom] = inOrder(month);
  expect(parseJsonFeed(json).next_url).toBe('https://short-answer.example/feeds/2026-09.json');
  for (const [body, format] of [
    [rss, 'rss'],
    [atom, 'atom'],
  ] as const) {
    expect(body).toContain('<fh:archive/>');
    expect(body).toContain(
      `rel="prev-archive" href="https://short-answer.example/feeds/2026-09.${format}"`,
    );
    expect(body).toContain(`rel="current" href="https://short-answer.example${feedPaths[format]}"`);
  }
  const last = feedMonth({ month: '2026-06', items: [], olderMonth: null }, publication);
  for (const { body } of last) expect(body).not.toMatch(/next_url|prev-archive/);
});

test('a publication without briefings has feeds that validate, dated by its settings', () => {
  const [json, rss, atom] = inOrder(feeds({ items: [], olderMonth: null }, publication));
  expect(parseJsonFeed(json)).toMatchObject({ title: 'The Short Answer' });
  expect(parseRssFeed(rss).title).toBe('The Short Answer');
  expect(parseAtomFeed(atom).updated).toBe(publication.settings.updatedAt);
});

test('nothing but content moves a feed: two renderings are the same bytes', () => {
  const again = feeds({ items, olderMonth: '2026-10' }, { ...publication });
  expect(inOrder(again)).toEqual([json, rss, atom]);
});

test('a feed links to pages, pictures and older months, and to nothing that it was not told of', () => {
  const [, rssObject] = feeds({ items: [pageNumbered(1)], olderMonth: '2026-10' }, publication);
  expect(rssObject?.leadsTo.toSorted()).toEqual([
    '/',
    '/briefings/a-council-without-a-chair/',
    '/briefings/the-woman-who-reads-the-river/',
    '/feeds/2026-10.rss',
    expect.stringMatching(/^\/images\/a{40}-.*-320\.jpg$/),
    expect.stringMatching(/^\/images\/a{40}-.*-320\.webp$/),
    expect.stringMatching(/^\/images\/a{40}-.*-640\.jpg$/),
    expect.stringMatching(/^\/images\/a{40}-.*-640\.webp$/),
    '/people/oksana-hrytsenko/',
    '/rss.xml',
  ]);
});

function inOrder(objects: readonly PublicObject[]): readonly [string, string, string] {
  const [json, rss, atom] = objects.map((object) => stampBody(object, '7.x'));
  if (json === undefined || rss === undefined || atom === undefined) {
    throw new Error('Expected JSON Feed, RSS and Atom, in this order');
  }
  return [json, rss, atom];
}
