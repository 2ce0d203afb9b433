import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningSqs, type SqsOptions, startSqs } from '../../../local/sqs/start-sqs.ts';

/** Time that goes only when it is told to, and wakes who waits for it. */
class HandClock {
  now = Date.UTC(2026, 2, 9, 12);
  readonly #alarms = new Set<{ at: number; wake: () => void }>();

  readonly read = () => this.now;

  readonly schedule = (milliseconds: number, wake: () => void) => {
    const alarm = { at: this.now + milliseconds, wake };
    this.#alarms.add(alarm);
    return () => void this.#alarms.delete(alarm);
  };

  get waiting(): number {
    return this.#alarms.size;
  }

  pass(seconds: number): void {
    const end = this.now + seconds * 1000;
    for (let next = this.#nextBefore(end); next !== undefined; next = this.#nextBefore(end)) {
      this.#alarms.delete(next);
      this.now = next.at;
      next.wake();
    }
    this.now = end;
  }

  #nextBefore(end: number) {
    return this.#alarms
      .values()
      .filter(({ at }) => at <= end)
      .toArray()
      .sort((a, b) => a.at - b.at)[0];
  }
}

let clock: HandClock;
let sqs: RunningSqs;
let clients: SQSClient[];

const optionsAt = (clock: HandClock): SqsOptions => ({
  dataFile: ':memory:',
  clock: clock.read,
  schedule: clock.schedule,
  credentials: [
    { accessKeyId: 'OWNER', secretAccessKey: 'secret', name: 'owner' },
    {
      accessKeyId: 'RECEIVER',
      secretAccessKey: 'secret',
      name: 'receive-webhook',
      statements: [
        {
          Effect: 'Allow',
          Action: 'sqs:SendMessage',
          Resource: 'arn:aws:sqs:us-east-1:000000000000:publish.fifo',
        },
      ],
    },
  ],
  queues: [
    { name: 'dead.fifo', attributes: { FifoQueue: 'true' } },
    {
      name: 'publish.fifo',
      attributes: {
        FifoQueue: 'true',
        VisibilityTimeout: '180',
        RedrivePolicy: JSON.stringify({
          maxReceiveCount: 5,
          deadLetterTargetArn: 'arn:aws:sqs:us-east-1:000000000000:dead.fifo',
        }),
      },
    },
  ],
});

beforeEach(async () => {
  clients = [];
  clock = new HandClock();
  sqs = await startSqs(optionsAt(clock));
});

afterEach(async () => {
  for (const client of clients) client.destroy();
  await sqs.close();
});

function as(accessKeyId: string): SQSClient {
  const client = new SQSClient({
    endpoint: sqs.endpoint,
    region: 'us-east-1',
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey: 'secret' },
  });
  clients.push(client);
  return client;
}

const send = (body: string, deduplicationId = body, client = as('OWNER')) =>
  client.send(
    new SendMessageCommand({
      QueueUrl: sqs.queueUrl('publish.fifo'),
      MessageBody: body,
      MessageGroupId: 'publish',
      MessageDeduplicationId: deduplicationId,
    }),
  );

const receive = async (
  queue = 'publish.fifo',
  more: { WaitTimeSeconds?: number } = {},
  abortSignal?: AbortSignal,
) => {
  const { Messages = [] } = await as('OWNER').send(
    new ReceiveMessageCommand({
      QueueUrl: sqs.queueUrl(queue),
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      ...more,
    }),
    abortSignal === undefined ? {} : { abortSignal },
  );
  return Messages;
};

const bodies = async (queue?: string) => (await receive(queue)).map(({ Body }) => Body);

describe('a FIFO queue over time', () => {
  it('remembers a deduplication id for five minutes', async () => {
    await send('first', 'same');
    clock.pass(299);
    await send('second', 'same');
    clock.pass(1);
    await send('third', 'same');
    expect(await bodies()).toEqual(['first', 'third']);
  });

  // https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
  it.each(['with blank', 'é', 'x'.repeat(129), ''])(
    'takes no deduplication id "%s"',
    async (id) => {
      await expect(send('first', id)).rejects.toMatchObject({
        name: expect.stringMatching(/^(?:InvalidParameterValue|MissingParameter)$/),
      });
      expect(await bodies()).toEqual([]);
    },
  );

  it('gives a message five chances, three minutes apart, then puts it with the dead letters', async () => {
    await send('poison');
    const counts: (string | undefined)[] = [];
    for (let attempt = 0; attempt < 5; attempt += 1) {
      const [message] = await receive();
      counts.push(message?.Attributes?.ApproximateReceiveCount);
      clock.pass(179);
      expect(await bodies()).toEqual([]);
      clock.pass(1);
    }
    expect(counts).toEqual(['1', '2', '3', '4', '5']);
    expect([await bodies(), await bodies('dead.fifo')]).toEqual([[], ['poison']]);
  });

  it('refuses to delete by a receipt whose visibility has ended: another may have the message', async () => {
    await send('a');
    const [message] = await receive();
    clock.pass(181);
    const late = as('OWNER').send(
      new DeleteMessageCommand({
        QueueUrl: sqs.queueUrl('publish.fifo'),
        ReceiptHandle: message?.ReceiptHandle,
      }),
    );
    await expect(late).rejects.toThrow('The receipt handle has expired');
    expect(await bodies()).toEqual(['a']);
  });

  it('forgets messages after four days', async () => {
    await send('a');
    clock.pass(4 * 24 * 3600 + 1);
    expect(await bodies()).toEqual([]);
  });

  it('allows one purge a minute', async () => {
    const purge = () =>
      as('OWNER').send(new PurgeQueueCommand({ QueueUrl: sqs.queueUrl('publish.fifo') }));
    await purge();
    await expect(purge()).rejects.toThrow('Only one PurgeQueue operation');
    clock.pass(60);
    await purge();
  });
});

describe('a long poll', () => {
  it('wakes when a hidden message shows itself', async () => {
    await send('a');
    await receive();
    clock.pass(170);
    const polling = receive('publish.fifo', { WaitTimeSeconds: 20 });
    await expect.poll(() => clock.waiting).toBe(2);
    clock.pass(10);
    expect((await polling).map(({ Body }) => Body)).toEqual(['a']);
  });

  it('takes nothing for a caller who has gone', async () => {
    const caller = new AbortController();
    const polling = receive('publish.fifo', { WaitTimeSeconds: 20 }, caller.signal);
    await expect.poll(() => clock.waiting).toBe(1);
    caller.abort();
    await expect(polling).rejects.toThrow('aborted');
    await expect.poll(() => clock.waiting).toBe(0);
    await send('a');
    expect(await bodies()).toEqual(['a']);
  });
});

describe('the emulator', () => {
  it('lets a role send, and nothing beside', async () => {
    await send('a', 'a', as('RECEIVER'));
    const counted = as('RECEIVER').send(
      new GetQueueAttributesCommand({ QueueUrl: sqs.queueUrl('publish.fifo') }),
    );
    await expect(counted).rejects.toThrow(
      'User receive-webhook is not authorized to perform sqs:GetQueueAttributes',
    );
  });

  it('fails as it is told: unavailable before the effect, or silent after it', async () => {
    sqs.faults.inject({ kind: 'unavailable', operations: ['SendMessage'], times: 1 });
    await expect(send('a')).rejects.toThrow('temporary failure');
    sqs.faults.inject({ kind: 'answer-lost', operations: ['SendMessage'], times: 1 });
    await expect(send('b')).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(await bodies()).toEqual(['b']);
  });

  it('has everything again after a restart: messages in flight, and what was sent before', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sqs-'));
    const options = { ...optionsAt(clock), dataFile: join(folder, 'sqs.sqlite') };
    await sqs.close();
    sqs = await startSqs(options);
    await send('a');
    await send('b');
    const [first] = await receive();
    await sqs.close();
    sqs = await startSqs(options);
    await send('a');
    expect(await bodies()).toEqual([]);
    await as('OWNER').send(
      new DeleteMessageCommand({
        QueueUrl: sqs.queueUrl('publish.fifo'),
        ReceiptHandle: first?.ReceiptHandle,
      }),
    );
    clock.pass(180);
    expect(await bodies()).toEqual(['b']);
    await rm(folder, { recursive: true });
  });
});
