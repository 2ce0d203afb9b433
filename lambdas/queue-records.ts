import * as z from 'zod';

/** One record of an SQS event, as far as we need it. */
export interface QueueRecord {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  /** How often it has been received, this time included. */
  readonly receives: number;
  readonly deduplicationId: string;
}

/** Decodes the event of a queue. Throws when Lambda sends anything else. */
export function queueRecords(event: unknown): readonly QueueRecord[] {
  return shape.parse(event).Records.map(({ messageId, receiptHandle, body, attributes }) => ({
    messageId,
    receiptHandle,
    body,
    receives: Number(attributes.ApproximateReceiveCount),
    deduplicationId: attributes.MessageDeduplicationId,
  }));
}

/** What Lambda wants to hear: the messages to keep. */
export interface BatchAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

export function batchAnswer(failed: readonly string[]): BatchAnswer {
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

const shape = z.object({
  Records: z.array(
    z.object({
      messageId: z.string(),
      receiptHandle: z.string(),
      body: z.string(),
      attributes: z.object({
        ApproximateReceiveCount: z.string().regex(/^\d+$/),
        MessageDeduplicationId: z.string(),
      }),
    }),
  ),
});
