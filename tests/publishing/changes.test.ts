import { describe, expect, test } from 'vitest';
import { advance } from '../../src/publishing/advance.ts';
import { publish } from '../../src/publishing/publish.ts';
import { raiseEpoch } from '../../src/publishing/raise-epoch.ts';
import { noDeadline } from '../../src/publishing/walk.ts';
import { slug } from '../simulator/newsroom.ts';
import { smallEdition } from '../simulator/small-edition.ts';
import { noDifference, openNewsroom } from './newsroom.ts';

const correction = {
  _key: 'c',
  at: '2026-10-12T10:00:00.000Z',
  kind: 'correction',
  text: 'It was Tuesday.',
};

describe('rule 16: the change feed', () => {
  test('says of a briefing’s life what happened, when and where, and nothing that it said', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { headline: 'HEADLINE WORDS' });
    await newsroom.publish('b-one');
    const edits = [
      { headline: 'HEADLINE MENDED' },
      { corrections: [correction] },
      { slug: slug('elsewhere') },
      { retraction: { at: '2026-10-12T11:00:00.000Z', reason: 'RETRACTED WORDS' } },
    ];
    for (const fields of edits) {
      newsroom.patch('b-one', fields);
      await newsroom.publish('b-one');
    }
    newsroom.remove('b-one');
    await newsroom.publishWhole(['b-one']);

    const { entries, ...head } = await newsroom.json('/v1/changes/head.json');
    const hash = expect.stringMatching(/^[\w-]{43}$/);
    const entry = (seq: number, kind: string, release: number) =>
      expect.objectContaining({ seq, kind, id: 'b-one', release, contentHash: hash });
    expect(entries).toEqual([
      entry(1, 'published', 1),
      entry(2, 'updated', 2),
      entry(3, 'corrected', 3),
      entry(4, 'moved', 4),
      entry(5, 'retracted', 5),
      entry(6, 'removed', 6),
    ]);
    expect(JSON.stringify({ head, entries })).not.toMatch(/WORDS|MENDED|Tuesday|elsewhere/);
  });

  test('is written after the pages it tells of', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    await newsroom.publish('b-one');
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    const from = newsroom.stored.length;
    await newsroom.publish('b-one');
    const order = newsroom.stored.slice(from);
    expect(order.indexOf('public/v1/changes/head.json')).toBeGreaterThan(
      order.indexOf('public/v1/briefings/b-one.json'),
    );
  });

  test('is cut in chunks of a hundred: head holds the rest, and each chunk is written once', async () => {
    const newsroom = openNewsroom({ renderers: smallEdition });
    const ids = Array.from({ length: 250 }, (_, index) => `b-${String(index).padStart(3, '0')}`);
    for (const id of ids) newsroom.brief(id);
    for (let from = 0; from < 250; from += 50)
      await newsroom.publishWhole(ids.slice(from, from + 50));

    expect(await newsroom.site('/v1/changes/')).toEqual([
      '/v1/changes/1.json 200',
      '/v1/changes/2.json 200',
      '/v1/changes/head.json 200',
    ]);
    const writes = newsroom.stored.filter((key) => /v1\/changes\/\d/.test(key));
    expect(writes).toEqual(['public/v1/changes/1.json', 'public/v1/changes/2.json']);
    const site = await newsroom.record('site');
    const numbers = site?.changes.map(({ seq }) => seq) ?? [];
    expect([site?.chunks, numbers.length, numbers[0], numbers.at(-1)]).toEqual([2, 50, 201, 250]);
    const first = (await newsroom.record('changes:1'))?.entries.map(({ seq }) => seq) ?? [];
    expect([first.length, first[0], first.at(-1)]).toEqual([100, 1, 100]);
    expect(await newsroom.differences()).toEqual(noDifference);
  });

  test('full chunks are drawn again by a redraw, each by itself, and not with the entry points', async () => {
    const newsroom = openNewsroom({ renderers: smallEdition });
    const ids = Array.from({ length: 250 }, (_, index) => `b-${String(index).padStart(3, '0')}`);
    for (const id of ids) newsroom.brief(id);
    for (let from = 0; from < 250; from += 50)
      await newsroom.publishWhole(ids.slice(from, from + 50));
    const epochs = async (): Promise<readonly (number | undefined)[]> => {
      const chunks = [await newsroom.record('changes:1'), await newsroom.record('changes:2')];
      return chunks.map((chunk) => Object.values(chunk?.views ?? {})[0]?.epoch);
    };
    const stage = { ...newsroom.press.stage, epoch: 2 };
    const fresh = newsroom.publisher({ stage });
    await raiseEpoch(fresh, 2);
    await publish(fresh, { ids: [], tasks: ['site'], continuePending: false });
    expect(await epochs()).toEqual([1, 1]);
    await advance(fresh, noDeadline);
    expect(await epochs()).toEqual([2, 2]);
  });

  test('a hundred entries fill the head; the next one makes the chunk', async () => {
    const newsroom = openNewsroom({ renderers: smallEdition });
    const ids = Array.from({ length: 100 }, (_, index) => `b-${index}`);
    for (const id of ids) newsroom.brief(id);
    await newsroom.publishWhole(ids);
    expect(await newsroom.site('/v1/changes/')).toEqual(['/v1/changes/head.json 200']);
    newsroom.brief('b-last');
    await newsroom.publish('b-last');
    expect(await newsroom.site('/v1/changes/')).toEqual([
      '/v1/changes/1.json 200',
      '/v1/changes/head.json 200',
    ]);
  });
});

describe('A11: corrections', () => {
  test('move the date of modification in page, JSON, feed and sitemap; a typo mended does not', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    await newsroom.publish('b-one');
    const dates = async () => {
      const json = await newsroom.json('/v1/briefings/b-one.json');
      const { items } = await newsroom.json('/feed.json');
      const [item] = Array.isArray(items) ? items : [];
      return {
        published: json['publishedAt'],
        json: json['modifiedAt'],
        page: /"dateModified":"([^"]+)"/.exec(await newsroom.text('/briefings/one/'))?.[1],
        feed: item?.date_modified,
        atom: /<entry[ >].*?<updated>([^<]+)<\/updated>/s.exec(
          await newsroom.text('/atom.xml'),
        )?.[1],
        sitemap: /<lastmod>([^<]+)<\/lastmod>/.exec(await newsroom.text('/sitemaps/2026.xml'))?.[1],
      };
    };
    const all = (instant: string) => ({
      json: instant,
      page: instant,
      feed: instant,
      atom: instant,
      sitemap: instant,
    });
    const published = '2026-10-12T09:00:09.000Z';
    expect(await dates()).toEqual({ published, ...all(published) });

    newsroom.pass(600);
    newsroom.patch('b-one', { headline: 'Ada one, spelt rightly' });
    await newsroom.publish('b-one');
    expect(await dates()).toEqual({ published, ...all(published) });

    newsroom.patch('b-one', { corrections: [correction] });
    await newsroom.publish('b-one');
    expect(await dates()).toEqual({ published, ...all(correction.at) });
    expect(await newsroom.text('/briefings/one/')).toContain('It was Tuesday.');
  });

  test('a retraction keeps the address, tells the reason, and takes the text away everywhere', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { headline: 'Ada counts' });
    await newsroom.publish('b-one');
    expect((await newsroom.naming('Because it will matter to you')).length).toBeGreaterThan(4);
    newsroom.patch('b-one', {
      retraction: { at: '2026-10-12T11:00:00.000Z', reason: 'It was wrong.' },
    });
    await newsroom.publish('b-one');
    expect(await newsroom.naming('Because it will matter to you')).toEqual([]);
    expect(await newsroom.answer('/briefings/one/')).toBe('200');
    expect(await newsroom.text('/briefings/one/')).toContain('It was wrong.');
    expect((await newsroom.json('/v1/briefings/b-one.json'))['modifiedAt']).toBe(
      '2026-10-12T11:00:00.000Z',
    );
  });
});
