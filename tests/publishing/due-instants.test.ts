import { describe, expect, test } from 'vitest';
import { smallEdition } from '../simulator/small-edition.ts';
import { openNewsroom, type Newsroom } from './newsroom.ts';

/** What a run calls of the store. */
async function callsOf(
  newsroom: Newsroom,
  run: () => Promise<unknown>,
): Promise<readonly string[]> {
  const from = newsroom.calls.length;
  await run();
  return newsroom.calls.slice(from).map(({ call, key }) => `${call} ${key}`);
}

describe('F28: an embargo', () => {
  // In London clocks went back at 01:00 UTC on 25 October 2026: 01:30 there was twice.
  const until = '2026-10-25T01:30:00.000Z';

  async function embargoed(): Promise<Newsroom> {
    const newsroom = openNewsroom({ start: '2026-10-24T20:00:00.000Z' });
    newsroom.brief('b-open', { mentions: ['b-secret'], date: '2026-10-24' });
    newsroom.brief('b-secret', {
      headline: 'SECRET WORDS',
      slug: 'a-secret-slug',
      date: '2026-10-25',
      person: 'p-ibn',
      publishAt: until,
    });
    await newsroom.publishWhole(['b-open', 'b-secret']);
    return newsroom;
  }

  test('before its instant, across the end of summer time, nothing public names it but its receipt, which says when not what', async () => {
    const newsroom = await embargoed();
    const { _rev: rev } = newsroom.standing('b-secret');
    for (const now of [
      '2026-10-24T23:59:59.999Z',
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T00:59:59.999Z',
      '2026-10-25T01:00:00.000Z',
      '2026-10-25T01:29:59.999Z',
    ]) {
      newsroom.now = now;
      await newsroom.sweep('deep');
      await newsroom.publishWhole(['b-secret', 'b-open']);
      for (const words of ['SECRET', 'secret', 'Ibn', 'p-ibn', 'ibn-khaldun']) {
        expect(await newsroom.naming(words)).toEqual([]);
      }
    }
    expect(await newsroom.site('/v1/briefings/')).toEqual(['/v1/briefings/b-open.json 200']);
    expect(await newsroom.receipt('b-secret', rev)).toEqual({
      state: 'embargoed',
      release: 1,
      committedAt: '2026-10-24T20:00:10.000Z',
      contentHash: null,
      problems: [],
    });
  });

  test('at its instant one sweep brings everything, and its receipt says live', async () => {
    const newsroom = await embargoed();
    const { _rev: rev } = newsroom.standing('b-secret');
    newsroom.now = until;

    const written = await newsroom.written(() => newsroom.sweep());

    expect(written).toEqual([
      '/',
      '/archive/2026/10/',
      '/atom.xml',
      '/briefings/a-secret-slug/',
      '/briefings/a-secret-slug/index.md',
      '/briefings/a-secret-slug/index.txt',
      '/briefings/open/',
      '/briefings/open/index.md',
      '/briefings/open/index.txt',
      '/feed.json',
      '/people/ibn-khaldun/',
      '/rss.xml',
      '/sitemaps/2026.xml',
      '/v1/briefings/b-open.json',
      '/v1/briefings/b-secret.json',
      '/v1/changes/head.json',
      '/v1/index.json',
      '/v1/months/2026-10.json',
      '/v1/people/p-ibn.json',
      '/v1/people/p-ibn/2026.json',
    ]);
    expect(await newsroom.json('/v1/briefings/b-secret.json')).toMatchObject({
      publishedAt: until,
    });
    expect(await newsroom.links('/briefings/open/')).toContain('/briefings/a-secret-slug/');
    expect(await newsroom.receipt('b-secret', rev)).toMatchObject({
      state: 'live',
      release: 2,
    });
  });

  test('a sweep that comes late brings it all the same, dated when it came', async () => {
    const newsroom = await embargoed();
    newsroom.now = '2026-10-25T05:00:00.000Z';
    await newsroom.sweep();
    expect(await newsroom.json('/v1/briefings/b-secret.json')).toMatchObject({
      publishedAt: '2026-10-25T05:00:00.000Z',
    });
  });

  test('taken back before its instant, it never was; put off, it waits for the later instant', async () => {
    const newsroom = await embargoed();
    newsroom.patch('b-secret', { publishAt: '2026-10-26T08:00:00.000Z' });
    await newsroom.publish('b-secret');
    newsroom.now = until;
    await newsroom.sweep();
    expect(await newsroom.naming('SECRET')).toEqual([]);
    newsroom.remove('b-secret');
    await newsroom.publish('b-secret');
    newsroom.now = '2026-10-26T08:00:00.000Z';
    await newsroom.sweep();
    expect(await newsroom.naming('SECRET')).toEqual([]);
    expect(await newsroom.naming('secret')).toEqual([]);
  });

  test('in the future on a briefing that is live is refused, and it stays live', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    await newsroom.publish('b-one');
    newsroom.patch('b-one', { publishAt: '2026-10-26T08:00:00.000Z' });
    const outcome = await newsroom.publish('b-one');
    expect(
      outcome.kind === 'done' && outcome.reports.find(({ id }) => id === 'b-one'),
    ).toMatchObject({
      outcome: 'refused',
      problems: [{ code: 'publish-at-live', path: 'publishAt' }],
    });
    expect(await newsroom.answer('/briefings/one/')).toBe('200');
  });
});

describe('the end of a briefing at its own instant', () => {
  test('is the work of one sweep: gone from every list, 410 where it stood, receipt expired', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-stays');
    newsroom.brief('b-ends', { headline: 'ENDING WORDS', unpublishAt: '2026-10-13T06:00:00.000Z' });
    await newsroom.publishWhole(['b-stays', 'b-ends']);
    const { _rev: rev } = newsroom.standing('b-ends');
    newsroom.now = '2026-10-13T05:59:59.999Z';
    expect(await newsroom.sweep()).toMatchObject({ kind: 'idle', releases: 0 });
    expect(await newsroom.answer('/briefings/ends/')).toBe('200');
    newsroom.now = '2026-10-13T06:00:00.000Z';
    await newsroom.sweep();

    expect(await newsroom.naming('ENDING')).toEqual([]);
    expect(await newsroom.answer('/briefings/ends/')).toBe('410');
    expect(await newsroom.answer('/v1/briefings/b-ends.json')).toBe('410');
    expect(await newsroom.receipt('b-ends', rev)).toMatchObject({
      state: 'expired',
    });
  });
});

describe('rule 8: the sweep', () => {
  test('with nothing due is exactly one read of the root', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    newsroom.brief('b-later', { publishAt: '2026-10-20T08:00:00.000Z' });
    await newsroom.publishWhole(['b-one', 'b-later']);
    newsroom.pass(3600);
    const reads = newsroom.reads;
    expect(await callsOf(newsroom, () => newsroom.sweep())).toEqual(['get state/root']);
    expect(newsroom.reads - reads).toBe(0);
  });

  test('before anything was ever published is one read, too', async () => {
    const newsroom = openNewsroom();
    expect(await callsOf(newsroom, () => newsroom.sweep())).toEqual(['get state/root']);
  });

  test('an instant that falls due without changing any output only moves the root on, and writes no public object', async () => {
    const newsroom = openNewsroom({ renderers: smallEdition });
    newsroom.brief('b-one');
    // Never valid, so that nothing of it can be shown when its instant comes.
    newsroom.brief('b-late', { person: 'p-nobody', publishAt: '2026-10-13T08:00:00.000Z' });
    await newsroom.publishWhole(['b-one', 'b-late']);
    const before = await newsroom.root();
    expect(before.nextDue).toBe('2026-10-13T08:00:00.000Z');
    newsroom.now = '2026-10-13T08:00:00.000Z';

    expect(await newsroom.written(() => newsroom.sweep())).toEqual([]);

    const after = await newsroom.root();
    expect(after.seq).toBeGreaterThan(before.seq);
    expect(after).toMatchObject({
      asOf: '2026-10-13T08:00:00.000Z',
      nextDue: '2026-11-01T00:00:00.000Z',
      release: null,
    });
    expect(await callsOf(newsroom, () => newsroom.sweep())).toEqual(['get state/root']);
  });

  test('time never goes back: a process with a slow clock publishes as of the root', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    await newsroom.publish('b-one');
    const { asOf } = await newsroom.root();
    newsroom.patch('b-one', { headline: 'Ada counts again' });
    newsroom.now = '2026-10-12T08:00:00.000Z';
    await newsroom.publish('b-one');
    expect((await newsroom.root()).asOf).toBe(asOf);
  });
});

describe('F27: drafts', () => {
  test('nothing of a draft or a version is in any object, public or not, nor in what is told of', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { headline: 'Ada counts', mentions: ['b-unborn'] });
    newsroom.put('drafts.b-one', 'briefing', {
      ...newsroom.standing('b-one'),
      headline: 'DRAFT-CANARY',
    });
    newsroom.put('drafts.b-unborn', 'briefing', { headline: 'DRAFT-CANARY' });
    newsroom.put('versions.r1.b-one', 'briefing', { headline: 'VERSION-CANARY' });
    await newsroom.reconcile(true);
    await newsroom.publishWhole(['b-one', 'b-unborn']);

    for (const canary of ['CANARY', 'drafts.', 'versions.']) {
      const holding: string[] = [];
      for (const key of await newsroom.keys()) {
        if (key.includes(canary) || (await newsroom.stateText(key)).includes(canary)) {
          holding.push(key);
        }
      }
      expect(holding).toEqual([]);
    }
    expect(JSON.stringify(newsroom.events)).not.toContain('CANARY');
    await expect(newsroom.publish('drafts.b-one')).rejects.toThrow(/id of a published document/);
  });
});
