import type { SanityClient } from '@sanity/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Lake } from '../../local/lake/lake.ts';
import { briefingPreview } from '../../sanity/schema-types/briefing-preview.ts';
import {
  aboutCountry,
  aboutPerson,
  drafts,
  type Listing,
  live,
  ofMonth,
  onTopic,
  queryOf,
  scheduled,
  searchOf,
  today,
} from '../../sanity/structure/listing.ts';
import {
  archiveMonth,
  countsQuery,
  monthsBetween,
  spanQuery,
} from '../../sanity/structure/months.ts';
import { type Stored, standingOf } from '../../sanity/structure/standing.ts';
import { clientOf, startTestLake } from '../local/lake/lake-fixture.ts';

/* What the lists of the desk show of a content lake. */

let lake: Lake & { time: { now: number } };
let client: SanityClient;

beforeAll(async () => {
  lake = await startTestLake();
  lake.time.now = Date.parse('2026-11-24T09:00:00.000Z');
  client = clientOf(lake, { perspective: 'raw' });
  const reference = (_ref: string) => ({ _type: 'reference', _ref });
  const documents: readonly (Record<string, unknown> & {
    readonly _id: string;
    readonly _type: string;
  })[] = [
    { _id: 'ada', _type: 'person', name: 'Ada Lovelace' },
    { _id: 'kz', _type: 'country', name: 'Kazakhstan' },
    { _id: 'drafts.kz', _type: 'country', name: 'Kazakhstan, again' },
    { _id: 'looms', _type: 'topic', title: 'Looms' },
    { _id: 'ada-king', _type: 'person', name: 'Ada King', mergedInto: reference('ada') },
    { _id: 'weaving', _type: 'topic', title: 'Weaving', mergedInto: reference('looms') },
    {
      _id: 'older',
      _type: 'briefing',
      headline: 'Cards with holes',
      date: '2026-09-01',
      person: reference('ada-king'),
      topics: [{ _key: 'a', ...reference('weaving') }],
    },
    {
      _id: 'old',
      _type: 'briefing',
      headline: 'The loom in the argument',
      date: '2026-10-01',
      person: reference('ada'),
      countries: [{ _key: 'a', ...reference('kz') }],
      topics: [{ _key: 'a', ...reference('looms') }],
    },
    { _id: 'drafts.old', _type: 'briefing', headline: 'The loom, mended', date: '2026-10-02' },
    { _id: 'of-today', _type: 'briefing', headline: 'Today', date: '2026-11-24' },
    { _id: 'drafts.begun', _type: 'briefing', headline: 'Begun', date: '2026-11-24' },
    {
      _id: 'later',
      _type: 'briefing',
      headline: 'Later today',
      date: '2026-11-30',
      publishAt: '2026-11-24T18:00:00.000Z',
    },
    // A wish that nobody has handed over yet.
    {
      _id: 'drafts.wish',
      _type: 'briefing',
      headline: 'A wish',
      date: '2026-11-20',
      publishAt: '2027-01-01T00:00:00.000Z',
    },
    {
      _id: 'ended',
      _type: 'briefing',
      headline: 'Ended',
      date: '2026-11-01',
      unpublishAt: '2026-11-20T00:00:00.000Z',
    },
  ];
  for (const document of documents) {
    await client.create<Record<string, unknown>>(document);
  }
});
afterAll(() => lake.close());

const day = {
  date: '2026-11-24',
  begins: '2026-11-24T00:00:00.000Z',
  ends: '2026-11-25T00:00:00.000Z',
};

async function rowsOf(listing: Listing, words: readonly string[] = []): Promise<string[]> {
  const { rows, count } = await client.fetch<{ rows: { id: string }[]; count: number }>(
    // Time of queries is the content lake's; the test's stands still.
    queryOf(listing).replaceAll('now()', '"2026-11-24T09:00:00.000Z"'),
    { ...listing.params, words, shown: 50 },
    { perspective: listing.perspective },
  );
  expect(count).toBe(rows.length);
  return rows.map(({ id }) => id);
}

test('today: what is dated today and what goes out today, drafts and all, newest first', async () => {
  expect(new Set(await rowsOf(today(day)))).toEqual(new Set(['later', 'of-today', 'begun']));
});

test('drafts: whatever has changes that readers do not have, of any type', async () => {
  expect(new Set(await rowsOf(drafts))).toEqual(
    new Set(['drafts.kz', 'drafts.old', 'drafts.begun', 'drafts.wish']),
  );
});

test('scheduled: what was handed over with an hour to come, and no mere wish', async () => {
  expect(await rowsOf(scheduled)).toEqual(['later']);
});

test('live: what is published, begun and not ended, as it is published', async () => {
  expect(await rowsOf(live)).toEqual(['of-today', 'old', 'older']);
});

test('briefings are found by whom, where and on what they are, duplicates counted in', async () => {
  // The draft of the old one has lost all three.
  await client.delete('drafts.old');
  expect(await rowsOf(aboutPerson('ada'))).toEqual(['old', 'older']);
  expect(await rowsOf(aboutCountry('kz'))).toEqual(['old']);
  expect(await rowsOf(onTopic('looms'))).toEqual(['old', 'older']);
  expect(await rowsOf(aboutPerson('nobody'))).toEqual([]);
});

test('a list is searched by words of the headline and of the person’s name', async () => {
  expect(await rowsOf(searchOf(live), ['loo*', 'argu*'])).toEqual(['old']);
  expect(await rowsOf(searchOf(live), ['lovel*'])).toEqual(['old']);
  expect(await rowsOf(searchOf(live), ['king*', 'holes*'])).toEqual(['older']);
  expect(await rowsOf(searchOf(live), ['loo*', 'nothing*'])).toEqual([]);
});

test('months from the newest to the oldest, each with how many it has', async () => {
  const { first, last } = await client.fetch<{ first: string; last: string }>(
    spanQuery,
    {},
    { perspective: 'published' },
  );
  const months = monthsBetween(first, last);
  expect(months.map(({ title }) => title)).toEqual([
    'November 2026',
    'October 2026',
    'September 2026',
  ]);
  expect(await client.fetch(countsQuery(months), {}, { perspective: 'published' })).toEqual({
    '2026-11': 3,
    '2026-10': 1,
    '2026-09': 1,
  });
  expect(await rowsOf(ofMonth(archiveMonth('2026-10')))).toEqual(['old']);
});

test('a year’s end is a month’s end', () => {
  expect(archiveMonth('2026-12')).toEqual({
    month: '2026-12',
    title: 'December 2026',
    first: '2026-12-01',
    next: '2027-01-01',
  });
});

const stored: Stored = { publishAt: null, unpublishAt: null };
const now = '2026-11-24T09:00:00.000Z';

test.each([
  ['never published', { draft: stored, published: null }, true, ['Draft']],
  ['live', { draft: null, published: stored }, true, []],
  ['live, and edited', { draft: stored, published: stored }, true, ['Unpublished changes']],
  [
    'under embargo',
    { draft: null, published: { ...stored, publishAt: '2026-11-24T18:00:00.000Z' } },
    true,
    ['From 24 Nov 2026, 18:00'],
  ],
  [
    'expired',
    { draft: null, published: { ...stored, unpublishAt: '2026-11-24T08:00:00.000Z' } },
    true,
    ['Expired'],
  ],
  ['a person, edited', { draft: stored, published: stored }, false, ['Unpublished changes']],
] as const)('%s', (_name, pair, isBriefing, labels) => {
  const standings = standingOf(pair, { isBriefing, now, timeZone: 'Europe/London' });
  expect(standings.map(({ label }) => label)).toEqual(labels);
});

test('a row says once that its briefing is retracted', () => {
  const selected = { headline: 'Six dots', date: '2026-11-24', retractedAt: now };
  const standings = standingOf(
    { draft: null, published: stored },
    { isBriefing: true, now, timeZone: 'Europe/London' },
  );
  const { title, subtitle } = briefingPreview.prepare?.(selected) ?? {};
  expect([title, subtitle, ...standings]).toEqual(['Six dots', 'Retracted · 2026-11-24']);
});
