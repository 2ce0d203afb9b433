import { describe, expect, test } from 'vitest';
import type { Store } from '../../src/publishing/ports.ts';
import { publish } from '../../src/publishing/publish.ts';
import { advance } from '../../src/publishing/advance.ts';
import { hold } from '../../src/publishing/hold.ts';
import { beginRebuild } from '../../src/publishing/rebuild.ts';
import { sweep } from '../../src/publishing/sweep.ts';
import { noDeadline } from '../../src/publishing/walk.ts';
import { expectQuarantineCounted } from '../simulator/oracles.ts';
import { reference } from '../simulator/newsroom.ts';
import { treeOf, type Publisher } from '../../src/publishing/publisher.ts';
import { noDifference, type Newsroom, openNewsroom } from './newsroom.ts';

const key = 'public/status.json';

const told = (newsroom: Newsroom): Promise<Readonly<Record<string, unknown>>> =>
  newsroom.json('/status.json');

async function withBriefings(...ids: readonly string[]): Promise<Newsroom> {
  const newsroom = openNewsroom();
  for (const id of ids) newsroom.brief(id);
  await newsroom.reconcile();
  return newsroom;
}

/** The calls of the store that are about the status, while something runs. */
async function callsOf(
  newsroom: Newsroom,
  run: () => Promise<unknown>,
): Promise<readonly string[]> {
  const from = newsroom.calls.length;
  await run();
  return newsroom.calls
    .slice(from)
    .filter((call) => call.key === key)
    .map(({ call }) => call);
}

function withPut(publisher: Publisher, put: Store['put']): Publisher {
  const { ports } = publisher;
  return { ...publisher, ports: { ...ports, store: { ...ports.store, put } } };
}

test('the whole of it, when nothing is under way', async () => {
  const newsroom = await withBriefings('b-one');
  newsroom.pass(60);
  await newsroom.sweep('deep');
  const comparedAt = newsroom.now;
  newsroom.pass(60);
  newsroom.patch('b-one', { headline: 'Ada counts on' });
  await newsroom.publish('b-one');

  expect(await told(newsroom)).toEqual({
    $schema: 'https://daily.example/v1/schema/status.json',
    type: 'status',
    at: newsroom.now,
    commit: { release: 2, at: newsroom.now },
    work: [],
    dependants: 0,
    heldSince: null,
    comparison: { at: comparedAt, drift: 0 },
    quarantined: 0,
  });
  const { cacheControl, contentType } = (await newsroom.store.get(key)) ?? {};
  expect({ cacheControl, contentType }).toEqual({
    cacheControl: 'public, max-age=0, s-maxage=1',
    contentType: 'application/json; charset=utf-8',
  });
  // It tells of time, and is no part of what is compared.
  expect(await newsroom.differences()).toEqual(noDifference);
});

describe('what telling costs', () => {
  test('one look and one write a commit, begun before the last of its pages is written', async () => {
    const newsroom = await withBriefings('b-one');
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    const from = newsroom.calls.length;
    await newsroom.publish('b-one');

    const calls = newsroom.calls.slice(from).map(({ call, key: at }) => `${call} ${at}`);
    expect(calls.filter((call) => call.endsWith(key))).toEqual([`head ${key}`, `put ${key}`]);
    expect(calls.indexOf(`put ${key}`)).toBeLessThan(calls.indexOf('put public/index.html'));
  });

  test('a publish that changes nothing writes nothing, and neither does an idle sweep', async () => {
    const newsroom = await withBriefings('b-one');
    expect(await callsOf(newsroom, () => newsroom.publish('b-one'))).toEqual(['head']);
    expect(await callsOf(newsroom, () => newsroom.sweep())).toEqual([]);
  });
});

describe('work on the whole site', () => {
  test('an edit of the settings: how far it is, slice by slice, until it is done', async () => {
    const newsroom = await withBriefings('b-one', 'b-two', 'b-three', 'b-four');
    const slow = newsroom.publisher({ tasksPerRelease: 2 });
    newsroom.patch('siteSettings', { name: 'The Weekly Why' });
    await publish(slow, { ids: ['siteSettings'], continuePending: false });
    const since = newsroom.now;
    const seen = [(await told(newsroom))['work']];
    for (let slice = 0; slice < 20 && (await newsroom.root()).walks.length > 0; slice += 1) {
      newsroom.pass(1);
      await publish(slow, { ids: [], continuePending: true });
      seen.push((await told(newsroom))['work']);
    }

    const redraw = { kind: 'redraw', since, of: 'briefings', total: 4 };
    const distinct = [...new Set(seen.map((work) => JSON.stringify(work)))];
    expect(distinct.map((work) => JSON.parse(work))).toEqual([
      [{ ...redraw, done: 0 }],
      [{ ...redraw, done: 2 }],
      [{ ...redraw, done: 4 }],
      [],
    ]);
  });

  test('a rebuild is told when it is asked for, a comparison and a check with what they count', async () => {
    const newsroom = await withBriefings('b-one');
    newsroom.pass(60);
    await beginRebuild(newsroom.press);
    expect((await told(newsroom))['work']).toEqual([
      { kind: 'redraw', since: newsroom.now, of: 'briefings', done: 0, total: 1 },
    ]);
    await advance(newsroom.press, noDeadline);
    expect((await told(newsroom))['work']).toEqual([]);

    newsroom.pass(60);
    const since = newsroom.now;
    // There is time to mark both, and for no more.
    await sweep(newsroom.press, 'deep', { remaining: () => 0 });
    expect((await told(newsroom))['work']).toEqual([
      { kind: 'comparison', since, of: 'documents', done: 0, total: 9 },
      { kind: 'check', since, of: 'objects', done: 0, total: null },
    ]);
  });

  test('what follows an edit of somebody whom many pages show, until it is drawn', async () => {
    const newsroom = await withBriefings('b-one', 'b-two', 'b-three', 'b-four');
    const slow = newsroom.publisher({ tasksPerRelease: 1 });
    newsroom.patch('p-ada', { name: 'Ada Byron' });
    await publish(slow, { ids: ['p-ada'], continuePending: false });
    const { dependants } = await told(newsroom);
    expect(dependants).toBeGreaterThan(0);
    expect(dependants).toBe((await newsroom.root()).pending[0]?.left);
    await newsroom.publishWhole([], slow);
    expect((await told(newsroom))['dependants']).toBe(0);
  });
});

test('a hold is told with its instant and not with its reason, and so is its end', async () => {
  const newsroom = await withBriefings('b-one');
  newsroom.pass(60);
  await newsroom.hold('Ada Lovelace has complained');
  const since = newsroom.now;
  expect(await told(newsroom)).toMatchObject({ at: since, heldSince: since });
  expect(await newsroom.text('/status.json')).not.toContain('complained');

  // The sweep lives, and shows that it does.
  newsroom.pass(900);
  expect(await callsOf(newsroom, () => newsroom.sweep())).toEqual([]);
  await newsroom.sweep('reconcile');
  expect(await told(newsroom)).toMatchObject({ at: newsroom.now, heldSince: since });

  newsroom.pass(60);
  await newsroom.resume();
  expect(await told(newsroom)).toMatchObject({ at: newsroom.now, heldSince: null });
});

describe('comparisons', () => {
  test('each of them writes it, though nothing has changed: its age shows that somebody compares', async () => {
    const newsroom = await withBriefings('b-one');
    const before = await told(newsroom);
    newsroom.pass(900);
    await newsroom.sweep('reconcile');
    expect(await told(newsroom)).toEqual({ ...before, at: newsroom.now });
  });

  test('one of everything tells how many documents differed, and when it ended', async () => {
    const newsroom = await withBriefings('b-one', 'b-two');
    newsroom.remove('b-two');
    newsroom.pass(900);
    await newsroom.sweep('reconcile');
    expect(await told(newsroom)).toMatchObject({
      work: [],
      comparison: { at: newsroom.now, drift: 1 },
    });
  });
});

describe('quarantine', () => {
  const counted = async (newsroom: Newsroom): Promise<unknown> => {
    const root = await newsroom.root();
    await expectQuarantineCounted(root, treeOf(newsroom.press, root));
    return (await told(newsroom))['quarantined'];
  };
  const publishing = async (newsroom: Newsroom, id: string): Promise<unknown> => {
    await newsroom.publish(id);
    return counted(newsroom);
  };

  test('in and out: refused, refused again, mended, and deleted while refused', async () => {
    const newsroom = await withBriefings('b-one', 'b-two');
    expect(await counted(newsroom)).toBe(0);
    newsroom.patch('b-one', { headline: '' });
    expect(await publishing(newsroom, 'b-one')).toBe(1);
    newsroom.patch('b-one', { headline: ' ' });
    expect(await publishing(newsroom, 'b-one')).toBe(1);
    newsroom.patch('b-two', { person: reference('p-nobody') });
    expect(await publishing(newsroom, 'b-two')).toBe(2);
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    expect(await publishing(newsroom, 'b-one')).toBe(1);
    newsroom.remove('b-two');
    expect(await publishing(newsroom, 'b-two')).toBe(0);
  });

  test('one that never was valid, a person, and the settings count as well', async () => {
    const newsroom = await withBriefings('b-one');
    newsroom.brief('b-new', { headline: '' });
    expect(await publishing(newsroom, 'b-new')).toBe(1);
    newsroom.patch('p-ada', { name: '' });
    expect(await publishing(newsroom, 'p-ada')).toBe(2);
    newsroom.patch('siteSettings', { language: 'fr' });
    expect(await publishing(newsroom, 'siteSettings')).toBe(3);
  });

  test('what waits for an address is let in when that is free, and counted no more', async () => {
    const newsroom = await withBriefings('b-one');
    newsroom.brief('b-late', { slug: 'one' });
    expect(await publishing(newsroom, 'b-late')).toBe(1);
    newsroom.patch('b-one', { slug: { _type: 'slug', current: 'elsewhere' } });
    await newsroom.publishWhole(['b-one']);
    expect(await newsroom.answer('/briefings/one/')).toBe('200');
    expect(await counted(newsroom)).toBe(0);
  });
});

describe('two who tell at one time', () => {
  test('whoever is overtaken looks again: an older root never goes over a newer one', async () => {
    const newsroom = await withBriefings('b-one', 'b-two');
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    newsroom.patch('b-two', { headline: 'Ada counts as well' });
    const { press } = newsroom;
    const { store } = press.ports;
    const tries: string[] = [];
    const overtaken = withPut(press, async (at, object, condition) => {
      if (at === key && tries.length === 0) await publish(newsroom.publisher(), { ids: ['b-two'] });
      const outcome = await store.put(at, object, condition);
      if (at === key) tries.push(outcome.kind);
      return outcome;
    });
    await publish(overtaken, { ids: ['b-one'] });

    expect(tries).toEqual(['precondition-failed', 'stored']);
    const { seq } = await newsroom.root();
    expect(seq).toBe(3);
    expect(await told(newsroom)).toMatchObject({ commit: { release: 3 } });
  });

  test('a hold is not lost to a commit before it, though both are of one release', async () => {
    const newsroom = await withBriefings('b-one');
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    const { press } = newsroom;
    const { store } = press.ports;
    let isOvertaken = false;
    const overtaken = withPut(press, async (at, object, condition) => {
      if (at === key && !isOvertaken) {
        isOvertaken = true;
        await hold(newsroom.publisher(), 'wrong photograph');
      }
      return store.put(at, object, condition);
    });
    await publish(overtaken, { ids: ['b-one'] });
    expect(await told(newsroom)).toMatchObject({ commit: { release: 2 }, heldSince: newsroom.now });
  });
});

describe('a status that is lost', () => {
  test('killed between commit and status: whoever finishes the release tells of it', async () => {
    const newsroom = await withBriefings('b-one');
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    const isCommitted = { value: false };
    newsroom.afterCall = ({ call, key: at }) => {
      if (call === 'put' && at === 'state/root') isCommitted.value = true;
    };
    newsroom.beforeCall = () => {
      if (isCommitted.value) throw new Error('killed');
    };
    await expect(newsroom.publish('b-one')).rejects.toThrow('killed');
    newsroom.beforeCall = () => {};
    expect((await newsroom.root()).seq).toBe(2);
    expect(await told(newsroom)).toMatchObject({ commit: { release: 1 } });

    await newsroom.sweep();
    expect(await told(newsroom)).toMatchObject({ commit: { release: 2 } });
  });

  test('keeps no edit from readers: it is told by the next one', async () => {
    const newsroom = await withBriefings('b-one');
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    newsroom.beforeCall = ({ key: at }) => {
      if (at === key) throw new Error('503');
    };
    expect(await newsroom.publish('b-one')).toMatchObject({ kind: 'done', releases: 1 });
    expect(await newsroom.text('/briefings/one/')).toContain('Ada counts on');
    expect(newsroom.events.filter(({ kind }) => kind === 'status-lost')).toEqual([
      { kind: 'status-lost', error: 'Error' },
    ]);
    newsroom.beforeCall = () => {};
    newsroom.patch('b-one', { headline: 'Ada counts again' });
    await newsroom.publish('b-one');
    expect(await told(newsroom)).toMatchObject({ commit: { release: 3 } });
  });
});
