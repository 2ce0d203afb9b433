import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, describe, expect, it } from 'vitest';
import { startFunctionHost } from '../../../local/functions/function-host.ts';
import type { FunctionLog } from '../../../local/functions/invocation.ts';
import { type RecursiveLoop, traceRun } from '../../../local/functions/lineage.ts';
import { startQueueMapping } from '../../../local/functions/queue-mapping.ts';
import { queueArn } from '../../../local/sqs/queue-table.ts';
import { startSqs } from '../../../local/sqs/start-sqs.ts';
import { writeFixtureFunctions } from './fixture-functions.ts';

const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).toReversed()) await end();
});

const credentials = { accessKeyId: 'KEY', secretAccessKey: 'SECRET' };

/** A queue that gives a message twice, then to the dead letters. */
async function openQueue(dataFile = ':memory:') {
  const time = { passed: 0 };
  const sqs = await startSqs({
    dataFile,
    credentials: [{ ...credentials, name: 'owner' }],
    queues: [
      { name: 'dead.fifo', attributes: { FifoQueue: 'true' } },
      {
        name: 'publish.fifo',
        attributes: {
          FifoQueue: 'true',
          RedrivePolicy: JSON.stringify({
            deadLetterTargetArn: queueArn('dead.fifo'),
            maxReceiveCount: 2,
          }),
        },
      },
    ],
    clock: () => Date.now() + time.passed,
  });
  ending.push(() => sqs.close());
  const client = new SQSClient({ endpoint: sqs.endpoint, region: 'us-east-1', credentials });
  ending.push(() => client.destroy());
  const send = (body: string, more: object = {}) =>
    client.send(
      new SendMessageCommand({
        QueueUrl: sqs.queueUrl('publish.fifo'),
        MessageBody: body,
        MessageGroupId: 'publish',
        MessageDeduplicationId: `by-hand-${body}`,
        ...more,
      }),
    );
  const receive = async (queue: string) => {
    const { Messages: messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: sqs.queueUrl(queue),
        MaxNumberOfMessages: 10,
        MessageSystemAttributeNames: ['All'],
      }),
    );
    return messages;
  };
  return { sqs, client, send, receive, passTime: (ms: number) => void (time.passed += ms) };
}

/** Goes on with what is left by sending itself the number less one, over the SDK that ships. */
const goOn = `
  import { createRequire } from 'node:module';
  const { SQSClient, SendMessageCommand } = createRequire(${JSON.stringify(import.meta.filename)})('@aws-sdk/client-sqs');
  const client = new SQSClient({});
  export const handler = async ({ Records }) => {
    for (const { body } of Records) {
      console.log({ left: Number(body) });
      if (body === '0') continue;
      await client.send(new SendMessageCommand({
        QueueUrl: process.env.QUEUE_URL,
        MessageBody: String(body - 1),
        MessageGroupId: 'publish',
        MessageDeduplicationId: crypto.randomUUID(),
      }));
    }
  };`;

/** The function behind its queue, set as told; what it has done, and what the host says of it. */
async function openChain(recursiveLoop: RecursiveLoop) {
  const queue = await openQueue();
  const queueUrl = queue.sqs.queueUrl('publish.fifo');
  const fixture = await writeFixtureFunctions(
    { 'go-on': goOn },
    {
      recursiveLoop,
      environment: {
        QUEUE_URL: queueUrl,
        AWS_ENDPOINT_URL_SQS: queue.sqs.endpoint,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      },
    },
  );
  ending.push(() => fixture.remove());
  const lines: FunctionLog[] = [];
  const log = (line: FunctionLog) => void lines.push(line);
  const host = startFunctionHost({ functions: fixture.functions, log });
  ending.push(() => host.close());
  const mapping = startQueueMapping({
    host,
    functionName: 'go-on',
    client: queue.client,
    queueUrl,
    queueArn: queueArn('publish.fifo'),
    waitSeconds: 1,
    log,
  });
  ending.push(() => mapping.close());
  return {
    ...queue,
    /** What was left at each run. */
    runs: () =>
      lines.flatMap(({ record }) => {
        const message = record?.['message'];
        return typeof message === 'object' && message !== null && 'left' in message
          ? [message.left]
          : [];
      }),
    stops: () => lines.filter(({ text }) => text.startsWith('Lambda stopped go-on')).length,
  };
}

const countdown = (from: number, runs: number) => Array.from({ length: runs }, (_, n) => from - n);

describe('a function that goes on by sending itself messages', () => {
  it('is stopped after sixteen, and what it sent last goes to the dead letters', async () => {
    const chain = await openChain('Terminate');
    await chain.send('40');
    await expect.poll(chain.stops, { timeout: 15_000 }).toBe(1);
    expect(chain.runs()).toEqual(countdown(40, 16));

    // It comes back when its visibility ends, is refused again, and is then received too often.
    chain.passTime(31_000);
    await expect.poll(chain.stops, { timeout: 15_000 }).toBe(2);
    chain.passTime(31_000);
    await expect
      .poll(async () => (await chain.receive('dead.fifo')).map(({ Body }) => Body), {
        timeout: 15_000,
      })
      .toEqual(['24']);
    expect(chain.runs()).toEqual(countdown(40, 16));
  });

  it('runs for every new event meanwhile, and each has a chain of its own', async () => {
    const chain = await openChain('Terminate');
    const expected: number[] = [];
    for (const from of [12, 13, 14]) {
      await chain.send(String(from));
      expected.push(...countdown(from, from + 1));
      await expect.poll(chain.runs, { timeout: 15_000 }).toEqual(expected);
    }
    expect(chain.stops()).toBe(0);
  });

  it('goes on to the end where its loop is allowed', async () => {
    const chain = await openChain('Allow');
    await chain.send('40');
    await expect.poll(chain.runs, { timeout: 20_000 }).toEqual(countdown(40, 41));
    expect(chain.stops()).toBe(0);
  });
});

describe('the lineage in a trace header', () => {
  const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:publish';
  const newRoot = '0'.repeat(24);
  const run = (...given: string[]) => traceRun({ functionArn, given, newRoot });

  it('counts each function of a chain for itself, and keeps its root', () => {
    const first = run();
    const own = /Lineage=([0-9a-f]{8}):1$/.exec(first.traceHeader)?.[1];
    expect(first).toEqual({
      traceHeader: `Root=1-00000000-${newRoot};Sampled=0;Lineage=${own}:1`,
      invocations: 1,
    });
    expect(
      run(`Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1;Lineage=68fd508a:5|${own}:2`),
    ).toEqual({
      traceHeader: `Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=0;Lineage=68fd508a:5|${own}:3`,
      invocations: 3,
    });
  });

  it('is of a batch the longest', () => {
    const [once, twice] = [run(), run(run().traceHeader)];
    expect(run(once.traceHeader, twice.traceHeader, 'Root=1-2-3', '').invocations).toBe(3);
    expect(run(twice.traceHeader, once.traceHeader).invocations).toBe(3);
  });

  it.each(['', 'Root=', 'Lineage=', 'Lineage=zz:1', 'Lineage=a87bd80c:-1', 'a87bd80c:16'])(
    'begins anew with one that is none: %j',
    (header) => {
      expect(run(header).invocations).toBe(1);
    },
  );
});

describe('the trace header of a message', () => {
  it('is the one the sender set, else the one of the request, and of nothing else', async () => {
    const { send, receive } = await openQueue();
    await send('set', {
      MessageSystemAttributes: { AWSTraceHeader: { DataType: 'String', StringValue: 'Root=1-2' } },
    });
    await send('not-set');
    const received = await receive('publish.fifo');
    expect(received.map(({ Body, Attributes }) => [Body, Attributes?.AWSTraceHeader])).toEqual([
      ['set', 'Root=1-2'],
      ['not-set', undefined],
    ]);
    await expect(
      send('forged', {
        MessageSystemAttributes: { SenderId: { DataType: 'String', StringValue: 'me' } },
      }),
    ).rejects.toThrow('MessageSystemAttributes');
  });

  it('is missing in a file of an earlier version, whose messages are still there', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'sqs-'));
    ending.push(() => rmSync(directory, { recursive: true }));
    const file = join(directory, 'sqs.sqlite');
    const earlier = await openQueue(file);
    await earlier.send('kept');
    await ending.pop()?.();
    await ending.pop()?.();
    const database = new DatabaseSync(file);
    database.exec('ALTER TABLE messages DROP COLUMN trace');
    database.close();

    const { send, receive } = await openQueue(file);
    await send('new');
    expect((await receive('publish.fifo')).map(({ Body }) => Body)).toEqual(['kept', 'new']);
  });
});
