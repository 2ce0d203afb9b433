import { afterAll, beforeAll, expect, test } from 'vitest';

import type { Lake } from '../../../local/lake/lake.ts';
import { anonymousClientOf, clientOf, startTestLake, tokens } from './lake-fixture.ts';

let lake: Lake & { time: { now: number } };

beforeAll(async () => {
  lake = await startTestLake();
});
afterAll(() => lake.close());

/** Collects what an observable emits; `count(n)` resolves when n have come. */
function collect<T>(source: {
  subscribe(observer: { next(value: T): void; error(cause: unknown): void }): {
    unsubscribe(): void;
  };
}) {
  const events: T[] = [];
  const failures: unknown[] = [];
  const subscription = source.subscribe({
    next: (event) => events.push(event),
    error: (cause) => failures.push(cause),
  });
  return {
    events,
    failures,
    stop: () => subscription.unsubscribe(),
    async count(count: number) {
      await expect.poll(() => events.length).toBe(count);
    },
  };
}

test('a listener is welcomed, then hears documents appear, change and go', async () => {
  const client = clientOf(lake);
  const heard = collect(
    client.listen(
      '*[_type == $type]',
      { type: 'briefing' },
      { events: ['welcome', 'mutation'], includePreviousRevision: true },
    ),
  );
  await heard.count(1);
  const step = (id: string) => client.transaction().transactionId(id);
  await step('l1').create({ _id: 'b1', _type: 'briefing', headline: 'One' }).commit();
  await step('l2')
    .patch('b1', (patch) => patch.set({ headline: 'Two' }))
    .create({ _id: 'ada', _type: 'person' })
    .commit();
  await step('l3').delete('b1').commit();
  await heard.count(4);
  heard.stop();

  expect(heard.events).toEqual([
    { type: 'welcome', listenerName: expect.any(String) },
    expect.objectContaining({
      type: 'mutation',
      eventId: 'l1#b1',
      documentId: 'b1',
      transition: 'appear',
      identity: 'editor',
      resultRev: 'l1',
      timestamp: '2026-03-01T12:00:00.000Z',
      transactionTotalEvents: 1,
      transactionCurrentEvent: 1,
      previous: null,
      result: expect.objectContaining({ headline: 'One', _rev: 'l1' }),
    }),
    expect.objectContaining({
      transition: 'update',
      previousRev: 'l1',
      resultRev: 'l2',
      mutations: [{ patch: { id: 'b1', set: { headline: 'Two' } } }],
      // The person of the same transaction is none of this listener's business.
      transactionTotalEvents: 1,
      previous: expect.objectContaining({ headline: 'One' }),
      result: expect.objectContaining({ headline: 'Two' }),
    }),
    expect.objectContaining({ transition: 'disappear', previousRev: 'l2', resultRev: 'l3' }),
  ]);
  expect(heard.events[3]).not.toHaveProperty('result');
});

test('a stranger hears published documents only; versions are heard where asked for', async () => {
  const client = clientOf(lake);
  const stranger = collect(
    anonymousClientOf(lake).listen('*', {}, { events: ['welcome', 'mutation'] }),
  );
  const editor = collect(client.listen('*', {}, { events: ['welcome', 'mutation'] }));
  const curious = collect(
    client.listen('*', {}, { events: ['welcome', 'mutation'], includeAllVersions: true }),
  );
  await Promise.all([stranger, editor, curious].map((each) => each.count(1)));
  await client
    .transaction()
    .create({ _id: 'versions.r1.x', _type: 'person' })
    .create({ _id: 'drafts.x', _type: 'person' })
    .create({ _id: 'x', _type: 'person' })
    .commit();
  await Promise.all([stranger.count(2), editor.count(3), curious.count(4)]);
  const ids = (events: unknown[]) =>
    events.slice(1).map((event) => JSON.stringify(event).match(/"documentId":"([^"]+)"/)?.[1]);

  expect(ids(stranger.events)).toEqual(['x']);
  expect(ids(editor.events)).toEqual(['drafts.x', 'x']);
  expect(ids(curious.events)).toEqual(['versions.r1.x', 'drafts.x', 'x']);
  for (const each of [stranger, editor, curious]) each.stop();
});

test('a query that does not parse is refused instead of opening a stream', async () => {
  const heard = collect(clientOf(lake).listen('*[_type =='));

  await expect.poll(() => heard.failures).toHaveLength(1);
  heard.stop();
});

test('effects in Mendoza form carry the whole value both ways', async () => {
  const controller = new AbortController();
  const response = await fetch(
    `${lake.url}/v2026-03-01/data/listen/production?${new URLSearchParams({ query: '*[_id == "m"]', effectFormat: 'mendoza' })}`,
    { headers: { authorization: `Bearer ${tokens.editor}` }, signal: controller.signal },
  );
  await clientOf(lake).create({ _id: 'm', _type: 'person' });
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk);
    if (text.includes('event: mutation')) break;
  }
  controller.abort();

  expect(text).toContain(
    '"effects":{"apply":[0,{"_id":"m","_type":"person","_createdAt":"2026-03-01T12:00:00.000Z","_updatedAt":"2026-03-01T12:00:00.000Z"}],"revert":[0,null]}',
  );
});

test('a browser is sent to another port for its streams, where its ticket stands for its token', async () => {
  const address = `${lake.url}/v2026-03-01/data/listen/production?query=*`;
  const origin = 'http://localhost:3333';
  lake.allowOrigin({ origin, allowCredentials: true });
  const first = await fetch(address, {
    redirect: 'manual',
    headers: { origin, authorization: `Bearer ${tokens.editor}` },
  });
  const second = await fetch(address, { redirect: 'manual', headers: { origin } });
  const location = new URL(first.headers.get('location') ?? '');
  const controller = new AbortController();
  const stream = await fetch(location, { headers: { origin: 'null' }, signal: controller.signal });
  const other = await fetch(new URL('/v1/users/me', location));

  expect(first.status).toBe(307);
  expect(first.headers.get('access-control-allow-origin')).toBe(origin);
  expect(location.hostname).toBe('localhost');
  expect(Number(location.port)).not.toBe(lake.port);
  expect(location.href).not.toContain(tokens.editor);
  expect(new URL(second.headers.get('location') ?? '').port).not.toBe(location.port);
  expect(stream.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
  expect(stream.headers.get('access-control-allow-origin')).toBe('null');
  expect(other.status).toBe(404);
  controller.abort();
});

test('the live content stream names the tags of changed results', async () => {
  const client = clientOf(lake);
  const heard = collect(client.live.events());
  await heard.count(1);
  await client.create({ _id: 'drafts.live', _type: 'briefing' });
  await client
    .transaction()
    .create({ _id: 'live', _type: 'briefing' })
    .transactionId('lv')
    .commit();
  await heard.count(2);
  heard.stop();

  expect(heard.events).toMatchObject([
    { type: 'welcome' },
    { type: 'message', id: 'lv', tags: ['s1:production'] },
  ]);
});
