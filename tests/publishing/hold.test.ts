import { describe, expect, test } from 'vitest';
import { hold } from '../../src/publishing/hold.ts';
import { noDifference, type Newsroom, openNewsroom } from './newsroom.ts';

async function withOneBriefing(): Promise<Newsroom> {
  const newsroom = openNewsroom();
  newsroom.brief('b-one');
  await newsroom.reconcile();
  return newsroom;
}

/** A publish that dies when its release is committed and some of its objects are written. */
async function dieHalfWay(newsroom: Newsroom): Promise<void> {
  let writes = 0;
  newsroom.beforeCall = ({ call, key }) => {
    if (call === 'put' && key.startsWith('public/')) writes += 1;
    if (writes > 3) throw new Error('killed');
  };
  await expect(newsroom.publish('b-one')).rejects.toThrow('killed');
  newsroom.beforeCall = () => {};
}

describe('putting publishing on hold', () => {
  test('finishes first what somebody else has committed: nothing is half done while it lasts', async () => {
    const newsroom = await withOneBriefing();
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    await dieHalfWay(newsroom);
    expect((await newsroom.root()).release).not.toBeNull();

    expect(await newsroom.hold('wrong photograph')).toEqual({ kind: 'held', since: newsroom.now });
    expect(await newsroom.root()).toMatchObject({
      release: null,
      hold: { since: newsroom.now, reason: 'wrong photograph' },
    });
    expect(await newsroom.text('/briefings/one/')).toContain('Ada counts on');
    expect(await newsroom.differences()).toEqual(noDifference);
  });

  test('comes after a publish that commits meanwhile, never into the middle of it', async () => {
    const newsroom = await withOneBriefing();
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    let isOvertaken = false;
    const { ports } = newsroom.press;
    const overtaken = newsroom.publisher({
      ports: {
        ...ports,
        store: {
          ...ports.store,
          put: async (key, object, condition) => {
            if (!isOvertaken) {
              isOvertaken = true;
              await dieHalfWay(newsroom);
            }
            return ports.store.put(key, object, condition);
          },
        },
      },
    });

    expect(await hold(overtaken, 'wrong photograph')).toMatchObject({ kind: 'held' });
    expect(await newsroom.root()).toMatchObject({
      release: null,
      hold: { reason: 'wrong photograph' },
    });
    expect(await newsroom.differences()).toEqual(noDifference);
  });

  test('says of a hold that stands since when and why, and leaves it', async () => {
    const newsroom = await withOneBriefing();
    await newsroom.hold('wrong photograph');
    const { hold: standing } = await newsroom.root();
    newsroom.pass(60);

    expect(await newsroom.hold('again')).toEqual({ kind: 'held-already', hold: standing });
    expect((await newsroom.root()).hold).toEqual(standing);
  });

  test('gives up when others change the root twenty times in a row, and has changed nothing', async () => {
    const newsroom = await withOneBriefing();
    const { ports } = newsroom.press;
    let swaps = 0;
    const unlucky = newsroom.publisher({
      ports: {
        ...ports,
        store: {
          ...ports.store,
          put: async () => {
            swaps += 1;
            return { kind: 'precondition-failed' };
          },
        },
      },
    });

    expect(await hold(unlucky, 'wrong photograph')).toEqual({ kind: 'too-busy' });
    expect(swaps).toBe(20);
    expect((await newsroom.root()).hold).toBeNull();
  });
});

describe('ending a hold', () => {
  test('says what ended, and that there was none', async () => {
    const newsroom = await withOneBriefing();
    await newsroom.hold('wrong photograph');
    const { hold: standing } = await newsroom.root();

    expect(await newsroom.resume()).toEqual({ kind: 'resumed', hold: standing });
    expect((await newsroom.root()).hold).toBeNull();
    expect(await newsroom.resume()).toEqual({ kind: 'not-held' });
  });

  test('what came meanwhile is published by the reconcile that follows', async () => {
    const newsroom = await withOneBriefing();
    await newsroom.hold('wrong photograph');
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    expect(await newsroom.publish('b-one')).toMatchObject({ kind: 'held' });

    await newsroom.resume();
    expect(await newsroom.reconcile()).toMatchObject({ kind: 'done', drift: 1 });
    expect(await newsroom.differences()).toEqual(noDifference);
  });
});
