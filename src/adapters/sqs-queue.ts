import {
  ChangeMessageVisibilityCommand,
  SendMessageCommand,
  SQSClient,
  type SQSClientConfig,
} from '@aws-sdk/client-sqs';
import type { Queue } from '../publishing/ports.ts';
import { messageGroupOf } from './message-group.ts';
import { encodeMessage } from './queue-message.ts';
import { QueueUnavailable } from './queue-unavailable.ts';

/** The queue of things to look at, over SQS FIFO. `send` throws when the queue does not take the message. */
export function sqsQueue({ client, queueUrl }: { client: SQSClient; queueUrl: string }): Queue {
  return {
    async send(message, deduplicationId) {
      try {
        await client.send(
          new SendMessageCommand({
            QueueUrl: queueUrl,
            MessageBody: encodeMessage(message),
            MessageGroupId: messageGroupOf(message),
            MessageDeduplicationId: deduplicationId,
          }),
        );
      } catch (cause) {
        throw new QueueUnavailable(
          `The queue did not take a message for ${message.ids.length} documents`,
          { cause },
        );
      }
    },
  };
}

/** Lets a message that failed come back sooner than its visibility timeout would. */
export interface Deferral {
  comeBack(receiptHandle: string, afterSeconds: number): Promise<void>;
}

export function sqsDeferral({
  client,
  queueUrl,
}: {
  client: SQSClient;
  queueUrl: string;
}): Deferral {
  return {
    async comeBack(receiptHandle, afterSeconds) {
      await client.send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queueUrl,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: Math.round(afterSeconds),
        }),
      );
    },
  };
}

/** A client that gives up while whoever waits for it still waits. */
export function sqsClient({
  endpoint,
  ...settings
}: Pick<SQSClientConfig, 'region' | 'credentials'> & {
  endpoint?: string | undefined;
} = {}): SQSClient {
  return new SQSClient({
    ...settings,
    ...(endpoint !== undefined && { endpoint }),
    maxAttempts: 3,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000 },
  });
}
