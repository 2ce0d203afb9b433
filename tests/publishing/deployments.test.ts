import { describe, expect, test } from 'vitest';
import { edition } from '../../src/publishing/edition.ts';
import { publish } from '../../src/publishing/publish.ts';
import { reconcile } from '../../src/publishing/reconcile.ts';
import type { Renderers } from '../../src/publishing/renderers.ts';
import { sweep } from '../../src/publishing/sweep.ts';
import type { PublicObject } from '../../src/site/public-object.ts';
import { anotherEdition } from '../simulator/another-edition.ts';
import { person, reference, slug } from '../simulator/newsroom.ts';
import { ofEpoch, published } from './deployed.ts';
import { noDifference, openNewsroom } from './newsroom.ts';

/** An edition that says something else on every page: another deployment of the code. */
const laterEdition: Renderers = {
  ...edition,
  briefing: (input) => edition.briefing(input).map(withGreeting),
  site: (input) => edition.site(input).map(withGreeting),
};

/** An edition in which every object there is says something else. */
const editionOfAnotherHand = anotherEdition(edition, (object) => ({
  ...object,
  body: `${object.body}\n`,
}));

function withGreeting(object: PublicObject): PublicObject {
  return { ...object, body: object.body.replace('</body>', '<p>Later.</p></body>') };
}

describe('F50, rule 1: a release carries its bytes', () => {
  test('committed by one edition and finished by code with another, it is what the first one drew', async () => {
    const calm = await published();
    const newsroom = await calm.copy();
    for (const each of [calm, newsroom]) each.patch('b-one', { headline: 'Ada counts on' });
    await publish(calm.publisher(), { ids: ['b-one'] });
    newsroom.beforeCall = ({ call, key }) => {
      if (call === 'put' && key.startsWith('public/')) throw new Error('killed');
    };
    await expect(publish(newsroom.publisher(), { ids: ['b-one'] })).rejects.toThrow('killed');
    newsroom.beforeCall = () => {};

    const later = newsroom.publisher({ renderers: laterEdition });
    expect(await sweep(later)).toMatchObject({ kind: 'worked', releases: 0 });

    expect(await newsroom.everything()).toEqual(await calm.everything());
    expect(await newsroom.naming('Later.')).toEqual([]);
  });

  test('the root names it by number and hash, and the bundle alone holds what it will write', async () => {
    const newsroom = await published();
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    newsroom.beforeCall = ({ call, key }) => {
      if (call === 'put' && key.startsWith('public/')) throw new Error('killed');
    };
    await expect(newsroom.publish('b-one')).rejects.toThrow('killed');
    const { release } = await newsroom.root();
    expect(release).toEqual({ seq: 2, hash: expect.stringMatching(/^[\w-]{22}$/) });
    expect(await newsroom.keys(`state/release/0000000002-${release?.hash}`)).toHaveLength(1);
    expect(await newsroom.stateText('state/root')).not.toContain('Ada counts on');
  });

  test('F50: an edition whose pages link to nothing that stands is stopped before the commit', async () => {
    const newsroom = await published();
    const [before, root] = [await newsroom.everything(), await newsroom.root()];
    const mutant: Renderers = {
      ...edition,
      briefing: (input) =>
        edition.briefing(input).map((object) => ({
          ...object,
          body: object.body.replace('</body>', '<a href="/briefings/never/">x</a></body>'),
          leadsTo: [...object.leadsTo, '/briefings/never/'],
        })),
    };
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    await expect(
      publish(newsroom.publisher({ renderers: mutant }), { ids: ['b-one'] }),
    ).rejects.toThrow(
      '/briefings/one/ would link to /briefings/never/, where nothing stands in release 2. This is a bug in what is affected by an edit; nothing was published.',
    );
    expect(await newsroom.everything()).toEqual(before);
    expect(await newsroom.root()).toEqual(root);
  });
});

describe('another edition, and everything is drawn again', () => {
  test('moved, merged and gone addresses too, and lists that have become empty', async () => {
    const newsroom = openNewsroom();
    newsroom.brief('b-stays');
    newsroom.brief('b-moves');
    newsroom.brief('b-goes', { person: 'p-ibn', date: '2024-03-01' });
    newsroom.brief('b-leads-on', { date: '2025-05-05' });
    newsroom.put('p-byron', 'person', person('Ada Byron', 'ada-byron', 'c-uk'));
    newsroom.brief('b-about-byron', { person: 'p-byron' });
    await newsroom.publishWhole([...newsroom.documents.keys()]);
    newsroom.patch('b-moves', { slug: slug('moved-on') });
    newsroom.patch('p-byron', { mergedInto: reference('p-ada', true) });
    newsroom.put('redirect-b-leads-on', 'redirect', {
      from: 'b-leads-on',
      to: reference('b-stays', true),
    });
    newsroom.remove('b-goes', 'b-leads-on');
    await newsroom.publishWhole(['b-moves', 'p-byron', 'b-goes', 'b-leads-on']);
    const answers = await newsroom.site();
    expect(answers.filter((line) => !line.endsWith(' 200')).length).toBeGreaterThan(15);

    const later = newsroom.publisher({ renderers: editionOfAnotherHand });
    newsroom.patch('siteSettings', { name: 'The Weekly Why' });
    await newsroom.publishWhole(['siteSettings'], later);

    expect(await newsroom.differences(later)).toEqual(noDifference);
    expect(await newsroom.site()).toEqual(answers);
  });
});

describe('F51, rule 9: two deployments are live at once', () => {
  test.each([0, 2])('code of epoch %i never commits under a root of epoch 1', async (epoch) => {
    const newsroom = await published();
    const [before, root] = [await newsroom.everything(), await newsroom.root()];
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    const other = ofEpoch(newsroom, epoch, laterEdition);
    const [stored, reads] = [newsroom.stored.length, newsroom.reads];

    expect(await publish(other, { ids: ['b-one'] })).toEqual({ kind: 'other-epoch', epoch: 1 });
    expect(await reconcile(other, { deep: true })).toMatchObject({ kind: 'other-epoch', drift: 0 });
    expect(await sweep(other, 'deep')).toMatchObject({ kind: 'other-epoch', releases: 0 });

    expect(newsroom.stored.length - stored).toBe(0);
    expect(newsroom.reads - reads).toBe(0);
    expect(await newsroom.everything()).toEqual(before);
    expect(await newsroom.root()).toEqual(root);
  });

  test('nor does it finish a release: that is for the epoch whose root it is', async () => {
    const newsroom = await published();
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    newsroom.beforeCall = ({ call, key }) => {
      if (call === 'put' && key.startsWith('public/')) throw new Error('killed');
    };
    await expect(newsroom.publish('b-one')).rejects.toThrow('killed');
    newsroom.beforeCall = () => {};
    const stored = newsroom.stored.length;
    expect(await sweep(ofEpoch(newsroom, 2))).toMatchObject({ kind: 'other-epoch' });
    expect(newsroom.stored.length - stored).toBe(0);
    expect(await newsroom.sweep()).toMatchObject({ kind: 'worked' });
  });
});

describe('F52: the purge API is down', () => {
  test('publishing settles all the same; what was not purged is kept in the root and tried again', async () => {
    const newsroom = await published();
    newsroom.purgeFails = true;
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    newsroom.patch('b-two', { headline: 'Ada dreams on' });
    expect(await newsroom.publish('b-one', 'b-two')).toMatchObject({ kind: 'done', releases: 1 });

    const owed = [
      { path: '/briefings/one/', tag: 'briefing-b-one' },
      { path: '/briefings/two/', tag: 'briefing-b-two' },
    ];
    expect(await newsroom.root()).toMatchObject({ release: null, purges: owed });
    expect(newsroom.purged).toEqual([]);

    const reads = newsroom.reads;
    expect(await newsroom.sweep()).toMatchObject({ kind: 'worked', releases: 0 });
    expect((await newsroom.root()).purges).toEqual(owed);

    newsroom.purgeFails = false;
    await newsroom.sweep();
    expect(newsroom.purged).toEqual(owed);
    expect((await newsroom.root()).purges).toEqual([]);
    expect(newsroom.reads - reads).toBe(0);
    expect(await newsroom.sweep()).toMatchObject({ kind: 'idle' });
  });

  test('or the next release takes them along', async () => {
    const newsroom = await published();
    newsroom.purgeFails = true;
    newsroom.patch('b-one', { score: { value: 7, about: 'counting' } });
    await newsroom.publish('b-one');
    newsroom.purgeFails = false;
    newsroom.patch('b-two', { score: { value: 7, about: 'dreaming' } });
    await newsroom.publish('b-two');
    expect(newsroom.purged.map(({ tag }) => tag)).toEqual(['briefing-b-one', 'briefing-b-two']);
    expect((await newsroom.root()).purges).toEqual([]);
  });

  test('for so long that the TTL has done it: at most fifty are kept, the newest', async () => {
    const newsroom = openNewsroom();
    const ids = Array.from({ length: 60 }, (_, index) => `b-${String(index).padStart(2, '0')}`);
    for (const id of ids) newsroom.brief(id);
    await newsroom.publishWhole([...newsroom.documents.keys()]);
    newsroom.purgeFails = true;
    for (const id of ids) newsroom.patch(id, { headline: `${id} edited` });
    await newsroom.publishWhole(ids);
    const { purges } = await newsroom.root();
    expect(purges).toHaveLength(50);
  });

  test('a month has a budget: what is over it is told, forgotten, and done by the TTL; the next month begins anew', async () => {
    const newsroom = await published();
    const publisher = newsroom.publisher({ purgesPerMonth: 2 });
    const edit = async (headline: string): Promise<void> => {
      newsroom.patch('b-one', { headline });
      await newsroom.publishWhole(['b-one'], publisher);
    };
    const told = () => newsroom.events.filter(({ kind }) => kind === 'purge-budget-spent');
    // Its page and the one that links to it.
    await edit('Ada counts on');
    expect((await newsroom.root()).purged).toEqual({ month: '2026-10', items: 2 });
    expect([newsroom.purged.length, told()]).toEqual([2, []]);

    await edit('Ada counts to a hundred');
    expect(newsroom.purged).toHaveLength(2);
    expect(told()).toEqual([{ kind: 'purge-budget-spent', count: 2 }]);
    expect(await newsroom.root()).toMatchObject({
      release: null,
      purges: [],
      purged: { month: '2026-10', items: 2 },
    });

    newsroom.now = '2026-11-01T00:00:00.000Z';
    await edit('Ada counts to a thousand');
    expect(newsroom.purged).toHaveLength(4);
    expect((await newsroom.root()).purged).toEqual({ month: '2026-11', items: 2 });
  });

  test('what failed is not counted, and of what is owed the newest goes first', async () => {
    const newsroom = await published();
    newsroom.purgeFails = true;
    for (const id of ['b-one', 'b-two']) {
      newsroom.patch(id, { score: { value: 7, about: 'counting' } });
      await newsroom.publish(id);
    }
    expect(await newsroom.root()).toMatchObject({ purged: null, purges: [{}, {}] });
    newsroom.purgeFails = false;
    await sweep(newsroom.publisher({ purgesPerMonth: 1 }));
    expect(newsroom.purged.map(({ tag }) => tag)).toEqual(['briefing-b-two']);
    expect(await newsroom.root()).toMatchObject({ purges: [], purged: { items: 1 } });
  });

  test('a new briefing purges nothing, an edited one itself alone, and lists never', async () => {
    const newsroom = await published();
    expect(newsroom.purged).toEqual([]);
    newsroom.brief('b-three');
    await newsroom.publish('b-three');
    expect(newsroom.purged).toEqual([]);
    newsroom.patch('b-one', { score: { value: 7, about: 'counting' } });
    await newsroom.publish('b-one');
    expect(newsroom.purged).toEqual([{ path: '/briefings/one/', tag: 'briefing-b-one' }]);
  });

  test('an address that is left, and one that is gone, are purged with the page', async () => {
    const newsroom = await published();
    newsroom.patch('b-one', { slug: { _type: 'slug', current: 'elsewhere' } });
    await newsroom.publish('b-one');
    expect(newsroom.purged).toEqual([
      // Its page links to the one that has moved.
      { path: '/briefings/two/', tag: 'briefing-b-two' },
      { path: '/briefings/one/', tag: 'briefing-b-one' },
    ]);
    newsroom.purged.length = 0;
    newsroom.remove('b-one');
    await newsroom.publish('b-one');
    expect(newsroom.purged).toEqual([
      { path: '/briefings/two/', tag: 'briefing-b-two' },
      { path: '/briefings/elsewhere/', tag: 'briefing-b-one' },
      { path: '/briefings/one/', tag: 'briefing-b-one' },
    ]);
  });
});
