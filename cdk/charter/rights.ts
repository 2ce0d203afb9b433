import { writtenPrefixes } from './bucket-policy.ts';
import type { FunctionName } from './functions.ts';
import { allow, type Statement } from './statement.ts';

/** What the rights of a stage speak of. */
export interface Places {
  readonly bucketArn: string;
  readonly queueArn: string;
  /** Null where nothing is purged. */
  readonly purgedDistributionArn: string | null;
  readonly webhookSecretArns: readonly string[];
  /** Null for a public dataset, which is read without a token. */
  readonly lakeTokenArn: string | null;
  /** With the `:*` at its end that stands for the streams of the group. */
  readonly logGroupArn: (name: FunctionName) => string;
}

/**
 * All that each function may do: its role has these statements and no others. The stack writes them into
 * the roles, and the local emulators enforce the same ones.
 */
export function rightsOf(name: FunctionName, places: Places): readonly Statement[] {
  return [...rights[name](places), writeLog(places.logGroupArn(name))];
}

const rights: Readonly<Record<FunctionName, (places: Places) => readonly Statement[]>> = {
  'receive-webhook': ({ queueArn, webhookSecretArns }) => [
    allow('SendToQueue', 'sqs:SendMessage', queueArn),
    allow('ReadWebhookSecrets', 'ssm:GetParameters', webhookSecretArns),
  ],
  'publish-briefings': (places) => [
    ...publish(places),
    // Lambda takes from the queue in the function's name.
    allow('TakeFromQueue', takeFromQueue, places.queueArn),
    // What met an outage goes to the end of the queue; so does the rest of a fan-out.
    allow('SendToQueue', 'sqs:SendMessage', places.queueArn),
  ],
  sweep: publish,
  collect: ({ bucketArn }) => [
    listBucket(bucketArn),
    allow('ReadObjects', 's3:GetObject', under(bucketArn, writtenPrefixes)),
    // The one role that deletes, and the root of the state is not among what it may.
    allow('DeleteObjects', 's3:DeleteObject', under(bucketArn, collectedPrefixes)),
  ],
};

/** What only the collector deletes. */
export const collectedPrefixes = [
  'public/',
  'state/node/',
  'state/doc/',
  'state/release/',
  'state/check/',
] as const;

const takeFromQueue = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibility',
  'sqs:GetQueueAttributes',
] as const;

function publish({ bucketArn, purgedDistributionArn, lakeTokenArn }: Places): readonly Statement[] {
  return [
    listBucket(bucketArn),
    allow('WriteObjects', ['s3:GetObject', 's3:PutObject'], under(bucketArn, writtenPrefixes)),
    ...(purgedDistributionArn === null
      ? []
      : [allow('PurgeEdge', 'cloudfront:CreateInvalidation', purgedDistributionArn)]),
    ...(lakeTokenArn === null ? [] : [allow('ReadLakeToken', 'ssm:GetParameters', lakeTokenArn)]),
  ];
}

/** Of the whole bucket: without it a missing key is a 403, which no condition on a prefix would let be a 404. */
function listBucket(bucketArn: string): Statement {
  return allow('SeeWhatIsMissing', 's3:ListBucket', bucketArn);
}

function under(bucketArn: string, prefixes: readonly string[]): readonly string[] {
  return prefixes.map((prefix) => `${bucketArn}/${prefix}*`);
}

function writeLog(logGroupArn: string): Statement {
  return allow('WriteLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], logGroupArn);
}
