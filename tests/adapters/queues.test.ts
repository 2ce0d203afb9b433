import { CreateQueueCommand, ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSqs, startSqs } from '../../local/sqs/start-sqs.ts';
import { decodeMessage, encodeMessage } from '../../src/adapters/queue-message.ts';
import { sqsClient, sqsDeferral, sqsQueue } from '../../src/adapters/sqs-queue.ts';
import type { Queue, QueueMessage } from '../../src/publishing/ports.ts';
import { memoryQueue } from '../fakes/memory-queue.ts';

const time = { now: Date.parse('2026-03-01T12:00:00.000Z') };
let sqs: RunningSqs;
let client: SQSClient;
let queues = 0;

beforeAll(async () => {
  sqs = await startSqs({
    dataFile: ':memory:',
    credentials: [{ accessKeyId: 'OWNER', secretAccessKey: 'owner-secret', name: 'owner' }],
    clock: () => time.now,
  });
  client = sqsClient({
    endpoint: sqs.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'OWNER', secretAccessKey: 'owner-secret' },
  });
});
afterAll(async () => {
  client.destroy();
  await sqs.close();
});

async function emptyQueue(): Promise<string> {
  const QueueName = `publish-${(queues += 1)}.fifo`;
  await client.send(
    new CreateQueueCommand({
      QueueName,
      Attributes: { FifoQueue: 'true', VisibilityTimeout: '180' },
    }),
  );
  return sqs.queueUrl(QueueName);
}

async function receive(queueUrl: string) {
  const { Messages: messages = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10 }),
  );
  return messages;
}

const event: QueueMessage = { ids: ['briefing-radium'], updatedAt: '2026-03-01T11:59:58Z' };

interface TestedQueue {
  readonly queue: Queue;
  readonly take: () => Promise<readonly (QueueMessage | null)[]>;
}
const kinds: readonly (readonly [string, () => Promise<TestedQueue>])[] = [
  [
    'memory',
    async () => {
      const queue = memoryQueue({ now: () => new Date(time.now).toISOString() });
      return {
        queue,
        take: async () => queue.take().map((sent) => decodeMessage(encodeMessage(sent))),
      };
    },
  ],
  [
    'SQS',
    async () => {
      const queueUrl = await emptyQueue();
      return {
        queue: sqsQueue({ client, queueUrl }),
        take: async () => (await receive(queueUrl)).map(({ Body }) => decodeMessage(Body ?? '')),
      };
    },
  ],
];

describe.each(kinds)('%s, as a queue', (_name, open) => {
  it('gives messages in their order, as they were sent', async () => {
    const { queue, take } = await open();
    await queue.send(event, 'key-1');
    await queue.send({ ids: [] }, 'continue-7');
    expect(await take()).toEqual([event, { ids: [] }]);
  });

  it('drops a repeat for five minutes, and not longer', async () => {
    const { queue, take } = await open();
    await queue.send(event, 'key-1');
    await queue.send({ ids: ['briefing-other'] }, 'key-1');
    time.now += 299_000;
    await queue.send(event, 'key-1');
    expect(await take()).toEqual([event]);
  });

  it('takes a repeat after that', async () => {
    const { queue, take } = await open();
    await queue.send(event, 'key-1');
    expect(await take()).toEqual([event]);
    time.now += 300_001;
    await queue.send(event, 'key-1');
    expect((await take()).at(-1)).toEqual(event);
  });
});

describe('SQS', () => {
  it('F12: says that it did not take a message when it is down', async () => {
    const queue = sqsQueue({ client, queueUrl: await emptyQueue() });
    const withdraw = sqs.faults.inject({ kind: 'unavailable', operations: ['SendMessage'] });
    await expect(queue.send(event, 'key-1')).rejects.toThrow(
      'The queue did not take a message for 1 documents',
    );
    withdraw();
  });

  it('lets a message come back before its visibility timeout', async () => {
    const queueUrl = await emptyQueue();
    await sqsQueue({ client, queueUrl }).send(event, 'key-1');
    const [message] = await receive(queueUrl);
    await sqsDeferral({ client, queueUrl }).comeBack(message?.ReceiptHandle ?? '', 2.4);
    time.now += 1_000;
    expect(await receive(queueUrl)).toEqual([]);
    time.now += 1_001;
    expect(await receive(queueUrl)).toHaveLength(1);
  });

  it.each(['', 'null', '[]', '{"ids":"a"}', '{"ids":["drafts.a"]}', '{"ids":["a,b"]}'])(
    'a body that is no message of ours is none: %s',
    (body) => {
      expect(decodeMessage(body)).toBeNull();
    },
  );
});
