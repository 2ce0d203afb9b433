import { describe, expect, test } from 'vitest';
import { edition } from '../../src/publishing/edition.ts';
import { publish } from '../../src/publishing/publish.ts';
import { contentHash, stampOf, storedForm } from '../../src/publishing/release.ts';
import { stampMarker, type PublicObject } from '../../src/site/public-object.ts';
import { openNewsroom } from './newsroom.ts';

describe('rule 15: the stamp in the bytes', () => {
  const page: PublicObject = {
    path: '/briefings/one/',
    status: 200,
    contentType: 'text/html; charset=utf-8',
    cache: 'page',
    tags: ['briefing-b-one'],
    leadsTo: [],
    body: `<meta name="pressrun:release" content="${stampMarker}"/>`,
  };
  const others: readonly (readonly [string, PublicObject])[] = [
    ['status', { ...page, status: 410 }],
    ['location', { ...page, status: 301, location: '/briefings/two/' }],
    ['another location', { ...page, status: 301, location: '/briefings/three/' }],
    ['type', { ...page, contentType: 'application/xhtml+xml; charset=utf-8' }],
    ['cache rule', { ...page, cache: 'short' }],
    ['tags', { ...page, tags: ['briefing-b-two'] }],
  ];

  test.each(others)(
    'differs when nothing but the %s does, and so do validator and content hash',
    (_, other) => {
      const [stamp, otherStamp] = [stampOf(page, 7), stampOf(other, 7)];
      expect(stamp).toMatch(/^7\.[\w-]{8}$/);
      expect(otherStamp).toMatch(/^7\.[\w-]{8}$/);
      expect(otherStamp).not.toBe(stamp);
      expect(storedForm(other, otherStamp).etag).not.toBe(storedForm(page, stamp).etag);
      expect(contentHash(other)).not.toBe(contentHash(page));
    },
  );

  test('the same object under two releases has two validators and one content hash', () => {
    expect(storedForm(page, stampOf(page, 7)).etag).not.toBe(
      storedForm(page, stampOf(page, 8)).etag,
    );
    expect(contentHash(page)).toBe(contentHash({ ...page }));
  });

  test('stands in the way of each format, and names the release that last changed the object', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    newsroom.brief('b-two', { date: '2025-01-01' });
    await newsroom.publishWhole([...newsroom.documents.keys()]);
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    await newsroom.publish('b-one');

    const stamps: Record<string, string | undefined> = {};
    for (const [path, pattern] of [
      ['/briefings/one/', /<meta name="pressrun:release" content="(\d+)\.[\w-]{8}"\/>/],
      ['/briefings/one/index.txt', /\n-- release (\d+)\.[\w-]{8}\n$/],
      ['/briefings/one/index.md', /\n<!-- [^\n]*?(\d+)\.[\w-]{8} -->\n$/],
      ['/v1/briefings/b-one.json', /"_release": ?"(\d+)\.[\w-]{8}"/],
      ['/rss.xml', /^<\?xml[^>]*\?>\s*<!-- [^\n]*?(\d+)\.[\w-]{8} -->/],
      ['/atom.xml', /^<\?xml[^>]*\?>\s*<!-- [^\n]*?(\d+)\.[\w-]{8} -->/],
      ['/feed.json', /"_release": ?"(\d+)\.[\w-]{8}"/],
      ['/briefings/two/', /<meta name="pressrun:release" content="(\d+)\.[\w-]{8}"\/>/],
      ['/v1/schema/briefing.json', /"\$comment": ?"[^"]*?(\d+)\.[\w-]{8}"/],
    ] as const) {
      stamps[path] = pattern.exec(await newsroom.text(path))?.[1];
    }
    expect(stamps).toEqual({
      '/briefings/one/': '2',
      '/briefings/one/index.txt': '2',
      '/briefings/one/index.md': '2',
      '/v1/briefings/b-one.json': '2',
      '/rss.xml': '2',
      '/atom.xml': '2',
      '/feed.json': '2',
      '/briefings/two/': '1',
      '/v1/schema/briefing.json': '1',
    });
  });

  test('retracted, a page has another cache rule, and is never shown stale in an outage', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    await newsroom.publish('b-one');
    const rule = async () =>
      (await newsroom.store.get('public/briefings/one/index.html'))?.cacheControl;
    expect(await rule()).toContain('stale-if-error=3600');
    newsroom.patch('b-one', {
      retraction: { at: '2026-10-12T09:00:00.000Z', reason: 'It was wrong.' },
    });
    await newsroom.publish('b-one');
    expect(await rule()).toContain('stale-if-error=0');
  });

  test('an edition that changes nothing but a cache rule rewrites the object', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    await newsroom.publish('b-one');
    const other = newsroom.publisher({
      renderers: {
        ...edition,
        briefing: (input) => edition.briefing(input).map((each) => ({ ...each, cache: 'short' })),
      },
    });
    expect(
      await newsroom.written(() => publish(other, { ids: [], tasks: ['briefing:b-one'] })),
    ).toContain('/briefings/one/index.txt');
  });
});
