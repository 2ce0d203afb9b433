import { describe, expect, test } from 'vitest';
import { type SiteStatus, statusJson } from '../../src/feed/status-json.ts';
import { contentHash } from '../../src/publishing/release.ts';
import { siteStateFrom } from '../../sanity/receipt/site-state.ts';
import { type Subject, subjectOf } from '../../sanity/receipt/subject.ts';
import { wordsOf } from '../../sanity/receipt/words.ts';
import { pages } from '../render/pages.ts';
import { objectsOf } from '../render/site.ts';
import { absence, type ReceiptWorld, receiptWorld, revisionOf, start } from './receipt-world.ts';

const [fixture] = pages;
if (fixture === undefined) throw new Error('There is no numbered page');
const [page] = objectsOf(fixture);
if (page === undefined) throw new Error('The numbered page has no object');
const id = 'briefing-one';

const atRest: SiteStatus = {
  at: '2026-11-24T07:30:00.000Z',
  commit: { release: 7, at: '2026-11-24T07:30:00.000Z' },
  work: [],
  dependants: 0,
  heldSince: null,
  comparison: null,
  quarantined: 0,
};
const since = '2026-11-24T07:20:00.000Z';
const redraw = (done: number): SiteStatus['work'] => [
  { kind: 'redraw', since, of: 'briefings', done, total: 10_000 },
];

/** The very bytes that the publisher writes. */
function stands(world: ReceiptWorld, status: Partial<SiteStatus>): void {
  const text = statusJson({ ...atRest, ...status }, 'https://news.example');
  world.answers('/status.json', 200, JSON.parse(text));
}

function told(world: ReceiptWorld, of = id): readonly (string | null)[] {
  const progress = world.watches.progressOf(of);
  if (progress === null) return [];
  const { label, headline, explanation } = wordsOf(progress, {
    timeZone: 'Europe/London',
    field: null,
    survivor: null,
  });
  return [label, headline, explanation];
}

const asksOf = (world: ReceiptWorld): readonly number[] =>
  world.asked.filter(({ path }) => path === '/status.json').map(({ at }) => at);

describe('an editor who waits', () => {
  test('is told of a hold, and sees the document live when it is over', async () => {
    const world = receiptWorld();
    stands(world, { heldSince: '2026-11-24T07:25:00.000Z' });
    world.opens(id, absence);
    world.changes(revisionOf(page, 'r1', { at: world.now() }));
    await world.passes(2_000);
    expect(told(world)).toEqual(['Publishing…', 'On its way to the site.', null]);
    await world.passes(3_000);
    expect(told(world)).toEqual([
      'On hold',
      'Publishing is on hold since 24 Nov 2026, 07:25.',
      'Your work is safe in the Studio, and reaches the site by itself when whoever runs it ends the hold. Ask them if it cannot wait.',
    ]);
    // Instead of that it takes long.
    await world.passes(120_000);
    expect(told(world)[0]).toBe('On hold');

    stands(world, {});
    world.receipt(id, 'r1', { release: 8, contentHash: contentHash(page) });
    world.serves(page, 8);
    await world.passes(20_000);
    expect(told(world)[0]).toMatch(/^Live/);
  });

  test('is told of one that keeps a page from being taken down', async () => {
    const world = receiptWorld();
    stands(world, { heldSince: '2026-11-24T07:25:00.000Z' });
    world.answers('/v1/briefings/briefing-one.json', 200);
    world.opens(id, absence);
    await world.passes(5_000);
    expect(told(world)[0]).toBe('On hold');
  });

  test('is told how far the site is redrawn, and asks for it every ten seconds at the most', async () => {
    const world = receiptWorld();
    stands(world, { work: redraw(3_100) });
    world.opens(id, absence);
    world.changes(revisionOf(page, 'r1', { at: world.now() }));
    await world.passes(5_000);
    expect(told(world)).toEqual([
      'Publishing…',
      'On its way to the site.',
      'The site is being redrawn: 3,100 of 10,000. Edits go first.',
    ]);
    stands(world, { work: redraw(9_999) });
    await world.passes(15_000);
    expect(told(world)[2]).toBe('The site is being redrawn: 9,999 of 10,000. Edits go first.');
    await world.passes(40_000);
    const gaps = asksOf(world).map((at, index, all) => at - (all[index - 1] ?? -10_000));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(10_000);
  });

  test('asks nothing of it when a publish takes as long as it does', async () => {
    const world = receiptWorld();
    world.opens(id, absence);
    world.changes(revisionOf(page, 'r1', { at: world.now() }));
    await world.passes(1_000);
    world.receipt(id, 'r1', { release: 7, contentHash: contentHash(page) });
    world.serves(page, 7);
    await world.passes(60_000);
    expect(told(world)[0]).toMatch(/^Live · /);
    expect(asksOf(world)).toEqual([]);
  });

  test.each([
    ['has none yet', 404, 'none'],
    ['is closed', 401, 'none'],
    ['gives something else', 200, { commit: 'seven' }],
  ])('is told what is known without it where the site %s', async (_what, status, body) => {
    const world = receiptWorld();
    world.answers('/status.json', status, body);
    world.opens(id, absence);
    world.changes(revisionOf(page, 'r1', { at: world.now() }));
    await world.passes(10_000);
    expect(told(world)).toEqual(['Publishing…', 'On its way to the site.', null]);
  });
});

function published(type: string, of: string): Subject {
  const subject = subjectOf({
    id: of,
    type,
    published: { _rev: 'r1', _updatedAt: new Date(start).toISOString() },
    publicationLanguage: 'en',
  });
  if (subject === null) throw new Error('Nothing to watch');
  return subject;
}

describe('what other pages show', () => {
  test('the settings: the site is being redrawn, until it is', async () => {
    const world = receiptWorld();
    world.receipt('siteSettings', 'r1', { release: 7 });
    stands(world, { work: redraw(0) });
    world.opens('siteSettings', published('siteSettings', 'siteSettings'));
    await world.passes(1_000);
    expect(told(world, 'siteSettings')).toEqual([
      'Being redrawn',
      'The site is being redrawn: 0 of 10,000.',
      'The front page and the feeds have it already. All other pages follow, newest first; nobody needs to wait here.',
    ]);
    stands(world, { work: redraw(3_100) });
    await world.passes(10_000);
    expect(told(world, 'siteSettings')[1]).toBe('The site is being redrawn: 3,100 of 10,000.');
    // However long it takes, though less often.
    stands(world, { work: redraw(9_000) });
    await world.passes(3 * 3_600_000);
    expect(told(world, 'siteSettings')[1]).toBe('The site is being redrawn: 9,000 of 10,000.');
    expect(asksOf(world).length).toBeLessThan(310);

    stands(world, {});
    await world.passes(60_000);
    expect(told(world, 'siteSettings')[0]).toBe('Live');
    const asked = world.asked.length;
    await world.passes(3_600_000);
    expect(world.asked.length).toBe(asked);
  });

  test('a team: so many pages are to follow; a status of the release before is not believed', async () => {
    const world = receiptWorld();
    world.receipt('team-desk', 'r1', { release: 8 });
    stands(world, { commit: { release: 7, at: atRest.at } });
    world.opens('team-desk', published('team', 'team-desk'));
    await world.passes(1_000);
    expect(told(world, 'team-desk')[0]).toBe('Live');
    stands(world, { commit: { release: 8, at: atRest.at }, dependants: 1_412 });
    await world.passes(3_000);
    expect(told(world, 'team-desk')).toEqual([
      'Live, pages follow',
      'Published. Pages that show it are being drawn again: 1,412 on the whole site are still to follow.',
      null,
    ]);
    stands(world, { commit: { release: 20, at: atRest.at } });
    await world.passes(10_000);
    expect(told(world, 'team-desk')[0]).toBe('Live');
  });

  test('a person with a page: it is live, and the pages that show them follow', async () => {
    const world = receiptWorld();
    world.receipt('p-ada', 'r1', { release: 7, contentHash: contentHash(page) });
    world.serves(page, 7);
    stands(world, { dependants: 12 });
    world.opens('p-ada', {
      kind: 'revision',
      id: 'p-ada',
      rev: 'r1',
      publishedAt: new Date(start).toISOString(),
      publishAt: null,
      page: { path: page.path, tag: page.tags[0] ?? '' },
      contract: '/v1/people/p-ada.json',
      mergedInto: null,
      shownOn: 'some-pages',
    });
    await world.passes(2_000);
    expect(told(world, 'p-ada')).toEqual([
      'Live',
      'Readers get this revision.',
      'Published. Pages that show it are being drawn again: 12 on the whole site are still to follow.',
    ]);
  });
});

test('of work that it does not know, the Studio says nothing', () => {
  const later = {
    ...atRest,
    work: [{ kind: 'collection', since, of: 'objects', done: 1, total: 2 }],
  };
  expect(siteStateFrom(later)).toEqual({
    release: 7,
    heldSince: null,
    redraw: null,
    dependants: 0,
  });
});
