import { describe, expect, test } from 'vitest';
import { publish } from '../../src/publishing/publish.ts';
import { person, reference, slug } from '../simulator/newsroom.ts';
import { smallEdition } from '../simulator/small-edition.ts';
import { noDifference, openNewsroom, type Newsroom } from './newsroom.ts';

/** Pages of briefings alone, twins apart. */
async function pages(newsroom: Newsroom): Promise<readonly string[]> {
  return (await newsroom.site('/briefings/')).filter((line) => !line.includes('/index.'));
}

describe('F21: two briefings want one address', () => {
  test('the live holder keeps it, however old the other is; the other is told who holds it', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-older', { slug: 'older' });
    newsroom.brief('b-newer', { slug: 'wanted' });
    await newsroom.publish('b-newer');
    newsroom.patch('b-older', { slug: slug('wanted') });

    const outcome = await newsroom.publish('b-older');

    const reports = outcome.kind === 'done' ? outcome.reports : [];
    expect(reports.find(({ id }) => id === 'b-older')).toMatchObject({
      outcome: 'refused',
      problems: [{ code: 'slug-taken', path: 'slug', holder: 'b-newer' }],
    });
    expect(await pages(newsroom)).toEqual(['/briefings/wanted/ 200']);
    expect((await newsroom.json('/v1/briefings/b-newer.json'))['id']).toBe('b-newer');
    expect(await newsroom.answer('/v1/briefings/b-older.json')).toBe('404');
  });

  test('of claimants of a free address that come together, the oldest gets it', async () => {
    const newsroom = openNewsroom();
    for (const id of ['b-c', 'b-a', 'b-b']) newsroom.brief(id, { slug: 'wanted' });
    await newsroom.publish('b-a', 'b-b', 'b-c');
    expect(await newsroom.site('/v1/briefings/')).toEqual(['/v1/briefings/b-c.json 200']);
  });

  test('a loser with a live page stays at its last address with its last valid version', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { headline: 'Ada counts' });
    newsroom.brief('b-two', { headline: 'Ada dreams' });
    await newsroom.publish('b-one', 'b-two');
    newsroom.patch('b-two', { headline: 'Ada dreams on', slug: slug('one') });

    expect(await newsroom.written(() => newsroom.publish('b-two'))).toEqual([]);
    expect(await pages(newsroom)).toEqual(['/briefings/one/ 200', '/briefings/two/ 200']);
    expect((await newsroom.json('/v1/briefings/b-two.json'))['headline']).toBe('Ada dreams');
  });

  test('when the holder moves away, the one who waited moves in, in the same publish', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { headline: 'Ada counts' });
    newsroom.brief('b-two', { headline: 'Ada dreams' });
    await newsroom.publish('b-one', 'b-two');
    newsroom.patch('b-two', { headline: 'Ada dreams on', slug: slug('one') });
    await newsroom.publish('b-two');
    newsroom.patch('b-one', { slug: slug('three') });
    await newsroom.publishWhole(['b-one']);

    expect(await pages(newsroom)).toEqual([
      '/briefings/one/ 200',
      '/briefings/three/ 200',
      '/briefings/two/ 301 /briefings/one/',
    ]);
    expect((await newsroom.json('/v1/briefings/b-two.json'))['headline']).toBe('Ada dreams on');
  });

  test('who is deleted and created again is younger than the claim of a former life', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { slug: 'wanted' });
    newsroom.brief('b-again', { slug: 'wanted' });
    newsroom.brief('b-waits', { slug: 'wanted' });
    await newsroom.publishWhole(['b-one', 'b-again', 'b-waits']);
    newsroom.remove('b-again');
    newsroom.brief('b-again', { slug: 'wanted' });
    await newsroom.publishWhole(['b-again']);
    newsroom.patch('b-one', { slug: slug('elsewhere') });
    await newsroom.publishWhole(['b-one']);

    expect(await newsroom.site('/v1/briefings/')).toEqual([
      '/v1/briefings/b-one.json 200',
      '/v1/briefings/b-waits.json 200',
    ]);
    expect(await newsroom.differences()).toEqual(noDifference);
  });

  test('when the holder moves away as a newcomer arrives, the older one who waited comes first', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { slug: 'wanted' });
    newsroom.brief('b-waits', { headline: 'Ada waits', slug: 'wanted' });
    await newsroom.publishWhole(['b-one', 'b-waits']);
    newsroom.patch('b-one', { slug: slug('elsewhere') });
    newsroom.brief('b-newcomer', { slug: 'wanted' });
    await newsroom.publishWhole(['b-one', 'b-newcomer']);

    expect(await newsroom.site('/v1/briefings/')).toEqual([
      '/v1/briefings/b-one.json 200',
      '/v1/briefings/b-waits.json 200',
    ]);
    expect(await newsroom.text('/briefings/wanted/')).toContain('Ada waits');
  });

  test('when the holder is unpublished, the oldest of those who waited moves in', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { headline: 'Ada counts', slug: 'wanted' });
    newsroom.brief('b-two', { headline: 'Ada dreams', slug: 'wanted' });
    newsroom.brief('b-three', { headline: 'Ada wakes', slug: 'wanted' });
    await newsroom.publish('b-one', 'b-two', 'b-three');
    newsroom.remove('b-one');
    await newsroom.publishWhole(['b-one']);

    expect(await newsroom.site('/v1/briefings/')).toEqual([
      '/v1/briefings/b-one.json 410',
      '/v1/briefings/b-two.json 200',
    ]);
    expect(await pages(newsroom)).toEqual(['/briefings/wanted/ 200']);
    expect(await newsroom.text('/briefings/wanted/')).toContain('Ada dreams');
  });
});

describe('F22: an address changes', () => {
  test('three times, and each old one leads to the newest in one hop', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { slug: 'first' });
    await newsroom.publish('b-one');
    const { id, url: _, ...rest } = await feedItem(newsroom);
    for (const at of ['second', 'third', 'fourth']) {
      newsroom.patch('b-one', { slug: slug(at) });
      await newsroom.publish('b-one');
    }

    expect(await newsroom.site('/briefings/')).toEqual([
      '/briefings/first/ 301 /briefings/fourth/',
      '/briefings/first/index.md 301 /briefings/fourth/index.md',
      '/briefings/first/index.txt 301 /briefings/fourth/index.txt',
      '/briefings/fourth/ 200',
      '/briefings/fourth/index.md 200',
      '/briefings/fourth/index.txt 200',
      '/briefings/second/ 301 /briefings/fourth/',
      '/briefings/second/index.md 301 /briefings/fourth/index.md',
      '/briefings/second/index.txt 301 /briefings/fourth/index.txt',
      '/briefings/third/ 301 /briefings/fourth/',
      '/briefings/third/index.md 301 /briefings/fourth/index.md',
      '/briefings/third/index.txt 301 /briefings/fourth/index.txt',
    ]);
    expect(await feedItem(newsroom)).toMatchObject({
      id,
      url: 'https://daily.example/briefings/fourth/',
      date_published: rest['date_published'],
    });
  });

  test('and back again: the first is a page, the others lead to it in one hop', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { slug: 'first' });
    await newsroom.publish('b-one');
    for (const at of ['second', 'third', 'first']) {
      newsroom.patch('b-one', { slug: slug(at) });
      await newsroom.publish('b-one');
    }
    expect(await pages(newsroom)).toEqual([
      '/briefings/first/ 200',
      '/briefings/second/ 301 /briefings/first/',
      '/briefings/third/ 301 /briefings/first/',
    ]);
  });

  test('again, and a reader who comes by the first address is one hop away all the while', async () => {
    const moves = async (): Promise<Newsroom> => {
      const newsroom = openNewsroom({ renderers: smallEdition });
      newsroom.brief('b-one', { slug: 'winter' });
      await newsroom.publish('b-one');
      newsroom.patch('b-one', { slug: slug('autumn') });
      await newsroom.publish('b-one');
      newsroom.patch('b-one', { slug: slug('spring') });
      return newsroom;
    };
    const whole = await moves();
    const writes = await whole.written(() => whole.publish('b-one'));
    expect(writes).toContain('/briefings/winter/');

    for (let count = 1; count < writes.length; count += 1) {
      const newsroom = await moves();
      let puts = 0;
      newsroom.beforeCall = ({ call, key }) => {
        if (call !== 'put' || !key.startsWith('public/')) return;
        if (puts === count) throw new Error('killed');
        puts += 1;
      };
      await expect(newsroom.publish('b-one'), `${count} writes`).rejects.toThrow('killed');
      newsroom.beforeCall = () => {};
      const [status, location = ''] = (await newsroom.answer('/briefings/winter/')).split(' ');
      expect([status, await newsroom.answer(location)], `${count} writes`).toEqual(['301', '200']);
    }
  });

  test('and whoever links to it is written in the same publish with the new one', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { slug: 'first' });
    newsroom.brief('b-two', { mentions: ['b-one'] });
    await newsroom.publish('b-one', 'b-two');
    newsroom.patch('b-one', { slug: slug('second') });
    await newsroom.publish('b-one');
    expect(await newsroom.links('/briefings/two/')).toContain('/briefings/second/');
    expect(await newsroom.links('/briefings/two/')).not.toContain('/briefings/first/');
  });

  test('of a person: every year of theirs moves along', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { date: '2025-10-12' });
    newsroom.brief('b-two', { date: '2026-10-12' });
    await newsroom.publish('b-one', 'b-two');
    newsroom.patch('p-ada', { slug: slug('ada-byron') });
    await newsroom.publishWhole(['p-ada']);

    expect(await newsroom.site('/people/')).toEqual([
      '/people/ada-byron/ 200',
      '/people/ada-byron/2025/ 200',
      '/people/ada-lovelace/ 301 /people/ada-byron/',
      '/people/ada-lovelace/2025/ 301 /people/ada-byron/2025/',
    ]);
    expect(await newsroom.links('/briefings/one/')).toContain('/people/ada-byron/');
  });
});

describe('a page moves to which others lead on, and a fan-out takes many releases', () => {
  test('readers of a briefing that was taken down get there in one hop after the first of them', async () => {
    const newsroom = openNewsroom();
    for (const id of ['b-one', 'b-two', 'b-three', 'b-four']) newsroom.brief(id);
    for (const id of ['b-three', 'b-four']) {
      newsroom.patch(id, { related: [reference('b-two', true)] });
    }
    await newsroom.publishWhole(['b-one', 'b-two', 'b-three', 'b-four']);
    newsroom.put('redirect-b-one', 'redirect', { from: 'b-one', to: reference('b-two', true) });
    newsroom.remove('b-one');
    await newsroom.publishWhole(['b-one']);

    newsroom.patch('b-two', { slug: slug('second') });
    const outcome = await publish(newsroom.publisher({ tasksPerRelease: 1 }), {
      ids: ['b-two'],
      continuePending: false,
    });

    expect(outcome).toMatchObject({ kind: 'done', tasksLeft: 1 });
    expect(await pages(newsroom)).toEqual([
      '/briefings/four/ 200',
      '/briefings/one/ 301 /briefings/second/',
      '/briefings/second/ 200',
      '/briefings/three/ 200',
      '/briefings/two/ 301 /briefings/second/',
    ]);
  });

  test('and so do readers of a person who was merged', async () => {
    const newsroom = openNewsroom();
    for (const id of ['b-one', 'b-two', 'b-three']) newsroom.brief(id);
    newsroom.brief('b-four', { person: 'p-ibn' });
    await newsroom.publishWhole(['b-one', 'b-two', 'b-three', 'b-four']);
    newsroom.patch('p-ibn', { mergedInto: reference('p-ada', true) });
    await newsroom.publishWhole(['p-ibn']);

    newsroom.patch('p-ada', { slug: slug('ada-byron') });
    const outcome = await publish(newsroom.publisher({ tasksPerRelease: 1 }), {
      ids: ['p-ada'],
      continuePending: false,
    });

    expect(outcome).toMatchObject({ kind: 'done', tasksLeft: 4 });
    expect(await newsroom.site('/people/')).toEqual([
      '/people/ada-byron/ 200',
      '/people/ada-lovelace/ 301 /people/ada-byron/',
      '/people/ibn-khaldun/ 301 /people/ada-byron/',
    ]);
  });
});

describe('F23: an address is used again by another', () => {
  test('after a move: the page wins over the redirect, and nothing leads to the wrong briefing', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { headline: 'Ada counts', slug: 'first' });
    await newsroom.publish('b-one');
    newsroom.patch('b-one', { slug: slug('second') });
    await newsroom.publish('b-one');
    newsroom.brief('b-two', { headline: 'Ada dreams', slug: 'first' });
    await newsroom.publish('b-two');

    expect(await pages(newsroom)).toEqual(['/briefings/first/ 200', '/briefings/second/ 200']);
    expect(await newsroom.text('/briefings/first/')).toContain('Ada dreams');
    newsroom.patch('b-one', { slug: slug('third') });
    await newsroom.publish('b-one');
    expect(await pages(newsroom)).toEqual([
      '/briefings/first/ 200',
      '/briefings/second/ 301 /briefings/third/',
      '/briefings/third/ 200',
    ]);
  });

  test('after a removal: a page stands where the tombstone stood; the JSON of the first stays gone', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-one', { headline: 'Ada counts', slug: 'first' });
    await newsroom.publish('b-one');
    newsroom.remove('b-one');
    await newsroom.publish('b-one');
    newsroom.brief('b-two', { headline: 'Ada dreams', slug: 'first' });
    await newsroom.publish('b-two');

    expect(await pages(newsroom)).toEqual(['/briefings/first/ 200']);
    expect(await newsroom.site('/v1/briefings/')).toEqual([
      '/v1/briefings/b-one.json 410',
      '/v1/briefings/b-two.json 200',
    ]);
  });
});

describe('addresses of people', () => {
  test('merged into another: page and JSON lead there in one hop, also through two merges', async () => {
    const newsroom = openNewsroom();
    newsroom.put('p-byron', 'person', person('Ada Byron', 'ada-byron', 'c-uk'));
    newsroom.brief('b-one', { person: 'p-byron' });
    newsroom.brief('b-two', { person: 'p-ibn' });
    newsroom.brief('b-three');
    await newsroom.publishWhole(['b-one', 'b-two', 'b-three']);
    newsroom.patch('p-byron', { mergedInto: reference('p-ibn', true) });
    await newsroom.publishWhole(['p-byron']);
    newsroom.patch('p-ibn', { mergedInto: reference('p-ada', true) });
    await newsroom.publishWhole(['p-ibn']);

    expect(await newsroom.site('/people/')).toEqual([
      '/people/ada-byron/ 301 /people/ada-lovelace/',
      '/people/ada-lovelace/ 200',
      '/people/ibn-khaldun/ 301 /people/ada-lovelace/',
    ]);
    expect(await newsroom.site('/v1/people/')).toEqual([
      '/v1/people/p-ada.json 200',
      '/v1/people/p-ada/2026.json 200',
      '/v1/people/p-byron.json 301 /v1/people/p-ada.json',
      '/v1/people/p-byron/2026.json 301 /v1/people/p-ada.json',
      '/v1/people/p-ibn.json 301 /v1/people/p-ada.json',
      '/v1/people/p-ibn/2026.json 301 /v1/people/p-ada.json',
    ]);
  });
});

async function feedItem(newsroom: Newsroom): Promise<Readonly<Record<string, unknown>>> {
  const { items } = await newsroom.json('/feed.json');
  return Array.isArray(items) ? items[0] : {};
}
