import { z } from 'zod';
import { invalidParameter, SqsError } from './errors.ts';
import { nameInArn, type Queue, type QueueTable } from './queue-table.ts';

/** The number a queue attribute has, set or by default. */
export function numberOf(queue: Queue, attribute: keyof typeof numberRanges): number {
  return Number(queue.attributes[attribute] ?? numberRanges[attribute].default);
}

/** Where messages go that were received too often; undefined if the queue has no dead letters. */
export function redriveOf(
  queue: Queue,
): { maxReceiveCount: number; deadLetters: string } | undefined {
  const policy = queue.attributes['RedrivePolicy'];
  if (policy === undefined || policy === '') return undefined;
  const { maxReceiveCount, deadLetterTargetArn } = redrivePolicy.parse(JSON.parse(policy));
  return { maxReceiveCount, deadLetters: nameInArn(deadLetterTargetArn) };
}

/** Throws the error SQS gives for attributes that no such queue may have. */
export function checkAttributes({
  name,
  attributes,
  queues,
}: {
  name: string;
  attributes: Readonly<Record<string, string>>;
  queues: QueueTable;
}): void {
  const isFifo = name.endsWith('.fifo');
  for (const [attribute, value] of Object.entries(attributes)) {
    if (isNumberAttribute(attribute)) {
      const { least, most } = numberRanges[attribute];
      const number = Number(value);
      if (!Number.isInteger(number) || number < least || number > most) {
        throw invalidValue(attribute);
      }
    } else if (Object.hasOwn(choices, attribute)) {
      if (choices[attribute]?.includes(value) !== true) throw invalidValue(attribute);
      if (!isFifo && fifoOnly.has(attribute)) {
        throw new SqsError('InvalidAttributeName', `Unknown Attribute ${attribute}.`);
      }
    } else if (attribute === 'RedrivePolicy') {
      checkRedrivePolicy(value, isFifo, queues);
    } else if (!keptAsGiven.has(attribute)) {
      throw new SqsError('InvalidAttributeName', `Unknown Attribute ${attribute}.`);
    }
  }
  if (attributes['FifoQueue'] === 'true' && !isFifo) {
    throw invalidParameter('The name of a FIFO queue can only end with the .fifo suffix.');
  }
  if (
    attributes['FifoThroughputLimit'] === 'perMessageGroupId' &&
    attributes['DeduplicationScope'] !== 'messageGroup'
  ) {
    throw invalidParameter(
      'FifoThroughputLimit perMessageGroupId needs DeduplicationScope messageGroup.',
    );
  }
}

/** Everything GetQueueAttributes can tell, given how many messages there are. */
export function describeQueue(
  queue: Queue,
  counts: { visible: number; inFlight: number; delayed: number },
): Record<string, string> {
  const described: Record<string, string> = {};
  for (const [attribute, range] of Object.entries(numberRanges)) {
    described[attribute] = String(range.default);
  }
  return {
    ...described,
    SqsManagedSseEnabled: 'true',
    ...(queue.isFifo && {
      FifoQueue: 'true',
      ContentBasedDeduplication: 'false',
      DeduplicationScope: 'queue',
      FifoThroughputLimit: 'perQueue',
    }),
    ...queue.attributes,
    QueueArn: queue.arn,
    CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
    LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1000)),
    ApproximateNumberOfMessages: String(counts.visible),
    ApproximateNumberOfMessagesNotVisible: String(counts.inFlight),
    ApproximateNumberOfMessagesDelayed: String(counts.delayed),
  };
}

const numberRanges = {
  VisibilityTimeout: { default: 30, least: 0, most: 43_200 },
  MaximumMessageSize: { default: 1_048_576, least: 1024, most: 1_048_576 },
  MessageRetentionPeriod: { default: 345_600, least: 60, most: 1_209_600 },
  DelaySeconds: { default: 0, least: 0, most: 900 },
  ReceiveMessageWaitTimeSeconds: { default: 0, least: 0, most: 20 },
} as const;

const choices: Readonly<Record<string, readonly string[]>> = {
  FifoQueue: ['true'],
  ContentBasedDeduplication: ['true', 'false'],
  DeduplicationScope: ['queue', 'messageGroup'],
  FifoThroughputLimit: ['perQueue', 'perMessageGroupId'],
  SqsManagedSseEnabled: ['true', 'false'],
};

const fifoOnly: ReadonlySet<string> = new Set([
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
]);

const keptAsGiven: ReadonlySet<string> = new Set([
  'Policy',
  'RedriveAllowPolicy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
]);

const redrivePolicy = z.object({
  maxReceiveCount: z.coerce.number().int().min(1).max(1000),
  deadLetterTargetArn: z.string(),
});

const isNumberAttribute = (name: string): name is keyof typeof numberRanges =>
  Object.hasOwn(numberRanges, name);

function checkRedrivePolicy(value: string, isFifo: boolean, queues: QueueTable): void {
  if (value === '') return;
  let policy: z.infer<typeof redrivePolicy>;
  try {
    policy = redrivePolicy.parse(JSON.parse(value));
  } catch {
    throw invalidParameter('Value for parameter RedrivePolicy is invalid.');
  }
  const deadLetters = queues.find(nameInArn(policy.deadLetterTargetArn));
  if (deadLetters === undefined) {
    throw invalidParameter(
      'Value for parameter RedrivePolicy is invalid: dead-letter queue does not exist.',
    );
  }
  if (deadLetters.isFifo !== isFifo) {
    throw invalidParameter(
      'Value for parameter RedrivePolicy is invalid: dead-letter queue must be of the same type as the source.',
    );
  }
}

const invalidValue = (attribute: string) =>
  new SqsError('InvalidAttributeValue', `Invalid value for the parameter ${attribute}.`, {
    queryCode: 'InvalidAttributeValue',
  });
