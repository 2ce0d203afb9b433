import { createHash } from 'node:crypto';
import { z } from 'zod';
import { numberOf } from './attributes.ts';
import { answerBatch, batchEntries } from './batch.ts';
import type { Answer, QueueCall } from './call.ts';
import { invalidParameter, missingParameter, SqsError } from './errors.ts';
import { attributesDigest, attributesSize, messageAttributes } from './message-attributes.ts';
import { readInput } from './input.ts';

export function sendMessage(call: QueueCall): Answer {
  return send(call, readInput(letter, call.input));
}

export function sendMessageBatch(call: QueueCall): Answer {
  const entries = batchEntries(letter, call.input);
  const size = entries.reduce((sum, entry) => sum + sizeOf(entry), 0);
  if (size > numberOf(call.queue, 'MaximumMessageSize')) {
    throw new SqsError(
      'BatchRequestTooLong',
      'Batch requests cannot be longer than 1048576 bytes.',
      {
        queryCode: 'AWS.SimpleQueueService.BatchRequestTooLong',
      },
    );
  }
  return answerBatch(entries, (entry) => send(call, entry));
}

/**
 * Of system attributes a sender may set the trace header alone; without it, a message has that of the request.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-message-metadata.html
 */
const systemAttributes = z.strictObject({
  AWSTraceHeader: z.object({ DataType: z.literal('String'), StringValue: z.string().min(1) }),
});

/**
 * Letters, digits and punctuation of ASCII.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html
 */
const fifoId = z.string().regex(/^[!-~]{1,128}$/);

const letter = z.object({
  MessageBody: z.string(),
  DelaySeconds: z.number().int().min(0).max(900).exactOptional(),
  MessageAttributes: messageAttributes.exactOptional(),
  MessageSystemAttributes: systemAttributes.exactOptional(),
  MessageGroupId: fifoId.exactOptional(),
  MessageDeduplicationId: fifoId.exactOptional(),
});

type Letter = z.infer<typeof letter>;

function send({ queue, messages, now, traceHeader, changed }: QueueCall, sent: Letter): object {
  checkContents(sent, numberOf(queue, 'MaximumMessageSize'));
  const attributes = sent.MessageAttributes ?? {};
  const digest = attributesDigest(attributes);
  const systemDigest = attributesDigest(sent.MessageSystemAttributes ?? {});
  const digests = {
    MD5OfMessageBody: createHash('md5').update(sent.MessageBody).digest('hex'),
    ...(digest !== undefined && { MD5OfMessageAttributes: digest }),
    ...(systemDigest !== undefined && { MD5OfMessageSystemAttributes: systemDigest }),
  };
  const delay = sent.DelaySeconds ?? numberOf(queue, 'DelaySeconds');
  const message = {
    body: sent.MessageBody,
    attributes,
    traceHeader: sent.MessageSystemAttributes?.AWSTraceHeader.StringValue ?? traceHeader,
    sentAt: now,
    visibleAt: now + delay * 1000,
  };
  if (!queue.isFifo) {
    const { messageId } = messages.add(queue.name, {
      ...message,
      groupId: sent.MessageGroupId ?? '',
      deduplicationId: '',
    });
    changed(queue.name);
    return { ...digests, MessageId: messageId };
  }
  if (sent.DelaySeconds !== undefined && sent.DelaySeconds > 0) {
    throw invalidParameter(
      `Value ${sent.DelaySeconds} for parameter DelaySeconds is invalid. Reason: The request include parameter that is not valid for this queue type.`,
    );
  }
  const groupId = sent.MessageGroupId;
  if (groupId === undefined) throw missingParameter('MessageGroupId');
  const deduplicationId =
    sent.MessageDeduplicationId ?? contentId(queue.attributes, sent.MessageBody);
  const scope = queue.attributes['DeduplicationScope'] === 'messageGroup' ? groupId : '';
  const since = now - deduplicationWindow;
  const accepted = messages.transaction(() => {
    const earlier = messages.earlierSend(queue.name, scope, deduplicationId, since);
    if (earlier !== undefined) return earlier;
    const added = messages.add(queue.name, { ...message, groupId, deduplicationId });
    messages.rememberSend(queue.name, scope, added, since);
    return added;
  });
  changed(queue.name);
  return {
    ...digests,
    MessageId: accepted.messageId,
    SequenceNumber: accepted.sequenceNumber,
  };
}

const deduplicationWindow = 5 * 60 * 1000;

function contentId(attributes: Readonly<Record<string, string>>, body: string): string {
  if (attributes['ContentBasedDeduplication'] === 'true') {
    return createHash('sha256').update(body).digest('hex');
  }
  throw invalidParameter(
    'The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided explicitly',
  );
}

function checkContents(sent: Letter, limit: number): void {
  if (sent.MessageBody === '') throw missingParameter('MessageBody');
  if (sizeOf(sent) > limit) {
    throw invalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${limit} bytes.`,
    );
  }
  if (/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u.test(sent.MessageBody)) {
    throw new SqsError('InvalidMessageContents', 'Invalid characters found in the message body.');
  }
}

const sizeOf = (sent: Letter): number =>
  Buffer.byteLength(sent.MessageBody) + attributesSize(sent.MessageAttributes ?? {});
