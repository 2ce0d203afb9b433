import {
  DeleteMessageBatchCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { z } from 'zod';
import { realSchedule, type Schedule } from '../sqs/schedule.ts';
import type { FunctionHost } from './function-host.ts';
import type { FunctionLog } from './invocation.ts';

/**
 * Polls a queue and hands batches to a function, as an SQS event source mapping does.
 *
 * What the function does not name in `batchItemFailures` is deleted; the rest comes back when its
 * visibility timeout ends. A function that fails, or names a message that is not in the batch, fails
 * the whole batch; so does one that Lambda stops because it has sent itself too long a chain of messages:
 * what cannot be invoked is not deleted, and goes to the dead letters as often as it was received.
 */
export function startQueueMapping({
  host,
  functionName,
  client,
  queueUrl,
  queueArn,
  batchSize = 10,
  concurrency = 1,
  waitSeconds = 20,
  log = () => {},
  schedule = realSchedule,
}: {
  host: FunctionHost;
  functionName: string;
  client: SQSClient;
  queueUrl: string;
  queueArn: string;
  batchSize?: number;
  /** Batches that are worked on side by side. */
  concurrency?: number;
  waitSeconds?: number;
  log?: (line: FunctionLog) => void;
  /** Spaces out tries while the queue cannot be reached or the function is throttled. */
  schedule?: Schedule;
}): { close: () => Promise<void> } {
  const stop = new AbortController();
  const pause = () =>
    new Promise<void>((resolve) => {
      const goOn = () => {
        callOff();
        stop.signal.removeEventListener('abort', goOn);
        resolve();
      };
      const callOff = schedule(retryMilliseconds, goOn);
      stop.signal.addEventListener('abort', goOn);
    });
  const poll = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        const { Messages: messages = [] } = await client.send(
          new ReceiveMessageCommand({
            QueueUrl: queueUrl,
            MaxNumberOfMessages: batchSize,
            WaitTimeSeconds: waitSeconds,
            MessageSystemAttributeNames: ['All'],
            MessageAttributeNames: ['All'],
          }),
          { abortSignal: stop.signal },
        );
        if (messages.length === 0) continue;
        const done = await process(messages);
        if (done.length > 0) await acknowledge(done);
      } catch (error) {
        if (stop.signal.aborted) return;
        log({ functionName, source: 'platform', text: `Queue poll failed: ${String(error)}` });
        await pause();
      }
    }
  };
  const polling = Promise.all(Array.from({ length: concurrency }, poll));

  async function process(messages: readonly Message[]): Promise<Message[]> {
    const event = { Records: messages.map((message) => recordOf(message, queueArn)) };
    const traceHeaders = messages.flatMap(({ Attributes }) => Attributes?.AWSTraceHeader ?? []);
    for (;;) {
      const invocation = await host.invoke(functionName, event, traceHeaders);
      if (invocation.kind === 'answered') return succeeded(messages, invocation.payload);
      if (invocation.kind === 'failed' || stop.signal.aborted) return [];
      await pause();
    }
  }

  async function acknowledge(messages: readonly Message[]): Promise<void> {
    await client.send(
      new DeleteMessageBatchCommand({
        QueueUrl: queueUrl,
        Entries: messages.map((message, index) => ({
          Id: String(index),
          ReceiptHandle: message.ReceiptHandle,
        })),
      }),
    );
  }

  return {
    async close() {
      stop.abort();
      await polling;
    },
  };
}

const retryMilliseconds = 500;

/** The messages of a batch that may be deleted, given what the function answered. */
function succeeded(messages: readonly Message[], payload: unknown): Message[] {
  const failures = batchResult.safeParse(payload ?? {});
  if (!failures.success) return [];
  const failed = new Set(failures.data.batchItemFailures.map((failure) => failure.itemIdentifier));
  const known = new Set(messages.map((message) => message.MessageId));
  if ([...failed].some((id) => !known.has(id))) return [];
  return messages.filter((message) => !failed.has(message.MessageId ?? ''));
}

const batchResult = z.object({
  batchItemFailures: z
    .array(z.object({ itemIdentifier: z.string().min(1) }))
    .nullish()
    .transform((failures) => failures ?? []),
});

function recordOf(message: Message, queueArn: string): object {
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    attributes: message.Attributes ?? {},
    messageAttributes: Object.fromEntries(
      Object.entries(message.MessageAttributes ?? {}).map(([name, attribute]) => [
        name,
        {
          stringValue: attribute.StringValue,
          ...(attribute.BinaryValue !== undefined && {
            binaryValue: Buffer.from(attribute.BinaryValue).toString('base64'),
          }),
          stringListValues: [],
          binaryListValues: [],
          dataType: attribute.DataType,
        },
      ]),
    ),
    md5OfBody: message.MD5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: 'us-east-1',
  };
}
