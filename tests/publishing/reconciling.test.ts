import { describe, expect, test } from 'vitest';
import type { Lake, Revision, Store } from '../../src/publishing/ports.ts';
import type { Publisher } from '../../src/publishing/publisher.ts';
import { publish } from '../../src/publishing/publish.ts';
import { raiseEpoch } from '../../src/publishing/raise-epoch.ts';
import { reconcile } from '../../src/publishing/reconcile.ts';
import { rootKey } from '../../src/publishing/state.ts';
import { smallEdition } from '../simulator/small-edition.ts';
import { ofEpoch, published } from './deployed.ts';
import { noDifference, openNewsroom, type Newsroom } from './newsroom.ts';

/** The same publisher over a lake that behaves otherwise. */
function withLake(publisher: Publisher, change: (lake: Lake) => Partial<Lake>): Publisher {
  const { lake } = publisher.ports;
  return { ...publisher, ports: { ...publisher.ports, lake: { ...lake, ...change(lake) } } };
}

describe('rule 13: reconcile is bounded', () => {
  test('it asks for what changed since an hour before its watermark, and for the counts, and no more', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    await newsroom.reconcile();
    const { watermark } = await newsroom.root();
    expect(watermark).toBe('2026-10-12T09:00:09.000Z');
    newsroom.pass(7200);
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    const asked: unknown[] = [];
    const watched = withLake(newsroom.press, (lake) => ({
      revisions: (filter) => {
        asked.push(filter ?? 'everything');
        return lake.revisions(filter);
      },
    }));

    expect(await reconcile(watched)).toMatchObject({ drift: 1, full: false });

    expect(asked).toEqual([{ updatedAfter: '2026-10-12T08:00:09.000Z' }]);
    expect((await newsroom.root()).watermark).toBe(newsroom.now);
  });

  test('a count that does not fit starts the full list: only that sees a removal', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    newsroom.brief('b-two');
    await newsroom.reconcile();
    newsroom.pass(7200);
    newsroom.remove('b-one');
    expect(await newsroom.reconcile()).toMatchObject({ drift: 1, full: true });
    expect(await newsroom.answer('/briefings/one/')).toBe('410');
  });

  test('with nothing changed it writes nothing but that it was here', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    await newsroom.reconcile();
    newsroom.pass(900);
    const stored = newsroom.stored.length;
    expect(await newsroom.reconcile()).toMatchObject({ drift: 0, full: false, releases: 0 });
    expect(newsroom.stored.slice(stored)).toEqual(['public/status.json']);
  });

  test('F42: a listing that lags behind the reads takes nothing back', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    await newsroom.reconcile();
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    newsroom.brief('b-two');
    const old: Revision[] = [];
    for await (const revision of newsroom.press.ports.lake.revisions()) {
      if (revision.id === 'b-one') old.push({ ...revision, rev: 'r9' });
      else if (revision.id !== 'b-two') old.push(revision);
    }
    await newsroom.publish('b-one', 'b-two');
    const before = await newsroom.everything();
    const lagging = withLake(newsroom.press, () => ({
      revisions: async function* revisions() {
        yield* old;
      },
    }));
    expect(await reconcile(lagging, { deep: true })).toMatchObject({ releases: 0 });
    expect(await newsroom.everything()).toEqual(before);
  });
});

describe('rule 13: what was not brought is looked for again', () => {
  /** Two hundred briefings in a lake of which the site knows nothing yet, edited hours ago. */
  function afterAnOutage(): Newsroom {
    const newsroom = openNewsroom({ renderers: smallEdition });
    for (let index = 0; index < 200; index += 1) newsroom.brief(`b-${index}`);
    newsroom.pass(5 * 3600);
    return newsroom;
  }

  /** A publisher to whose reconcile something happens once its first release is settled. */
  const interrupted = (newsroom: Newsroom, by: () => Promise<unknown>): Publisher => {
    let isDone = false;
    return withLake(newsroom.publisher(), (lake) => ({
      read: async (ids) => {
        const isSettled = newsroom.stored.filter((key) => key === rootKey).length === 2;
        if (isSettled && !isDone) {
          isDone = true;
          await by();
        }
        return lake.read(ids);
      },
    }));
  };

  test('put on hold on its way, it leaves its watermark: the next one finds the rest', async () => {
    const newsroom = afterAnOutage();
    const held = interrupted(newsroom, () => newsroom.hold('wrong photograph'));

    expect(await reconcile(held)).toMatchObject({ kind: 'held', drift: 208 });
    expect((await newsroom.root()).watermark).toBe('1970-01-01T00:00:00.000Z');

    await newsroom.resume();
    expect(await newsroom.reconcile()).toMatchObject({ kind: 'done', drift: 104 });
    expect(await newsroom.differences()).toEqual(noDifference);
  });

  test('overtaken by a deployment, it leaves the watermark to the code that was deployed', async () => {
    const newsroom = afterAnOutage();
    const before = interrupted(newsroom, async () => {
      await raiseEpoch(ofEpoch(newsroom, 2, smallEdition), 2);
    });

    expect(await reconcile(before)).toMatchObject({ kind: 'other-epoch', drift: 208 });
    expect((await newsroom.root()).watermark).toBe('1970-01-01T00:00:00.000Z');

    const deployed = ofEpoch(newsroom, 2, smallEdition);
    expect(await reconcile(deployed)).toMatchObject({ kind: 'done', drift: 104 });
  });

  test('rule 11: a document that the lake gives as it was before holds up none of the others', async () => {
    const newsroom = await published();
    const backup = newsroom.documents.get('b-one');
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    await newsroom.publish('b-one');
    if (backup !== undefined) newsroom.documents.set('b-one', backup);
    newsroom.patch('b-two', { headline: 'Ada counts as well' });
    const { watermark } = await newsroom.root();

    expect(await newsroom.reconcile()).toMatchObject({ kind: 'done', drift: 2, releases: 1 });

    expect(await newsroom.text('/briefings/two/')).toContain('Ada counts as well');
    expect(await newsroom.text('/briefings/one/')).toContain('Ada counts on');
    expect((await newsroom.root()).watermark).toBe(watermark);
  });

  test('rule 9: overtaken while it checks the bucket, it no longer swaps the root', async () => {
    const newsroom = await published();
    newsroom.pass(7200);
    const { ports, ...before } = ofEpoch(newsroom, 1);
    let raised: unknown;
    const list: Store['list'] = async function* list(prefix, after) {
      await raiseEpoch(ofEpoch(newsroom, 2), 2);
      raised = await newsroom.root();
      yield* ports.store.list(prefix, after);
    };

    const outcome = await reconcile(
      { ...before, ports: { ...ports, store: { ...ports.store, list } } },
      { deep: true },
    );

    expect(outcome.kind).toBe('other-epoch');
    expect(await newsroom.root()).toEqual(raised);
  });
});

describe('F41: the lake is down', () => {
  test('nothing is committed, the failure is thrown for the queue to try again, and then all is well', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    await newsroom.publishWhole([...newsroom.documents.keys()]);
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    const [root, before] = [await newsroom.root(), await newsroom.everything()];
    const down = withLake(newsroom.press, () => ({
      read: () => Promise.reject(new Error('429 after retries')),
      revisions: async function* revisions() {
        yield { id: 'b-one', type: 'briefing', rev: 'r99', updatedAt: newsroom.now };
        throw new Error('503 in the middle of a listing');
      },
    }));
    await expect(publish(down, { ids: ['b-one'] })).rejects.toThrow('429 after retries');
    await expect(reconcile(down)).rejects.toThrow('503 in the middle of a listing');
    expect(await newsroom.root()).toEqual(root);
    expect(await newsroom.everything()).toEqual(before);
    await newsroom.publish('b-one');
    expect(await newsroom.text('/briefings/one/')).toContain('Ada counts on');
  });

  test('rule 11: what may not be read is a failure, and no absence', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    await newsroom.publish('b-one');
    const forbidden = withLake(newsroom.press, () => ({
      read: () => Promise.reject(new Error('b-one is omitted: permission')),
    }));
    await expect(publish(forbidden, { ids: ['b-one'] })).rejects.toThrow('permission');
    expect(await newsroom.answer('/briefings/one/')).toBe('200');
  });
});

describe('F46: a backfill', () => {
  test('of 400 briefings, killed again and again on its way, ends whole; a live edit overtakes it', async () => {
    const newsroom = openNewsroom({ renderers: smallEdition });
    for (let index = 0; index < 400; index += 1) {
      const month = String(1 + (index % 12)).padStart(2, '0');
      newsroom.brief(`b-${index}`, { date: `2025-${month}-10`, mentions: [`b-${index + 1}`] });
    }
    let kills = 0;
    const atTheFifth = { home: '', live: 0 };
    for (;;) {
      let calls = 0;
      const limit = 150 + kills * 60;
      newsroom.beforeCall = () => {
        calls += 1;
        if (calls > limit) throw new Error('killed');
      };
      try {
        // A new process each time: nothing is remembered but what the bucket holds.
        await reconcile(newsroom.publisher());
        break;
      } catch (error) {
        if (!(error instanceof Error) || error.message !== 'killed') throw error;
        kills += 1;
      }
      if (kills === 5) {
        newsroom.beforeCall = () => {};
        newsroom.brief('b-live', { headline: 'BREAKING' });
        await newsroom.publish('b-live');
        atTheFifth.home = await newsroom.text('/');
        atTheFifth.live = (await newsroom.root()).live;
      }
    }
    newsroom.beforeCall = () => {};
    await newsroom.publishWhole([]);
    expect(kills).toBeGreaterThan(5);
    expect(atTheFifth.home).toContain('BREAKING');
    expect(atTheFifth.live).toBeLessThan(400);
    expect((await newsroom.root()).live).toBe(401);
    expect(await newsroom.differences()).toEqual(noDifference);
  }, 60_000);
});
