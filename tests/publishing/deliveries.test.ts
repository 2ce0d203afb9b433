import { describe, expect, test } from 'vitest';
import { publish, type PublishRequest } from '../../src/publishing/publish.ts';
import { openNewsroom, type Newsroom } from './newsroom.ts';

async function withOneBriefing(): Promise<Newsroom> {
  const newsroom = openNewsroom();
  newsroom.brief('b-one', { headline: 'Ada counts' });
  await newsroom.publish('b-one');
  return newsroom;
}

describe('a delivery is a doorbell', () => {
  test('F1: rung twice, the second commits nothing, writes nothing and purges nothing', async () => {
    const newsroom = await withOneBriefing();
    newsroom.patch('b-one', { headline: 'Ada counts again' });
    await newsroom.publish('b-one');
    const [root, stored, purged] = [
      await newsroom.root(),
      newsroom.stored.length,
      newsroom.purged.length,
    ];

    const again = await newsroom.publish('b-one');

    expect(again).toMatchObject({ kind: 'done', releases: 0, tasksLeft: 0 });
    expect(await newsroom.root()).toEqual(root);
    expect(newsroom.stored.length - stored).toBe(0);
    expect(newsroom.purged.length - purged).toBe(0);
  });

  test('F1: a cold process that hears it as well writes nothing either', async () => {
    const newsroom = await withOneBriefing();
    const stored = newsroom.stored.length;
    await publish(newsroom.publisher(), { ids: ['b-one'] });
    expect(newsroom.stored.length - stored).toBe(0);
  });

  test('F2: rung for an old revision after a new one was published, it finds the new one and changes nothing', async () => {
    const newsroom = await withOneBriefing();
    const oldest = newsroom.standing('b-one')._updatedAt;
    newsroom.patch('b-one', { headline: 'Ada counts again' });
    await newsroom.publish('b-one');
    const before = await newsroom.everything();

    const outcome = await newsroom.request({
      ids: ['b-one'],
      updatedAt: new Map([['b-one', oldest]]),
    });

    expect(outcome).toMatchObject({ kind: 'done', releases: 0 });
    expect(await newsroom.everything()).toEqual(before);
  });

  test('F2, F42: when a read answers with an older revision, it is told as stale and nothing goes back', async () => {
    const newsroom = await withOneBriefing();
    const first = newsroom.standing('b-one');
    newsroom.patch('b-one', { headline: 'Ada counts again' });
    await newsroom.publish('b-one');
    const [before, root] = [await newsroom.everything(), await newsroom.root()];
    newsroom.documents.set('b-one', first);

    expect(await newsroom.publish('b-one')).toEqual({ kind: 'stale', ids: ['b-one'] });
    expect(await newsroom.everything()).toEqual(before);
    expect(await newsroom.root()).toEqual(root);
  });

  test('F42: a read older than the delivery spoke of is asked for again, and then published', async () => {
    const newsroom = await withOneBriefing();
    const { _updatedAt } = newsroom.patch('b-one', { headline: 'Ada counts again' });
    const updatedAt = new Map([['b-one', _updatedAt]]);
    const newest = newsroom.standing('b-one');
    newsroom.documents.set('b-one', {
      ...newest,
      _rev: 'r9',
      _updatedAt: '2026-10-12T09:00:09.000Z',
    });

    expect(await newsroom.request({ ids: ['b-one'], updatedAt })).toEqual({
      kind: 'stale',
      ids: ['b-one'],
    });
    newsroom.documents.set('b-one', newest);
    expect(await newsroom.request({ ids: ['b-one'], updatedAt })).toMatchObject({
      kind: 'done',
      releases: 1,
    });
    expect((await newsroom.json('/v1/briefings/b-one.json'))['headline']).toBe('Ada counts again');
  });

  test('F42: of two in one batch, the one that comes older than its own delivery said is told, whatever the other’s says', async () => {
    const newsroom = await withOneBriefing();
    newsroom.brief('b-two');
    const updatedAt = new Map([
      ['b-one', newsroom.standing('b-one')._updatedAt],
      ['b-two', newsroom.now],
    ]);
    newsroom.documents.set('b-two', {
      ...newsroom.standing('b-two'),
      _updatedAt: newsroom.standing('b-one')._updatedAt,
    });
    expect(await newsroom.request({ ids: ['b-one', 'b-two'], updatedAt })).toEqual({
      kind: 'stale',
      ids: ['b-two'],
    });
  });

  test('F3: with every delivery lost, one reconcile brings what deliveries would have brought', async () => {
    const rung = openNewsroom();
    const silent = openNewsroom();
    for (const newsroom of [rung, silent]) {
      newsroom.brief('b-one', { headline: 'Ada counts' });
      newsroom.brief('b-two', { headline: 'Ibn sails', person: 'p-ibn' });
      newsroom.remove('b-two');
      newsroom.brief('b-three', { headline: 'Ada dreams', mentions: ['b-one'] });
    }
    await rung.publishWhole([...rung.documents.keys()]);
    await silent.reconcile();
    expect(await silent.everything()).toEqual(await rung.everything());
  });

  test('F3: what was edited and removed in silence is healed by the next reconcile, once', async () => {
    const newsroom = await withOneBriefing();
    newsroom.brief('b-two');
    await newsroom.reconcile();
    newsroom.patch('b-one', { headline: 'Ada counts again' });
    newsroom.remove('b-two');

    expect(await newsroom.reconcile()).toMatchObject({ kind: 'done', drift: 2, full: true });
    expect(await newsroom.reconcile()).toMatchObject({ kind: 'done', drift: 0, releases: 0 });
    expect(await newsroom.site('/briefings/')).toEqual([
      '/briefings/one/ 200',
      '/briefings/one/index.md 200',
      '/briefings/one/index.txt 200',
      '/briefings/two/ 410',
      '/briefings/two/index.md 410',
      '/briefings/two/index.txt 410',
    ]);
    expect((await newsroom.json('/v1/briefings/b-one.json'))['headline']).toBe('Ada counts again');
  });

  test('F4, F45: old messages redriven after many edits change nothing', async () => {
    const newsroom = await withOneBriefing();
    const messages: PublishRequest[] = [
      { ids: ['b-one'], updatedAt: new Map([['b-one', newsroom.standing('b-one')._updatedAt]]) },
    ];
    for (let edit = 0; edit < 30; edit += 1) {
      const id = `b-${edit % 3}`;
      newsroom.brief(id, { headline: `Edit ${edit}`, slug: `slug-${(edit * 7) % 5}-${id}` });
      if (edit % 10 === 9) newsroom.remove(id);
      const updatedAt = newsroom.documents.get(id)?._updatedAt;
      messages.push({ ids: [id], ...(updatedAt && { updatedAt: new Map([[id, updatedAt]]) }) });
      await newsroom.publishWhole([id]);
    }
    const [before, seq] = [await newsroom.everything(), (await newsroom.root()).seq];
    newsroom.pass(14 * 86_400);

    for (const message of messages) {
      expect(await newsroom.request(message)).toMatchObject({ kind: 'done', releases: 0 });
    }
    expect(await newsroom.everything()).toEqual(before);
    expect((await newsroom.root()).seq).toBe(seq);
  });

  test('F44: one poisonous document among ten is told about, and the nine others go out', async () => {
    const newsroom = openNewsroom();
    const ids = Array.from({ length: 10 }, (_, index) => `b-${index}`);
    for (const id of ids) newsroom.brief(id);
    newsroom.patch('b-4', {
      whyWeCare: { __proto__: null, deep: [[[[null]]]] },
      slug: 7,
      date: {},
    });

    const outcome = await newsroom.publish(...ids);

    expect(outcome).toMatchObject({ kind: 'done', releases: 1 });
    const reports = outcome.kind === 'done' ? outcome.reports : [];
    const briefings = reports.filter(({ id }) => ids.includes(id));
    expect(Object.fromEntries(briefings.map(({ id, outcome: what }) => [id, what]))).toEqual({
      ...Object.fromEntries(ids.map((id) => [id, 'accepted'])),
      'b-4': 'refused',
    });
    expect((await newsroom.root()).live).toBe(9);
    expect(await newsroom.answer('/briefings/4/')).toBe('404');
  });

  test('rule 10: held, everything is acknowledged and nothing changes until it is lifted', async () => {
    const newsroom = await withOneBriefing();
    await newsroom.hold('a restore is being read');
    const before = await newsroom.everything();
    newsroom.patch('b-one', { headline: 'Ada counts again' });

    expect(await newsroom.publish('b-one')).toEqual({
      kind: 'held',
      reason: 'a restore is being read',
    });
    expect(await newsroom.reconcile(true)).toMatchObject({ kind: 'held', drift: 0, repaired: 0 });
    expect(await newsroom.sweep('deep')).toMatchObject({ kind: 'held', releases: 0 });
    expect(await newsroom.everything()).toEqual(before);
  });

  test('rule 11: without settings nothing is drawn and nothing is removed', async () => {
    const newsroom = await withOneBriefing();
    const [before, root] = [await newsroom.everything(), await newsroom.root()];
    newsroom.remove('siteSettings', 'b-one');

    await expect(newsroom.publish('b-one')).rejects.toThrow(/no published document "siteSettings"/);
    await expect(newsroom.reconcile()).rejects.toThrow(/no published document "siteSettings"/);
    expect(await newsroom.everything()).toEqual(before);
    expect(await newsroom.root()).toEqual(root);
  });
});
