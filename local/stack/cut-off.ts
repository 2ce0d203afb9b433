import { PurgeQueueCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { messagesIn } from './settled.ts';

/**
 * Messages that were being worked on when the stack was killed stay hidden until their time-out, three
 * minutes, and the whole queue waits with them. They are only hints: they are dropped, and whoever calls
 * this reconciles instead. Resolves to whether there were any.
 */
export async function dropCutOffMessages(client: SQSClient, queueUrl: string): Promise<boolean> {
  const { hidden } = await messagesIn(client, queueUrl);
  if (hidden === 0) return false;
  await client.send(new PurgeQueueCommand({ QueueUrl: queueUrl }));
  return true;
}
