import { describe, expect, test } from 'vitest';
import { reference, slug } from '../simulator/newsroom.ts';
import { openNewsroom } from './newsroom.ts';

describe('a revision that is not valid', () => {
  test('F15: keeps the last valid version live, and its receipt names each field', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { headline: 'Ada counts' });
    await newsroom.publish('b-one');
    const valid = newsroom.standing('b-one')._rev;
    const before = await newsroom.everything();
    newsroom.patch('b-one', { headline: '', date: '2026-13-40', whyWeCare: [] });

    const written = await newsroom.written(() => newsroom.publish('b-one'));

    expect(written).toEqual([]);
    expect(await newsroom.everything()).toMatchObject(before);
    expect(await newsroom.receipt('b-one')).toEqual({
      state: 'quarantined',
      release: 2,
      committedAt: newsroom.now,
      contentHash: expect.stringMatching(/^.{20,}$/),
      problems: [
        { code: 'bad-date', path: 'date' },
        { code: 'required', path: 'headline' },
        { code: 'required', path: 'whyWeCare' },
      ],
    });
    expect(await newsroom.receipt('b-one', valid)).toMatchObject({ state: 'live', release: 1 });
  });

  test('F15: so does one that is sound by itself and points to nobody', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { headline: 'Ada counts' });
    await newsroom.publish('b-one');
    const before = await newsroom.everything();
    newsroom.patch('b-one', { headline: 'Nobody counts', person: reference('p-nobody') });

    expect(await newsroom.written(() => newsroom.publish('b-one'))).toEqual([]);
    expect(await newsroom.everything()).toMatchObject(before);
    expect(await newsroom.receipt('b-one')).toMatchObject({
      state: 'quarantined',
      problems: [{ code: 'reference-missing', path: 'person' }],
    });
  });

  test('F15: mended, it is published, and what was refused meanwhile is in no object', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { headline: 'Ada counts' });
    await newsroom.publish('b-one');
    newsroom.patch('b-one', { headline: 'HALF-DONE', slug: slug('../etc') });
    await newsroom.publish('b-one');
    expect(await newsroom.naming('HALF-DONE')).toEqual([]);
    newsroom.patch('b-one', { headline: 'Ada counts again', slug: slug('one') });
    await newsroom.publish('b-one');

    expect((await newsroom.json('/v1/briefings/b-one.json'))['headline']).toBe('Ada counts again');
    expect(await newsroom.naming('HALF-DONE')).toEqual([]);
    expect(await newsroom.receipt('b-one')).toMatchObject({ state: 'live', problems: [] });
  });

  test('F15: that never was valid is nowhere, is noted, and is not read again by each reconcile', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { headline: '' });
    await newsroom.reconcile();
    expect(await newsroom.site('/briefings/')).toEqual([]);
    expect(await newsroom.receipt('b-one')).toMatchObject({
      state: 'quarantined',
      problems: [{ code: 'required', path: 'headline' }],
    });

    expect(await newsroom.reconcile(true)).toMatchObject({ drift: 0, releases: 0 });
  });

  test('F16: what the door refuses is refused with the same codes and paths in report and receipt', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', {
      person: 'p-nobody',
      topics: [{ ...reference('t-none'), _key: 't' }],
    });
    const outcome = await newsroom.publish('b-one');
    const reports = outcome.kind === 'done' ? outcome.reports : [];

    const problems = [
      { code: 'reference-missing', path: 'person' },
      { code: 'reference-missing', path: 'topics[0]' },
    ];
    expect(reports.find(({ id }) => id === 'b-one')).toMatchObject({
      outcome: 'refused',
      problems,
    });
    expect(await newsroom.receipt('b-one')).toMatchObject({ state: 'quarantined', problems });
  });

  test('F15: that waits for a person goes live when the person is published, with no edit of its own', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { person: 'p-late' });
    await newsroom.publish('b-one');
    const { _type: _, ...ada } = newsroom.standing('p-ada');
    newsroom.put('p-late', 'person', { ...ada, name: 'Late Comer', slug: slug('late-comer') });

    await newsroom.publishWhole(['p-late']);

    expect(await newsroom.answer('/briefings/one/')).toBe('200');
    expect(await newsroom.answer('/people/late-comer/')).toBe('200');
  });

  test('F33: of 5 MB or 32 MB is refused with a reason before it is looked at, and nothing of it is kept', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { headline: 'Ada counts' });
    await newsroom.publish('b-one');
    for (const megabytes of [5, 32]) {
      newsroom.patch('b-one', { furtherComments: 'HUGE'.repeat(megabytes * 250_000) });
      const stored = newsroom.stored.length;
      await newsroom.publish('b-one');
      const sizes = await Promise.all(
        newsroom.stored.slice(stored).map(async (key) => (await newsroom.stateText(key)).length),
      );
      expect(Math.max(...sizes)).toBeLessThan(100_000);
      expect(await newsroom.receipt('b-one')).toMatchObject({
        state: 'quarantined',
        problems: [{ code: 'too-large', path: 'furtherComments' }],
      });
    }
    expect((await newsroom.json('/v1/briefings/b-one.json'))['headline']).toBe('Ada counts');
  });
});

describe('F18: a person who is deleted while shown', () => {
  test('goes on being shown as last known; page, address and briefings stay, and every dependant is told', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    newsroom.brief('b-two');
    await newsroom.publishWhole(['b-one', 'b-two']);
    const before = await newsroom.everything();
    newsroom.remove('p-ada');

    expect(await newsroom.written(() => newsroom.publishWhole(['p-ada']))).toEqual([]);
    expect(await newsroom.everything()).toMatchObject(before);
    for (const id of ['b-one', 'b-two']) {
      newsroom.patch(id, { headline: `${id} edited` });
      await newsroom.publish(id);
      expect(await newsroom.receipt(id)).toMatchObject({
        state: 'live',
        problems: [{ code: 'reference-gone', path: 'person' }],
      });
    }
    expect(await newsroom.answer('/people/ada-lovelace/')).toBe('200');
  });

  test('goes with the last briefing that shows them', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    newsroom.brief('b-two', { person: 'p-ibn' });
    await newsroom.publishWhole(['b-one', 'b-two']);
    newsroom.remove('p-ada');
    await newsroom.publishWhole(['p-ada']);
    newsroom.remove('b-one');
    await newsroom.publishWhole(['b-one']);

    expect(await newsroom.site('/people/')).toEqual([
      '/people/ada-lovelace/ 410',
      '/people/ibn-khaldun/ 200',
    ]);
    expect(await newsroom.site('/v1/people/')).toEqual([
      '/v1/people/p-ada.json 410',
      '/v1/people/p-ada/2026.json 410',
      '/v1/people/p-ibn.json 200',
      '/v1/people/p-ibn/2026.json 200',
    ]);
  });

  test('and a briefing that is no longer live is printed as text, under its weak reference', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one');
    newsroom.brief('b-two', { mentions: ['b-one'] });
    await newsroom.publishWhole(['b-one', 'b-two']);
    expect(await newsroom.links('/briefings/two/')).toContain('/briefings/one/');
    newsroom.remove('b-one');
    await newsroom.publishWhole(['b-one']);

    expect(await newsroom.links('/briefings/two/')).toEqual([
      '/people/ada-lovelace/',
      '/briefings/two/index.txt',
      '/briefings/two/index.md',
      '/v1/briefings/b-two.json',
    ]);
    expect((await newsroom.text('/briefings/two/')).match(/<p>See also<\/p>/g)).toHaveLength(1);
    expect(await newsroom.naming('b-one')).toEqual([
      '/v1/briefings/b-one.json',
      '/v1/changes/head.json',
    ]);
  });
});

describe('F19: briefings that refer to each other in a circle', () => {
  test.each([2, 50])('of %i are all live, and each links to the next', async (length) => {
    const newsroom = openNewsroom();
    const ids = Array.from({ length }, (_, index) => `b-${index}`);
    ids.forEach((id, index) => {
      newsroom.brief(id, { mentions: [`b-${(index + 1) % length}`] });
    });
    await newsroom.publishWhole(ids);

    for (const [index, id] of ids.entries()) {
      const links = await newsroom.links(`/briefings/${id.slice(2)}/`);
      expect(links).toContain(`/briefings/${(index + 1) % length}/`);
    }
    expect((await newsroom.root()).live).toBe(length);
  });
});
