import { queueArn } from '../sqs/queue-table.ts';

/** The queue of a deployment and its dead letters, dead letters first since the queue names them. */
export function queueAttributes({ queue, deadLetters }: { queue: string; deadLetters: string }) {
  return [
    { name: deadLetters, attributes: { FifoQueue: 'true', MessageRetentionPeriod: '1209600' } },
    {
      name: queue,
      attributes: {
        FifoQueue: 'true',
        // Six times the publisher's time-out: a message is never handed out while it is worked on.
        VisibilityTimeout: '180',
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: queueArn(deadLetters),
          maxReceiveCount: 5,
        }),
      },
    },
  ] as const;
}
