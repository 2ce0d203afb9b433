import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Lake } from '../../../local/lake/lake.ts';
import { clientOf, refusalOf, startTestLake, tokens } from './lake-fixture.ts';

let lake: Lake & { time: { now: number } };

beforeAll(async () => {
  lake = await startTestLake();
  const client = clientOf(lake);
  await client.create({ _id: 'ada', _type: 'person', name: 'Ada Lovelace' });
  await client.create({ _id: 'drafts.ada', _type: 'person', name: 'Ada King' });
  await client.create({ _id: 'versions.r1.ada', _type: 'person', name: 'Ada Byron' });
  await client.create({ _id: 'drafts.bob', _type: 'person', name: 'Bob' });
  await client.create({
    _id: 'b1',
    _type: 'briefing',
    headline: 'An engine',
    person: { _type: 'reference', _ref: 'ada' },
  });
});
afterAll(() => lake.close());

const names = '*[_type == "person"]{_id, _originalId, name} | order(_id asc, name asc)';

test.each([
  ['published', [{ _id: 'ada', _originalId: null, name: 'Ada Lovelace' }]],
  [
    'drafts',
    [
      { _id: 'ada', _originalId: 'drafts.ada', name: 'Ada King' },
      { _id: 'bob', _originalId: 'drafts.bob', name: 'Bob' },
    ],
  ],
  [
    'previewDrafts',
    [
      { _id: 'ada', _originalId: 'drafts.ada', name: 'Ada King' },
      { _id: 'bob', _originalId: 'drafts.bob', name: 'Bob' },
    ],
  ],
  [
    'r1,drafts',
    [
      { _id: 'ada', _originalId: 'versions.r1.ada', name: 'Ada Byron' },
      { _id: 'bob', _originalId: 'drafts.bob', name: 'Bob' },
    ],
  ],
  [
    'raw',
    [
      { _id: 'ada', _originalId: null, name: 'Ada Lovelace' },
      { _id: 'drafts.ada', _originalId: null, name: 'Ada King' },
      { _id: 'drafts.bob', _originalId: null, name: 'Bob' },
      { _id: 'versions.r1.ada', _originalId: null, name: 'Ada Byron' },
    ],
  ],
] as const)('the perspective %s sees its documents', async (perspective, expected) => {
  const response = await fetch(
    `${lake.url}/v2026-03-01/data/query/production?${new URLSearchParams({ query: names, perspective })}`,
    { headers: { authorization: `Bearer ${tokens.editor}` } },
  );

  expect(await response.json()).toMatchObject({ query: names, result: expected });
});

test('unnamed, the perspective is published for a new API version and raw for an old one', async () => {
  const count = 'count(*[_type == "person"])';

  expect(await clientOf(lake).fetch(count)).toBe(1);
  expect(await clientOf(lake, { apiVersion: '2025-02-18' }).fetch(count)).toBe(4);
});

test('a reference resolves within the perspective', async () => {
  const query = '*[_id == "b1"][0].person->name';

  expect(await clientOf(lake).fetch(query)).toBe('Ada Lovelace');
  expect(await clientOf(lake).fetch(query, {}, { perspective: 'drafts' })).toBe('Ada King');
});

test('parameters and queries too long for an address arrive whole', async () => {
  const ids = Array.from({ length: 1_000 }, (_, index) => `briefing-number-${index}`);

  expect(await clientOf(lake).fetch('*[_id in $ids]._id', { ids: [...ids, 'ada'] })).toEqual([
    'ada',
  ]);
});

test('the Studio’s search query finds words anywhere, in any case', async () => {
  const search = '*[_type in $types && ([@, _id] match text::query($q))]{_id}';
  const found = (q: string) =>
    clientOf(lake).fetch(search, { types: ['person', 'briefing'], q }, { perspective: 'drafts' });

  expect(await found('KING*')).toEqual([{ _id: 'ada' }]);
  expect(await found('engine an')).toEqual([{ _id: 'b1' }]);
  expect(await found('ada -king')).toEqual([{ _id: 'b1' }]);
  expect(await found('')).toHaveLength(3);
});

test('the query comes back only when asked for', async () => {
  const response = await clientOf(lake).fetch('1 + 1', {}, { filterResponse: false });
  const bare = await fetch(
    `${lake.url}/v1/data/query/production?${new URLSearchParams({ query: '1 + 1', returnQuery: 'false' })}`,
  );

  expect(response).toEqual({
    query: '1 + 1',
    result: 2,
    ms: expect.any(Number),
    syncTags: ['s1:production'],
  });
  expect(await bare.json()).toEqual({
    result: 2,
    ms: expect.any(Number),
    syncTags: ['s1:production'],
  });
});

test('a query that does not parse is shown with the place', async () => {
  const refusal = await refusalOf(clientOf(lake).fetch('*[_type == '));

  expect(refusal.status).toBe(400);
  expect(refusal.body).toMatchObject({
    error: { type: 'queryParseError', query: '*[_type == ', start: 10, end: 10 },
  });
  expect(refusal.message).toContain('GROQ query parse error:\n> 1 | *[_type ==');
});

test('several documents by id, in the order asked for', async () => {
  const documents = await clientOf(lake).getDocuments(['b1', 'nobody', 'drafts.ada']);

  expect(documents.map((document) => document?._id ?? null)).toEqual(['b1', null, 'drafts.ada']);
});

test('a document with its draft and versions, by the published id', async () => {
  const documents = await clientOf(lake).getDocument('ada', { includeAllVersions: true });

  expect(documents.map(({ _id }) => _id).sort()).toEqual(['ada', 'drafts.ada', 'versions.r1.ada']);
});

test('a lagging query is late; a read by id is not', async () => {
  const client = clientOf(lake);
  lake.time.now += 60_000;
  lake.setFaults({ queryLagMs: 1_500 });
  await client.patch('ada').set({ name: 'Countess' }).commit();
  const query = () => client.fetch('*[_id == "ada"][0].name');

  expect(await query()).toBe('Ada Lovelace');
  expect((await client.getDocument('ada'))?.['name']).toBe('Countess');
  lake.time.now += 1_500;
  expect(await query()).toBe('Countess');
  lake.setFaults({});
});

test('the export has every document, one a line', async () => {
  const response = await fetch(`${lake.url}/v1/data/export/production`, {
    headers: { authorization: `Bearer ${tokens.editor}` },
  });
  const ids = (await response.text())
    .trimEnd()
    .split('\n')
    .map((line) => String(JSON.parse(line)['_id']));

  expect(ids.sort()).toEqual(['ada', 'b1', 'drafts.ada', 'drafts.bob', 'versions.r1.ada']);
});
