import { describe, expect, test } from 'vitest';
import { published } from './deployed.ts';
import type { KeptDocument } from '../fakes/memory-lake.ts';
import { noDifference, type Newsroom } from './newsroom.ts';

/** An evening's edits are live; then the lake is restored from the backup of before. */
async function restored(): Promise<{
  newsroom: Newsroom;
  newest: ReadonlyMap<string, KeptDocument>;
}> {
  const newsroom = await published();
  const backup = new Map(newsroom.documents);
  newsroom.patch('b-one', { headline: 'Ada counts on' });
  newsroom.patch('p-ada', { name: 'Ada Byron' });
  newsroom.brief('b-three');
  await newsroom.publishWhole(['b-one', 'p-ada', 'b-three']);
  const newest = new Map(newsroom.documents);
  newsroom.documents.clear();
  for (const [id, document] of backup) newsroom.documents.set(id, document);
  newsroom.pass(3600);
  return { newsroom, newest };
}

describe('rule 11: a lake that was restored from a backup', () => {
  test('is believed when it gives the same twice, a quarter of an hour apart: the site is what the lake is', async () => {
    const { newsroom } = await restored();
    expect(await newsroom.reconcile(true)).toMatchObject({
      kind: 'done',
      older: ['p-ada', 'b-one'],
      rolledBack: [],
    });
    expect(await newsroom.answer('/briefings/three/')).toBe('410');
    expect(await newsroom.text('/briefings/one/')).toContain('Ada counts on');

    newsroom.pass(14 * 60);
    expect(await newsroom.reconcile(true)).toMatchObject({ older: ['p-ada', 'b-one'] });
    expect(await newsroom.text('/briefings/one/')).toContain('Ada counts on');

    newsroom.pass(60);
    expect(await newsroom.reconcile(true)).toMatchObject({
      older: [],
      rolledBack: ['p-ada', 'b-one'],
    });
    await newsroom.publishWhole([]);
    expect(await newsroom.text('/briefings/one/')).toContain('Ada one');
    expect(await newsroom.naming('Ada Byron')).toEqual([]);
    expect(await newsroom.differences()).toEqual(noDifference);

    newsroom.patch('b-one', { headline: 'Ada counts once more' });
    expect(await newsroom.publish('b-one')).toMatchObject({ kind: 'done', releases: 1 });
    expect(await newsroom.text('/briefings/one/')).toContain('Ada counts once more');
  });

  test('is believed by the nightly check alone: what is delivered and reconciled stays as it is', async () => {
    const { newsroom } = await restored();
    await newsroom.reconcile(true);
    newsroom.pass(3600);
    const before = await newsroom.everything();

    expect(await newsroom.publish('b-one')).toEqual({ kind: 'stale', ids: ['b-one'] });
    expect(await newsroom.reconcile()).toMatchObject({ older: [], rolledBack: [] });
    expect(await newsroom.everything()).toEqual(before);
  });

  test('a lag is none: what came once, and then the newest again, is forgotten', async () => {
    const { newsroom, newest } = await restored();
    const old = newsroom.documents.get('b-one');
    await newsroom.reconcile(true);
    for (const [id, document] of newest) newsroom.documents.set(id, document);
    newsroom.pass(3600);
    expect(await newsroom.reconcile(true)).toMatchObject({ older: [], rolledBack: [] });

    if (old !== undefined) newsroom.documents.set('b-one', old);
    newsroom.pass(3600);
    expect(await newsroom.reconcile(true)).toMatchObject({ older: ['b-one'], rolledBack: [] });
    expect(await newsroom.text('/briefings/one/')).toContain('Ada counts on');
  });

  test('another old revision is another matter: its quarter of an hour begins anew', async () => {
    const { newsroom } = await restored();
    await newsroom.reconcile(true);
    newsroom.pass(3600);
    const document = newsroom.standing('b-one');
    newsroom.documents.set('b-one', { ...document, _rev: 'r-of-another-backup' });

    expect(await newsroom.reconcile(true)).toMatchObject({
      older: ['b-one'],
      rolledBack: ['p-ada'],
    });
  });
});
