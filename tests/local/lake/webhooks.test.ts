import { decodeSignatureHeader, encodeSignatureHeader, isValidSignature } from '@sanity/webhook';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';

import { startLake, type HookRequest, type Lake } from '../../../local/lake/lake.ts';
import { signWebhook } from '../../../local/lake/webhook-signature.ts';
import { createFakeScheduler, type FakeScheduler } from './fake-scheduler.ts';
import { clientOf, tokens } from './lake-fixture.ts';
import { startReceiver, type WebhookReceiver } from './webhook-receiver.ts';

const secret = 'a secret of the webhook';
const projection =
  '{_id, _type, _rev, "operation": delta::operation(), "slug": slug.current, "oldSlug": before().slug.current}';

let receiver: WebhookReceiver;
let time: { now: number };
let scheduler: FakeScheduler;
let lake: Lake;

beforeEach(async () => {
  receiver = await startReceiver();
  time = { now: Date.parse('2026-03-01T12:00:00.000Z') };
  scheduler = createFakeScheduler(time);
});
afterEach(async () => {
  await lake.close();
  await receiver.close();
});

async function start(hook: Partial<HookRequest> = {}, random: () => number = () => 0.5) {
  lake = await startLake({
    tokens,
    clock: () => time.now,
    scheduler,
    random,
    webhooks: [
      {
        name: 'publish',
        url: receiver.url,
        dataset: 'production',
        secret,
        rule: { on: ['create', 'update', 'delete'], filter: '_type == "briefing"', projection },
        ...hook,
      },
    ],
  });
  return clientOf(lake);
}

const briefing = (id: string, slug = id) => ({
  _id: id,
  _type: 'briefing',
  slug: { current: slug },
});

/** Resolves when so many messages wait for their next attempt. */
async function atRest(count = 1): Promise<void> {
  await expect.poll(() => lake.webhookState().resting).toBe(count);
}

const bodies = () => receiver.received.map(({ body }): unknown => JSON.parse(body));

const hookShapes = z.array(z.object({ id: z.string() }));

async function manage(method: string, path: string, body?: unknown) {
  const response = await fetch(`${lake.url}/v2021-10-04/hooks/projects/localdev${path}`, {
    method,
    headers: { authorization: `Bearer ${tokens.editor}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer };
}

describe('what a webhook says', () => {
  test('create, update with a moved slug, and delete each ring once, signed', async () => {
    const client = await start();
    const inOneStep = (id: string) => client.transaction().transactionId(id);
    await inOneStep('t1').create(briefing('b1')).commit();
    await inOneStep('t2')
      .patch('b1', (patch) => patch.set({ 'slug.current': 'moved' }))
      .commit();
    await inOneStep('t3').delete('b1').commit();
    await lake.webhooksSettled();

    expect(bodies()).toEqual([
      { _id: 'b1', _type: 'briefing', _rev: 't1', operation: 'create', slug: 'b1', oldSlug: null },
      {
        _id: 'b1',
        _type: 'briefing',
        _rev: 't2',
        operation: 'update',
        slug: 'moved',
        oldSlug: 'b1',
      },
      {
        _id: 'b1',
        _type: 'briefing',
        _rev: 't2',
        operation: 'delete',
        slug: 'moved',
        oldSlug: 'moved',
      },
    ]);
    const [first] = receiver.received;
    const signature = String(first?.headers['sanity-webhook-signature']);
    expect(first).toMatchObject({
      method: 'POST',
      headers: {
        connection: 'close',
        'accept-encoding': 'gzip',
        'content-type': 'application/json',
        'user-agent': 'Sanity.io webhook delivery',
        'idempotency-key': expect.stringMatching(/^[0-9a-f-]{36}$/),
        'sanity-transaction-id': 't1',
        'sanity-transaction-time': '2026-03-01T12:00:00.000Z',
        'sanity-dataset': 'production',
        'sanity-document-id': 'b1',
        'sanity-project-id': 'localdev',
        'sanity-webhook-id': 'publish',
        'sanity-operation': 'create',
      },
    });
    expect(await isValidSignature(first?.body ?? '', signature, secret)).toBe(true);
    expect(await isValidSignature(`${first?.body} `, signature, secret)).toBe(false);
    expect(decodeSignatureHeader(signature).timestamp).toBe(time.now);
  });

  test('our signature is the one of the official package, for any body', async () => {
    await start();
    for (const body of ['null', '{}', '{"headline":"Größe 😀 مرحبا"}', 'x'.repeat(100_000)]) {
      expect(signWebhook({ body, timestamp: time.now, secret })).toBe(
        await encodeSignatureHeader(body, time.now, secret),
      );
    }
  });

  test('without a projection the whole document is sent; without a secret nothing is signed', async () => {
    const client = await start({
      secret: null,
      headers: { 'x-stage': 'local' },
      rule: { on: ['create', 'delete'] },
    });
    await client.create(briefing('b1'));
    const stored = await client.getDocument('b1');
    await client.delete('b1');
    await lake.webhooksSettled();

    expect(bodies()).toEqual([stored, stored]);
    expect(receiver.received[0]?.headers['x-stage']).toBe('local');
    expect(receiver.received[0]?.headers['sanity-webhook-signature']).toBeUndefined();
  });

  test('three documents in one transaction ring three times; other types, drafts and versions not at all', async () => {
    const client = await start();
    await client
      .transaction()
      .create(briefing('b1'))
      .create(briefing('b2'))
      .create(briefing('b3'))
      .create(briefing('drafts.b4'))
      .create(briefing('versions.r1.b5'))
      .create({ _id: 'ada', _type: 'person' })
      .commit();
    await lake.webhooksSettled();

    expect(bodies()).toMatchObject([{ _id: 'b1' }, { _id: 'b2' }, { _id: 'b3' }]);
  });

  test('drafts and versions ring where the hook asks for them', async () => {
    const client = await start({ includeDrafts: true, includeAllVersions: true });
    await client.create(briefing('drafts.b4'));
    await client.create(briefing('versions.r1.b5'));
    await lake.webhooksSettled();

    expect(bodies()).toMatchObject([{ _id: 'drafts.b4' }, { _id: 'versions.r1.b5' }]);
  });

  test('publishing is a create, then an update; unpublishing is a delete; the draft is silent', async () => {
    const client = await start();
    const publish = () =>
      client.action({
        actionType: 'sanity.action.document.publish',
        draftId: 'drafts.b1',
        publishedId: 'b1',
      });
    await client.create(briefing('drafts.b1', 'b1'));
    await publish();
    await client.action({
      actionType: 'sanity.action.document.edit',
      draftId: 'drafts.b1',
      publishedId: 'b1',
      patch: { set: { 'slug.current': 'later' } },
    });
    await publish();
    await client.action({
      actionType: 'sanity.action.document.unpublish',
      draftId: 'drafts.b1',
      publishedId: 'b1',
    });
    await lake.webhooksSettled();

    expect(bodies()).toMatchObject([
      { _id: 'b1', operation: 'create', slug: 'b1' },
      { _id: 'b1', operation: 'update', slug: 'later', oldSlug: 'b1' },
      { _id: 'b1', operation: 'delete', slug: 'later' },
    ]);
  });
});

describe('when the receiver does not say yes', () => {
  test('503 is tried again twice, thirty seconds apart, with the same key and signature', async () => {
    const client = await start();
    receiver.answerWith(503, 429, 200);
    await client.create(briefing('b1'));
    for (const count of [2, 3]) {
      await atRest();
      scheduler.pass(29_999);
      expect(receiver.received).toHaveLength(count - 1);
      scheduler.pass(1);
      await receiver.receivedCount(count);
    }
    await lake.webhooksSettled();

    const facts = receiver.received.map(({ headers }) => [
      headers['idempotency-key'],
      headers['sanity-webhook-signature'],
    ]);
    expect(new Set(facts.map(String)).size).toBe(1);
    expect((await manage('GET', '/publish/attempts')).answer).toMatchObject([
      { attempt: 3, resultCode: 200, isFailure: false, status: 'delivered', failureReason: null },
      { attempt: 2, resultCode: 429, isFailure: true, status: 'retrying', failureReason: 'http' },
      { attempt: 1, resultCode: 503, isFailure: true, status: 'retrying', failureReason: 'http' },
    ]);
  });

  test('after the third failure it is given up; 4xx is dropped at once', async () => {
    const client = await start();
    receiver.answerWith(500);
    await client.create(briefing('b1'));
    for (const count of [2, 3]) {
      await atRest();
      scheduler.pass(30_000);
      await receiver.receivedCount(count);
    }
    await lake.webhooksSettled();
    receiver.answerWith(400);
    await client.create(briefing('b2'));
    await lake.webhooksSettled();

    expect(receiver.received).toHaveLength(4);
    expect(lake.webhookState()).toEqual({
      idle: true,
      pending: 0,
      resting: 0,
      delivered: 0,
      dropped: 1,
      failed: 1,
    });
  });

  test('silence for thirty seconds counts as a failure', async () => {
    const client = await start();
    receiver.answerWith('hang', 200);
    await client.create(briefing('b1'));
    await receiver.receivedCount(1);
    scheduler.pass(30_000);
    await atRest();
    scheduler.pass(30_000);
    await lake.webhooksSettled();

    expect((await manage('GET', '/publish/attempts')).answer).toMatchObject([
      { attempt: 2, status: 'delivered' },
      { attempt: 1, resultCode: null, failureReason: 'timeout', status: 'retrying' },
    ]);
  });

  test('a hook rings one at a time, and one that rests does not hold up the next', async () => {
    const client = await start();
    receiver.answerWith(503, 200);
    await Promise.all(['b1', 'b2', 'b3'].map((id) => client.create(briefing(id))));
    await receiver.receivedCount(3);
    await atRest();
    await expect.poll(() => lake.webhookState().pending).toBe(1);
    scheduler.pass(30_000);
    await lake.webhooksSettled();

    const ids = bodies().map((body) => JSON.stringify(body).slice(8, 10));
    expect(ids.slice(0, 3).sort()).toEqual(['b1', 'b2', 'b3']);
    expect(ids[3]).toBe(ids[0]);
    expect(receiver.mostAtOnce()).toBe(1);
  });
});

describe('faults on request', () => {
  test('dropped: nothing rings, and the lake says it is idle', async () => {
    const client = await start();
    lake.setFaults({ webhooks: { drop: 1 } });
    await client.create(briefing('b1'));
    await lake.webhooksSettled();

    expect(receiver.received).toEqual([]);
    expect(lake.webhookState()).toMatchObject({ idle: true, dropped: 1 });
  });

  test('duplicated: twice with one idempotency key', async () => {
    const client = await start();
    lake.setFaults({ webhooks: { duplicate: 1 } });
    await client.create(briefing('b1'));
    await lake.webhooksSettled();

    expect(receiver.received).toHaveLength(2);
    expect(new Set(receiver.received.map(({ headers }) => headers['idempotency-key'])).size).toBe(
      1,
    );
  });

  test('delayed: not before its time', async () => {
    const client = await start();
    lake.setFaults({ webhooks: { delayMs: 5_000 } });
    await client.create(briefing('b1'));
    await atRest();
    expect(receiver.received).toEqual([]);
    expect(lake.webhookState()).toMatchObject({ idle: false, pending: 1 });
    scheduler.pass(5_000);
    await lake.webhooksSettled();

    expect(receiver.received).toHaveLength(1);
  });

  test('reordered: a later change overtakes an earlier one', async () => {
    const waits = [0.9, 0.1];
    const client = await start({}, () => waits.shift() ?? 0);
    lake.setFaults({ webhooks: { reorderWithinMs: 1_000 } });
    await client.create(briefing('b1'));
    await client.create(briefing('b2'));
    await atRest(2);
    scheduler.pass(100);
    await receiver.receivedCount(1);
    scheduler.pass(800);
    await lake.webhooksSettled();

    expect(bodies()).toMatchObject([{ _id: 'b2' }, { _id: 'b1' }]);
  });

  test('failing: the attempt is lost on the way and comes again', async () => {
    const client = await start();
    lake.setFaults({ webhooks: { fail: 1, failStatus: 502 } });
    await client.create(briefing('b1'));
    await atRest();
    lake.setFaults({});
    scheduler.pass(30_000);
    await lake.webhooksSettled();

    expect(receiver.received).toHaveLength(1);
    expect((await manage('GET', '/publish/attempts')).answer).toMatchObject([
      { attempt: 2, resultCode: 200 },
      { attempt: 1, resultCode: 502, failureReason: 'fault' },
    ]);
  });
});

describe('managing hooks', () => {
  test('made, listed, changed, silenced and removed over the API; the secret never comes back', async () => {
    const client = await start();
    const made = await manage('POST', '', {
      type: 'document',
      name: 'second',
      url: receiver.url,
      dataset: 'production',
      secret: 'hidden',
      rule: { on: ['create'], filter: '_type == "person"', projection: '{_id}' },
    });
    const id = String(Object.entries(made.answer ?? {}).find(([name]) => name === 'id')?.[1]);
    await client.create({ _id: 'ada', _type: 'person' });
    await lake.webhooksSettled();
    const changed = await manage('PATCH', `/${id}`, {
      isDisabledByUser: true,
      description: 'rests',
    });
    await client.create({ _id: 'bob', _type: 'person' });
    await lake.webhooksSettled();
    const listed = await manage('GET', '');
    const messages = await manage('GET', `/${id}/messages`);
    const removed = await manage('DELETE', `/${id}`);
    const gone = await manage('GET', `/${id}`);

    expect([made.status, changed.status, removed.status, gone.status]).toEqual([
      201, 200, 200, 404,
    ]);
    expect(bodies()).toEqual([{ _id: 'ada' }]);
    expect(listed.answer).toEqual([
      expect.objectContaining({ id: 'publish', hasSecret: true }),
      {
        id,
        projectId: 'localdev',
        type: 'document',
        name: 'second',
        description: 'rests',
        url: receiver.url,
        dataset: 'production',
        httpMethod: 'POST',
        apiVersion: 'v2021-03-25',
        includeDrafts: false,
        includeAllVersions: false,
        isDisabled: false,
        isDisabledByUser: true,
        hasSecret: true,
        headers: {},
        createdAt: '2026-03-01T12:00:00.000Z',
        deletedAt: null,
        rule: { on: ['create'], filter: '_type == "person"', projection: '{_id}' },
      },
    ]);
    expect(JSON.stringify([made, listed, messages])).not.toContain('hidden');
    expect(messages.answer).toMatchObject([{ documentId: 'ada', operation: 'create' }]);
  });

  test.each([
    ['a sub-query in the filter', { filter: 'count(*[_type == "x"]) > 0' }, 'sub-query'],
    ['a join in the projection', { projection: '{"name": person->name}' }, 'join'],
    ['a filter that does not parse', { filter: '_type ==' }, 'does not parse'],
    ['an unknown trigger', { on: ['rename'] }, 'on'],
  ])('%s is refused', async (_name, rule, reason) => {
    await start();

    const refused = await manage('POST', '', { name: 'bad', url: receiver.url, rule });

    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.answer)).toContain(reason);
  });

  test('a hook that the service has switched off rings no more, until it is switched on', async () => {
    const client = await start();
    const [hook] = hookShapes.parse((await manage('GET', '')).answer);
    await manage('PATCH', `/${hook?.id}`, { isDisabled: true });
    await client.create(briefing('unheard'));
    await lake.webhooksSettled();
    await manage('PATCH', `/${hook?.id}`, { isDisabled: false });
    await client.create(briefing('heard'));
    await lake.webhooksSettled();

    expect(bodies()).toMatchObject([{ _id: 'heard' }]);
  });

  test('another project has no hooks here', async () => {
    await start();
    const response = await fetch(`${lake.url}/v2021-10-04/hooks/projects/otherone`, {
      headers: { authorization: `Bearer ${tokens.editor}` },
    });

    expect(response.status).toBe(404);
  });

  test('nobody but an editor sees or changes hooks', async () => {
    await start();
    const statuses = await Promise.all(
      [undefined, tokens.viewer].map(async (token) => {
        const response = await fetch(`${lake.url}/v1/hooks/projects/localdev`, {
          headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
        });
        return response.status;
      }),
    );

    expect(statuses).toEqual([401, 403]);
  });
});
