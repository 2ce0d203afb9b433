import type { Action } from '@sanity/client';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { Lake } from '../../../local/lake/lake.ts';
import { clientOf, refusalOf, startTestLake, tokens } from './lake-fixture.ts';

let lake: Lake & { time: { now: number } };

beforeAll(async () => {
  lake = await startTestLake();
});
afterAll(() => lake.close());
beforeEach(async () => {
  await fetch(`${lake.url}/_local/reset`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.editor}` },
  });
});

const act = (action: Action | Action[], transactionId: string) =>
  clientOf(lake).action(action, { transactionId });

/** Everything in the lake, without the system attributes that are told elsewhere. */
async function contents(): Promise<unknown> {
  return clientOf(lake).fetch(
    '*[] | order(_id) {_id, _rev, headline, person, state, _createdAt}',
    {},
    { perspective: 'raw' },
  );
}

const draft = { draftId: 'drafts.b1', publishedId: 'b1' };
const noon = '2026-03-01T12:00:00.000Z';

const createDraft: Action = {
  actionType: 'sanity.action.document.create',
  publishedId: 'b1',
  attributes: { _id: 'drafts.b1', _type: 'briefing', headline: 'One' },
  ifExists: 'fail',
};
const edit = (headline: string): Action => ({
  actionType: 'sanity.action.document.edit',
  ...draft,
  patch: { set: { headline } },
});
const publish = { actionType: 'sanity.action.document.publish', ...draft } satisfies Action;

describe('a briefing’s life in the Studio', () => {
  test('create, edit, publish; edit again; publish again; unpublish; discard', async () => {
    const seen: unknown[] = [];
    const note = async () => seen.push(await contents());
    const row = (_id: string, _rev: string, headline: string) => ({
      _id,
      _rev,
      headline,
      person: null,
      state: null,
      _createdAt: noon,
    });

    await act(createDraft, 'a1');
    await act(edit('Two'), 'a2');
    await note();
    await act(publish, 'a3');
    await note();
    lake.time.now += 1_000;
    await act(edit('Three'), 'a4');
    await note();
    await act(publish, 'a5');
    await note();
    await act({ actionType: 'sanity.action.document.unpublish', ...draft }, 'a6');
    await note();
    await act({ actionType: 'sanity.action.document.discard', draftId: 'drafts.b1' }, 'a7');
    await note();
    lake.time.now -= 1_000;

    expect(seen).toEqual([
      [row('drafts.b1', 'a2', 'Two')],
      [row('b1', 'a3', 'Two')],
      [row('b1', 'a3', 'Two'), row('drafts.b1', 'a4', 'Three')],
      [row('b1', 'a5', 'Three')],
      [row('drafts.b1', 'a6', 'Three')],
      [],
    ]);
  });

  test('what the Studio holds weak until publication becomes strong on publishing', async () => {
    const client = clientOf(lake);
    await client.create({ _id: 'ada', _type: 'person' });
    await client.create({
      _id: 'drafts.b1',
      _type: 'briefing',
      person: {
        _type: 'reference',
        _ref: 'ada',
        _weak: true,
        _strengthenOnPublish: { type: 'person' },
      },
      related: [
        { _ref: 'later', _weak: true, _strengthenOnPublish: { type: 'briefing', weak: true } },
      ],
    });
    await act(publish, 's1');

    expect(await client.getDocument('b1')).toMatchObject({
      person: { _type: 'reference', _ref: 'ada' },
      related: [{ _ref: 'later', _weak: true }],
    });
    expect((await refusalOf(client.delete('ada'))).status).toBe(409);
  });

  test('delete takes the published document and its drafts in one transaction', async () => {
    const client = clientOf(lake);
    await client.create({ _id: 'b1', _type: 'briefing' });
    await client.create({ _id: 'drafts.b1', _type: 'briefing' });
    await act(
      {
        actionType: 'sanity.action.document.delete',
        publishedId: 'b1',
        includeDrafts: ['drafts.b1'],
      },
      'd1',
    );

    expect(await contents()).toEqual([]);
  });

  test('delete never takes a draft with it, or leaves one alone, that it does not name', async () => {
    const client = clientOf(lake);
    await client.create({ _id: 'b1', _type: 'briefing' });
    await client.create({ _id: 'drafts.b1', _type: 'briefing' });
    const deleted: Action = {
      actionType: 'sanity.action.document.delete',
      publishedId: 'b1',
      includeDrafts: [],
    };
    const refusal = await refusalOf(act(deleted, 'd1'));
    await act(
      [{ actionType: 'sanity.action.document.discard', draftId: 'drafts.b1' }, deleted],
      'd2',
    );

    expect([refusal.status, refusal.message]).toEqual([
      409,
      expect.stringContaining('Draft "drafts.b1" exists and is not in "includeDrafts"'),
    ]);
    expect(await contents()).toEqual([]);
  });

  test.each<[string, Action, number, string]>([
    [
      'deleting what is not there',
      {
        actionType: 'sanity.action.document.delete',
        publishedId: 'b1',
        includeDrafts: ['drafts.b1'],
      },
      404,
      'Document "b1" was not found',
    ],
    ['publishing what is not there', publish, 404, 'Document "drafts.b1" was not found'],
    ['editing what never was', edit('x'), 404, 'Document "drafts.b1" was not found'],
  ])('%s is refused', async (_name, action, status, message) => {
    const refusal = await refusalOf(act(action, 'r1'));

    expect(refusal.status).toBe(status);
    expect(refusal.message).toContain(message);
  });

  test('publishing over a revision somebody else published meanwhile is refused', async () => {
    const client = clientOf(lake);
    await act(createDraft, 'c1');
    await act(publish, 'c2');
    await act(edit('Two'), 'c3');
    await client.patch('b1').set({ headline: 'Elsewhere' }).commit();

    const refusal = await refusalOf(act({ ...publish, ifPublishedRevisionId: 'c2' }, 'c4'));

    expect(refusal.status).toBe(409);
    expect(refusal.body).toMatchObject({ error: { type: 'actionError' } });
    expect(await client.getDocument('b1')).toMatchObject({ headline: 'Elsewhere' });
  });

  test('two actions at once: unpublish, and write where readers should go', async () => {
    const client = clientOf(lake);
    await act(createDraft, 'u1');
    await act(publish, 'u2');
    await client
      .transaction()
      .create({ _id: 'drafts.b1', _type: 'briefing' })
      .delete('b1')
      .createOrReplace({ _id: 'redirect-b1', _type: 'redirect', from: 'b1' })
      .commit();

    expect(await client.fetch('*[]._id')).toEqual(['redirect-b1']);
  });

  test('a release: made, filled, published at once', async () => {
    const client = clientOf(lake);
    await client.releases.create({ releaseId: 'r1', metadata: { title: 'March' } });
    await client.createVersion({
      publishedId: 'b1',
      releaseId: 'r1',
      document: { _type: 'briefing', headline: 'From the release' },
    });
    const before = await client.releases.get({ releaseId: 'r1' });
    await client.releases.publish({ releaseId: 'r1' });

    expect(before).toMatchObject({ name: 'r1', state: 'active', metadata: { title: 'March' } });
    expect(await contents()).toMatchObject([
      { _id: '_.releases.r1', state: 'published' },
      { _id: 'b1', headline: 'From the release' },
    ]);
  });
});

describe('history', () => {
  const get = async (path: string) => {
    const response = await fetch(`${lake.url}/v2026-03-01/data/history/production${path}`, {
      headers: { authorization: `Bearer ${tokens.editor}` },
    });
    return response.text();
  };

  test('transactions, events and every past revision of a document can be read', async () => {
    await act(createDraft, 'h1');
    await act(edit('Two'), 'h2');
    await act(publish, 'h3');
    await act({ actionType: 'sanity.action.document.unpublish', ...draft }, 'h4');

    const lines = (await get('/transactions/b1,drafts.b1?effectFormat=mendoza'))
      .trimEnd()
      .split('\n')
      .map((line): { id: string; documentIDs: string[] } => JSON.parse(line));
    const newest = await get('/transactions/drafts.b1?reverse=true&limit=1&excludeContent=true');
    const events: { events: Record<string, { type: string; id: string }[]> } = JSON.parse(
      await get('/events/documents/drafts.b1,b1'),
    );

    expect(lines.map(({ id, documentIDs }) => [id, [...documentIDs].sort()])).toEqual([
      ['h1', ['drafts.b1']],
      ['h2', ['drafts.b1']],
      ['h3', ['b1', 'drafts.b1']],
      ['h4', ['b1', 'drafts.b1']],
    ]);
    expect(lines[1]).toMatchObject({
      author: 'editor',
      timestamp: noon,
      effects: {
        'drafts.b1': { apply: [0, { headline: 'Two' }], revert: [0, { headline: 'One' }] },
      },
    });
    expect(JSON.parse(newest)).toMatchObject({ id: 'h4' });
    expect(events.events['drafts.b1']?.map(({ id, type }) => [id, type])).toEqual([
      ['h4', 'unpublishDocument'],
      ['h3', 'publishDocumentVersion'],
      ['h1', 'createDocumentVersion'],
    ]);
    expect(events.events['b1']?.map(({ id }) => id)).toEqual(['h4', 'h3']);
    expect(JSON.parse(await get('/documents/drafts.b1?revision=h1'))).toMatchObject({
      documents: [{ headline: 'One', _rev: 'h1' }],
    });
    expect(JSON.parse(await get('/documents/b1,drafts.b1?revision=h3'))).toMatchObject({
      documents: [{ _id: 'b1', headline: 'Two' }],
    });
    expect(JSON.parse(await get('/documents/b1?revision=never'))).toEqual({ documents: [] });
    expect(JSON.parse(await get('/documents/b1?lastRevision=true'))).toMatchObject({
      documents: [{ headline: 'Two', _rev: 'h3' }],
    });
  });
});
