import { describe, expect, test } from 'vitest';
import { edition } from '../../src/publishing/edition.ts';
import { publish } from '../../src/publishing/publish.ts';
import type { Publisher } from '../../src/publishing/publisher.ts';
import { raiseEpoch } from '../../src/publishing/raise-epoch.ts';
import { reconcile } from '../../src/publishing/reconcile.ts';
import type { Renderers } from '../../src/publishing/renderers.ts';
import { sweep } from '../../src/publishing/sweep.ts';
import type { PublicObject } from '../../src/site/public-object.ts';
import { ofEpoch, published } from './deployed.ts';
import { noDifference, type Newsroom } from './newsroom.ts';

/** An edition that has a colophon as well, to which every page leads, and a second twin of each briefing. */
const larger: Renderers = {
  ...edition,
  briefing: (input) => {
    const objects = edition.briefing(input).map(withColophon);
    const [page] = objects;
    return page === undefined
      ? objects
      : [...objects, { ...page, path: `${input.path}print/`, body: page.body }];
  },
  site: (input) => edition.site(input).map(withColophon),
  month: (input) => edition.month(input).map(withColophon),
  fixed: (publication) => {
    const objects = edition.fixed(publication);
    const page = objects.find(isPage);
    return page === undefined ? objects : [...objects, { ...page, path: '/colophon/' }];
  },
};

function isPage({ contentType }: PublicObject): boolean {
  return contentType.startsWith('text/html');
}

function withColophon(object: PublicObject): PublicObject {
  const body = object.body.replace('</body>', '<a href="/colophon/">Colophon</a></body>');
  return isPage(object) ? { ...object, body, leadsTo: [...object.leadsTo, '/colophon/'] } : object;
}

/** The code that is deployed takes the bucket over, and draws everything again, task by task. */
async function deploy(newsroom: Newsroom, epoch: number, renderers: Renderers): Promise<Publisher> {
  const deployed = { ...ofEpoch(newsroom, epoch, renderers), tasksPerRelease: 1 };
  await raiseEpoch(deployed, epoch);
  for (;;) {
    const { pending, walks } = await newsroom.root();
    if (pending.length + walks.length === 0) return deployed;
    await sweep(deployed);
  }
}

describe('rule 9: code that is deployed has other addresses', () => {
  test('what is new and stands alone comes first, so that pages may lead there', async () => {
    const newsroom = await published();
    const deployed = await deploy(newsroom, 2, larger);
    expect(await newsroom.answer('/colophon/')).toBe('200');
    expect(await newsroom.differences(deployed)).toEqual(noDifference);
  });

  test('an edit that comes before all the rest brings it as well', async () => {
    const newsroom = await published();
    const deployed = ofEpoch(newsroom, 2, larger);
    await raiseEpoch(deployed, 2);
    newsroom.patch('b-one', { headline: 'Ada counts on' });

    expect(await publish(deployed, { ids: ['b-one'] })).toMatchObject({ kind: 'done' });

    expect(await newsroom.text('/briefings/one/')).toContain('href="/colophon/"');
    expect(await newsroom.answer('/colophon/')).toBe('200');
  });

  test('what is drawn no more is taken down by the nightly check, when no page leads there any longer', async () => {
    const newsroom = await published();
    await deploy(newsroom, 2, larger);
    const deployed = await deploy(newsroom, 3, edition);
    expect(await newsroom.answer('/colophon/')).toBe('200');

    expect(await reconcile(deployed, { deep: true })).toMatchObject({ repaired: 3 });

    expect(await newsroom.answer('/colophon/')).toBe('410');
    expect(await newsroom.answer('/briefings/one/print/')).toBe('410');
    expect(await newsroom.differences(deployed)).toEqual(noDifference);
    expect(await reconcile(deployed, { deep: true })).toMatchObject({ repaired: 0, releases: 0 });
  });

  test('what was taken down speaks with the name of the publication, whatever it is called later', async () => {
    const newsroom = await published();
    await deploy(newsroom, 2, larger);
    const deployed = await deploy(newsroom, 3, edition);
    await reconcile(deployed, { deep: true });
    newsroom.patch('siteSettings', { name: 'The Why' });

    await newsroom.publishWhole(['siteSettings'], deployed);

    expect(await newsroom.text('/colophon/')).toContain('The Why');
    expect(await newsroom.text('/briefings/one/print/')).toContain('The Why');
    expect(await newsroom.differences(deployed)).toEqual(noDifference);
  });

  test('what went and is drawn again is there again', async () => {
    const newsroom = await published();
    await deploy(newsroom, 2, larger);
    await reconcile(await deploy(newsroom, 3, edition), { deep: true });
    const deployed = await deploy(newsroom, 4, larger);
    expect(await newsroom.answer('/colophon/')).toBe('200');
    expect(await newsroom.differences(deployed)).toEqual(noDifference);
  });
});
