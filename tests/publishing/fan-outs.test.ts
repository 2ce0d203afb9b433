import { describe, expect, test } from 'vitest';
import { mostInvocations } from '../../local/functions/lineage.ts';
import { publish } from '../../src/publishing/publish.ts';
import type { Publisher } from '../../src/publishing/publisher.ts';
import { sweep } from '../../src/publishing/sweep.ts';
import { reference, slug } from '../simulator/newsroom.ts';
import { smallEdition } from '../simulator/small-edition.ts';
import { openNewsroom, type Newsroom } from './newsroom.ts';

const dependants = 500;

/** Ada in 500 briefings of ten years, Ibn in one; each story has its own copy. */
async function manyOfAda(): Promise<Newsroom> {
  published ??= publishMany();
  return (await published).copy();
}
let published: Promise<Newsroom> | null = null;

async function publishMany(): Promise<Newsroom> {
  const newsroom = openNewsroom({ renderers: smallEdition });
  const ids: string[] = [];
  for (let index = 0; index < dependants; index += 1) {
    const year = 2016 + (index % 10);
    const month = String(1 + (index % 12)).padStart(2, '0');
    const id = `b-${String(index).padStart(3, '0')}`;
    newsroom.brief(id, { date: `${year}-${month}-${String(1 + (index % 28)).padStart(2, '0')}` });
    ids.push(id);
  }
  newsroom.brief('b-ibn', { person: 'p-ibn' });
  await newsroom.publishWhole([...newsroom.documents.keys()]);
  return newsroom;
}

/** What is seen after each release of a publish, and of the fan-out that it leaves. */
async function afterEachRelease<Seen>(
  publisher: Publisher,
  ids: readonly string[],
  look: () => Promise<Seen>,
): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  let outcome = await publish(publisher, { ids, continuePending: false });
  for (;;) {
    if (outcome.kind !== 'done') throw new Error(outcome.kind);
    seen.push(await look());
    if (outcome.tasksLeft === 0) return seen;
    outcome = await publish(publisher, { ids: [], continuePending: true });
  }
}

/** How many pages show a name. */
async function showing(newsroom: Newsroom, name: string): Promise<number> {
  const paths = await newsroom.naming(name);
  return paths.filter((path) => /^\/briefings\/[^/]+\/$/.test(path)).length;
}

describe('F20: a person in 500 briefings is edited', () => {
  test('a hundred in the first release, the rest in chunks of a hundred, each a release of its own', async () => {
    const newsroom = await manyOfAda();
    newsroom.patch('p-ada', { name: 'Ada Byron' });
    const start = (await newsroom.root()).seq;

    const progress: unknown[] = [];
    let outcome = await newsroom.publish('p-ada');
    for (;;) {
      if (outcome.kind !== 'done') throw new Error(outcome.kind);
      const { seq, pending, release } = await newsroom.root();
      progress.push({
        release: seq - start,
        shown: await showing(newsroom, 'Ada Byron'),
        left: outcome.tasksLeft,
        fanOuts: pending.length,
        settled: release === null,
      });
      if (outcome.tasksLeft === 0) break;
      outcome = await newsroom.request({ ids: [], continuePending: true });
    }

    expect(progress).toEqual([
      { release: 1, shown: 99, left: 401, fanOuts: 1, settled: true },
      { release: 2, shown: 199, left: 301, fanOuts: 1, settled: true },
      { release: 3, shown: 299, left: 201, fanOuts: 1, settled: true },
      { release: 4, shown: 399, left: 101, fanOuts: 1, settled: true },
      { release: 5, shown: 499, left: 1, fanOuts: 1, settled: true },
      { release: 6, shown: 500, left: 0, fanOuts: 0, settled: true },
    ]);
    expect(await showing(newsroom, 'Ada Lovelace')).toBe(0);
    expect(await newsroom.differences()).toEqual({ differing: [], missing: [], foreign: [] });
  }, 60_000);

  test('a newer revision takes the place of the one that is still going round: nobody shows the one between', async () => {
    const newsroom = await manyOfAda();
    newsroom.patch('p-ada', { name: 'Ada Byron' });
    await newsroom.publish('p-ada');
    newsroom.patch('p-ada', { name: 'Ada King' });
    await newsroom.publish('p-ada');
    const { pending } = await newsroom.root();
    expect(pending).toHaveLength(1);
    expect(await showing(newsroom, 'Ada Lovelace')).toBeGreaterThan(200);

    await newsroom.publishWhole([]);

    expect([
      await showing(newsroom, 'Ada Lovelace'),
      await showing(newsroom, 'Ada Byron'),
      await showing(newsroom, 'Ada King'),
    ]).toEqual([0, 0, dependants]);
    expect(await newsroom.differences()).toEqual({ differing: [], missing: [], foreign: [] });
  }, 60_000);

  test('the queue goes first: an edit of another briefing is live between two chunks', async () => {
    const newsroom = await manyOfAda();
    newsroom.patch('p-ada', { name: 'Ada Byron' });
    await newsroom.publish('p-ada');
    newsroom.patch('b-ibn', { headline: 'Ibn sails' });
    const before = await newsroom.root();
    expect(await newsroom.publish('b-ibn')).toMatchObject({
      kind: 'done',
      releases: 1,
      tasksLeft: 401,
    });
    expect(await newsroom.text('/briefings/ibn/')).toContain('Ibn sails');
    expect((await newsroom.root()).pending).toEqual(before.pending);
  }, 60_000);

  test('an edit in the meantime is drawn with the newest of both, whoever comes first', async () => {
    const newsroom = await manyOfAda();
    newsroom.patch('p-ada', { name: 'Ada Byron' });
    await newsroom.publish('p-ada');
    newsroom.patch('b-499', { headline: 'Edited meanwhile' });
    await newsroom.publish('b-499');
    const page = await newsroom.text('/briefings/499/');
    expect([page.includes('Edited meanwhile'), page.includes('Ada Byron')]).toEqual([true, true]);
    await newsroom.publishWhole([]);
    expect(await newsroom.text('/briefings/499/')).toBe(page);
  }, 60_000);

  test('F77: Lambda stops the chain of messages after sixteen: the next sweep finishes it', async () => {
    const newsroom = await manyOfAda();
    const slow = newsroom.publisher({ tasksPerRelease: 10 });
    newsroom.patch('p-ada', { name: 'Ada Byron' });
    let outcome = await publish(slow, { ids: ['p-ada'], continuePending: false });
    for (let message = 1; message < mostInvocations; message += 1) {
      outcome = await publish(slow, { ids: [], continuePending: true });
    }
    if (outcome.kind !== 'done') throw new Error(outcome.kind);
    expect(outcome.tasksLeft).toBeGreaterThan(300);

    expect(await sweep(slow)).toMatchObject({ kind: 'worked', tasksLeft: 0 });
    expect(await showing(newsroom, 'Ada Byron')).toBe(dependants);
    expect(await newsroom.differences(slow)).toEqual({ differing: [], missing: [], foreign: [] });
  });

  test('nobody calls again: the sweep goes on with it, also after a kill between two chunks', async () => {
    const newsroom = await manyOfAda();
    newsroom.patch('p-ada', { name: 'Ada Byron' });
    await newsroom.publish('p-ada');
    let commits = 0;
    newsroom.beforeCall = ({ call, key }) => {
      if (call === 'put' && key === 'state/root') commits += 1;
      if (commits === 3) throw new Error('killed');
    };
    await expect(newsroom.sweep()).rejects.toThrow('killed');
    newsroom.beforeCall = () => {};
    expect(await newsroom.sweep()).toMatchObject({ kind: 'worked', tasksLeft: 0 });
    expect(await showing(newsroom, 'Ada Byron')).toBe(dependants);
  }, 60_000);

  test('a removal waits with its page until every page that links to it has changed; lists drop it at once', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-target');
    const linkers = Array.from({ length: 7 }, (_, index) => `b-linker-${index}`);
    for (const id of linkers) newsroom.brief(id, { mentions: ['b-target'], date: '2026-09-01' });
    await newsroom.publishWhole(['b-target', ...linkers]);
    const slow = newsroom.publisher({ tasksPerRelease: 3 });
    newsroom.remove('b-target');

    const seen = await afterEachRelease(slow, ['b-target'], async () => {
      const linking = (await newsroom.naming('/briefings/target/')).filter((path) =>
        /^\/briefings\/linker-\d\/$/.test(path),
      );
      return {
        page: await newsroom.answer('/briefings/target/'),
        json: await newsroom.answer('/v1/briefings/b-target.json'),
        listed: (await newsroom.text('/feed.json')).includes('b-target'),
        linking: linking.length,
      };
    });
    expect(seen).toEqual([
      { page: '200', json: '200', listed: false, linking: 4 },
      { page: '200', json: '200', listed: false, linking: 1 },
      { page: '410', json: '410', listed: false, linking: 0 },
    ]);
  });

  test('a removal waits too for the translations that a briefing has left, and that still show it', async () => {
    const newsroom = openNewsroom();
    const translation = { translationOf: reference('b-one', true), language: 'fr' };
    newsroom.brief('b-one');
    for (const id of ['b-un', 'b-une', 'b-uns'])
      newsroom.brief(id, id === 'b-un' ? { ...translation, person: 'p-ibn' } : translation);
    await newsroom.publishWhole([...newsroom.documents.keys()]);
    const slow = newsroom.publisher({ tasksPerRelease: 1 });
    newsroom.brief('b-un', { slug: 'quite-another', language: 'fr', person: 'p-ibn' });
    await publish(slow, { ids: ['b-un'], continuePending: false });
    newsroom.remove('b-un');

    const seen = await afterEachRelease(slow, ['b-un'], async () => ({
      page: await newsroom.answer('/fr/briefings/un/'),
      linking: (await newsroom.naming('/fr/briefings/un/')).filter((path) =>
        /^(?:\/fr)?\/briefings\/(?:one|une|uns)\/$/.test(path),
      ),
    }));
    const moved = '301 /fr/briefings/quite-another/';
    expect(seen).toEqual([
      { page: moved, linking: ['/fr/briefings/une/', '/fr/briefings/uns/'] },
      { page: moved, linking: ['/fr/briefings/uns/'] },
      { page: moved, linking: [] },
      { page: moved, linking: [] },
      { page: '410', linking: [] },
      { page: '410', linking: [] },
    ]);
  });

  test('a page that waits keeps its translations, which it goes on showing: they go with it', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-zero', { person: 'p-ibn' });
    newsroom.brief('b-un', { translationOf: reference('b-zero', true), language: 'fr' });
    const linkers = Array.from({ length: 4 }, (_, index) => `b-linker-${index}`);
    for (const id of linkers) newsroom.brief(id, { mentions: ['b-zero'], date: '2026-09-01' });
    await newsroom.publishWhole([...newsroom.documents.keys()]);
    const slow = newsroom.publisher({ tasksPerRelease: 2 });
    newsroom.remove('b-un');
    newsroom.remove('b-zero');

    const seen = await afterEachRelease(slow, ['b-un', 'b-zero'], async () => [
      await newsroom.answer('/briefings/zero/'),
      await newsroom.answer('/fr/briefings/un/'),
    ]);
    expect(seen).toEqual([
      ['200', '200'],
      ['200', '200'],
      ['410', '410'],
      ['410', '410'],
    ]);
  });

  test('a removal waits too for those that lead to its address by whoever had it before', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-first', { slug: 'wanted' });
    for (const id of ['b-linker-a', 'b-linker-b', 'b-linker-c']) {
      newsroom.brief(id, { mentions: ['b-first'], person: 'p-ibn', date: '2026-09-01' });
    }
    await newsroom.publishWhole([...newsroom.documents.keys()]);
    const slow = newsroom.publisher({ tasksPerRelease: 1 });
    newsroom.patch('b-first', { slug: slug('elsewhere') });
    await publish(slow, { ids: ['b-first'], continuePending: false });
    newsroom.brief('b-second', { slug: 'wanted', date: '2026-08-01' });
    await publish(slow, { ids: ['b-second'], continuePending: false });
    newsroom.remove('b-second');

    const seen = await afterEachRelease(slow, ['b-second'], async () => ({
      page: await newsroom.answer('/briefings/wanted/'),
      linking: (await newsroom.naming('/briefings/wanted/')).filter((path) =>
        /^\/briefings\/linker-.\/$/.test(path),
      ).length,
    }));
    expect(seen).toEqual([
      { page: '200', linking: 2 },
      { page: '200', linking: 1 },
      { page: '200', linking: 0 },
      { page: '200', linking: 0 },
      { page: '410', linking: 0 },
    ]);
  });

  test('a briefing that returns while it is leaving stays, and nothing of it was ever gone', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-target');
    const linkers = Array.from({ length: 7 }, (_, index) => `b-linker-${index}`);
    for (const id of linkers) newsroom.brief(id, { mentions: ['b-target'] });
    await newsroom.publishWhole(['b-target', ...linkers]);
    const slow = newsroom.publisher({ tasksPerRelease: 3 });
    const target = newsroom.standing('b-target');
    newsroom.remove('b-target');
    await publish(slow, { ids: ['b-target'], continuePending: false });
    newsroom.documents.set('b-target', target);
    await newsroom.publishWhole(['b-target'], slow);

    expect(await newsroom.answer('/briefings/target/')).toBe('200');
    for (const id of linkers) {
      expect(await newsroom.links(`/briefings/${id.slice(2)}/`)).toContain('/briefings/target/');
    }
    expect(await newsroom.differences(slow)).toEqual({ differing: [], missing: [], foreign: [] });
  });
});

describe('A2: what an edit of a person rewrites', () => {
  test('a new name: exactly the outputs that show it', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-ada', { date: '2026-10-12' });
    newsroom.brief('b-ada-old', { date: '2025-03-01' });
    newsroom.brief('b-ibn', { person: 'p-ibn', date: '2026-07-01', mentions: ['b-ada'] });
    await newsroom.publishWhole([...newsroom.documents.keys()]);
    const shown = (await newsroom.naming('Ada Lovelace')).filter(isNoReceipt);
    newsroom.patch('p-ada', { name: 'Ada Byron', sortName: 'Byron, Ada' });

    const written = await newsroom.written(() => newsroom.publishWhole(['p-ada']));

    expect(written).toEqual([
      '/',
      '/atom.xml',
      '/briefings/ada-old/',
      '/briefings/ada-old/index.md',
      '/briefings/ada-old/index.txt',
      '/briefings/ada/',
      '/briefings/ada/index.md',
      '/briefings/ada/index.txt',
      '/feed.json',
      '/feeds/2025-03.atom',
      '/feeds/2025-03.json',
      '/feeds/2025-03.rss',
      '/people/ada-lovelace/',
      '/people/ada-lovelace/2025/',
      '/rss.xml',
      '/v1/briefings/b-ada-old.json',
      '/v1/briefings/b-ada.json',
      '/v1/changes/head.json',
      '/v1/index.json',
      '/v1/months/2025-03.json',
      '/v1/months/2026-10.json',
      '/v1/people/p-ada.json',
      '/v1/people/p-ada/2025.json',
      '/v1/people/p-ada/2026.json',
    ]);
    // The change feed tells of the change without showing the name.
    expect(written.filter((path) => path !== '/v1/changes/head.json').sort()).toEqual(
      [...shown].sort(),
    );
    expect(await newsroom.naming('Ada Lovelace')).toEqual([]);
  });

  test('a new address: the briefings about them, and not those about others', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-ada');
    newsroom.brief('b-ibn', { person: 'p-ibn' });
    await newsroom.publishWhole([...newsroom.documents.keys()]);
    newsroom.patch('p-ada', { slug: slug('ada-byron') });
    const written = await newsroom.written(() => newsroom.publishWhole(['p-ada']));
    expect(written.filter((path) => path.startsWith('/briefings/'))).toEqual([
      '/briefings/ada/',
      '/briefings/ada/index.md',
    ]);
    expect(written.filter((path) => path.startsWith('/people/'))).toEqual([
      '/people/ada-byron/',
      '/people/ada-lovelace/',
    ]);
  });

  test('a field that nothing shows: nothing', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-ada');
    await newsroom.publishWhole([...newsroom.documents.keys()]);
    newsroom.patch('p-ibn', { name: 'Abu Zayd' });
    expect(await newsroom.written(() => newsroom.publishWhole(['p-ibn']))).toEqual([]);
    newsroom.patch('t-relief', { title: 'Aid' });
    expect(await newsroom.written(() => newsroom.publishWhole(['t-relief']))).toEqual([]);
  });

  test('a demonym: pages of the people of that country, through their records', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-ada');
    newsroom.brief('b-ibn', { person: 'p-ibn' });
    await newsroom.publishWhole([...newsroom.documents.keys()]);
    newsroom.patch('c-uk', { demonym: 'English' });
    const written = await newsroom.written(() => newsroom.publishWhole(['c-uk']));
    expect(written.filter((path) => path.startsWith('/briefings/'))).toEqual([
      '/briefings/ada/',
      '/briefings/ada/index.md',
      '/briefings/ada/index.txt',
    ]);
    expect(await newsroom.text('/briefings/ada/')).toContain('English');
  });

  test('the settings: every page there is, and it ends', async () => {
    const newsroom = openNewsroom();
    for (let index = 0; index < 12; index += 1) newsroom.brief(`b-${index}`);
    await newsroom.publishWhole([...newsroom.documents.keys()]);
    newsroom.patch('siteSettings', { name: 'The Weekly Why' });
    await newsroom.publishWhole(['siteSettings'], newsroom.publisher({ tasksPerRelease: 5 }));
    expect(await newsroom.naming('The Daily Why')).toEqual([]);
    expect(await newsroom.differences()).toEqual({ differing: [], missing: [], foreign: [] });
  });
});

const isNoReceipt = (path: string): boolean => !path.startsWith('/v1/receipts/');
