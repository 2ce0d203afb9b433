import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type FunctionHost, startFunctionHost } from '../../../local/functions/function-host.ts';
import { sendEvent } from '../../../local/functions/asynchronous-event.ts';
import { startFunctionSchedule } from '../../../local/functions/function-schedule.ts';
import { startFunctionUrl } from '../../../local/functions/function-url.ts';
import type { FunctionLog, Invocation } from '../../../local/functions/invocation.ts';
import { startQueueMapping } from '../../../local/functions/queue-mapping.ts';
import { startSqs } from '../../../local/sqs/start-sqs.ts';
import { messagesIn } from '../../../local/stack/settled.ts';
import { writeFixtureFunctions } from './fixture-functions.ts';

const sources = {
  mirror: `
    export const handler = async (event) => {
      if (event.rawPath === '/teapot') {
        return {
          statusCode: 418, headers: { 'X-Kind': 'teapot' }, cookies: ['a=1', 'b=2'],
          body: Buffer.from('short and stout').toString('base64'), isBase64Encoded: true,
        };
      }
      if (event.rawPath === '/throws') throw new Error('secret detail');
      return event;
    };`,
  // Takes what it can, and leaves every message whose body says so until it was seen twice.
  publish: `
    const seen = new Map();
    export const handler = async ({ Records }) => {
      const batchItemFailures = [];
      for (const record of Records) {
        const times = (seen.get(record.messageId) ?? 0) + 1;
        seen.set(record.messageId, times);
        const failed = batchItemFailures.length > 0 || (record.body === 'poison' && times < 2);
        if (failed) batchItemFailures.push({ itemIdentifier: record.messageId });
        console.log({ body: record.body, group: record.attributes.MessageGroupId, failed });
      }
      return { batchItemFailures };
    };`,
  // Is at a message that says so for as long as it lives.
  linger: `
    export const handler = async ({ Records }) => {
      console.log({ lingering: Records.map(({ body, attributes }) => body + ' ' + attributes.ApproximateReceiveCount) });
      if (Records.some(({ body }) => body === 'endless')) await new Promise(() => setInterval(() => {}, 1000));
      return {};
    };`,
  sweep:
    'export const handler = async (event) => { console.log({ swept: event }); return "swept"; };',
};

const lines: FunctionLog[] = [];
let host: FunctionHost;
let fixture: Awaited<ReturnType<typeof writeFixtureFunctions>>;

beforeAll(async () => {
  fixture = await writeFixtureFunctions(sources);
  host = startFunctionHost({ functions: fixture.functions, log: (line) => lines.push(line) });
});

afterAll(async () => {
  await host.close();
  await fixture.remove();
});

/** What functions logged, as they meant it. */
const messages = (key: string) =>
  lines.flatMap(({ record }) => {
    const message = record?.['message'];
    return typeof message === 'object' && message !== null && key in message ? [message] : [];
  });

describe('a function behind its URL', () => {
  it('gets the raw body of a request and the fields of payload format 2.0', async () => {
    const front = await startFunctionUrl({
      host,
      functionName: 'mirror',
      clock: () => Date.UTC(2026, 2, 9, 19, 3, 58),
    });
    const body = '{"_id": "briefing-1",  "spaces":   "kept"}';
    const answer = await fetch(`${front.endpoint}/hook/one?a=1&a=2&b=%20`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'Sanity-Webhook-Signature': 't=1,v1=x' },
      body,
    });
    expect([answer.status, await answer.json()]).toEqual([
      200,
      {
        version: '2.0',
        routeKey: '$default',
        rawPath: '/hook/one',
        rawQueryString: 'a=1&a=2&b=%20',
        queryStringParameters: { a: '1,2', b: ' ' },
        headers: expect.objectContaining({
          'sanity-webhook-signature': 't=1,v1=x',
          'content-length': String(body.length),
        }),
        requestContext: expect.objectContaining({
          http: expect.objectContaining({ method: 'POST', path: '/hook/one' }),
          time: '09/Mar/2026:19:03:58 +0000',
          timeEpoch: Date.UTC(2026, 2, 9, 19, 3, 58),
        }),
        body,
        isBase64Encoded: false,
      },
    ]);
    await front.close();
  });

  it('gets as base64 what is not text, byte for byte', async () => {
    const front = await startFunctionUrl({ host, functionName: 'mirror' });
    const bytes = Uint8Array.of(0, 255, 128, 13, 10);
    const asJson = { 'content-type': 'application/json' };
    for (const headers of [asJson, { 'content-type': 'application/octet-stream' }]) {
      const answer = await fetch(front.endpoint, { method: 'POST', headers, body: bytes });
      expect(await answer.json()).toMatchObject({
        body: Buffer.from(bytes).toString('base64'),
        isBase64Encoded: true,
      });
    }
    await front.close();
  });

  it('decides status, headers, cookies and bytes of the answer; its errors say nothing outside', async () => {
    const front = await startFunctionUrl({ host, functionName: 'mirror' });
    const teapot = await fetch(`${front.endpoint}/teapot`);
    expect([
      teapot.status,
      teapot.headers.get('x-kind'),
      teapot.headers.getSetCookie(),
      await teapot.text(),
    ]).toEqual([418, 'teapot', ['a=1', 'b=2'], 'short and stout']);
    const thrown = await fetch(`${front.endpoint}/throws`);
    expect([thrown.status, await thrown.json()]).toEqual([
      502,
      { message: 'Internal Server Error' },
    ]);
    const huge = await fetch(front.endpoint, { method: 'POST', body: 'x'.repeat(7 * 1024 * 1024) });
    expect(huge.status).toBe(413);
    await front.close();
  });
});

describe('a queue in front of a function', () => {
  it('deletes what was done and brings back, in order, what was not', async () => {
    const sqs = await startSqs({
      dataFile: ':memory:',
      credentials: [{ accessKeyId: 'KEY', secretAccessKey: 'SECRET', name: 'poller' }],
      queues: [
        {
          name: 'publish.fifo',
          attributes: {
            FifoQueue: 'true',
            ContentBasedDeduplication: 'true',
            VisibilityTimeout: '1',
          },
        },
      ],
    });
    const client = new SQSClient({
      endpoint: sqs.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'KEY', secretAccessKey: 'SECRET' },
    });
    const queueUrl = sqs.queueUrl('publish.fifo');
    await client.send(
      new SendMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: ['first', 'poison', 'last'].map((body) => ({
          Id: body,
          MessageBody: body,
          MessageGroupId: 'publish',
        })),
      }),
    );
    const mapping = startQueueMapping({
      host,
      functionName: 'publish',
      client,
      queueUrl,
      queueArn: sqs.queueArn('publish.fifo'),
    });
    await expect
      .poll(() => messages('failed'), { timeout: 5000 })
      .toEqual(
        [
          { body: 'first', failed: false },
          { body: 'poison', failed: true },
          { body: 'last', failed: true },
          { body: 'poison', failed: false },
          { body: 'last', failed: false },
        ].map((line) => ({ ...line, group: 'publish' })),
      );
    await mapping.close();
    client.destroy();
    await sqs.close();
  });
});

describe('two batches at once', () => {
  it('never share a group, and what a killed one was at comes back when its visibility ends', async () => {
    const lingering = startFunctionHost({
      functions: fixture.functions.map((definition) => ({
        ...definition,
        timeoutSeconds: 60,
        concurrency: 2,
      })),
      log: (line) => lines.push(line),
    });
    const credentials = { accessKeyId: 'KEY', secretAccessKey: 'SECRET' };
    const visibilitySeconds = 35;
    let passed = 0;
    const sqs = await startSqs({
      dataFile: ':memory:',
      credentials: [{ ...credentials, name: 'owner' }],
      clock: () => Date.now() + passed * 1000,
      queues: [
        {
          name: 'groups.fifo',
          attributes: {
            FifoQueue: 'true',
            ContentBasedDeduplication: 'true',
            VisibilityTimeout: String(visibilitySeconds),
          },
        },
      ],
    });
    const client = new SQSClient({ endpoint: sqs.endpoint, region: 'us-east-1', credentials });
    const queueUrl = sqs.queueUrl('groups.fifo');
    const send = (body: string, group: string) =>
      client.send(
        new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: body, MessageGroupId: group }),
      );
    const mapping = startQueueMapping({
      host: lingering,
      functionName: 'linger',
      client,
      queueUrl,
      queueArn: sqs.queueArn('groups.fifo'),
      concurrency: 2,
    });
    const batches = () => messages('lingering').map((line) => Object.values(line)[0]);

    await send('endless', 'a');
    await expect.poll(batches).toEqual([['endless 1']]);
    await send('behind it', 'a');
    await send('beside it', 'b');
    await expect.poll(batches).toEqual([['endless 1'], ['beside it 1']]);

    const left = () => messagesIn(client, queueUrl);
    await expect.poll(left).toEqual({ all: 2, hidden: 1 });
    expect(await lingering.kill('linger')).toBe(1);
    await send('just after', 'b');
    await expect.poll(batches).toEqual([['endless 1'], ['beside it 1'], ['just after 1']]);
    await expect.poll(left).toEqual({ all: 2, hidden: 1 });

    passed = visibilitySeconds;
    await send('long after', 'b');
    await expect
      .poll(() => batches().flat())
      .toEqual([
        'endless 1',
        'beside it 1',
        'just after 1',
        'endless 2',
        'behind it 1',
        'long after 1',
      ]);
    const closed = mapping.close();
    await lingering.close();
    await closed;
    client.destroy();
    await sqs.close();
  });
});

describe('a function on a schedule', () => {
  it('runs at each interval and once more when asked, until it is closed', async () => {
    const due: { milliseconds: number; wake: () => void }[] = [];
    const sweep = startFunctionSchedule({
      host,
      functionName: 'sweep',
      everySeconds: 60,
      event: { from: 'scheduler' },
      maxAgeSeconds: 300,
      schedule: (milliseconds, wake) => {
        due.push({ milliseconds, wake });
        return () => void due.pop();
      },
    });
    expect(due.map(({ milliseconds }) => milliseconds)).toEqual([60_000]);
    due.shift()?.wake();
    await expect.poll(() => messages('swept')).toEqual([{ swept: { from: 'scheduler' } }]);
    expect(await sweep.runNow()).toMatchObject({ payload: 'swept' });
    await sweep.close();
    expect(due).toEqual([]);
  });

  it('waits while the function is busy, ever longer, until it is too old', async () => {
    const ends: Invocation[] = [];
    const pauses: number[] = [];
    const busyFor = (times: number) =>
      sendEvent({
        host: {
          invoke: async () => {
            const isBusy = ends.length < times;
            ends.push(
              isBusy ? { kind: 'throttled' } : { kind: 'answered', requestId: '', payload: 1 },
            );
            return ends.at(-1) ?? { kind: 'throttled' };
          },
        },
        functionName: 'sweep',
        event: {},
        maxAgeSeconds: 10,
        schedule: (milliseconds, wake) => {
          pauses.push(milliseconds);
          queueMicrotask(wake);
          return () => {};
        },
      });
    expect(await busyFor(3)).toMatchObject({ kind: 'answered' });
    expect(pauses.splice(0)).toEqual([1_000, 2_000, 4_000]);
    ends.length = 0;
    expect(await busyFor(100)).toEqual({ kind: 'throttled' });
    expect(pauses).toEqual([1_000, 2_000, 4_000]);
  });
});
