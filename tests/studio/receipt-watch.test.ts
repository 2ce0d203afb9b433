import { expect, test } from 'vitest';
import type { PublicObject } from '../../src/site/public-object.ts';
import { contentHash } from '../../src/publishing/release.ts';
import { v1 } from '../../src/site/paths.ts';
import { secondsToCommit, secondsToEdge } from '../../sanity/receipt/progress.ts';
import { linksOf } from '../../sanity/receipt/links.ts';
import type { Revision } from '../../sanity/receipt/subject.ts';
import { wordsOf } from '../../sanity/receipt/words.ts';
import { objectsOf } from '../render/site.ts';
import { pages } from '../render/pages.ts';
import { absence, receiptWorld, revisionOf, start } from './receipt-world.ts';

const [fixture] = pages;
if (fixture === undefined) throw new Error('There is no numbered page');
const [page] = objectsOf(fixture);
if (page === undefined) throw new Error('The numbered page has no object');
const edited: PublicObject = { ...page, body: page.body.replace('</main>', '<p>New.</p></main>') };
const id = 'briefing-one';
const telling = { timeZone: 'Europe/London', field: 'Slug', survivor: null };

function told(world: ReturnType<typeof receiptWorld>): string {
  const progress = world.watches.progressOf(id);
  return progress === null ? 'nothing' : wordsOf(progress, telling).label;
}

test('a first publish: on its way, committed, and then with readers, each with its seconds', async () => {
  const world = receiptWorld();
  world.opens(id, absence);
  await world.passes(1_000);
  expect(told(world)).toBe('');
  expect(world.asked).toEqual([{ path: v1.briefing(id), at: 0 }]);

  world.changes(revisionOf(page, 'r1', { at: world.now() }));
  await world.passes(1_000);
  expect(told(world)).toBe('Publishing…');

  world.receipt(id, 'r1', { release: 7, contentHash: contentHash(page) });
  await world.passes(500);
  expect(world.stage(id)).toMatchObject({ kind: 'committed' });
  expect(told(world)).toBe('Publishing…');

  world.serves(page, 7);
  await world.passes(1_000);
  const progress = world.watches.progressOf(id);
  if (progress?.stage.kind !== 'seen') throw new Error('Readers do not get it');
  expect(secondsToCommit(progress.subject, progress.stage.receipt)).toBe(1);
  expect(secondsToEdge(progress)).toBeGreaterThan(1.4);
  expect(secondsToEdge(progress)).toBeLessThan(3);
  expect(told(world)).toMatch(/^Live · [12]\.\d s$/);

  const asked = world.asked.length;
  await world.passes(60 * 60_000);
  expect(world.asked.length).toBe(asked);
});

test('an edit is live when the edge serves its bytes, not while it serves the page before', async () => {
  const world = receiptWorld();
  world.serves(page, 7);
  world.receipt(id, 'r1', { release: 7, contentHash: contentHash(page) });
  world.opens(id, revisionOf(page, 'r1', { at: start - 60_000 }));
  await world.passes(1_000);
  expect(told(world)).toBe('Live');

  world.changes(revisionOf(page, 'r2', { at: world.now() }));
  world.receipt(id, 'r2', { release: 8, contentHash: contentHash(edited) });
  await world.passes(2_000);
  expect(world.stage(id)).toMatchObject({
    kind: 'committed',
    served: { kind: 'earlier', release: 7 },
  });

  world.serves(edited, 8);
  await world.passes(2_000);
  expect(told(world)).toMatch(/^Live · \d\.\d s$/);
});

test('without purging, readers get it within a minute and a half, and the site is asked ever less', async () => {
  const world = receiptWorld();
  world.serves(page, 7);
  world.opens(id, absence);
  world.changes(revisionOf(page, 'r2', { at: world.now() }));
  world.receipt(id, 'r2', { release: 8, contentHash: contentHash(edited) });
  await world.passes(85_000);
  expect(told(world)).toBe('Publishing…');
  const asked = world.asked.length;
  expect(asked).toBeLessThan(30);
  world.serves(edited, 8);
  await world.passes(5_000);
  expect(told(world)).toMatch(/^Live · (8[5-9]|90) s$/);
});

test('an edge that keeps an old page for longer is told, and not called live', async () => {
  const world = receiptWorld();
  world.serves(page, 7);
  world.receipt(id, 'r2', { release: 8, contentHash: contentHash(edited) });
  world.opens(id, revisionOf(page, 'r2', { at: start }));
  await world.passes(5 * 60_000);
  expect(told(world)).toBe('Readers see it late');
  await world.passes(60 * 60_000);
  expect(world.asked.length).toBeLessThan(120);
  world.serves(edited, 8);
  world.watches.again(id);
  await world.passes(1_000);
  expect(told(world)).toBe('Live');
});

test('at a site that is closed to readers the receipt is all there is to see, and nobody goes on asking', async () => {
  const world = receiptWorld();
  world.answers(page.path, 401);
  world.answers(v1.briefing(id), 401);
  world.opens(id, revisionOf(page, 'r1', { at: start }));
  world.receipt(id, 'r1', { release: 7, contentHash: contentHash(page) });
  await world.passes(2_000);
  expect(told(world)).toBe('On the site');
  const progress = world.watches.progressOf(id);
  if (progress === null) throw new Error('Nobody looks at it');
  expect(wordsOf(progress, telling).headline).toBe(
    'It is on the site, which asks readers for a password.',
  );
  expect(linksOf(progress, 'https://news.example').map(({ title }) => title)).toEqual([
    'Page',
    'JSON',
    'Feed',
  ]);
  const asked = world.asked.length;
  await world.passes(60 * 60_000);
  expect(world.asked.length).toBe(asked);

  world.opens(id, absence);
  await world.passes(1_000);
  expect(told(world)).toBe('Closed site');
});

test.each([
  ['a word', (body: string) => body.replace('</main>', '<p>Not ours.</p></main>')],
  ['a script', (body: string) => body.replace('</head>', '<script></script></head>')],
  ['the stamp', (body: string) => body.replace('pressrun:release', 'other:release')],
  ['nothing but a space', (body: string) => `${body} `],
])(
  'a page of which something else has changed %s is not what was published',
  async (_what, change) => {
    const world = receiptWorld();
    world.serves(page, 7, change);
    world.receipt(id, 'r1', { release: 7, contentHash: contentHash(page) });
    world.opens(id, revisionOf(page, 'r1', { at: start }));
    await world.passes(2_000);
    expect(world.stage(id)).toMatchObject({ kind: 'committed', served: { kind: 'altered' } });
    expect(told(world)).toBe('Not as published');
  },
);

test('a page that a later release drew again is with readers too', async () => {
  const world = receiptWorld();
  world.serves(edited, 9);
  world.receipt(id, 'r1', { release: 7, contentHash: contentHash(page) });
  world.opens(id, revisionOf(page, 'r1', { at: start }));
  await world.passes(1_000);
  expect(world.stage(id)).toMatchObject({ kind: 'seen', release: 9 });
});

test('a refused revision names the field, and says whether readers have the one before', async () => {
  const world = receiptWorld();
  world.receipt(id, 'r2', {
    state: 'quarantined',
    contentHash: contentHash(page),
    problems: [{ code: 'slug-taken', path: 'slug' }],
  });
  world.opens(id, revisionOf(page, 'r2', { at: start }));
  await world.passes(1_000);
  expect(told(world)).toBe('Not live: Slug');
  expect(world.stage(id)).toMatchObject({ kind: 'quarantined', stands: true });
  const asked = world.asked.length;
  await world.passes(60 * 60_000);
  expect(world.asked.length).toBe(asked);
});

test('an embargo says until when, rests, and follows when its instant has come', async () => {
  const world = receiptWorld();
  const publishAt = '2026-11-24T09:30:00.000Z';
  world.receipt(id, 'r1', { state: 'embargoed' });
  world.opens(id, revisionOf(page, 'r1', { at: start, publishAt }));
  await world.passes(1_000);
  expect(told(world)).toBe('Embargo until 24 Nov 2026, 09:30');
  await world.passes(Date.parse(publishAt) - world.now());
  expect(world.asked.length).toBeLessThan(5);

  world.receipt(id, 'r1', { release: 9, contentHash: contentHash(page) });
  world.serves(page, 9);
  await world.passes(30_000);
  expect(told(world)).toBe('Live');
  const progress = world.watches.progressOf(id);
  if (progress?.stage.kind !== 'seen') throw new Error('Readers do not get it');
  expect(secondsToCommit(progress.subject, progress.stage.receipt)).toBe(0);
});

test('what has expired is told', async () => {
  const world = receiptWorld();
  world.receipt(id, 'r1', { state: 'expired' });
  world.opens(id, revisionOf(page, 'r1', { at: start }));
  await world.passes(1_000);
  expect(told(world)).toBe('Expired');
});

test('an unpublish is watched until the address says that it is gone', async () => {
  const world = receiptWorld();
  world.serves(page, 7);
  world.receipt(id, 'r1', { release: 7, contentHash: contentHash(page) });
  world.answers(v1.briefing(id), 200);
  world.opens(id, revisionOf(page, 'r1', { at: start }));
  await world.passes(1_000);
  world.changes(absence);
  await world.passes(3_000);
  expect(told(world)).toBe('Taking down…');
  world.answers(v1.briefing(id), 410, {
    type: 'gone',
    release: 8,
    at: '2026-11-24T07:30:05.000Z',
    movedTo: 'https://news.example/briefings/other/',
  });
  await world.passes(5_000);
  expect(world.stage(id)).toEqual({
    kind: 'gone',
    answer: {
      kind: 'gone',
      release: 8,
      at: '2026-11-24T07:30:05.000Z',
      movedTo: 'https://news.example/briefings/other/',
    },
  });
  expect(told(world)).toBe('Taken down');
});

test('a person who was merged leads on', async () => {
  const world = receiptWorld();
  const path = v1.person('person-a');
  world.answers(path, 200, {}, 'https://news.example/v1/people/person-b.json');
  world.opens('person-a', { kind: 'absence', id: 'person-a', contract: path });
  await world.passes(1_000);
  expect(world.stage('person-a')).toEqual({
    kind: 'gone',
    answer: { kind: 'moved', to: 'https://news.example/v1/people/person-b.json' },
  });
});

test('a merge is told by whom readers are led to, and from which address, once they are', async () => {
  const world = receiptWorld();
  const merged = personMerged();
  world.answers(v1.person('person-a'), 200);
  world.opens('person-a', merged);
  world.receipt('person-a', 'r2', { release: 8, contentHash: 'of-the-page-that-goes' });
  await world.passes(2_000);
  expect(toldOfMerge(world)).toEqual([
    'Merged into Ada Lovelace',
    'It is merged. Waiting until readers are led on.',
    [],
  ]);

  world.answers(v1.person('person-a'), 200, {}, 'https://news.example/v1/people/person-b.json');
  await world.passes(5_000);
  expect(toldOfMerge(world)).toEqual([
    'Merged into Ada Lovelace',
    'Readers of /people/ada-byron/ are led to Ada Lovelace.',
    ['https://news.example/people/ada-byron/'],
  ]);
  const asked = world.asked.length;
  await world.passes(60 * 60_000);
  expect(world.asked.length).toBe(asked);
});

test.each([
  ['whose page is gone', 410, 'Its page is gone, and Ada Lovelace has none to lead to.'],
  ['who never had a page', 404, 'It never had a page that could lead on.'],
])('a merged person %s leads nowhere, and is not said to', async (_who, status, headline) => {
  const world = receiptWorld();
  world.answers(v1.person('person-a'), status);
  world.receipt('person-a', 'r2', {});
  world.opens('person-a', personMerged());
  await world.passes(1_000);
  expect(toldOfMerge(world)).toEqual(['Merged into Ada Lovelace', headline, []]);
});

test('a merge of long ago is told without its receipt', async () => {
  const world = receiptWorld();
  world.answers(v1.person('person-a'), 200, {}, 'https://news.example/v1/people/person-b.json');
  world.opens('person-a', personMerged(start - 30 * 24 * 3_600_000));
  await world.passes(1_000);
  expect(toldOfMerge(world)[1]).toBe('Readers of /people/ada-byron/ are led to Ada Lovelace.');
});

test('a merged team has no page: what shows it, shows the other', async () => {
  const world = receiptWorld();
  world.receipt('person-a', 'r2', {});
  world.opens('person-a', { ...personMerged(), page: null, contract: null });
  await world.passes(1_000);
  expect(toldOfMerge(world)).toEqual([
    'Merged into Ada Lovelace',
    'Whatever refers to this record shows Ada Lovelace.',
    [],
  ]);
});

/** The record of Ada Byron, published as merged into that of Ada Lovelace. */
function personMerged(at = start): Revision {
  return {
    kind: 'revision',
    id: 'person-a',
    rev: 'r2',
    publishedAt: new Date(at).toISOString(),
    publishAt: null,
    page: { path: '/people/ada-byron/', tag: 'person-a' },
    contract: v1.person('person-a'),
    mergedInto: 'person-b',
    shownOn: 'some-pages',
  };
}

function toldOfMerge(world: ReturnType<typeof receiptWorld>): readonly unknown[] {
  const progress = world.watches.progressOf('person-a');
  if (progress === null) return [];
  const { label, headline } = wordsOf(progress, { ...telling, survivor: 'Ada Lovelace' });
  return [label, headline, linksOf(progress, 'https://news.example').map(({ url }) => url)];
}

test('a country has no page: its receipt alone says that it is used', async () => {
  const world = receiptWorld();
  world.receipt('country-fr', 'c1', { release: 8 });
  world.opens('country-fr', {
    kind: 'revision',
    id: 'country-fr',
    rev: 'c1',
    publishedAt: new Date(start).toISOString(),
    publishAt: null,
    page: null,
    contract: null,
    mergedInto: null,
    shownOn: 'some-pages',
  });
  await world.passes(1_000);
  expect(world.stage('country-fr')).toMatchObject({ kind: 'used' });
});

test('offline is said as such, asked again less and less often, and over when the site answers', async () => {
  const world = receiptWorld();
  world.opens(id, absence);
  await world.passes(100);
  world.goesDown();
  world.changes(revisionOf(page, 'r1', { at: world.now() }));
  await world.passes(60_000);
  expect(told(world)).toBe('Site out of reach');
  expect(world.asked.length).toBeLessThan(10);
  world.receipt(id, 'r1', { release: 7, contentHash: contentHash(page) });
  world.serves(page, 7);
  world.comesBack();
  await world.passes(31_000);
  expect(told(world)).toMatch(/^Live/);
});

test('a minute without a receipt says what may be wrong; the watch ends, and can be begun again', async () => {
  const world = receiptWorld();
  world.opens(id, absence);
  world.changes(revisionOf(page, 'r1', { at: world.now() }));
  await world.passes(59_000);
  expect(told(world)).toBe('Publishing…');
  await world.passes(8_000);
  expect(told(world)).toBe('Publishing takes long');
  await world.passes(3 * 60 * 60_000);
  const asked = world.asked.length;
  expect(asked).toBeLessThan(110);
  await world.passes(60 * 60_000);
  expect(world.asked.length).toBe(asked);
  world.receipt(id, 'r1', { release: 7, contentHash: contentHash(page) });
  world.serves(page, 7);
  world.watches.again(id);
  await world.passes(1_000);
  expect(told(world)).toBe('Live');
});

test('of two publishes in quick succession the later one is followed, with its own seconds', async () => {
  const world = receiptWorld();
  world.opens(id, absence);
  world.changes(revisionOf(page, 'r1', { at: world.now() }));
  await world.passes(400);
  world.changes(revisionOf(page, 'r2', { at: world.now() }));
  world.receipt(id, 'r1', { release: 7, contentHash: contentHash(page) });
  world.serves(page, 7);
  await world.passes(2_000);
  expect(told(world)).toBe('Publishing…');
  world.receipt(id, 'r2', { release: 8, contentHash: contentHash(edited) });
  world.serves(edited, 8);
  await world.passes(2_000);
  expect(world.stage(id)).toMatchObject({ kind: 'seen', release: 8 });
  expect(told(world)).toMatch(/^Live · [23]\.\d s$/);
});

test('a hidden tab asks nothing, and goes on when it is shown, without telling seconds', async () => {
  const world = receiptWorld();
  world.opens(id, absence);
  await world.passes(100);
  world.changes(revisionOf(page, 'r1', { at: world.now() }));
  await world.passes(1_000);
  world.hides();
  const asked = world.asked.length;
  await world.passes(10 * 60_000);
  expect(world.asked.length).toBe(asked);
  world.receipt(id, 'r1', { release: 7, contentHash: contentHash(page) });
  world.serves(page, 7);
  world.shows();
  await world.passes(1_000);
  expect(told(world)).toBe('Live');
});

test('a closed document is not asked about, and its revision of meanwhile was not watched', async () => {
  const world = receiptWorld();
  world.opens(id, revisionOf(page, 'r1', { at: start }));
  await world.passes(1_000);
  world.closes(id);
  const asked = world.asked.length;
  await world.passes(60_000);
  expect(world.asked.length).toBe(asked);
  world.receipt(id, 'r2', { release: 8, contentHash: contentHash(page) });
  world.serves(page, 8);
  world.opens(id, revisionOf(page, 'r2', { at: start + 30_000 }));
  await world.passes(1_000);
  expect(told(world)).toBe('Live');
});

test('a document that is closed and opened again is followed on', async () => {
  const world = receiptWorld();
  world.opens(id, revisionOf(page, 'r1', { at: start }));
  await world.passes(1_000);
  world.closes(id);
  await world.passes(10_000);
  world.receipt(id, 'r1', { release: 7, contentHash: contentHash(page) });
  world.serves(page, 7);
  world.opens(id, revisionOf(page, 'r1', { at: start }));
  await world.passes(1_000);
  expect(told(world)).toBe('Live');
});

test('what was published long ago has no receipt any more: the site itself is asked', async () => {
  const world = receiptWorld();
  const longAgo = start - 30 * 24 * 3_600_000;
  world.answers(v1.briefing(id), 200);
  world.opens(id, revisionOf(page, 'r1', { at: longAgo }));
  await world.passes(1_000);
  expect(world.stage(id)).toEqual({ kind: 'unkept', answer: { kind: 'there' } });
  expect(told(world)).toBe('Live');
  expect(world.asked.length).toBe(2);
});
