import { describe, expect, test } from 'vitest';
import { advance } from '../../src/publishing/advance.ts';
import { publish } from '../../src/publishing/publish.ts';
import type { Publisher } from '../../src/publishing/publisher.ts';
import { beginRebuild } from '../../src/publishing/rebuild.ts';
import { reconcile } from '../../src/publishing/reconcile.ts';
import { sweep } from '../../src/publishing/sweep.ts';
import { beginWalk, noDeadline } from '../../src/publishing/walk.ts';
import { noDifference, openNewsroom, type Newsroom } from './newsroom.ts';
import { timeFor } from './time-for.ts';

/** Three months of two briefings each, one that is gone, and one that is not there yet. */
async function threeMonths(): Promise<Newsroom> {
  const newsroom = openNewsroom();
  for (const month of ['08', '09', '10']) {
    newsroom.brief(`b-${month}-a`, { date: `2026-${month}-01` });
    newsroom.brief(`b-${month}-b`, { date: `2026-${month}-02`, person: 'p-ibn' });
  }
  newsroom.brief('b-gone', { date: '2026-09-05' });
  newsroom.brief('b-later', { publishAt: '2027-01-01T00:00:00.000Z' });
  await newsroom.publishWhole([...newsroom.documents.keys()]);
  newsroom.remove('b-gone');
  await newsroom.publishWhole(['b-gone']);
  return newsroom;
}

/** What each release of a walk wrote, but for what says when. */
async function releasesOf(newsroom: Newsroom, publisher: Publisher): Promise<readonly string[][]> {
  const releases: string[][] = [];
  for (;;) {
    const written = await newsroom.written(async () => {
      await publish(publisher, { ids: [], continuePending: true });
    });
    const { walks } = await newsroom.root();
    releases.push(written.filter((path) => !path.startsWith('/v1/changes/')));
    if (walks.length === 0) return releases;
  }
}

describe('rule 3: everything is drawn again by a walk', () => {
  test('the settings: the entry points at once, and in the same swap the mark; nothing is enumerated', async () => {
    const newsroom = await threeMonths();
    newsroom.patch('siteSettings', { name: 'The Weekly Why' });
    const written = await newsroom.written(() => newsroom.publish('siteSettings'));

    expect(written).toEqual([
      '/',
      '/404.html',
      '/archive/',
      '/atom.xml',
      '/feed.json',
      '/rss.xml',
      '/v1/index.json',
    ]);
    const { walks, pending } = await newsroom.root();
    expect({ walks, pending }).toEqual({
      walks: [{ cause: 'redraw', since: newsroom.now, cursor: '', done: 0, found: 0, tries: 0 }],
      pending: [],
    });
  });

  test('then month by month from the newest, each month’s lists once, and last what no month lists', async () => {
    const newsroom = await threeMonths();
    newsroom.patch('siteSettings', { name: 'The Weekly Why' });
    await newsroom.publish('siteSettings');
    const slow = newsroom.publisher({ tasksPerRelease: 2 });

    const releases = await releasesOf(newsroom, slow);
    const pages = releases.map((paths) =>
      paths.filter((path) => /^\/(?:briefings\/[^/]+|archive\/.*|people\/.*)\/$/.test(path)),
    );
    expect(pages.filter((paths) => paths.length > 0)).toEqual([
      ['/briefings/10-a/', '/briefings/10-b/'],
      ['/archive/2026/10/'],
      ['/briefings/09-a/', '/briefings/09-b/'],
      ['/archive/2026/09/'],
      ['/briefings/08-a/', '/briefings/08-b/'],
      ['/archive/2026/08/'],
      ...pages.filter((paths) => paths.some((path) => /people|gone/.test(path))),
    ]);
    expect(releases.flat().filter((path) => path === '/archive/2026/09/')).toHaveLength(1);
    expect(await newsroom.naming('The Daily Why')).toEqual([]);
    expect(await newsroom.differences()).toEqual(noDifference);
  });

  test('an edit in the middle is drawn by itself, on either side of the cursor, and once', async () => {
    const newsroom = await threeMonths();
    newsroom.patch('siteSettings', { name: 'The Weekly Why' });
    await newsroom.publish('siteSettings');
    const slow = newsroom.publisher({ tasksPerRelease: 2 });
    await publish(slow, { ids: [], continuePending: true });
    newsroom.patch('b-10-a', { headline: 'Behind the cursor' });
    newsroom.patch('b-08-a', { headline: 'Before the cursor' });
    newsroom.patch('b-09-a', { date: '2026-10-20' });
    await newsroom.publish('b-10-a', 'b-08-a', 'b-09-a');
    await releasesOf(newsroom, slow);

    expect(await newsroom.text('/briefings/10-a/')).toContain('Behind the cursor');
    expect(await newsroom.text('/briefings/08-a/')).toContain('Before the cursor');
    expect(await newsroom.naming('The Daily Why')).toEqual([]);
    expect(await newsroom.differences()).toEqual(noDifference);
  });

  test('edited again, it begins again: what was drawn in between is not the newest', async () => {
    const newsroom = await threeMonths();
    newsroom.patch('siteSettings', { name: 'The Weekly Why' });
    await newsroom.publish('siteSettings');
    const slow = newsroom.publisher({ tasksPerRelease: 2 });
    await publish(slow, { ids: [], continuePending: true });
    newsroom.patch('siteSettings', { name: 'The Monthly Why' });
    await newsroom.publish('siteSettings');
    expect((await newsroom.root()).walks).toMatchObject([{ cause: 'redraw', cursor: '' }]);
    await releasesOf(newsroom, slow);

    expect(await newsroom.naming('The Weekly Why')).toEqual([]);
    expect(await newsroom.differences()).toEqual(noDifference);
  });

  test('several causes stand side by side in their order, each once, and a check begins again with a redraw', () => {
    const at = '2026-10-12T09:00:00.000Z';
    const deep = beginWalk(beginWalk([], 'deep-check', at), 'comparison', at, {
      takesOlder: true,
    }).map((walk) => ({ ...walk, cursor: 'far', done: 7 }));
    const all = beginWalk(beginWalk(deep, 'redraw', at), 'comparison', at);
    expect(all.map(({ cause, cursor }) => `${cause} ${cursor}`)).toEqual([
      'redraw ',
      'comparison far',
      'deep-check ',
    ]);
  });
});

describe('rule 3: slices', () => {
  test('are begun only while there is time; whoever comes next goes on where they left off', async () => {
    const newsroom = await threeMonths();
    await beginRebuild(newsroom.press);
    const slow = newsroom.publisher({ tasksPerRelease: 2 });
    expect(await advance(slow, timeFor(1))).toMatchObject({ kind: 'out-of-time', releases: 1 });
    const [walk] = (await newsroom.root()).walks;
    expect(walk?.cursor).toMatch(/^month 2026-10 /);
    expect(await sweep(slow)).toMatchObject({ kind: 'worked', tasksLeft: 0 });
    expect((await newsroom.root()).walks).toEqual([]);
  });

  test('a kill loses one: nobody else begins it for a while, then it is begun again, the third time by half', async () => {
    const newsroom = await threeMonths();
    await beginRebuild(newsroom.press);
    const slow = newsroom.publisher({ tasksPerRelease: 4 });
    const kill = async (): Promise<void> => {
      // The process ends before the commit, and says nothing to anybody.
      newsroom.beforeCall = ({ call, key }) => {
        if (call === 'put' && key.startsWith('state/release/')) throw new Error('killed');
        if (call === 'put' && key === 'state/root' && begun) throw new Error('killed');
        if (call === 'put' && key === 'state/root') begun = true;
      };
      let begun = false;
      await expect(advance(slow, noDeadline)).rejects.toThrow('killed');
      newsroom.beforeCall = () => {};
    };
    await kill();
    expect(await advance(slow, noDeadline)).toMatchObject({ kind: 'busy', releases: 0 });
    newsroom.pass(20);
    await kill();
    newsroom.pass(20);
    await kill();
    expect((await newsroom.root()).slice).toMatchObject({ of: 'redraw', attempts: 3, size: 2 });
    newsroom.pass(20);
    expect(await advance(slow, noDeadline)).toMatchObject({ kind: 'done' });
    expect(await newsroom.differences()).toEqual(noDifference);
  });

  test('one that fails for want of the store keeps nobody waiting', async () => {
    const newsroom = await threeMonths();
    await beginRebuild(newsroom.press);
    newsroom.beforeCall = ({ call, key }) => {
      if (call === 'put' && key.startsWith('state/release/')) throw new Error('503');
    };
    await expect(advance(newsroom.press, noDeadline)).rejects.toThrow('503');
    newsroom.beforeCall = () => {};
    expect(await advance(newsroom.press, noDeadline)).toMatchObject({ kind: 'done' });
  });

  test('editors go first for five seconds; then an edit waits for the slice, and never for a dead one', async () => {
    const newsroom = await threeMonths();
    await beginRebuild(newsroom.press);
    const slept: number[] = [];
    const { ports } = newsroom.press;
    const editor: Publisher = {
      ...newsroom.press,
      ports: {
        ...ports,
        clock: {
          ...ports.clock,
          sleep: async (milliseconds) => {
            slept.push(milliseconds);
            newsroom.pass(milliseconds / 1000);
          },
        },
      },
    };
    newsroom.beforeCall = ({ call, key }) => {
      if (call === 'put' && key.startsWith('state/release/')) throw new Error('killed');
    };
    const dying = newsroom.publisher({ notify: () => {} });
    await advance(dying, noDeadline).catch(() => {});
    newsroom.beforeCall = () => {};
    // It was given up in the root as well, which a process that is killed cannot do.
    const root = await newsroom.root();
    const standing = await newsroom.store.head('state/root');
    const body = JSON.stringify({ ...root, slice: { ...root.slice, at: newsroom.now } });
    await newsroom.store.put(
      'state/root',
      { body: new TextEncoder().encode(body), contentType: 'application/json' },
      { ifMatch: standing?.etag ?? '' },
    );

    newsroom.patch('b-10-a', { headline: 'At once' });
    await publish(editor, { ids: ['b-10-a'], continuePending: false });
    expect(slept).toEqual([]);

    newsroom.pass(5);
    newsroom.patch('b-10-a', { headline: 'After the slice' });
    await publish(editor, { ids: ['b-10-a'], continuePending: false });
    const waited = slept.reduce((sum, each) => sum + each, 0);
    expect(waited).toBeGreaterThan(5_000);
    expect(waited).toBeLessThanOrEqual(10_000);
    expect(await newsroom.text('/briefings/10-a/')).toContain('After the slice');
  });
});

describe('rule 13: everything is compared by a walk', () => {
  test('a deletion of which nobody told is gone with one reconcile', async () => {
    const newsroom = await threeMonths();
    newsroom.remove('b-08-a');
    expect(await reconcile(newsroom.press)).toMatchObject({ kind: 'done', drift: 1, full: true });
    expect(await newsroom.answer('/briefings/08-a/')).toBe('410');
    expect((await newsroom.root()).compared).toEqual({ at: newsroom.now, drift: 1 });
  });

  test('what was imported with old dates, and never rang, is found by the ids of the lake', async () => {
    const newsroom = await threeMonths();
    newsroom.pass(48 * 3600);
    expect(await reconcile(newsroom.press, { deep: true })).toMatchObject({ drift: 0 });
    newsroom.brief('b-imported', { date: '2026-08-15' });
    newsroom.documents.set('b-imported', {
      ...newsroom.standing('b-imported'),
      _updatedAt: '2026-08-15T12:00:00.000Z',
    });
    expect(await reconcile(newsroom.press)).toMatchObject({ kind: 'done', drift: 1, full: true });
    expect(await newsroom.answer('/briefings/imported/')).toBe('200');
    expect(await newsroom.differences()).toEqual(noDifference);
  });

  test('without time it goes on with the next: no document is looked at twice, and none is passed over', async () => {
    const newsroom = await threeMonths();
    newsroom.remove('b-08-a', 'b-10-b');
    const first = await reconcile(newsroom.press, { deadline: timeFor(0) });
    expect(first).toMatchObject({ kind: 'out-of-time', drift: 0, full: true });
    expect((await newsroom.root()).walks).toMatchObject([{ cause: 'comparison', cursor: '' }]);
    await sweep(newsroom.press);
    expect(await newsroom.answer('/briefings/08-a/')).toBe('410');
    expect(await newsroom.answer('/briefings/10-b/')).toBe('410');
    expect(await newsroom.differences()).toEqual(noDifference);
  });
});
