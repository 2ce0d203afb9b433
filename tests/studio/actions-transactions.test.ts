import type { SanityClient } from '@sanity/client';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { parseDocument } from '../../src/briefing/parse.ts';
import { redirectIdOf as publishersRedirectIdOf } from '../../src/publishing/links.ts';
import type { Lake } from '../../local/lake/lake.ts';
import { failureOf } from '../../sanity/actions/revision-guard.ts';
import { mergeInto, referrersOf } from '../../sanity/actions/merging.ts';
import { setRetraction } from '../../sanity/actions/retraction.ts';
import { type PublishedRevision, unpublishTo } from '../../sanity/actions/unpublication.ts';
import { redirectIdOf } from '../../sanity/site/receipt-redirect.ts';
import { clientOf, startTestLake } from '../local/lake/lake-fixture.ts';

/* What the actions write, in a content lake, by the real client. */

let lake: Lake;
let client: SanityClient;

beforeEach(async () => {
  await lake?.close();
  lake = await startTestLake();
  client = clientOf(lake, { perspective: 'raw' });
});
afterAll(() => lake.close());

const briefing = {
  _id: 'briefing-one',
  _type: 'briefing',
  headline: 'Six dots',
  slug: { _type: 'slug', current: 'six-dots' },
};

test('a briefing is unpublished with where its readers go, in one transaction', async () => {
  const published = await create(briefing);
  const heard = await listening();
  await unpublishTo(client, published, { kind: 'briefing', id: 'briefing-two' });
  const transactions = await heard(3);
  expect(new Set(transactions).size).toBe(1);
  expect(await everything()).toEqual([
    { ...briefing, _id: 'drafts.briefing-one' },
    {
      _id: 'redirect-briefing-one',
      _type: 'redirect',
      from: 'briefing-one',
      to: { _type: 'reference', _ref: 'briefing-two', _weak: true },
    },
  ]);
  expect(parseDocument(await client.getDocument('redirect-briefing-one'))).toMatchObject({
    ok: true,
  });
});

test('home is a redirect without a target, and nowhere is none at all', async () => {
  const published = await create(briefing);
  await unpublishTo(client, published, { kind: 'home' });
  expect(await client.getDocument('redirect-briefing-one')).toMatchObject({ from: 'briefing-one' });
  expect(await client.getDocument('redirect-briefing-one')).not.toHaveProperty('to');

  const again = await create(briefing);
  await unpublishTo(client, again, { kind: 'nowhere' });
  expect(await everything()).toEqual([{ ...briefing, _id: 'drafts.briefing-one' }]);
});

test('a draft with newer text is kept when the published one is taken away', async () => {
  const published = await create(briefing);
  const draft = { ...briefing, _id: 'drafts.briefing-one', headline: 'Seven dots' };
  await create(draft);
  await unpublishTo(client, published, { kind: 'nowhere' });
  expect(await everything()).toEqual([draft]);
});

test('what somebody published meanwhile is not thrown away', async () => {
  const published = await create(briefing);
  await client.patch('briefing-one').set({ headline: 'Eight dots' }).commit();
  const refusal = await unpublishTo(client, published, { kind: 'home' }).catch(failureOf);
  expect(refusal).toMatch(/^Somebody has changed this document in the meantime/);
  expect(await everything()).toEqual([{ ...briefing, headline: 'Eight dots' }]);
});

test('the redirect of a long id has the name under which the publisher looks for it', async () => {
  for (const id of ['a', 'x'.repeat(119), 'x'.repeat(120), 'x'.repeat(128)]) {
    expect(await redirectIdOf(id)).toBe(publishersRedirectIdOf(id));
  }
});

test('a retraction is published at once, and takes no unfinished change along', async () => {
  const published = await create(briefing);
  await create({ ...briefing, _id: 'drafts.briefing-one', headline: 'Unfinished' });
  const retraction = { at: '2026-11-24T07:30:00.000Z', reason: 'The person does not exist.' };
  await setRetraction(client, published, { retraction, hasDraft: true });
  expect(await everything()).toEqual([
    { ...briefing, retraction },
    { ...briefing, _id: 'drafts.briefing-one', headline: 'Unfinished', retraction },
  ]);

  const retracted = await client.getDocument<PublishedRevision>('briefing-one');
  if (!retracted) throw new Error('The briefing is not there');
  await setRetraction(client, retracted, { retraction: null, hasDraft: true });
  expect(await everything()).toEqual([
    briefing,
    { ...briefing, _id: 'drafts.briefing-one', headline: 'Unfinished' },
  ]);
});

test('a duplicate goes on as another, and back; who refers to it is counted once', async () => {
  const person = await create({ _id: 'person-a', _type: 'person', name: 'A' });
  await create({ _id: 'person-b', _type: 'person', name: 'A, again' });
  const about = { person: { _type: 'reference', _ref: 'person-a' } };
  await create({ ...briefing, ...about });
  await create({ ...briefing, ...about, _id: 'drafts.briefing-one' });
  expect(await referrersOf(client, 'person-a')).toBe(1);
  expect(await referrersOf(client, 'person-b')).toBe(0);

  await mergeInto(client, person, { kept: 'person-b', hasDraft: false });
  expect(await client.getDocument('person-a')).toMatchObject({
    mergedInto: { _type: 'reference', _ref: 'person-b', _weak: true },
  });
  const merged = await client.getDocument<PublishedRevision>('person-a');
  if (!merged) throw new Error('The person is not there');
  await mergeInto(client, merged, { kept: null, hasDraft: false });
  expect(await client.getDocument('person-a')).not.toHaveProperty('mergedInto');
});

test('what went wrong is told in words that say what to do', () => {
  expect(failureOf(Object.assign(new Error('x'), { statusCode: 403 }))).toMatch(/may not do this/);
  expect(failureOf(new TypeError('Failed to fetch'))).toMatch(/Try again. \(Failed to fetch\)$/);
  expect(
    failureOf(
      Object.assign(
        new Error('Document "a" cannot be deleted as there are references to it from "b"'),
        { statusCode: 409 },
      ),
    ),
  ).toMatch(/^Other documents refer to this one/);
});

async function create(
  document: Readonly<Record<string, unknown>> & { readonly _id: string; readonly _type: string },
): Promise<PublishedRevision> {
  return client.createOrReplace<Record<string, unknown>>(document);
}

async function everything(): Promise<unknown[]> {
  const documents = await client.fetch<Record<string, unknown>[]>(
    '*[!(_type match "system.*")]|order(_id asc)',
  );
  return documents.map(({ _rev, _createdAt, _updatedAt, ...content }) => content);
}

/** The ids of the transactions from now on, one for each document that changes. */
async function listening(): Promise<(count: number) => Promise<string[]>> {
  const heard: string[] = [];
  let wake = () => {};
  let welcome = () => {};
  const welcomed = new Promise<void>((resolve) => (welcome = resolve));
  const subscription = client
    .listen('*[true]', {}, { includeResult: false, events: ['welcome', 'mutation'] })
    .subscribe((event) => {
      if (event.type === 'mutation') heard.push(event.transactionId);
      else welcome();
      wake();
    });
  await welcomed;
  return async (count) => {
    while (heard.length < count) await new Promise<void>((resolve) => (wake = resolve));
    subscription.unsubscribe();
    return heard;
  };
}
