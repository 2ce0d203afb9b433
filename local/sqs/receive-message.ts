import { createHash } from 'node:crypto';
import { z } from 'zod';
import { numberOf, redriveOf } from './attributes.ts';
import type { QueueCall } from './call.ts';
import { attributesDigest, chosenAttributes } from './message-attributes.ts';
import type { Message } from './message-table.ts';
import { readInput } from './input.ts';

/** What a receive asks for, once read; a long poll tries it again and again. */
export type ReceiveRequest = z.infer<typeof receiveRequest>;

const receiveRequest = z.object({
  MaxNumberOfMessages: z.number().int().min(1).max(10).default(1),
  VisibilityTimeout: z.number().int().min(0).max(43_200).exactOptional(),
  WaitTimeSeconds: z.number().int().min(0).max(20).exactOptional(),
  AttributeNames: z.array(z.string()).default([]),
  MessageSystemAttributeNames: z.array(z.string()).default([]),
  MessageAttributeNames: z.array(z.string()).default([]),
});

export const readReceiveRequest = (input: unknown): ReceiveRequest =>
  readInput(receiveRequest, input);

/** Takes what may be received now; messages received too often go to the dead letters on the way. */
export function receiveMessages(
  { queue, queues, messages, now, changed }: Omit<QueueCall, 'input'>,
  request: ReceiveRequest,
): object[] {
  messages.expire(queue.name, now - numberOf(queue, 'MessageRetentionPeriod') * 1000);
  const redrive = redriveOf(queue);
  const timeout = request.VisibilityTimeout ?? numberOf(queue, 'VisibilityTimeout');
  return messages.transaction(() => {
    for (;;) {
      const candidates = messages.receivable(
        queue.name,
        queue.isFifo,
        now,
        request.MaxNumberOfMessages,
      );
      const exhausted = candidates.filter(
        (message) => redrive !== undefined && message.receiveCount >= redrive.maxReceiveCount,
      );
      if (redrive === undefined || exhausted.length === 0) {
        return candidates
          .map((message) => messages.markReceived(message, now, now + timeout * 1000))
          .map((message) => received(message, request, queue.isFifo));
      }
      for (const message of exhausted) {
        messages.delete(message);
        if (queues.find(redrive.deadLetters) === undefined) continue;
        messages.add(redrive.deadLetters, {
          ...message,
          visibleAt: now,
          deadLetterSource: queue.arn,
        });
        changed(redrive.deadLetters);
      }
    }
  });
}

function received(message: Message, request: ReceiveRequest, isFifo: boolean): object {
  const attributes = chosenAttributes(message.attributes, request.MessageAttributeNames);
  const digest = attributesDigest(attributes);
  const system = systemAttributes(message, isFifo, [
    ...request.AttributeNames,
    ...request.MessageSystemAttributeNames,
  ]);
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receipt,
    Body: message.body,
    MD5OfBody: createHash('md5').update(message.body).digest('hex'),
    ...(Object.keys(system).length > 0 && { Attributes: system }),
    ...(digest !== undefined && {
      MessageAttributes: attributes,
      MD5OfMessageAttributes: digest,
    }),
  };
}

function systemAttributes(
  message: Message,
  isFifo: boolean,
  wanted: readonly string[],
): Record<string, string> {
  const all: Record<string, string> = {
    SenderId: 'AIDALOCALSENDER',
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    ...(message.groupId !== '' && { MessageGroupId: message.groupId }),
    ...(isFifo && {
      MessageDeduplicationId: message.deduplicationId,
      SequenceNumber: message.sequenceNumber,
    }),
    ...(message.traceHeader !== '' && { AWSTraceHeader: message.traceHeader }),
    ...(message.deadLetterSource !== '' && { DeadLetterQueueSourceArn: message.deadLetterSource }),
  };
  return Object.fromEntries(
    Object.entries(all).filter(([name]) => wanted.includes('All') || wanted.includes(name)),
  );
}
