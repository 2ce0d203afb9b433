import { describe, expect, test } from 'vitest';
import { edition } from '../../src/publishing/edition.ts';
import { publish } from '../../src/publishing/publish.ts';
import type { Store } from '../../src/publishing/ports.ts';
import type { Publisher } from '../../src/publishing/publisher.ts';
import { slug } from '../simulator/newsroom.ts';
import { smallEdition } from '../simulator/small-edition.ts';
import { openNewsroom, type Newsroom, type StoreCall } from './newsroom.ts';

/** One publish that brings a new page, changes one, moves one and removes one. */
const everyKind = ['b-new', 'b-changed', 'b-moved', 'b-removed'] as const;

async function beforeEveryKind(renderers = edition): Promise<Newsroom> {
  const newsroom = openNewsroom({ renderers });
  newsroom.brief('b-changed', { mentions: ['b-moved', 'b-removed'] });
  newsroom.brief('b-moved');
  newsroom.brief('b-removed', { person: 'p-ibn' });
  await newsroom.publishWhole(['b-changed', 'b-moved', 'b-removed']);
  newsroom.brief('b-new', { mentions: ['b-moved'] });
  newsroom.patch('b-changed', { headline: 'Ada changed' });
  newsroom.patch('b-moved', { slug: slug('moved-on') });
  newsroom.remove('b-removed');
  return newsroom;
}

/** Public bytes and headers, and the root: all that a later run builds on. */
async function outcomeOf(newsroom: Newsroom) {
  return { root: await newsroom.root(), objects: await newsroom.everything() };
}

class Killed extends Error {}

/** A process that dies at its `count`-th call of the store: with the effect, or just before it. */
function killAt(newsroom: Newsroom, count: number, when: 'before' | 'after'): void {
  let calls = 0;
  let isDead = false;
  newsroom.beforeCall = () => {
    calls += 1;
    if (calls === count && when === 'before') isDead = true;
    if (isDead) throw new Killed();
  };
  newsroom.afterCall = () => {
    if (calls >= count) isDead = true;
    if (isDead) throw new Killed();
  };
}

function revive(newsroom: Newsroom): void {
  newsroom.beforeCall = () => {};
  newsroom.afterCall = () => {};
}

describe('F36: a publish is killed', () => {
  test('after each call of the store, and before it: the next run ends as if nothing had happened', async () => {
    const start = await beforeEveryKind(smallEdition);
    const calm = await start.copy();
    await publish(calm.publisher(), { ids: everyKind });
    const calls = calm.calls.length;
    const expected = await outcomeOf(calm);
    expect(calls).toBeGreaterThan(60);

    for (let count = 1; count <= calls; count += 1) {
      for (const when of ['before', 'after'] as const) {
        const newsroom = await start.copy();
        killAt(newsroom, count, when);
        await expect(publish(newsroom.publisher(), { ids: everyKind })).rejects.toThrow(Killed);
        revive(newsroom);
        await publish(newsroom.publisher(), { ids: everyKind });
        expect(await outcomeOf(newsroom), `killed ${when} call ${count}`).toEqual(expected);
      }
    }
  }, 60_000);

  test('and no redelivery comes: the next sweep finishes what was committed', async () => {
    const calm = await beforeEveryKind();
    await publish(calm.publisher(), { ids: everyKind });
    const newsroom = await beforeEveryKind();
    let puts = 0;
    newsroom.beforeCall = ({ call, key }) => {
      if (call === 'put' && key.startsWith('public/')) puts += 1;
      if (puts === 5) throw new Killed();
    };
    await expect(publish(newsroom.publisher(), { ids: everyKind })).rejects.toThrow(Killed);
    revive(newsroom);
    expect((await newsroom.root()).release).not.toBeNull();

    expect(await newsroom.sweep()).toMatchObject({ kind: 'worked', releases: 0 });
    expect(await outcomeOf(newsroom)).toEqual(await outcomeOf(calm));
  });

  test('in mid-release, what stands is a prefix: no list links to a page that is not there', async () => {
    const newsroom = await beforeEveryKind();
    const order: string[] = [];
    newsroom.afterCall = ({ call, key }) => {
      if (call === 'put' && key.startsWith('public/') && !key.includes('/receipts/'))
        order.push(key);
    };
    await publish(newsroom.publisher(), { ids: everyKind });
    const at = (path: string): number => order.indexOf(`public${path}index.html`);
    const json = (id: string): number => order.indexOf(`public/v1/briefings/${id}.json`);
    // New targets, pages, entry points, moves, removals.
    expect(at('/briefings/new/')).toBeLessThan(at('/briefings/changed/'));
    expect(at('/briefings/moved-on/')).toBeLessThan(at('/briefings/changed/'));
    expect(at('/briefings/changed/')).toBeLessThan(at('/'));
    expect(at('/')).toBeLessThan(at('/briefings/moved/'));
    expect(at('/briefings/moved/')).toBeLessThan(at('/briefings/removed/'));
    expect(json('b-changed')).toBeLessThan(at('/briefings/moved/'));
    expect(at('/briefings/moved/')).toBeLessThan(json('b-removed'));
  });
});

describe('F34: the store fails in mid-publish', () => {
  test('the run says so and throws; the release stays in the root; the next run finishes it', async () => {
    const calm = await beforeEveryKind();
    await publish(calm.publisher(), { ids: everyKind });
    const newsroom = await beforeEveryKind();
    const failing = ({ call, key }: StoreCall): void => {
      if (call === 'put' && key === 'public/index.html') throw new Error(`503 for ${key}`);
    };
    newsroom.beforeCall = failing;
    await expect(publish(newsroom.publisher(), { ids: everyKind })).rejects.toThrow(
      '503 for public/index.html',
    );
    const { seq, release } = await newsroom.root();
    expect(release).toMatchObject({ seq });
    // It can be tried as often as the store goes on failing.
    await expect(publish(newsroom.publisher(), { ids: everyKind })).rejects.toThrow('503');
    expect((await newsroom.root()).seq).toBe(seq);

    revive(newsroom);
    await publish(newsroom.publisher(), { ids: everyKind });
    expect(await outcomeOf(newsroom)).toEqual(await outcomeOf(calm));
  });

  test('while it fails, an edit of another document waits for the release before it', async () => {
    const newsroom = await beforeEveryKind();
    newsroom.beforeCall = ({ call, key }) => {
      if (call === 'put' && key === 'public/index.html') throw new Error('503');
    };
    await expect(publish(newsroom.publisher(), { ids: everyKind })).rejects.toThrow('503');
    newsroom.brief('b-other');
    await expect(publish(newsroom.publisher(), { ids: ['b-other'] })).rejects.toThrow('503');
    expect(await newsroom.answer('/briefings/other/')).toBe('404');
    revive(newsroom);
    await publish(newsroom.publisher(), { ids: ['b-other'] });
    expect(await newsroom.answer('/briefings/other/')).toBe('200');
    expect(await newsroom.answer('/briefings/new/')).toBe('200');
  });
});

describe('F35: a write is done and its answer is lost', () => {
  test('the retry finds its own bytes and goes on', async () => {
    const calm = await beforeEveryKind();
    await publish(calm.publisher(), { ids: everyKind });
    const newsroom = await beforeEveryKind();
    const lost = new Set<string>();
    // As an SDK does: the answer is lost, the same call is made again and meets its own effect.
    const publisher = newsroom.publisher();
    const { store } = publisher.ports;
    const flaky = withStore(publisher, {
      ...store,
      put: async (...call) => {
        const [key] = call;
        const outcome = await store.put(...call);
        if (!key.startsWith('public/') || lost.has(key)) return outcome;
        lost.add(key);
        return store.put(...call);
      },
    });
    await publish(flaky, { ids: everyKind });
    expect(lost.size).toBeGreaterThan(20);
    expect(await outcomeOf(newsroom)).toEqual(await outcomeOf(calm));
  });
});

describe('F37: a write of a dead process comes late', () => {
  test('and is refused by the bucket, whatever was published since, the same content included', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { headline: 'Ada counts' });
    await newsroom.publish('b-one');
    const page = 'public/briefings/one/index.html';
    const late: { run: (() => Promise<unknown>) | null } = { run: null };
    newsroom.patch('b-one', { headline: 'Ada sleeps' });
    const publisher = newsroom.publisher();
    const { store } = publisher.ports;
    const zombie = withStore(publisher, {
      ...store,
      put: async (...call) => {
        if (call[0] !== page) return store.put(...call);
        late.run = () => newsroom.store.put(...call);
        throw new Killed();
      },
    });
    await expect(publish(zombie, { ids: ['b-one'] })).rejects.toThrow(Killed);
    newsroom.patch('b-one', { headline: 'Ada counts' });
    await newsroom.publish('b-one');
    const before = await newsroom.everything();

    expect(await late.run?.()).toEqual({ kind: 'precondition-failed' });
    expect(await newsroom.everything()).toEqual(before);
  });
});

describe('F39: two publishers race', () => {
  test('at every point where the second can cut in: both edits are live, and nothing is lost', async () => {
    const start = openNewsroom();
    start.brief('b-one');
    start.brief('b-two');
    await start.publishWhole([...start.documents.keys()]);
    start.patch('b-one', { headline: 'First edit' });
    start.patch('b-two', { headline: 'Second edit' });
    const alone = await start.copy();
    await publish(alone.publisher(), { ids: ['b-one'] });
    const calls = alone.calls.length;

    for (let count = 1; count <= calls; count += 1) {
      const newsroom = await start.copy();
      const second = newsroom.publisher();
      const first = cutInto(newsroom.publisher(), count, () => publish(second, { ids: ['b-two'] }));
      await publish(first, { ids: ['b-one'] });

      const feed = await newsroom.text('/feed.json');
      expect(
        [feed.includes('First edit'), feed.includes('Second edit')],
        `cut in at ${count}`,
      ).toEqual([true, true]);
      expect((await newsroom.root()).release).toBeNull();
      expect(await newsroom.reconcile(true)).toMatchObject({ drift: 0, repaired: 0, orphans: 0 });
    }
  }, 60_000);

  test('for the very first release: one makes it, the other goes on from there', async () => {
    const start = openNewsroom({ renderers: smallEdition });
    start.brief('b-one');
    start.brief('b-two');
    const alone = await start.copy();
    await publish(alone.publisher(), { ids: ['b-one'] });
    const calls = alone.calls.filter(({ call }) => call !== 'list').length;
    for (let count = 1; count <= calls; count += 1) {
      const newsroom = await start.copy();
      const second = newsroom.publisher();
      const first = cutInto(newsroom.publisher(), count, () => publish(second, { ids: ['b-two'] }));
      await publish(first, { ids: ['b-one'] });
      expect(await newsroom.site('/v1/briefings/'), `cut in at ${count}`).toEqual([
        '/v1/briefings/b-one.json 200',
        '/v1/briefings/b-two.json 200',
      ]);
      expect(await newsroom.differences()).toEqual({ differing: [], missing: [], foreign: [] });
    }
  }, 60_000);

  test('F40: the same message at two processes at once is published once', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    await Promise.all([
      publish(newsroom.publisher(), { ids: ['b-one'] }),
      publish(newsroom.publisher(), { ids: ['b-one'] }),
      publish(newsroom.publisher(), { ids: ['b-one'] }),
    ]);
    const pages = newsroom.stored.filter((key) => key === 'public/briefings/one/index.html');
    expect(pages).toHaveLength(1);
    expect(await newsroom.root()).toMatchObject({ seq: 1, release: null });
  });
});

/** A publisher whose `count`-th call of the store is made after something else has run to its end. */
function cutInto(publisher: Publisher, count: number, run: () => Promise<unknown>): Publisher {
  const { store } = publisher.ports;
  let made = 0;
  const cutIn = async (): Promise<void> => {
    made += 1;
    if (made === count) await run();
  };
  return withStore(publisher, {
    ...store,
    get: async (key) => {
      await cutIn();
      return store.get(key);
    },
    head: async (key) => {
      await cutIn();
      return store.head(key);
    },
    put: async (...call) => {
      await cutIn();
      return store.put(...call);
    },
  });
}

function withStore(publisher: Publisher, store: Store): Publisher {
  return { ...publisher, ports: { ...publisher.ports, store } };
}
