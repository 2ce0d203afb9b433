import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import type { Lake } from '../../../local/lake/lake.ts';
import { anonymousClientOf, clientOf, refusalOf, startTestLake, tokens } from './lake-fixture.ts';

let lake: Lake & { time: { now: number } };

beforeAll(async () => {
  lake = await startTestLake();
});
afterAll(() => lake.close());
beforeEach(() => reset());

async function reset(): Promise<void> {
  await fetch(`${lake.url}/_local/reset`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.editor}` },
  });
}

const ada = { _id: 'ada', _type: 'person', name: 'Ada' };

describe('writing documents through the real client', () => {
  test('a created document carries the transaction as its revision and the lake’s time', async () => {
    const [created] = await clientOf(lake)
      .transaction()
      .create(ada)
      .transactionId('first')
      .commit({ returnDocuments: true });

    expect(created).toEqual({
      ...ada,
      _rev: 'first',
      _createdAt: '2026-03-01T12:00:00.000Z',
      _updatedAt: '2026-03-01T12:00:00.000Z',
    });
    expect(await clientOf(lake).getDocument('ada')).toEqual(created);
  });

  test('an id that ends with a dot, or none, gets a fresh one', async () => {
    const draft = await clientOf(lake).create({ _id: 'drafts.', _type: 'person' });
    const published = await clientOf(lake).create({ _type: 'person' });

    expect(draft._id).toMatch(/^drafts\.[0-9a-f-]{36}$/);
    expect(published._id).toMatch(/^[0-9a-f-]{36}$/);
  });

  test('patches reach keyed members, insert, count and unset, and keep the creation time', async () => {
    const client = clientOf(lake);
    await client.create({
      ...ada,
      visits: 1,
      roles: [
        { _key: 'a', title: 'Writer' },
        { _key: 'b', title: 'Reader' },
      ],
    });
    lake.time.now += 5_000;

    const patched = await client
      .patch('ada')
      .set({ 'roles[_key=="b"].title': 'Editor', nickname: 'A' })
      .setIfMissing({ visits: 100, links: [] })
      .insert('after', 'roles[-1]', [{ title: 'Founder' }])
      .inc({ visits: 2 })
      .unset(['nickname'])
      .commit({ transactionId: 'second', autoGenerateArrayKeys: true });

    expect(patched).toEqual({
      ...ada,
      visits: 3,
      links: [],
      roles: [
        { _key: 'a', title: 'Writer' },
        { _key: 'b', title: 'Editor' },
        { _key: expect.stringMatching(/^[0-9a-f]{12}$/), title: 'Founder' },
      ],
      _rev: 'second',
      _createdAt: '2026-03-01T12:00:00.000Z',
      _updatedAt: '2026-03-01T12:00:05.000Z',
    });
    lake.time.now -= 5_000;
  });

  test('a text diff from the Studio is applied', async () => {
    const client = clientOf(lake);
    await client.create(ada);

    const patched = await client
      .patch('ada', { diffMatchPatch: { name: '@@ -1,3 +1,12 @@\n Ada\n+ Lovelace\n' } })
      .commit();

    expect(patched['name']).toBe('Ada Lovelace');
  });

  test('a transaction is all or nothing', async () => {
    const client = clientOf(lake);
    await client.create(ada);

    const refusal = await refusalOf(
      client
        .transaction()
        .create({ _id: 'bob', _type: 'person' })
        .create({ _id: 'ada', _type: 'person' })
        .commit(),
    );

    expect(refusal.status).toBe(409);
    expect(refusal.body).toEqual({
      error: {
        type: 'mutationError',
        description: 'Mutation failed: Document by ID "ada" already exists',
        items: [
          {
            index: 1,
            error: {
              type: 'documentAlreadyExistsError',
              id: 'ada',
              description: 'Document by ID "ada" already exists',
            },
          },
        ],
      },
    });
    expect(await client.getDocument('bob')).toBeUndefined();
  });

  test('an edit of a revision that is no longer current is refused', async () => {
    const client = clientOf(lake);
    await client.transaction().create(ada).transactionId('one').commit();
    await client.patch('ada').set({ name: 'Ada L.' }).commit({ transactionId: 'two' });

    const refusal = await refusalOf(
      client.patch('ada').ifRevisionId('one').set({ name: 'lost' }).commit(),
    );

    expect(refusal.status).toBe(409);
    expect(refusal.message).toContain(
      'Document "ada" has unexpected revision ID "two", expected "one"',
    );
    expect((await client.getDocument('ada'))?.['name']).toBe('Ada L.');
  });

  test('a transaction id is used once', async () => {
    const client = clientOf(lake);
    await client.transaction().create(ada).transactionId('once').commit();

    const refusal = await refusalOf(
      client.transaction().delete('ada').transactionId('once').commit(),
    );

    expect(refusal.status).toBe(409);
    expect(await client.getDocument('ada')).toBeDefined();
  });

  test('a dry run tells the result and changes nothing', async () => {
    const client = clientOf(lake);

    const result = await client.create(ada, { dryRun: true });

    expect(result.name).toBe('Ada');
    expect(await client.getDocument('ada')).toBeUndefined();
  });

  test('a query selects what to delete or patch', async () => {
    const client = clientOf(lake);
    for (const id of ['ada', 'bob', 'cyd']) await client.create({ _id: id, _type: 'person' });

    await client
      .patch({ query: '*[_type == $type && _id != "cyd"]', params: { type: 'person' } })
      .set({ seen: true })
      .commit();
    const removed = await client.delete({ query: '*[seen == true]' });

    expect(removed.results.map(({ id }) => id)).toEqual(['ada', 'bob']);
    expect(await client.fetch('*[]._id')).toEqual(['cyd']);
  });

  test('a strong reference needs its target and protects it; a weak one does neither', async () => {
    const client = clientOf(lake);
    const briefing = (id: string, person: object) => ({ _id: id, _type: 'briefing', person });

    const dangling = await refusalOf(
      client.create(briefing('b1', { _type: 'reference', _ref: 'ada' })),
    );
    await client
      .transaction()
      .create(briefing('b1', { _type: 'reference', _ref: 'ada' }))
      .create(ada)
      .commit();
    await client.create(briefing('b2', { _type: 'reference', _ref: 'gone', _weak: true }));
    const needed = await refusalOf(client.delete('ada'));
    await client.transaction().delete('ada').delete('b1').commit();

    expect([dangling.status, dangling.message]).toEqual([
      409,
      expect.stringContaining('Document "b1" references non-existent document "ada"'),
    ]);
    expect([needed.status, needed.message]).toEqual([
      409,
      expect.stringContaining(
        'Document "ada" cannot be deleted as there are references to it from "b1"',
      ),
    ]);
    expect(await client.fetch('*[]._id')).toEqual(['b2']);
  });

  test.each([
    ['no mutations', {}, 400],
    ['two operations in one', { mutations: [{ create: ada, delete: { id: 'x' } }] }, 400],
    ['an unknown operation', { mutations: [{ rename: {} }] }, 400],
    ['a document without type', { mutations: [{ create: { _id: 'x' } }] }, 400],
    ['an id with a slash', { mutations: [{ create: { _id: 'a/b', _type: 'x' } }] }, 400],
    ['a patch of nothing', { mutations: [{ patch: { id: 'nobody', set: {} } }] }, 409],
    [
      'a patch that moves the id',
      { mutations: [{ patch: { id: 'ada', set: { _id: 'b' } } }] },
      400,
    ],
  ])('%s is refused', async (_name, body, status) => {
    await clientOf(lake).create(ada);

    const response = await fetch(`${lake.url}/v2026-03-01/data/mutate/production`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.editor}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

    expect(response.status).toBe(status);
    expect(await clientOf(lake).getDocument('ada')).toMatchObject(ada);
  });
});

describe('who may do what', () => {
  test('without a token one reads published documents whose id has no dot', async () => {
    const client = clientOf(lake);
    await client.create(ada);
    await client.create({ _id: 'drafts.ada', _type: 'person', name: 'secret' });
    await client.create({ _id: 'settings.main', _type: 'settings' });
    const stranger = anonymousClientOf(lake);

    const response = await fetch(
      `${lake.url}/v1/data/doc/production/ada,drafts.ada,settings.main,nobody`,
    );

    expect(await stranger.fetch('*[]._id', {}, { perspective: 'raw' })).toEqual(['ada']);
    expect(await response.json()).toEqual({
      documents: [await client.getDocument('ada')],
      omitted: [
        { id: 'drafts.ada', reason: 'permission' },
        { id: 'settings.main', reason: 'permission' },
        { id: 'nobody', reason: 'existence' },
      ],
    });
  });

  test('a viewer reads published documents, drafts only when so configured, and never writes', async () => {
    const drafts = await startTestLake({ viewerReadsDrafts: true });
    for (const [each, expected] of [
      [lake, ['ada']],
      [drafts, ['ada', 'drafts.ada']],
    ] as const) {
      await clientOf(each).create(ada);
      await clientOf(each).create({ ...ada, _id: 'drafts.ada' });
      const viewer = clientOf(each, { token: tokens.viewer });

      expect(await viewer.fetch('*[]._id', {}, { perspective: 'raw' })).toEqual(expected);
      const refusal = await refusalOf(viewer.delete('ada'));
      expect([refusal.status, refusal.message]).toEqual([
        403,
        expect.stringContaining('Insufficient permissions; permission "create" required'),
      ]);
    }
    await drafts.close();
  });

  test('a token nobody was given is refused, and so is a stranger at a private dataset', async () => {
    const hidden = await startTestLake({ isPublicDataset: false });

    const wrong = await refusalOf(clientOf(lake, { token: 'x'.repeat(40) }).fetch('*'));
    const stranger = await refusalOf(anonymousClientOf(hidden).fetch('*'));

    expect(wrong).toMatchObject({
      status: 401,
      body: { statusCode: 401, error: 'Unauthorized', errorCode: 'SIO-401-ANF' },
    });
    expect(stranger.status).toBe(401);
    await hidden.close();
  });

  test('another project, an unknown dataset and a foreign host name are refused', async () => {
    const project = await refusalOf(clientOf(lake, { projectId: 'other' }).fetch('*'));
    const dataset = await refusalOf(clientOf(lake, { dataset: 'staging' }).fetch('*'));

    expect(project.status).toBe(404);
    expect(dataset.status).toBe(404);
  });

  test('a token shorter than the Studio accepts does not start', async () => {
    await expect(startTestLake({ tokens: { ...tokens, editor: 'short' } })).rejects.toThrow(
      'The editor token has 5 characters; the Studio ignores any below 32',
    );
  });

  test('a taken port is named', async () => {
    await expect(startTestLake({ port: lake.port })).rejects.toThrow(
      `Port ${lake.port} on 127.0.0.1 is taken`,
    );
  });
});
