import { describe, expect, test } from 'vitest';
import { edition } from '../../src/publishing/edition.ts';
import { publishGuarded } from '../../src/publishing/publish-guarded.ts';
import type { Publisher } from '../../src/publishing/publisher.ts';
import { raiseEpoch } from '../../src/publishing/raise-epoch.ts';
import { reconcile } from '../../src/publishing/reconcile.ts';
import type { Renderers } from '../../src/publishing/renderers.ts';
import { sweep } from '../../src/publishing/sweep.ts';
import { tryOut } from '../../src/publishing/try-out.ts';
import { objectKey } from '../../src/site/paths.ts';
import { ofEpoch } from './deployed.ts';
import { openFaulty, outcomesOf } from './faulty-newsroom.ts';
import { noDifference, openNewsroom, type Newsroom } from './newsroom.ts';

/** An edition with a fault: what is called BOOM cannot be drawn, wherever it is printed. */
const faulty: Renderers = {
  ...edition,
  briefing: (input) => {
    const { briefing, personName } = input.resolved;
    boom(briefing.headline, personName, input.publication.settings.name);
    return edition.briefing(input);
  },
  site: (input) => {
    boom(input.publication.settings.name);
    return edition.site(input);
  },
  person: (input) => {
    boom(input.person.name.text);
    return edition.person(input);
  },
};

function boom(...names: readonly string[]): void {
  for (const name of names) if (name.includes('BOOM')) throw new TypeError('The renderer fails');
}

/** Whoever publishes tries out apart what throws, as a deployed function does. */
function guarded(newsroom: Newsroom, publisher: Publisher = newsroom.press): Publisher {
  return {
    ...publisher,
    tryOut: (ids) => tryOut(publisher, ids, new Map(), () => {}),
  };
}

async function publishes(newsroom: Newsroom, ...ids: readonly string[]) {
  const request = { ids, continuePending: false };
  return outcomesOf(await publishGuarded(guarded(newsroom), request), ids);
}

const told = { state: 'quarantined', problems: [{ code: 'cannot-be-drawn', path: '' }] };

describe('F88: a document that cannot be drawn', () => {
  test('keeps its last version, its editor is told, and who came with it is published', async () => {
    const newsroom = await openFaulty(faulty);
    newsroom.patch('b-one', { headline: 'BOOM' });
    newsroom.patch('b-two', { headline: 'Ibn writes' });

    expect(await publishes(newsroom, 'b-one', 'b-two')).toEqual({
      'b-one': 'refused',
      'b-two': 'accepted',
    });
    expect(await newsroom.receipt('b-one')).toMatchObject(told);
    expect(await newsroom.text('/')).toContain('Ada counts');
    expect(await newsroom.text('/briefings/two/')).toContain('Ibn writes');
    expect(await newsroom.differences()).toEqual(noDifference);
  });

  test('of a person, whom only others show, and of the settings, which every page shows', async () => {
    const newsroom = await openFaulty(faulty);
    newsroom.patch('p-ada', { name: 'Ada BOOM' });
    newsroom.patch('b-one', { headline: 'Ada dreams' });
    expect(await publishes(newsroom, 'b-one')).toEqual({ 'b-one': 'accepted' });
    expect(await newsroom.receipt('p-ada')).toMatchObject(told);

    newsroom.patch('siteSettings', { name: 'The BOOM Why' });
    newsroom.patch('b-two', { headline: 'Ibn dreams' });
    expect(await publishes(newsroom, 'b-two')).toEqual({ 'b-two': 'accepted' });
    expect(await newsroom.receipt('siteSettings')).toMatchObject(told);
    expect(await newsroom.naming('BOOM')).toEqual([]);
    expect(await newsroom.text('/briefings/two/')).toContain('Ibn dreams');
    expect(await newsroom.differences()).toEqual(noDifference);
  });

  test('stops no reconcile: what else was lost is brought', async () => {
    const newsroom = await openFaulty(faulty);
    newsroom.patch('b-one', { headline: 'BOOM' });
    newsroom.patch('b-two', { headline: 'Ibn writes' });
    expect(await reconcile(guarded(newsroom))).toMatchObject({ kind: 'done', drift: 2 });
    expect(await newsroom.text('/briefings/two/')).toContain('Ibn writes');
    expect(await reconcile(guarded(newsroom))).toMatchObject({ kind: 'done', drift: 0 });
  });

  test('mended, it is published; and where the code is mended, it is without another edit', async () => {
    const newsroom = await openFaulty(faulty);
    newsroom.patch('b-one', { headline: 'BOOM' });
    await publishes(newsroom, 'b-one');
    newsroom.patch('b-one', { headline: 'Found' });
    expect(await publishes(newsroom, 'b-one')).toEqual({ 'b-one': 'accepted' });

    newsroom.patch('b-one', { headline: 'BOOM' });
    await publishes(newsroom, 'b-one');
    const mended = ofEpoch(newsroom, 2, edition);
    await raiseEpoch(mended, 2);
    await reconcile(guarded(newsroom, mended));
    expect(await newsroom.text('/briefings/one/')).toContain('BOOM');
    expect(await newsroom.differences(mended)).toEqual(noDifference);
  });

  test('what throws for another reason throws on: nobody is to blame for an outage', async () => {
    const newsroom = await openFaulty(faulty);
    newsroom.patch('b-one', { headline: 'Ada writes' });
    newsroom.beforeCall = ({ call }) => {
      if (call === 'put') throw Object.assign(new Error('S3 is down'), { isOutage: true });
    };
    let trials = 0;
    const watched: Publisher = {
      ...newsroom.press,
      tryOut: async () => {
        trials += 1;
        return new Map();
      },
    };
    await expect(publishGuarded(watched, { ids: ['b-one'] })).rejects.toThrow('S3 is down');
    expect(trials).toBe(0);
  });

  test('long accepted, and not to be drawn by newer code: everything else is drawn again, and it stays as it stands', async () => {
    const newsroom = openNewsroom();
    for (const name of ['one', 'two', 'three']) newsroom.brief(`b-${name}`);
    newsroom.patch('b-two', { headline: 'BOOM' });
    await newsroom.publishWhole([...newsroom.documents.keys()]);
    const before = await newsroom.text('/briefings/two/');
    const unfit: unknown[] = [];
    const bad: Renderers = {
      ...edition,
      briefing: (input) => {
        boom(input.resolved.briefing.headline);
        return edition
          .briefing(input)
          .map((object) => ({ ...object, body: object.body.replace('</body>', 'Later.</body>') }));
      },
    };
    const newer: Publisher = {
      ...ofEpoch(newsroom, 2, bad),
      notify: ({ kind }) => {
        if (kind === 'slice-unfit') unfit.push(kind);
      },
    };
    await raiseEpoch(newer, 2);
    const patient = guarded(newsroom, newer);

    for (let minute = 0; minute < 20; minute += 1) {
      await sweep(patient).catch(() => {});
      newsroom.pass(60);
    }
    expect((await newsroom.root()).walks).toEqual([]);
    expect(unfit).toHaveLength(1);
    expect(await newsroom.text('/briefings/two/')).toBe(before);
    expect(await newsroom.naming('Later.')).toEqual(['/briefings/one/', '/briefings/three/']);

    // What it does not mend, the nightly check passes over: what lies behind it is checked.
    const key = objectKey('/briefings/three/');
    const standing = await newsroom.store.head(key);
    await newsroom.store.delete(key, { ifMatch: standing?.etag ?? '' });
    for (let minute = 0; minute < 20; minute += 1) {
      await sweep(patient, minute === 0 ? 'deep' : 'due');
      newsroom.pass(60);
    }
    expect((await newsroom.root()).walks).toEqual([]);
    expect(await newsroom.text('/briefings/two/')).toBe(before);
    expect(await newsroom.naming('Later.')).toEqual(['/briefings/one/', '/briefings/three/']);
  });
});
