import { describe, expect, test } from 'vitest';
import { LeadsNowhere } from '../../src/publishing/check-links.ts';
import { edition } from '../../src/publishing/edition.ts';
import { exportHistory } from '../../src/publishing/history.ts';
import { publish } from '../../src/publishing/publish.ts';
import { treeOf } from '../../src/publishing/publisher.ts';
import { raiseEpoch } from '../../src/publishing/raise-epoch.ts';
import { reconcile } from '../../src/publishing/reconcile.ts';
import type { Renderers } from '../../src/publishing/renderers.ts';
import { sweep } from '../../src/publishing/sweep.ts';
import type { PublicObject } from '../../src/site/public-object.ts';
import { ofEpoch } from './deployed.ts';
import { openFaulty, outcomesOf } from './faulty-newsroom.ts';
import { noDifference, type Newsroom } from './newsroom.ts';

/** An edition with a fault: what is called LOST leads to a page that there is not, wherever it is printed. */
const faulty: Renderers = {
  ...edition,
  briefing: (input) =>
    edition
      .briefing(input)
      .map((object) =>
        led(
          object,
          isLost(
            input.resolved.briefing.headline,
            input.resolved.personName,
            input.publication.settings.name,
          ),
        ),
      ),
  site: (input) =>
    edition.site(input).map((object) => led(object, isLost(input.publication.settings.name))),
  person: (input) =>
    edition.person(input).map((object) => led(object, isLost(input.person.name.text))),
};

const isLost = (...names: readonly string[]): boolean =>
  names.some((name) => name.includes('LOST'));

function led(object: PublicObject, astray: boolean): PublicObject {
  if (!astray || !object.path.endsWith('/')) return object;
  return {
    ...object,
    body: object.body.replace('</body>', '<a href="/nowhere/">x</a></body>'),
    leadsTo: [...object.leadsTo, '/nowhere/'],
  };
}

async function publishes(newsroom: Newsroom, ...ids: readonly string[]) {
  return outcomesOf(await newsroom.publish(...ids), ids);
}

const told = { state: 'quarantined', problems: [{ code: 'leads-nowhere', path: '' }] };

describe('a revision whose drawing leads to nothing', () => {
  test('is refused, its editor is told, what stood before stays, and who came with it goes out', async () => {
    const newsroom = await openFaulty(faulty);
    newsroom.patch('b-one', { headline: 'Ada is LOST' });
    newsroom.patch('b-two', { headline: 'Ibn writes' });

    expect(await publishes(newsroom, 'b-one', 'b-two')).toEqual({
      'b-one': 'refused',
      'b-two': 'accepted',
    });
    expect(await newsroom.receipt('b-one')).toMatchObject(told);
    expect(await newsroom.receipt('b-two')).toMatchObject({ state: 'live', problems: [] });
    expect(await newsroom.naming('LOST')).toEqual([]);
    expect(await newsroom.text('/')).toContain('Ada counts');
    expect(await newsroom.differences()).toEqual(noDifference);
  });

  test('that is the first of its document is nowhere; mended, it is published', async () => {
    const newsroom = await openFaulty(faulty);
    newsroom.brief('b-three', { headline: 'LOST from the start' });
    expect(await publishes(newsroom, 'b-three')).toEqual({ 'b-three': 'refused' });
    expect(await newsroom.answer('/briefings/three/')).toBe('404');
    expect(await newsroom.differences()).toEqual(noDifference);

    newsroom.patch('b-three', { headline: 'Found' });
    expect(await publishes(newsroom, 'b-three')).toEqual({ 'b-three': 'accepted' });
    expect(await newsroom.answer('/briefings/three/')).toBe('200');
    expect(await newsroom.differences()).toEqual(noDifference);
  });

  test('of a person, whom briefings show that nobody has edited', async () => {
    const newsroom = await openFaulty(faulty);
    newsroom.patch('p-ada', { name: 'Ada LOST' });
    newsroom.patch('b-two', { headline: 'Ibn writes' });
    expect(await publishes(newsroom, 'p-ada', 'b-two')).toEqual({
      'p-ada': 'refused',
      'b-two': 'accepted',
    });
    expect(await newsroom.receipt('p-ada')).toMatchObject(told);
    expect(await newsroom.naming('LOST')).toEqual([]);
    expect(await newsroom.differences()).toEqual(noDifference);
  });

  test('of the settings, which are on every page; others are published, and it is not drawn again for them', async () => {
    const newsroom = await openFaulty(faulty);
    newsroom.patch('siteSettings', { name: 'The LOST Why' });
    newsroom.patch('b-one', { headline: 'Ada dreams' });
    expect(await publishes(newsroom, 'siteSettings', 'b-one')).toEqual({
      siteSettings: 'refused',
      'b-one': 'accepted',
    });
    expect(await newsroom.receipt('siteSettings')).toMatchObject(told);
    expect(await newsroom.differences()).toEqual(noDifference);

    const drawn: string[] = [];
    const watched = newsroom.publisher({
      renderers: {
        ...faulty,
        briefing: (input) => {
          drawn.push(`${input.publication.settings.name}: ${input.resolved.briefing.headline}`);
          return faulty.briefing(input);
        },
      },
    });
    newsroom.patch('b-one', { headline: 'Ada dreams on' });
    await publish(watched, { ids: ['b-one'] });
    expect(drawn).toEqual(['The Daily Why: Ada dreams on']);

    newsroom.patch('siteSettings', { name: 'The Weekly Why' });
    await newsroom.publishWhole(['siteSettings']);
    expect(await newsroom.text('/briefings/one/')).toContain('The Weekly Why');
    expect(await newsroom.differences()).toEqual(noDifference);
  });

  test('one among a hundred is found, and two at once are, in few decisions', async () => {
    const newsroom = await openFaulty(faulty);
    const ids = Array.from({ length: 100 }, (_, index) => `b-${index + 10}`);
    for (const id of ids) newsroom.brief(id, { headline: id === 'b-77' ? 'LOST' : id });
    newsroom.patch('p-ibn', { name: 'Ibn LOST' });
    let decisions = 0;
    const press = newsroom.publisher({
      renderers: {
        ...faulty,
        changesHead: (input) => {
          decisions += 1;
          return faulty.changesHead(input);
        },
      },
    });
    await newsroom.publishWhole(['p-ibn', ...ids], press);

    expect(await newsroom.site('/briefings/77/')).toEqual([]);
    expect((await newsroom.root()).live).toBe(101);
    expect(await newsroom.text('/people/ibn-khaldun/')).not.toContain('LOST');
    expect(await newsroom.differences()).toEqual(noDifference);
    expect(decisions).toBeLessThan(35);
  });

  test('rung for again, and at the next reconcile, is not judged anew; history tells a clean build', async () => {
    const newsroom = await openFaulty(faulty);
    newsroom.patch('b-one', { headline: 'Ada is LOST' });
    await newsroom.publish('b-one');
    const root = await newsroom.root();
    expect(await publishes(newsroom, 'b-one')).toEqual({ 'b-one': 'refused' });
    expect(await newsroom.root()).toEqual(root);
    expect(await newsroom.reconcile(true)).toMatchObject({ drift: 0, releases: 0 });

    const records = [];
    const { press } = newsroom;
    for await (const record of exportHistory(root, treeOf(press, root), async () => ({}))) {
      if (record.kind === 'refusal') records.push(record);
    }
    expect(records).toEqual([
      {
        kind: 'refusal',
        id: 'b-one',
        rev: newsroom.standing('b-one')._rev,
        epoch: 1,
        problems: [{ code: 'leads-nowhere', path: '' }],
      },
    ]);
  });

  test('is published by newer code that draws it well, at the latest with the nightly check', async () => {
    const newsroom = await openFaulty(faulty);
    newsroom.patch('b-one', { headline: 'Ada is LOST' });
    await newsroom.publish('b-one');
    const mended = ofEpoch(newsroom, 2, edition);
    await raiseEpoch(mended, 2);
    while ((await newsroom.root()).pending.length > 0) await sweep(mended);
    expect(await newsroom.differences(mended)).toEqual(noDifference);

    await reconcile(mended, { deep: true });
    expect(await newsroom.text('/briefings/one/')).toContain('Ada is LOST');
    expect(await newsroom.receipt('b-one')).toMatchObject({ state: 'live', problems: [] });
    expect(await newsroom.differences(mended)).toEqual(noDifference);
  });
});

describe('a revision that is drawn later than it was accepted', () => {
  test('is refused when its embargo ends, and nobody waits for it', async () => {
    const newsroom = await openFaulty(faulty);
    newsroom.brief('b-late', { headline: 'LOST in time', publishAt: '2026-10-12T10:00:00.000Z' });
    expect(await publishes(newsroom, 'b-late')).toEqual({ 'b-late': 'accepted' });
    newsroom.now = '2026-10-12T10:00:05.000Z';
    newsroom.patch('b-two', { headline: 'Ibn writes' });
    expect(await publishes(newsroom, 'b-two')).toEqual({ 'b-two': 'accepted' });

    expect(await newsroom.receipt('b-late')).toMatchObject(told);
    expect(await newsroom.naming('LOST')).toEqual([]);
    expect(await newsroom.sweep()).toMatchObject({ kind: 'idle' });
    expect(await newsroom.differences()).toEqual(noDifference);
    newsroom.patch('b-late', { headline: 'Found in time' });
    await newsroom.publish('b-late');
    expect(await newsroom.answer('/briefings/late/')).toBe('200');
    expect(await newsroom.differences()).toEqual(noDifference);
  });

  test('is refused when the address that it waits for is free', async () => {
    const newsroom = await openFaulty(faulty);
    newsroom.brief('b-rival', { slug: 'one', headline: 'LOST at home' });
    await newsroom.publish('b-rival');
    newsroom.remove('b-one');
    await newsroom.publishWhole(['b-one']);
    expect(await newsroom.answer('/briefings/one/')).toBe('410');
    expect(await newsroom.naming('LOST')).toEqual([]);
    expect(await newsroom.differences()).toEqual(noDifference);
  });
});

describe('a link to nothing that no document has brought', () => {
  test('is a fault of the program: nothing is committed, and it says whose object it is', async () => {
    const newsroom = await openFaulty(faulty);
    const root = await newsroom.root();
    const worse: Renderers = {
      ...faulty,
      briefing: (input) => edition.briefing(input).map((object) => led(object, true)),
    };
    const press = newsroom.publisher({ renderers: worse });
    for (const request of [{ ids: [], tasks: ['briefing:b-one'] as const }, { ids: ['b-one'] }]) {
      newsroom.patch('b-one', { headline: 'Ada dreams' });
      const failure: unknown = await publish(press, request).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(LeadsNowhere);
      expect(failure).toMatchObject({
        links: [{ from: '/briefings/one/', owner: 'entry:b-one', to: '/nowhere/' }],
      });
      expect(await newsroom.root()).toEqual(root);
    }
    // Everybody else's edits go on where it is not drawn.
    newsroom.put('t-new', 'topic', { title: 'New', slug: { _type: 'slug', current: 'new' } });
    await publish(press, { ids: ['t-new'] });
    expect((await newsroom.root()).seq).toBe(root.seq + 1);
  });
});
