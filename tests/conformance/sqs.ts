import assert from 'node:assert/strict';
import { createHash, randomUUID } from 'node:crypto';
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  type Message,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  type ReceiveMessageCommandInput,
  SendMessageBatchCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
  SetQueueAttributesCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { type Endpoint, type Point, refusal, runPoints, type Verdict } from './point.ts';

/** Runs the suite against any SQS endpoint; it makes queues named `conformance-…` and leaves them. */
export async function runSqs(at: Endpoint): Promise<Verdict[]> {
  const clientWith = (credentials: Partial<Endpoint>) => {
    const {
      endpoint,
      region = 'us-east-1',
      accessKeyId,
      secretAccessKey,
    } = { ...at, ...credentials };
    return new SQSClient({
      endpoint,
      region,
      maxAttempts: 1,
      // Emulators may give queues an address under a name that this machine does not resolve.
      useQueueUrlAsEndpoint: false,
      credentials: { accessKeyId, secretAccessKey },
    });
  };
  const client = clientWith({});
  const forger = clientWith({ secretAccessKey: 'not-the-secret' });
  try {
    return await runPoints(sqsPoints, { client, forger });
  } finally {
    client.destroy();
    forger.destroy();
  }
}

interface Subject {
  readonly client: SQSClient;
  /** Signs with a wrong secret. */
  readonly forger: SQSClient;
}

/** What publishing relies on, point by point. */
const sqsPoints: readonly Point<Subject>[] = [
  {
    name: 'a message is received as it was sent, with its MD5',
    async check(s) {
      const queue = await Queue.make(s, 'standard');
      const body = 'publish "Ada" – 出版 😀\n';
      const sent = await queue.send(body);
      assert.equal(sent.MD5OfMessageBody, createHash('md5').update(body).digest('hex'));
      const [message] = await queue.receive();
      assert.deepEqual([message?.Body, message?.MessageId], [body, sent.MessageId]);
    },
  },
  {
    name: 'attributes of a message are kept, with their MD5',
    async check(s) {
      const queue = await Queue.make(s, 'standard');
      const MessageAttributes = {
        source: { DataType: 'String', StringValue: 'sweep' },
        bytes: { DataType: 'Binary', BinaryValue: Uint8Array.of(0, 255) },
      };
      const sent = await queue.send('x', { MessageAttributes });
      const [message] = await queue.receive({ MessageAttributeNames: ['All'] });
      assert.deepEqual(message?.MessageAttributes, MessageAttributes);
      assert.equal(message?.MD5OfMessageAttributes, sent.MD5OfMessageAttributes);
    },
  },
  {
    name: 'a FIFO message tells group, deduplication id, sequence and receive count',
    async check(s) {
      const queue = await Queue.make(s, 'fifo');
      const { SequenceNumber } = await queue.send('x', { MessageDeduplicationId: 'd-1' });
      const [message] = await queue.receive({ MessageSystemAttributeNames: ['All'] });
      const { MessageGroupId, MessageDeduplicationId, ApproximateReceiveCount, ...rest } =
        message?.Attributes ?? {};
      assert.deepEqual(
        [MessageGroupId, MessageDeduplicationId, ApproximateReceiveCount, rest.SequenceNumber],
        ['publish', 'd-1', '1', SequenceNumber],
      );
      assert.ok(Number(rest.SentTimestamp) > 0);
    },
  },
  {
    name: 'a group is received in the order it was sent',
    async check(s) {
      const queue = await Queue.make(s, 'fifo');
      const bodies = Array.from({ length: 12 }, (_, number) => `message ${number}`);
      for (const body of bodies) await queue.send(body);
      assert.deepEqual(await queue.drain(), bodies);
    },
  },
  {
    name: 'several messages of one group may come in one receive, in order',
    async check(s) {
      const queue = await Queue.make(s, 'fifo');
      for (const body of ['a', 'b', 'c']) await queue.send(body);
      assert.deepEqual(bodiesOf(await queue.receive({ MaxNumberOfMessages: 10 })), ['a', 'b', 'c']);
    },
  },
  {
    name: 'a group with a message in flight waits',
    async check(s) {
      const queue = await Queue.make(s, 'fifo');
      await queue.send('a');
      await queue.send('b');
      const [first] = await queue.receive();
      assert.deepEqual(await queue.receive({ MaxNumberOfMessages: 10 }), []);
      await queue.delete(first);
      assert.deepEqual(bodiesOf(await queue.receive()), ['b']);
    },
  },
  {
    name: 'other groups do not wait',
    async check(s) {
      const queue = await Queue.make(s, 'fifo');
      await queue.send('a', { MessageGroupId: 'one' });
      await queue.receive();
      await queue.send('b', { MessageGroupId: 'one' });
      await queue.send('c', { MessageGroupId: 'two' });
      assert.deepEqual(bodiesOf(await queue.receive({ MaxNumberOfMessages: 10 })), ['c']);
    },
  },
  {
    name: 'a deduplication id is accepted twice and delivered once',
    async check(s) {
      const queue = await Queue.make(s, 'fifo');
      const first = await queue.send('a', { MessageDeduplicationId: 'same' });
      const second = await queue.send('b', { MessageDeduplicationId: 'same' });
      assert.equal(second.MessageId, first.MessageId);
      assert.deepEqual(await queue.drain(), ['a']);
    },
  },
  {
    name: 'a deduplication id is remembered after its message is deleted',
    async check(s) {
      const queue = await Queue.make(s, 'fifo');
      await queue.send('a', { MessageDeduplicationId: 'same' });
      assert.deepEqual(await queue.drain(), ['a']);
      await queue.send('b', { MessageDeduplicationId: 'same' });
      assert.deepEqual(await queue.drain(), []);
    },
  },
  {
    name: 'with content-based deduplication equal bodies are one message',
    async check(s) {
      const queue = await Queue.make(s, 'fifo', { ContentBasedDeduplication: 'true' });
      const plain = { MessageGroupId: 'publish', MessageDeduplicationId: undefined };
      for (const body of ['a', 'a', 'b']) await queue.send(body, plain);
      assert.deepEqual(await queue.drain(), ['a', 'b']);
    },
  },
  {
    name: 'deduplication can be a matter of the group',
    async check(s) {
      const queue = await Queue.make(s, 'fifo', {
        DeduplicationScope: 'messageGroup',
        FifoThroughputLimit: 'perMessageGroupId',
      });
      for (const MessageGroupId of ['one', 'two', 'one']) {
        await queue.send(MessageGroupId, { MessageGroupId, MessageDeduplicationId: 'same' });
      }
      assert.deepEqual((await queue.drain()).toSorted(), ['one', 'two']);
    },
  },
  {
    name: 'a FIFO queue wants a group and a deduplication id',
    async check(s) {
      const queue = await Queue.make(s, 'fifo');
      const without = [
        { MessageGroupId: undefined },
        { MessageDeduplicationId: undefined },
      ] satisfies Partial<SendMessageCommandInput>[];
      for (const missing of without) {
        assert.equal((await refusal(queue.send('x', missing))).status, 400);
      }
    },
  },
  {
    name: 'a FIFO queue refuses a delay of one message',
    async check(s) {
      const queue = await Queue.make(s, 'fifo');
      assert.equal((await refusal(queue.send('x', { DelaySeconds: 5 }))).status, 400);
    },
  },
  {
    name: 'sequence numbers grow',
    async check(s) {
      const queue = await Queue.make(s, 'fifo');
      const numbers: bigint[] = [];
      for (const body of ['a', 'b', 'c']) {
        numbers.push(BigInt((await queue.send(body)).SequenceNumber ?? ''));
      }
      assert.deepEqual(
        numbers,
        numbers.toSorted((a, b) => (a < b ? -1 : 1)),
      );
      assert.equal(new Set(numbers).size, 3);
    },
  },
  {
    name: 'a message comes back when its visibility timeout ends',
    async check(s) {
      const queue = await Queue.make(s, 'fifo', { VisibilityTimeout: '1' });
      await queue.send('a');
      await queue.receive();
      assert.deepEqual(await queue.receive(), []);
      const [again] = await queue.receive({
        WaitTimeSeconds: 5,
        MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      });
      assert.deepEqual([again?.Body, again?.Attributes?.ApproximateReceiveCount], ['a', '2']);
    },
  },
  {
    name: 'a visibility of 0 brings a message back at once',
    async check(s) {
      const queue = await Queue.make(s, 'fifo');
      await queue.send('a');
      await queue.release((await queue.receive())[0]);
      assert.deepEqual(bodiesOf(await queue.receive()), ['a']);
    },
  },
  {
    name: 'a longer visibility keeps a message hidden',
    async check(s) {
      const queue = await Queue.make(s, 'standard', { VisibilityTimeout: '1' });
      await queue.send('a');
      const [message] = await queue.receive();
      await queue.changeVisibility(message, 30);
      assert.deepEqual(await queue.receive({ WaitTimeSeconds: 2 }), []);
    },
  },
  {
    name: 'a message received too often goes to the dead letters and frees its group',
    async check(s) {
      const { queue, deadLetters } = await withDeadLetters(s, 2);
      await queue.send('poison');
      await queue.send('next');
      for (let attempt = 0; attempt < 2; attempt += 1) {
        const [message] = await queue.receive();
        assert.equal(message?.Body, 'poison');
        await queue.release(message);
      }
      assert.deepEqual(bodiesOf(await queue.receive()), ['next']);
      assert.deepEqual(bodiesOf(await deadLetters.receive()), ['poison']);
    },
  },
  {
    name: 'a dead letter names the queue it came from',
    async check(s) {
      const { queue, deadLetters } = await withDeadLetters(s, 1);
      await queue.fail('poison');
      const [message] = await deadLetters.receive({ MessageSystemAttributeNames: ['All'] });
      assert.equal(message?.Attributes?.DeadLetterQueueSourceArn, await queue.arn());
    },
  },
  {
    name: 'the dead letters of a FIFO queue are a FIFO queue',
    async check(s) {
      const queue = await Queue.make(s, 'fifo');
      const standard = await Queue.make(s, 'standard');
      const call = queue.set({ RedrivePolicy: await redriveTo(standard, 3) });
      assert.equal((await refusal(call)).status, 400);
    },
  },
  {
    name: 'a queue of dead letters lists its sources',
    async check(s) {
      const { queue, deadLetters } = await withDeadLetters(s, 3);
      const { queueUrls } = await s.client.send(
        new ListDeadLetterSourceQueuesCommand({ QueueUrl: deadLetters.url }),
      );
      assert.deepEqual(queueUrls, [queue.url]);
    },
  },
  {
    name: 'dead letters can be moved back',
    async check(s) {
      const { queue, deadLetters } = await withDeadLetters(s, 1);
      await queue.fail('poison');
      await s.client.send(new StartMessageMoveTaskCommand({ SourceArn: await deadLetters.arn() }));
      assert.deepEqual(bodiesOf(await queue.receive({ WaitTimeSeconds: 5 })), ['poison']);
      assert.deepEqual(await deadLetters.receive(), []);
    },
  },
  {
    name: 'a batch of ten is sent and answered entry by entry',
    async check(s) {
      const queue = await Queue.make(s, 'fifo');
      const bodies = Array.from({ length: 10 }, (_, number) => `message ${number}`);
      const { Successful, Failed } = await queue.sendBatch(bodies);
      assert.deepEqual([Successful?.map(({ Id }) => Id), Failed ?? []], [bodies.map(idOf), []]);
      assert.deepEqual(await queue.drain(), bodies);
    },
  },
  {
    name: 'a batch of eleven, of none, or with one id twice is refused',
    async check(s) {
      const queue = await Queue.make(s, 'standard');
      const eleven = Array.from({ length: 11 }, (_, number) => `message ${number}`);
      const names: string[] = [];
      for (const bodies of [eleven, [], ['same', 'same']]) {
        names.push((await refusal(queue.sendBatch(bodies))).name);
      }
      assert.deepEqual(names, [
        'TooManyEntriesInBatchRequest',
        'EmptyBatchRequest',
        'BatchEntryIdsNotDistinct',
      ]);
    },
  },
  {
    name: 'one bad receipt in a batch does not stop the others',
    async check(s) {
      const queue = await Queue.make(s, 'fifo', { VisibilityTimeout: '30' });
      await queue.send('a');
      const [message] = await queue.receive();
      const { Successful, Failed } = await s.client.send(
        new DeleteMessageBatchCommand({
          QueueUrl: queue.url,
          Entries: [
            { Id: 'good', ReceiptHandle: message?.ReceiptHandle },
            { Id: 'bad', ReceiptHandle: 'garbage' },
          ],
        }),
      );
      assert.deepEqual(
        [Successful?.map(({ Id }) => Id), Failed?.map(({ Id, SenderFault }) => [Id, SenderFault])],
        [['good'], [['bad', true]]],
      );
    },
  },
  {
    name: 'a long poll is answered when a message arrives',
    async check(s) {
      const queue = await Queue.make(s, 'standard');
      const began = Date.now();
      const polling = queue.receive({ WaitTimeSeconds: 10 });
      await queue.send('a');
      assert.deepEqual(bodiesOf(await polling), ['a']);
      assert.ok(Date.now() - began < 5000);
    },
  },
  {
    name: 'a long poll of an empty queue ends when its time is up',
    async check(s) {
      const queue = await Queue.make(s, 'standard');
      const began = Date.now();
      assert.deepEqual(await queue.receive({ WaitTimeSeconds: 1 }), []);
      assert.ok(Date.now() - began >= 900);
    },
  },
  {
    name: 'a message of 1 MiB is accepted, one byte more is refused',
    async check(s) {
      const queue = await Queue.make(s, 'standard');
      await queue.send('x'.repeat(1024 * 1024));
      assert.equal((await refusal(queue.send('x'.repeat(1024 * 1024 + 1)))).status, 400);
    },
  },
  {
    name: 'a character that XML could not hold is refused',
    async check(s) {
      const queue = await Queue.make(s, 'standard');
      assert.equal((await refusal(queue.send('bell \u0007'))).name, 'InvalidMessageContents');
    },
  },
  {
    name: 'a garbage receipt handle is refused',
    async check(s) {
      const queue = await Queue.make(s, 'standard');
      const call = s.client.send(
        new DeleteMessageCommand({ QueueUrl: queue.url, ReceiptHandle: 'garbage' }),
      );
      assert.equal((await refusal(call)).name, 'ReceiptHandleIsInvalid');
    },
  },
  {
    name: 'a FIFO queue refuses a receipt handle that a later receive has replaced',
    async check(s) {
      const queue = await Queue.make(s, 'fifo');
      await queue.send('a');
      const [first] = await queue.receive();
      await queue.release(first);
      const [second] = await queue.receive();
      assert.equal((await refusal(queue.delete(first))).status, 400);
      await queue.delete(second);
      assert.deepEqual(await queue.drain(), []);
    },
  },
  {
    name: 'deleting a message twice succeeds',
    async check(s) {
      const queue = await Queue.make(s, 'fifo');
      await queue.send('a');
      const [message] = await queue.receive();
      await queue.delete(message);
      await queue.delete(message);
    },
  },
  {
    name: 'a purged queue is empty',
    async check(s) {
      const queue = await Queue.make(s, 'standard');
      for (const body of ['a', 'b']) await queue.send(body);
      await s.client.send(new PurgeQueueCommand({ QueueUrl: queue.url }));
      assert.deepEqual(await queue.receive(), []);
    },
  },
  {
    name: 'attributes count what is visible, in flight and delayed',
    async check(s) {
      const queue = await Queue.make(s, 'standard');
      for (const body of ['a', 'b', 'c']) await queue.send(body);
      await queue.send('later', { DelaySeconds: 60 });
      await queue.receive();
      const counts = await queue.attributes();
      assert.deepEqual(
        ['', 'NotVisible', 'Delayed'].map((kind) => counts[`ApproximateNumberOfMessages${kind}`]),
        ['2', '1', '1'],
      );
    },
  },
  {
    name: 'a queue that is not there is QueueDoesNotExist',
    async check(s) {
      const call = s.client.send(new GetQueueUrlCommand({ QueueName: `none-${randomUUID()}` }));
      assert.equal((await refusal(call)).name, 'QueueDoesNotExist');
    },
  },
  {
    name: 'a queue made twice is one queue, unless its attributes differ',
    async check(s) {
      const QueueName = `conformance-${randomUUID()}`;
      const make = (VisibilityTimeout: string) =>
        s.client.send(new CreateQueueCommand({ QueueName, Attributes: { VisibilityTimeout } }));
      assert.equal((await make('5')).QueueUrl, (await make('5')).QueueUrl);
      assert.equal((await refusal(make('6'))).name, 'QueueNameExists');
    },
  },
  {
    name: 'a wrong secret is 403',
    async check(s) {
      const queue = await Queue.make(s, 'standard');
      const call = s.forger.send(
        new SendMessageCommand({ QueueUrl: queue.url, MessageBody: 'forged' }),
      );
      assert.equal((await refusal(call)).status, 403);
      assert.deepEqual(await queue.receive(), []);
    },
  },
];

/** A queue of its own for one point. */
class Queue {
  readonly url: string;
  readonly #client: SQSClient;
  readonly #isFifo: boolean;

  private constructor(url: string, client: SQSClient) {
    this.url = url;
    this.#client = client;
    this.#isFifo = url.endsWith('.fifo');
  }

  static async make(
    { client }: Subject,
    kind: 'fifo' | 'standard',
    attributes: Readonly<Record<string, string>> = {},
  ): Promise<Queue> {
    const { QueueUrl = '' } = await client.send(
      new CreateQueueCommand({
        QueueName: `conformance-${randomUUID()}${kind === 'fifo' ? '.fifo' : ''}`,
        Attributes: { ...(kind === 'fifo' && { FifoQueue: 'true' }), ...attributes },
      }),
    );
    return new Queue(QueueUrl, client);
  }

  send(body: string, more: Partial<SendMessageCommandInput> = {}) {
    return this.#client.send(
      new SendMessageCommand({
        QueueUrl: this.url,
        MessageBody: body,
        ...(this.#isFifo && { MessageGroupId: 'publish', MessageDeduplicationId: randomUUID() }),
        ...more,
      }),
    );
  }

  sendBatch(bodies: readonly string[]) {
    return this.#client.send(
      new SendMessageBatchCommand({
        QueueUrl: this.url,
        Entries: bodies.map((body) => ({
          Id: idOf(body),
          MessageBody: body,
          ...(this.#isFifo && { MessageGroupId: 'publish', MessageDeduplicationId: randomUUID() }),
        })),
      }),
    );
  }

  async receive(more: Partial<ReceiveMessageCommandInput> = {}): Promise<Message[]> {
    const { Messages = [] } = await this.#client.send(
      new ReceiveMessageCommand({ QueueUrl: this.url, ...more }),
    );
    return Messages;
  }

  async delete(message: Message | undefined): Promise<void> {
    await this.#client.send(
      new DeleteMessageCommand({ QueueUrl: this.url, ReceiptHandle: message?.ReceiptHandle }),
    );
  }

  async changeVisibility(message: Message | undefined, seconds: number): Promise<void> {
    await this.#client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: this.url,
        ReceiptHandle: message?.ReceiptHandle,
        VisibilityTimeout: seconds,
      }),
    );
  }

  release(message: Message | undefined): Promise<void> {
    return this.changeVisibility(message, 0);
  }

  /** Receives and deletes until nothing comes; the bodies in order. */
  async drain(): Promise<string[]> {
    const bodies: string[] = [];
    for (;;) {
      const messages = await this.receive({ MaxNumberOfMessages: 10 });
      if (messages.length === 0) return bodies;
      for (const message of messages) await this.delete(message);
      bodies.push(...bodiesOf(messages));
    }
  }

  /** Sends a message to a queue that bears one receive, and receives it once too often. */
  async fail(body: string): Promise<void> {
    await this.send(body);
    await this.release((await this.receive())[0]);
    assert.deepEqual(await this.receive(), []);
  }

  async attributes(): Promise<Record<string, string>> {
    const { Attributes = {} } = await this.#client.send(
      new GetQueueAttributesCommand({ QueueUrl: this.url, AttributeNames: ['All'] }),
    );
    return Attributes;
  }

  async arn(): Promise<string> {
    return (await this.attributes())['QueueArn'] ?? '';
  }

  async set(attributes: Readonly<Record<string, string>>): Promise<void> {
    await this.#client.send(
      new SetQueueAttributesCommand({ QueueUrl: this.url, Attributes: attributes }),
    );
  }
}

const bodiesOf = (messages: readonly Message[]) => messages.map((message) => message.Body ?? '');

const idOf = (body: string): string => body.replaceAll(' ', '-');

async function withDeadLetters(s: Subject, maxReceiveCount: number) {
  const deadLetters = await Queue.make(s, 'fifo');
  const queue = await Queue.make(s, 'fifo', {
    RedrivePolicy: await redriveTo(deadLetters, maxReceiveCount),
  });
  return { queue, deadLetters };
}

const redriveTo = async (deadLetters: Queue, maxReceiveCount: number): Promise<string> =>
  JSON.stringify({ deadLetterTargetArn: await deadLetters.arn(), maxReceiveCount });
