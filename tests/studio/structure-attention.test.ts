import { expect, test } from 'vitest';
import type { Receipt } from '../../sanity/receipt/progress.ts';
import {
  type Examination,
  type Examined,
  examine,
  type Fetched,
} from '../../sanity/structure/examination.ts';
import { briefingDocument, paragraph } from '../briefing/sample.ts';

const inOrder = (id: string, _rev = 'r1'): Fetched => ({
  _id: id,
  _type: 'topic',
  _rev,
  title: `Topic ${id}`,
  slug: { _type: 'slug', current: id },
});
const outOfOrder = (id: string): Fetched => ({ _id: id, _type: 'topic', _rev: 'r1', title: id });

const refused: Receipt = {
  state: 'quarantined',
  release: 7,
  committedAt: '2026-11-24T07:30:00.000Z',
  contentHash: null,
  problems: [{ code: 'required', path: 'slug', holder: null }],
};

function publication(
  documents: readonly Fetched[],
  receipts: Readonly<Record<string, Receipt>> = {},
): Examined & { readonly asked: string[]; readonly pages: number[] } {
  const asked: string[] = [];
  const pages: number[] = [];
  return {
    asked,
    pages,
    count: async () => documents.length,
    page: async (after, size) => {
      const from = after === null ? 0 : documents.indexOf(after) + 1;
      pages.push(size);
      return documents.slice(from, from + size);
    },
    receipt: async (id) => {
      asked.push(id);
      return receipts[id] ?? null;
    },
  };
}

async function examined(world: Examined, most = 2_000): Promise<Examination[]> {
  const told: Examination[] = [];
  for await (const each of examine(world, { most, isWanted: () => true })) told.push(each);
  return told;
}

test('a document that was broken behind the Studio’s back is found, with its field', async () => {
  const world = publication([inOrder('a'), outOfOrder('broken')], { broken: refused });
  const told = await examined(world);
  expect(told.at(-1)).toMatchObject({ looked: 2, total: 2, isDone: true, siteIsSilent: false });
  expect(told.at(-1)?.concerns).toEqual([
    {
      id: 'broken',
      type: 'topic',
      title: 'broken',
      kind: 'refused',
      // A topic has no page of its own.
      earlierStands: null,
      problems: [
        {
          code: 'required',
          path: 'slug',
          message: 'The topic has no address yet.',
          fix: 'Press Generate beside the slug.',
          other: null,
        },
      ],
    },
  ]);
});

test('only the site knows that an address is taken: the receipt of a recent one says so', async () => {
  const taken: Receipt = {
    ...refused,
    contentHash: 'earlier',
    problems: [{ code: 'slug-taken', path: 'slug', holder: 'topic-b' }],
  };
  const person = { ...inOrder('topic-a'), _type: 'person', name: 'A' };
  const told = await examined(publication([person], { 'topic-a': taken }));
  expect(told.at(-1)?.concerns).toMatchObject([
    {
      kind: 'refused',
      earlierStands: true,
      problems: [{ message: 'Another document has this address already.', other: 'topic-b' }],
    },
  ]);
});

test('what is live with something to mend is told apart', async () => {
  const live: Receipt = {
    ...refused,
    state: 'live',
    problems: [{ code: 'reference-gone', path: 'mergedInto', holder: null }],
  };
  const told = await examined(publication([inOrder('a')], { a: live }));
  expect(told.at(-1)?.concerns).toMatchObject([{ kind: 'shown', earlierStands: null }]);
});

test('more text than is let in today is no concern where it was accepted, and one where it was not', async () => {
  const furtherComments = Array.from({ length: 4 }, (_, at) =>
    paragraph(`p${at}`, 'x'.repeat(60_000)),
  );
  const long = (id: string): Fetched => briefingDocument({ _id: id, furtherComments });
  const live: Receipt = { ...refused, state: 'live', problems: [] };
  const problems = [{ code: 'too-much-text', path: '', holder: null }];
  const told = await examined(
    publication([long('live'), long('refused'), long('long-ago'), inOrder('a')], {
      live,
      refused: { ...refused, problems },
    }),
  );
  expect(told.at(-1)?.concerns).toMatchObject([
    { id: 'refused', kind: 'refused', problems: [{ code: 'too-much-text' }] },
  ]);
});

test('a thousand documents are looked at page by page, and few receipts are asked for', async () => {
  const documents = Array.from({ length: 1_000 }, (_, number) =>
    number % 2 === 0 ? inOrder(`t-${number}`) : outOfOrder(`t-${number}`),
  );
  const world = publication(documents);
  const told = await examined(world);
  expect(told.map(({ looked }) => looked)).toEqual([
    100, 200, 300, 400, 500, 600, 700, 800, 900, 1_000, 1_000,
  ]);
  expect(told.at(-1)?.concerns.length).toBe(500);
  expect(world.asked.length).toBe(120);
  expect(new Set(world.asked.slice(0, 40)).size).toBe(40);
});

test('it ends by itself, and says how much is left', async () => {
  const world = publication(Array.from({ length: 250 }, (_, number) => inOrder(`t-${number}`)));
  const told = await examined(world, 150);
  expect(told.at(-1)).toMatchObject({ looked: 150, total: 250, isDone: true });
  expect(world.pages).toEqual([100, 50]);
});

test('a site that does not answer leaves what the rules say', async () => {
  const world: Examined = {
    ...publication([inOrder('a'), outOfOrder('broken')]),
    receipt: () => Promise.reject(new TypeError('Failed to fetch')),
  };
  const told = await examined(world);
  expect(told.at(-1)).toMatchObject({
    siteIsSilent: true,
    concerns: [{ id: 'broken', earlierStands: null }],
  });
});

test('nobody waits for it any more: it stops', async () => {
  const world = publication(Array.from({ length: 500 }, (_, number) => inOrder(`t-${number}`)));
  let pages = 0;
  for await (const _ of examine(world, { most: 2_000, isWanted: () => pages < 2 })) pages += 1;
  expect(world.pages.length).toBe(2);
});
