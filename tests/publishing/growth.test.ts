import { describe, expect, test } from 'vitest';
import { smallEdition } from '../simulator/small-edition.ts';
import { openNewsroom, type Newsroom } from './newsroom.ts';

/** Briefings about two people over eight years. */
async function archiveOf(count: number): Promise<Newsroom> {
  const newsroom = openNewsroom({ renderers: smallEdition });
  const ids = [...newsroom.documents.keys()];
  for (let index = 0; index < count; index += 1) {
    const month = String(1 + (index % 12)).padStart(2, '0');
    const day = String(1 + (index % 28)).padStart(2, '0');
    const id = `b-${index}`;
    newsroom.brief(id, {
      date: `${2018 + (index % 8)}-${month}-${day}`,
      person: index % 3 === 0 ? 'p-ibn' : 'p-ada',
    });
    ids.push(id);
  }
  for (let from = 0; from < ids.length; from += 500) {
    await newsroom.publishWhole(ids.slice(from, from + 500));
  }
  return newsroom;
}

test('rule 4: at 2,000 briefings the root is at most 16 kB and every node at most 200 kB', async () => {
  const newsroom = await archiveOf(2000);
  expect((await newsroom.root()).live).toBe(2000);
  expect((await newsroom.stateText('state/root')).length).toBeLessThanOrEqual(16_384);
  const sizes: number[] = [];
  for (const key of await newsroom.keys('state/node/')) {
    // As they are read, not as they are kept compressed.
    sizes.push((await newsroom.stateText(key)).length);
  }
  expect(sizes.length).toBeGreaterThan(2000);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(200_000);
}, 120_000);

describe('P6: what one publish costs', () => {
  test('reads, writes and lake calls are the same in an archive of 20 and of 400', async () => {
    const costs: unknown[] = [];
    for (const count of [20, 400]) {
      const newsroom = await archiveOf(count);
      newsroom.brief('b-new');
      await newsroom.publishWhole(['b-new']);
      newsroom.patch('b-new', { headline: 'A new headline' });
      const [stored, reads] = [newsroom.stored.length, newsroom.reads];
      const written = await newsroom.written(() => newsroom.publish('b-new'));
      costs.push({
        written,
        puts: newsroom.stored.length - stored,
        reads: newsroom.reads - reads,
      });
    }
    expect(costs[1]).toEqual(costs[0]);
  }, 60_000);
});

describe('rule 17: a new briefing rewrites no old page', () => {
  test('of the same person, topic and country, however many there are', async () => {
    const newsroom = openNewsroom();
    for (let index = 0; index < 8; index += 1)
      newsroom.brief(`b-${index}`, { date: `2026-10-0${index + 1}` });
    await newsroom.publishWhole([...newsroom.documents.keys()]);
    newsroom.brief('b-new');
    const written = await newsroom.written(() => newsroom.publishWhole(['b-new']));
    expect(written).toEqual([
      '/',
      '/archive/2026/10/',
      '/atom.xml',
      '/briefings/new/',
      '/briefings/new/index.md',
      '/briefings/new/index.txt',
      '/feed.json',
      '/people/ada-lovelace/',
      '/rss.xml',
      '/sitemaps/2026.xml',
      '/v1/briefings/b-new.json',
      '/v1/changes/head.json',
      '/v1/index.json',
      '/v1/months/2026-10.json',
      '/v1/people/p-ada/2026.json',
    ]);
  });

  test('but its original, of which it is a translation', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    newsroom.brief('b-two');
    await newsroom.publishWhole([...newsroom.documents.keys()]);
    newsroom.brief('b-un', {
      language: 'fr',
      slug: 'un',
      translationOf: { _type: 'reference', _ref: 'b-one', _weak: true },
    });
    const written = await newsroom.written(() => newsroom.publishWhole(['b-un']));
    expect(written.filter((path) => path.includes('/briefings/') && !path.includes('/un'))).toEqual(
      ['/briefings/one/', '/v1/briefings/b-one.json', '/v1/briefings/b-un.json'],
    );
  });

  test('A13: related briefings are manual, then the same person’s, a shared country’s, a shared topic’s; chosen once', async () => {
    const newsroom = openNewsroom();
    const of = (id: string) => ({ _type: 'reference', _ref: id, _key: id });
    newsroom.brief('b-topic', { person: 'p-ibn', date: '2026-10-01', topics: [of('t-science')] });
    newsroom.brief('b-country', { person: 'p-ibn', date: '2026-10-02', countries: [of('c-tn')] });
    newsroom.brief('b-person', { date: '2026-10-03' });
    newsroom.brief('b-manual', { person: 'p-ibn', date: '2026-10-04' });
    await newsroom.publishWhole([...newsroom.documents.keys()]);
    const shared = { topics: [of('t-science')], countries: [of('c-tn')] };
    newsroom.brief('b-all', { ...shared, related: [{ ...of('b-manual'), _weak: true }] });
    newsroom.brief('b-few', { ...shared, person: 'p-ada', date: '2026-10-03', slug: 'few' });
    await newsroom.publishWhole(['b-all', 'b-few']);

    expect(await related(newsroom, 'b-all')).toEqual(['b-manual', 'b-few', 'b-person']);
    // Of one day, only those with a smaller id count as earlier: b-person is not.
    expect(await related(newsroom, 'b-few')).toEqual(['b-country', 'b-topic']);

    newsroom.brief('b-later', { date: '2026-10-11' });
    await newsroom.publishWhole(['b-later']);
    newsroom.patch('b-all', { headline: 'Edited' });
    await newsroom.publishWhole(['b-all']);
    expect(await related(newsroom, 'b-all')).toEqual(['b-manual', 'b-few', 'b-person']);

    newsroom.remove('b-few');
    await newsroom.publishWhole(['b-few']);
    expect(await related(newsroom, 'b-all')).toEqual(['b-manual', 'b-later', 'b-person']);
  });
});

async function related(newsroom: Newsroom, id: string): Promise<readonly unknown[]> {
  const { related: briefings } = await newsroom.json(`/v1/briefings/${id}.json`);
  return Array.isArray(briefings) ? briefings.map((each) => each.id) : [];
}
