import { describe, expect, test } from 'vitest';
import type { Lake, Revision } from '../../src/publishing/ports.ts';
import type { Publisher } from '../../src/publishing/publisher.ts';
import { publish } from '../../src/publishing/publish.ts';
import { reconcile } from '../../src/publishing/reconcile.ts';
import { smallEdition } from '../simulator/small-edition.ts';
import { openNewsroom } from './newsroom.ts';

const noDifference = { differing: [], missing: [], foreign: [] };

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

  test('with nothing changed it writes nothing', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    await newsroom.reconcile();
    newsroom.pass(900);
    const stored = newsroom.stored.length;
    expect(await newsroom.reconcile()).toMatchObject({ drift: 0, full: false, releases: 0 });
    expect(newsroom.stored.length - stored).toBe(0);
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
