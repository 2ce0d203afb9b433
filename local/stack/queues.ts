import { queueRules } from '../../cdk/charter/queues.ts';
import { queueArn } from '../sqs/queue-table.ts';

/** The queue of a deployment and its dead letters, dead letters first since the queue names them. */
export function queueAttributes({ queue, deadLetters }: { queue: string; deadLetters: string }) {
  return [
    {
      name: deadLetters,
      attributes: {
        FifoQueue: 'true',
        MessageRetentionPeriod: String(queueRules.deadLettersKeptDays * 86_400),
      },
    },
    {
      name: queue,
      attributes: {
        FifoQueue: 'true',
        VisibilityTimeout: String(queueRules.visibilitySeconds),
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: queueArn(deadLetters),
          maxReceiveCount: queueRules.receives,
        }),
      },
    },
  ] as const;
}
