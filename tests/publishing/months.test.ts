import { describe, expect, test } from 'vitest';
import { openNewsroom } from './newsroom.ts';

describe('a month ends', () => {
  test('at local midnight, not at midnight UTC: its archive feeds join the chain in one sweep', async () => {
    // In London summer time ended on 25 October; in September it was still an hour ahead of UTC.
    const newsroom = openNewsroom({ start: '2026-09-29T12:00:00.000Z' });
    newsroom.brief('b-one', { date: '2026-08-15' });
    newsroom.brief('b-two', { date: '2026-09-29' });
    await newsroom.publishWhole(['b-one', 'b-two']);
    expect(await newsroom.site('/feeds/')).toEqual([
      '/feeds/2026-08.atom 200',
      '/feeds/2026-08.json 200',
      '/feeds/2026-08.rss 200',
    ]);
    expect((await newsroom.root()).nextDue).toBe('2026-09-30T23:00:00.000Z');

    newsroom.now = '2026-09-30T22:59:59.999Z';
    expect(await newsroom.written(() => newsroom.sweep())).toEqual([]);
    newsroom.now = '2026-09-30T23:00:00.000Z';
    expect(await newsroom.written(() => newsroom.sweep())).toEqual([
      '/atom.xml',
      '/feed.json',
      '/feeds/2026-09.atom',
      '/feeds/2026-09.json',
      '/feeds/2026-09.rss',
      '/rss.xml',
    ]);
    expect((await newsroom.json('/feed.json'))['next_url']).toBe(
      'https://daily.example/feeds/2026-09.json',
    );
    expect((await newsroom.json('/feeds/2026-09.json'))['next_url']).toBe(
      'https://daily.example/feeds/2026-08.json',
    );
    expect(await newsroom.json('/feeds/2026-08.json')).not.toHaveProperty('next_url');
  });

  test('in winter at midnight UTC', async () => {
    const newsroom = openNewsroom({ start: '2026-11-29T12:00:00.000Z' });
    newsroom.brief('b-one');
    await newsroom.publish('b-one');
    expect((await newsroom.root()).nextDue).toBe('2026-12-01T00:00:00.000Z');
    newsroom.now = '2026-12-01T00:00:00.000Z';
    expect(await newsroom.sweep()).toMatchObject({ kind: 'worked', releases: 1 });
    expect(await newsroom.answer('/feeds/2026-11.json')).toBe('200');
    expect((await newsroom.root()).nextDue).toBeNull();
  });

  test('a correction in a closed month rewrites its archive feeds, and no other month’s', async () => {
    const newsroom = openNewsroom();
    for (const month of ['07', '08', '09'])
      newsroom.brief(`b-${month}`, { date: `2026-${month}-15` });
    await newsroom.publishWhole(['b-07', 'b-08', 'b-09']);
    newsroom.patch('b-08', {
      corrections: [
        { _key: 'c', at: '2026-10-12T09:00:00.000Z', kind: 'correction', text: 'It was Tuesday.' },
      ],
    });
    const written = await newsroom.written(() => newsroom.publishWhole(['b-08']));
    expect(written.filter((path) => path.startsWith('/feeds/'))).toEqual([
      '/feeds/2026-08.atom',
      '/feeds/2026-08.json',
      '/feeds/2026-08.rss',
    ]);
  });

  test('a briefing for a month long closed joins the chain between its neighbours', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-07', { date: '2026-07-15' });
    newsroom.brief('b-09', { date: '2026-09-15' });
    await newsroom.publishWhole(['b-07', 'b-09']);
    newsroom.brief('b-08', { date: '2026-08-15' });
    await newsroom.publishWhole(['b-08']);
    const older = async (month: string): Promise<unknown> =>
      (await newsroom.json(`/feeds/${month}.json`))['next_url'];
    expect([await older('2026-09'), await older('2026-08'), await older('2026-07')]).toEqual([
      'https://daily.example/feeds/2026-08.json',
      'https://daily.example/feeds/2026-07.json',
      undefined,
    ]);
  });
});
