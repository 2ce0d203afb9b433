import { describe, expect, test } from 'vitest';
import { edition } from '../../src/publishing/edition.ts';
import { reference } from '../simulator/newsroom.ts';
import { smallEdition } from '../simulator/small-edition.ts';
import { openNewsroom, type Newsroom } from './newsroom.ts';

describe('F24: a briefing is unpublished', () => {
  test('no public object but its tombstones and the change feed names it, and none has its words', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-stays', { mentions: ['b-leaves'] });
    newsroom.brief('b-leaves', { headline: 'WITHDRAWN WORDS', slug: 'of-the-leaving' });
    await newsroom.publishWhole(['b-stays', 'b-leaves']);
    newsroom.patch('b-leaves', { summary: 'WITHDRAWN WORDS, summed up' });
    await newsroom.publishWhole(['b-leaves']);
    expect((await newsroom.naming('WITHDRAWN')).length).toBeGreaterThan(10);
    newsroom.remove('b-leaves');
    await newsroom.publishWhole(['b-leaves']);

    expect(await newsroom.naming('WITHDRAWN')).toEqual([]);
    expect(await newsroom.naming('b-leaves')).toEqual([
      '/v1/briefings/b-leaves.json',
      '/v1/changes/head.json',
    ]);
    expect(await newsroom.naming('of-the-leaving')).toEqual([
      '/briefings/of-the-leaving/',
      '/briefings/of-the-leaving/index.md',
      '/briefings/of-the-leaving/index.txt',
    ]);
    expect(await newsroom.site('/briefings/of')).toEqual([
      '/briefings/of-the-leaving/ 410',
      '/briefings/of-the-leaving/index.md 410',
      '/briefings/of-the-leaving/index.txt 410',
    ]);
    expect(await newsroom.json('/v1/briefings/b-leaves.json')).toMatchObject({
      id: 'b-leaves',
      at: newsroom.now,
      release: (await newsroom.root()).seq,
    });
  });

  test('leaves every list before its page is a tombstone, in the order of the writes', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-stays', { mentions: ['b-leaves'] });
    newsroom.brief('b-leaves');
    await newsroom.publishWhole(['b-stays', 'b-leaves']);
    newsroom.remove('b-leaves');
    const from = newsroom.stored.length;
    await newsroom.publishWhole(['b-leaves']);

    const order = newsroom.stored.slice(from).filter((key) => key.startsWith('public/'));
    const first = (part: string): number =>
      order.findIndex((key) => key.startsWith(`public/${part}`));
    const tombstones = ['briefings/leaves/', 'v1/briefings/b-leaves.json'].map(first);
    const others = order.filter(
      (key) => !/briefings\/leaves\/|b-leaves\.json|receipts|status/.test(key),
    );
    expect(others.map((key) => key.slice('public/'.length)).sort()).toEqual([
      'archive/2026/10/index.html',
      'atom.xml',
      'briefings/stays/index.html',
      'briefings/stays/index.md',
      'briefings/stays/index.txt',
      'feed.json',
      'index.html',
      'people/ada-lovelace/index.html',
      'rss.xml',
      'sitemaps/2026.xml',
      'v1/briefings/b-stays.json',
      'v1/changes/head.json',
      'v1/index.json',
      'v1/months/2026-10.json',
      'v1/people/p-ada/2026.json',
    ]);
    expect(Math.max(...others.map((key) => order.indexOf(key)))).toBeLessThan(
      Math.min(...tombstones),
    );
  });

  test('with a redirect document, its page leads where the editor says, and its JSON is 410', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    newsroom.brief('b-two');
    await newsroom.publishWhole(['b-one', 'b-two']);
    newsroom.put('redirect-b-one', 'redirect', { from: 'b-one', to: reference('b-two', true) });
    newsroom.remove('b-one');
    await newsroom.publishWhole(['b-one']);
    expect(await newsroom.answer('/briefings/one/')).toBe('301 /briefings/two/');
    expect(await newsroom.answer('/v1/briefings/b-one.json')).toBe('410');
  });

  test('the last one: the site is empty and whole, and its month and its people are gone', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    await newsroom.publish('b-one');
    newsroom.remove('b-one');
    await newsroom.publishWhole(['b-one']);
    expect(await newsroom.site()).toEqual([
      '/ 200',
      '/404.html 200',
      '/archive/ 200',
      '/archive/2026/10/ 410',
      '/atom.xml 200',
      '/briefings/one/ 410',
      '/briefings/one/index.md 410',
      '/briefings/one/index.txt 410',
      '/feed.json 200',
      '/people/ada-lovelace/ 410',
      '/rss.xml 200',
      '/sitemap.xml 200',
      '/sitemaps/2026.xml 410',
      '/v1/briefings/b-one.json 410',
      '/v1/changes/head.json 200',
      '/v1/index.json 200',
      '/v1/months/2026-10.json 410',
      '/v1/people/p-ada.json 410',
      '/v1/people/p-ada/2026.json 410',
    ]);
  });
});

describe('F26: it is published again', () => {
  test('live at once, first published when it first was, and no byte of before returns', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { headline: 'Ada counts' });
    await newsroom.publish('b-one');
    const [before, publishedAt] = [
      await newsroom.everything(),
      (await newsroom.json('/v1/briefings/b-one.json'))['publishedAt'],
    ];
    newsroom.remove('b-one');
    await newsroom.publishWhole(['b-one']);
    newsroom.pass(3600);
    newsroom.brief('b-one', { headline: 'Ada counts' });
    await newsroom.publishWhole(['b-one']);

    const after = await newsroom.everything();
    expect(await newsroom.answer('/briefings/one/')).toBe('200');
    expect((await newsroom.json('/v1/briefings/b-one.json'))['publishedAt']).toBe(publishedAt);
    const same = Object.keys(after).filter((key) => after[key] === before[key]);
    // Only what never spoke of it: the 404 page, the schemas and receipts of other documents.
    expect(same.filter((key) => !/\/v1\/(?:schema|receipts)\//.test(key))).toEqual([
      'public/404.html',
    ]);
    expect(await changes(newsroom)).toEqual(['published', 'removed', 'published']);
  });
});

describe('F43: a mass deletion', () => {
  async function withBriefings(count: number, renderers = edition): Promise<Newsroom> {
    const newsroom = openNewsroom({ renderers });
    for (let index = 0; index < count; index += 1) newsroom.brief(`b-${index}`);
    await newsroom.publishWhole([...newsroom.documents.keys()]);
    return newsroom;
  }
  const ids = (from: number, to: number): string[] =>
    Array.from({ length: to - from }, (_, index) => `b-${from + index}`);

  test('of an emptied lake that keeps its settings: twenty go, the rest is refused, kept live and listed', async () => {
    const newsroom = await withBriefings(30);
    newsroom.remove(...ids(0, 30));

    const outcome = await newsroom.reconcile();

    expect(outcome).toMatchObject({ kind: 'done', drift: 30 });
    const live = (await newsroom.site('/v1/briefings/')).filter((line) => line.endsWith(' 200'));
    expect(live).toHaveLength(10);
    expect((await newsroom.root()).live).toBe(10);
    const refused = await refusedRemovals(newsroom);
    expect(live).toEqual(refused.map((id) => `/v1/briefings/${id}.json 200`));
  });

  test('counts over an hour and over all paths; what is refused stays refused when asked again, hours later too', async () => {
    const newsroom = await withBriefings(30);
    newsroom.remove(...ids(0, 15));
    await newsroom.publishWhole(ids(0, 15));
    newsroom.pass(30 * 60);
    newsroom.remove(...ids(15, 25));
    await newsroom.publishWhole(ids(15, 25));
    expect((await newsroom.root()).live).toBe(10);
    expect(await refusedRemovals(newsroom)).toEqual(ids(20, 25));

    await newsroom.publishWhole(ids(20, 25));
    await newsroom.reconcile(true);
    newsroom.pass(2 * 3600);
    await newsroom.publishWhole(ids(20, 25));
    await newsroom.reconcile(true);
    expect(await refusedRemovals(newsroom)).toEqual(ids(20, 25));
  });

  test('is released by name, by a person', async () => {
    const newsroom = await withBriefings(30);
    newsroom.remove(...ids(0, 30));
    await newsroom.reconcile();
    const refused = await refusedRemovals(newsroom);
    const [first = '', second = ''] = refused;

    await newsroom.request({ ids: [first, second], allowRemovals: [first, second] });

    expect(await refusedRemovals(newsroom)).toEqual(refused.slice(2));
    expect(await newsroom.answer(`/v1/briefings/${first}.json`)).toBe('410');
    expect((await newsroom.root()).live).toBe(8);
  });

  test('a tenth of a large publication may go within the hour', async () => {
    const newsroom = await withBriefings(300, smallEdition);
    newsroom.remove(...ids(0, 40));
    await newsroom.publishWhole(ids(0, 40));
    expect((await newsroom.root()).live).toBe(270);
    expect(await refusedRemovals(newsroom)).toHaveLength(10);
  });

  test('what was refused is live again without more ado when its document returns', async () => {
    const newsroom = await withBriefings(22);
    newsroom.remove(...ids(0, 22));
    await newsroom.reconcile();
    const [kept = ''] = await refusedRemovals(newsroom);
    newsroom.brief(kept, { headline: 'Returned' });
    await newsroom.publishWhole([kept]);
    expect(await refusedRemovals(newsroom)).not.toContain(kept);
    expect((await newsroom.json(`/v1/briefings/${kept}.json`))['headline']).toBe('Returned');
  });

  test('rule 12: briefings that expire are not counted', async () => {
    const newsroom = openNewsroom();
    for (const id of ids(0, 25)) newsroom.brief(id, { unpublishAt: '2026-10-12T10:00:00.000Z' });
    newsroom.brief('b-stays');
    await newsroom.publishWhole([...ids(0, 25), 'b-stays']);
    expect((await newsroom.root()).live).toBe(26);
    newsroom.now = '2026-10-12T10:00:00.000Z';
    await newsroom.sweep();
    expect(await newsroom.root()).toMatchObject({ live: 1, removals: [] });
    expect(await refusedRemovals(newsroom)).toEqual([]);
  });
});

async function refusedRemovals(newsroom: Newsroom): Promise<readonly string[]> {
  return (await newsroom.record('site'))?.refusedRemovals ?? [];
}

async function changes(newsroom: Newsroom): Promise<readonly unknown[]> {
  const { entries } = await newsroom.json('/v1/changes/head.json');
  return Array.isArray(entries) ? entries.map(({ kind }) => kind) : [];
}
