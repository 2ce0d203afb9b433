import { describe, expect, test } from 'vitest';
import { isOutside } from '../../src/publishing/check-bucket.ts';
import { collect } from '../../src/publishing/collect.ts';
import { RootLost } from '../../src/publishing/lost-root.ts';
import { publish } from '../../src/publishing/publish.ts';
import { checkBucket, reconcile } from '../../src/publishing/reconcile.ts';
import { slug } from '../simulator/newsroom.ts';
import { noDifference, openNewsroom, type Newsroom } from './newsroom.ts';
import { timeFor } from './time-for.ts';

/** A publication with a page, a moved and a gone one. */
async function published(): Promise<Newsroom> {
  const newsroom = openNewsroom();
  newsroom.brief('b-one', { mentions: ['b-two'] });
  newsroom.brief('b-two');
  newsroom.brief('b-three', { date: '2026-08-15' });
  await newsroom.publishWhole([...newsroom.documents.keys()]);
  newsroom.patch('b-two', { slug: slug('two-moved') });
  newsroom.remove('b-three');
  await newsroom.publishWhole(['b-two', 'b-three']);
  return newsroom;
}

/** A hand that writes past everybody; null deletes. */
async function foreignHand(newsroom: Newsroom, key: string, text: string | null): Promise<void> {
  const standing = await newsroom.store.head(key);
  if (standing !== null) await newsroom.store.delete(key, { ifMatch: standing.etag });
  if (text === null) return;
  const object = { body: new TextEncoder().encode(text), contentType: 'text/html; charset=utf-8' };
  await newsroom.store.put(key, object, { ifNoneMatch: '*' });
}

describe('F47: objects are changed or deleted by hand', () => {
  test('each one of them, flipped or gone: the nightly check finds just these and writes them again', async () => {
    const newsroom = await published();
    const keys = (await newsroom.keys('public/')).filter((key) => !isOutside(key));
    for (const [index, key] of keys.entries()) {
      await foreignHand(newsroom, key, index % 3 === 0 ? null : `flipped ${key}`);
    }

    expect(await newsroom.reconcile(true)).toMatchObject({
      drift: 0,
      repaired: keys.length,
      orphans: 0,
    });
    expect(await newsroom.differences()).toEqual(noDifference);
    expect(await newsroom.reconcile(true)).toMatchObject({ repaired: 0 });
  });

  test('whatever else waits: a repair is drawn in the release that names it', async () => {
    const newsroom = await published();
    const keys = [
      'public/index.html',
      'public/briefings/one/index.html',
      'public/archive/2026/10/index.html',
    ];
    for (const key of keys) await foreignHand(newsroom, key, '<p>by hand</p>');
    const busy = newsroom.publisher({ tasksPerRelease: 1 });
    expect((await checkBucket(busy)).found).toMatchObject({ repaired: keys.length });
    expect(await newsroom.differences()).toEqual(noDifference);
  });

  test('one alone: nothing else is written', async () => {
    const newsroom = await published();
    await foreignHand(newsroom, 'public/briefings/one/index.html', '<p>by hand</p>');
    const written = await newsroom.written(() => newsroom.reconcile(true));
    expect(written).toEqual(['/briefings/one/']);
    expect(await newsroom.text('/briefings/one/')).toContain('Ada one');
  });

  test('publishing is not stuck meanwhile: a release meets the foreign bytes and goes over them', async () => {
    const newsroom = await published();
    await foreignHand(newsroom, 'public/index.html', '<p>by hand</p>');
    await foreignHand(newsroom, 'public/feed.json', null);
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    await newsroom.publish('b-one');
    expect(await newsroom.text('/')).toContain('Ada counts on');
    expect(newsroom.events.map(({ kind }) => kind)).toContain('rebased');
    expect(await newsroom.differences()).toEqual(noDifference);
  });
});

describe('F47 and F39: a publish overtakes a repair', () => {
  test('and goes over the foreign bytes itself: the repair that comes after ends, and leaves it so', async () => {
    const newsroom = await published();
    const path = '/v1/changes/head.json';
    await foreignHand(newsroom, `public${path}`, '{}');
    const found = (await newsroom.store.head(`public${path}`))?.etag ?? null;
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    await newsroom.publish('b-one');
    const outcome = await publish(newsroom.press, { ids: [], repairs: new Map([[path, found]]) });
    expect(outcome).toMatchObject({ kind: 'done', tasksLeft: 0 });
    expect(await newsroom.text(path)).toContain('b-one');
    expect(await newsroom.differences()).toEqual(noDifference);
  });
});

describe('F48: an orphan', () => {
  test('under public/ is reported at night, deleted by the collector alone, and only as it was seen', async () => {
    const newsroom = await published();
    await foreignHand(newsroom, 'public/planted/index.html', 'planted');
    await foreignHand(newsroom, 'public/planted/two.html', 'planted, too');
    newsroom.pass(60);
    expect(await newsroom.reconcile(true)).toMatchObject({ repaired: 0, orphans: 2 });
    expect(await newsroom.answer('/planted/')).toBe('200');
    await foreignHand(newsroom, 'public/planted/two.html', 'changed since');

    expect(await collect(newsroom.publisher())).toMatchObject({ orphans: 1 });
    expect(await newsroom.answer('/planted/')).toBe('404');
    expect(await newsroom.answer('/planted/two.html')).toBe('200');
  });

  test('at an address that a briefing takes the same day is overwritten, and not collected', async () => {
    const newsroom = await published();
    await foreignHand(newsroom, 'public/briefings/four/index.html', 'planted');
    newsroom.pass(60);
    expect(await newsroom.reconcile(true)).toMatchObject({ orphans: 1 });
    newsroom.brief('b-four');
    await newsroom.publish('b-four');
    await collect(newsroom.publisher());
    expect(await newsroom.answer('/briefings/four/')).toBe('200');
    expect(await newsroom.differences()).toEqual(noDifference);
  });

  test('receipts are collected after a week, and what state still names never', async () => {
    const newsroom = await published();
    newsroom.pass(8 * 86_400);
    const receipts = await newsroom.keys('public/v1/receipts/');
    expect(await collect(newsroom.publisher())).toMatchObject({ receipts: receipts.length });
    newsroom.pass(100 * 86_400);
    const { nodes } = await collect(newsroom.publisher());
    expect(nodes).toBeGreaterThan(0);
    newsroom.patch('b-one', { headline: 'Much later' });
    await publish(newsroom.publisher(), { ids: ['b-one'] });
    expect(await newsroom.text('/briefings/one/')).toContain('Much later');
    expect(await newsroom.differences()).toEqual(noDifference);
  });
});

describe('a check that stands half way', () => {
  test('for days, on hold perhaps, keeps its tables from the collector, and goes on', async () => {
    const newsroom = await halfChecked();
    newsroom.pass(2 * 86_400);
    await collect(newsroom.publisher());
    await newsroom.sweep();
    expect((await newsroom.root()).walks).toEqual([]);

    newsroom.pass(2 * 86_400);
    await collect(newsroom.publisher());
    expect(await newsroom.keys('state/check/')).toEqual([]);
  });

  test('begins again for whoever wants the whole bucket checked now', async () => {
    const newsroom = await halfChecked();
    await foreignHand(newsroom, 'public/index.html', 'flipped');
    expect(await checkBucket(newsroom.press)).toMatchObject({
      kind: 'done',
      found: { repaired: 1 },
    });
    expect(await newsroom.differences()).toEqual(noDifference);
  });
});

/** The nightly check has listed the bucket and has not looked at what should be there. */
async function halfChecked(): Promise<Newsroom> {
  const newsroom = await published();
  await reconcile(newsroom.press, { deep: true, deadline: timeFor(2) });
  expect((await newsroom.root()).walks).toMatchObject([
    { cause: 'deep-check', cursor: expect.stringContaining('views') },
  ]);
  return newsroom;
}

describe('the collector', () => {
  test('takes commits some at a time, and tells rightly what it has deleted', async () => {
    const newsroom = await published();
    for (let number = 1; number <= 20; number += 1) {
      newsroom.patch('b-one', { headline: `Ada, for the ${number}th time` });
      await newsroom.publish('b-one');
    }
    newsroom.pass(91 * 86_400);
    const before = await newsroom.keys('state/');
    const { nodes, snapshots, bundles } = await collect(newsroom.publisher());
    const after = await newsroom.keys('state/');
    expect(bundles).toBeGreaterThan(20);
    expect(nodes + snapshots + bundles).toBe(before.length - after.length);
    expect(await newsroom.differences()).toEqual(noDifference);
  });
});

describe('F49: the root', () => {
  test('lost: nobody begins anew over what was published, and whoever comes is told what to restore', async () => {
    const newsroom = await published();
    const before = await newsroom.everything();
    const root = await newsroom.stateText('state/root');
    await foreignHand(newsroom, 'state/root', null);
    newsroom.patch('b-one', { headline: 'Ada counts on' });

    await expect(newsroom.publish('b-one')).rejects.toThrow(RootLost);
    await expect(newsroom.reconcile(true)).rejects.toThrow(
      "state/root is gone, but public/v1/index.json shows that this bucket was published from. Nothing was changed. Restore the newest version of state/root from the bucket's versions",
    );
    expect(await newsroom.everything()).toEqual(before);
    expect(await newsroom.store.head('state/root')).toBeNull();

    await foreignHand(newsroom, 'state/root', root);
    expect(await newsroom.reconcile(true)).toMatchObject({ drift: 1, repaired: 0 });
    expect(await newsroom.text('/briefings/one/')).toContain('Ada counts on');
  });

  test('lost with everything public: the releases in state are enough to know', async () => {
    const newsroom = await published();
    for (const key of await newsroom.keys('public/')) await foreignHand(newsroom, key, null);
    await foreignHand(newsroom, 'state/root', null);
    await expect(newsroom.publish('b-one')).rejects.toThrow(/state\/release\/0000000002-/);
  });

  test('that was not there yet is no loss: a first publish killed before its commit is made again', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    newsroom.beforeCall = ({ call, key }) => {
      if (call === 'put' && key === 'state/root') throw new Error('killed');
    };
    await expect(newsroom.publish('b-one')).rejects.toThrow('killed');
    newsroom.beforeCall = () => {};
    expect((await newsroom.keys('state/')).length).toBeGreaterThan(10);
    expect(await newsroom.publish('b-one')).toMatchObject({ kind: 'done', seq: 1, releases: 1 });
  });

  test.each(['', '{"format":3', 'null', '{"format":5,"branches":[]}', '<html>SECRET</html>'])(
    'spoilt, %j: nothing is published on it, and the message quotes nothing of it',
    async (text) => {
      const newsroom = await published();
      await foreignHand(newsroom, 'state/root', text);
      const before = await newsroom.everything();
      await expect(newsroom.publish('b-one')).rejects.toThrow(
        `state/root is no root of format 4, which this code reads, but ${text.length} characters of something else. Nothing was changed.`,
      );
      expect(await newsroom.everything()).toEqual(before);
    },
  );

  test.each([1, 2, 3])(
    'of format %i, which kept its records in other ways: nothing is published on it, and the message says where to go',
    async (format) => {
      const newsroom = await published();
      await foreignHand(newsroom, 'state/root', JSON.stringify({ format, branches: [] }));
      await expect(newsroom.publish('b-one')).rejects.toThrow(
        `state/root is of format ${format}, and this code reads format 4, which keeps its records in other ways. ` +
          'Nothing was changed. Publish into an empty bucket; locally, into another --data folder.',
      );
    },
  );

  test('back from an older version: reconcile publishes over the newer bytes, and nothing is lost but the words of the past', async () => {
    const newsroom = await published();
    const older = await newsroom.stateText('state/root');
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    newsroom.brief('b-four');
    await newsroom.publishWhole(['b-one', 'b-four']);
    await foreignHand(newsroom, 'state/root', older);

    await newsroom.reconcile(true);
    await newsroom.reconcile(true);

    expect(await newsroom.text('/')).toContain('Ada counts on');
    expect(await newsroom.answer('/briefings/four/')).toBe('200');
    expect(await newsroom.differences()).toEqual(noDifference);
  });
});
