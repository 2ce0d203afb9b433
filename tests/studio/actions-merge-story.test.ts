import type { SanityClient } from '@sanity/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Lake } from '../../local/lake/lake.ts';
import { mergeInto } from '../../sanity/actions/merging.ts';
import type { KeptDocument } from '../fakes/memory-lake.ts';
import { clientOf, startTestLake } from '../local/lake/lake-fixture.ts';
import { type Newsroom, openNewsroom } from '../publishing/newsroom.ts';
import { person } from '../simulator/newsroom.ts';

/* What readers find when an editor has merged two records, by the Studio's own transaction. */

let lake: Lake;
let client: SanityClient;
let newsroom: Newsroom;

beforeAll(async () => {
  lake = await startTestLake();
  client = clientOf(lake, { perspective: 'raw' });
  newsroom = openNewsroom();
});
afterAll(() => lake.close());

test('a person who was merged leads to the survivor in one hop, whom every briefing names', async () => {
  newsroom.put('p-byron', 'person', person('Ada Byron', 'ada-byron', 'c-uk'));
  newsroom.brief('b-one', { person: 'p-byron' });
  newsroom.brief('b-two', { person: 'p-byron', date: '2025-10-12' });
  newsroom.brief('b-three');
  for (const { _rev, _createdAt, _updatedAt, ...document } of newsroom.documents.values()) {
    await client.create<Record<string, unknown>>(document);
  }
  await publishing('b-one', 'b-two', 'b-three', 'p-byron', 'p-ada');
  expect(await newsroom.naming('Ada Byron')).toContain('/briefings/one/');

  await mergeInto(client, await published('p-byron'), { kept: 'p-ada', hasDraft: false });
  await publishing('p-byron');

  expect(await newsroom.site('/people/')).toEqual([
    '/people/ada-byron/ 301 /people/ada-lovelace/',
    '/people/ada-byron/2025/ 301 /people/ada-lovelace/2025/',
    '/people/ada-lovelace/ 200',
    '/people/ada-lovelace/2025/ 200',
  ]);
  expect(await newsroom.site('/v1/people/')).toEqual([
    '/v1/people/p-ada.json 200',
    '/v1/people/p-ada/2025.json 200',
    '/v1/people/p-ada/2026.json 200',
    '/v1/people/p-byron.json 301 /v1/people/p-ada.json',
    '/v1/people/p-byron/2025.json 301 /v1/people/p-ada.json',
    '/v1/people/p-byron/2026.json 301 /v1/people/p-ada.json',
  ]);
  for (const slug of ['one', 'two', 'three']) {
    expect(await newsroom.text(`/briefings/${slug}/`)).toContain('<bdi>Ada Lovelace</bdi>');
    expect(await newsroom.links(`/briefings/${slug}/`)).toContain('/people/ada-lovelace/');
  }
  expect(await newsroom.naming('Ada Byron')).toEqual([]);
});

/** The publisher hears of documents, and reads what the content lake has of them. */
async function publishing(...ids: readonly string[]): Promise<void> {
  for (const id of ids) {
    newsroom.documents.set(id, await published(id));
  }
  await newsroom.publishWhole(ids);
}

async function published(id: string): Promise<KeptDocument> {
  const document = await client.getDocument<Record<string, unknown>>(id);
  if (!document) throw new Error(`There is no ${id} in the lake`);
  return document;
}
