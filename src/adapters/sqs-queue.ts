import {
  ChangeMessageVisibilityCommand,
  SendMessageCommand,
  SQSClient,
  type SQSClientConfig,
} from '@aws-sdk/client-sqs';
import type { Queue, QueueMessage } from '../publishing/ports.ts';
import { encodeMessage } from './queue-message.ts';

/** Groups that documents are dealt to; so many can wait for one another's invocation. */
const groupsOfDocuments = 16;

/**
 * The order of messages does not matter, since commits are ordered by the swap of the root. A group is what
 * one invocation keeps from all others until it has ended or was killed: so it is small, and large enough that
 * an import is not published document by document. Whole-site work has a group of its own.
 */
export function groupOf({ ids }: QueueMessage): string {
  const [id] = ids;
  if (id === undefined) return 'walks';
  let sum = 0;
  for (let index = 0; index < id.length; index += 1) sum = (sum * 31 + id.charCodeAt(index)) >>> 0;
  return `documents-${sum % groupsOfDocuments}`;
}

/** The queue of things to look at, over SQS FIFO. `send` throws when the queue does not take the message. */
export function sqsQueue({ client, queueUrl }: { client: SQSClient; queueUrl: string }): Queue {
  return {
    async send(message, deduplicationId) {
      try {
        await client.send(
          new SendMessageCommand({
            QueueUrl: queueUrl,
            MessageBody: encodeMessage(message),
            MessageGroupId: groupOf(message),
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

export class QueueUnavailable extends Error {
  override readonly name = 'QueueUnavailable';
}
