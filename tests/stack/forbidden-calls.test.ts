import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CloudFrontClient, CreateInvalidationCommand } from '@aws-sdk/client-cloudfront';
import {
  CopyObjectCommand,
  DeleteBucketPolicyCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  ListObjectVersionsCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import {
  DeleteQueueCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { edgePrincipal } from '../../cdk/charter/bucket-policy.ts';
import { type FunctionName, functionNames } from '../../cdk/charter/functions.ts';
import {
  distributionArn,
  type RunningInvalidationApi,
  startInvalidationApi,
} from '../../local/edge/invalidation-api.ts';
import { type RunningS3, startS3 } from '../../local/s3/start-s3.ts';
import { account, queueArn, region } from '../../local/sqs/queue-table.ts';
import { type RunningSqs, startSqs } from '../../local/sqs/start-sqs.ts';
import { queueAttributes } from '../../local/stack/queues.ts';
import { synthesizedBucketPolicy, synthesizedRights } from '../cdk/synthesized-rights.ts';
import type { Template } from '../cdk/template.ts';

const bucket = 'ours';
const theirs = 'of-another-stage';
const distribution = 'OURS';
const names = {
  bucketArn: `arn:aws:s3:::${bucket}`,
  queueArn: queueArn('publish.fifo'),
  distributionId: distribution,
  account,
};

type Caller = FunctionName | 'edge' | 'foreign edge' | 'operator' | 'nobody';

/** What somebody tries, as a request of the SDK. */
interface Attempt {
  readonly who: Caller;
  readonly what: string;
  readonly call: (as: Clients) => Promise<unknown>;
}

interface Clients {
  readonly s3: S3Client;
  readonly sqs: SQSClient;
  readonly cloudfront: CloudFrontClient;
}

let s3: RunningS3;
let sqs: RunningSqs;
let invalidations: RunningInvalidationApi;
const open: { destroy(): void }[] = [];

beforeAll(async () => {
  // The template that `tests/cdk` holds to be the one that is synthesized.
  const file = join(import.meta.dirname, '..', 'cdk', '__snapshots__', 'pressrun-prod.json');
  const template: Template = JSON.parse(await readFile(file, 'utf8'));
  const edge = (id: string) => ({
    name: edgePrincipal,
    statements: [],
    context: { 'aws:sourcearn': distributionArn(id) },
  });
  const credentials = [
    ...functionNames.map((name) => ({
      name,
      statements: synthesizedRights(template, name, names),
      accessKeyId: keyOf(name),
      secretAccessKey: secret,
    })),
    { ...edge(distribution), accessKeyId: keyOf('edge'), secretAccessKey: secret },
    { ...edge('FOREIGN'), accessKeyId: keyOf('foreign edge'), secretAccessKey: secret },
    { name: 'operator', accessKeyId: keyOf('operator'), secretAccessKey: secret },
  ];
  s3 = await startS3({
    dataFile: ':memory:',
    credentials,
    buckets: [
      { name: bucket, versioning: true, policy: synthesizedBucketPolicy(template, names) },
      theirs,
    ],
  });
  sqs = await startSqs({
    dataFile: ':memory:',
    credentials,
    queues: queueAttributes({ queue: 'publish.fifo', deadLetters: 'dead.fifo' }),
  });
  invalidations = await startInvalidationApi({
    distributionId: distribution,
    credentials,
    invalidate: () => {},
  });
  const operator = as('operator');
  for (const key of ['public/index.html', 'public/old.html', 'state/root', 'state/node/a']) {
    await put(operator, key, { IfNoneMatch: '*' });
  }
  await operator.s3.send(new PutObjectCommand({ Bucket: theirs, Key: 'public/a', Body: 'a' }));
});

afterAll(async () => {
  for (const client of open) client.destroy();
  await Promise.all([s3.close(), sqs.close(), invalidations.close()]);
});

const forbidden: readonly Attempt[] = [
  { who: 'receive-webhook', what: 'read a page', call: (as) => get(as, 'public/index.html') },
  { who: 'receive-webhook', what: 'write a page', call: (as) => put(as, 'public/a', fresh) },
  { who: 'receive-webhook', what: 'take from the queue', call: receive },
  { who: 'receive-webhook', what: 'empty the queue', call: emptyQueue },
  { who: 'receive-webhook', what: 'send to the dead letters', call: (as) => send(as, 'dead.fifo') },
  { who: 'publish-briefings', what: 'write blindly', call: (as) => put(as, 'public/index.html') },
  { who: 'publish-briefings', what: 'write the root blindly', call: (as) => put(as, 'state/root') },
  {
    who: 'publish-briefings',
    what: 'copy an object, which carries no condition',
    call: ({ s3 }) =>
      s3.send(
        new CopyObjectCommand({
          Bucket: bucket,
          Key: 'public/copy.html',
          CopySource: `${bucket}/public/index.html`,
        }),
      ),
  },
  {
    who: 'publish-briefings',
    what: 'write beside its prefixes',
    call: (as) => put(as, 'a', fresh),
  },
  { who: 'publish-briefings', what: 'delete a page', call: (as) => remove(as, 'public/old.html') },
  { who: 'publish-briefings', what: 'delete the root', call: (as) => remove(as, 'state/root') },
  {
    who: 'publish-briefings',
    what: 'write into another stage',
    call: ({ s3 }) =>
      s3.send(new PutObjectCommand({ Bucket: theirs, Key: 'public/a', Body: 'b', ...fresh })),
  },
  {
    who: 'publish-briefings',
    what: 'read another stage',
    call: ({ s3 }) => s3.send(new GetObjectCommand({ Bucket: theirs, Key: 'public/a' })),
  },
  {
    who: 'publish-briefings',
    what: 'list another stage',
    call: ({ s3 }) => s3.send(new ListObjectsV2Command({ Bucket: theirs })),
  },
  {
    who: 'publish-briefings',
    what: 'take away the policy of the bucket',
    call: ({ s3 }) => s3.send(new DeleteBucketPolicyCommand({ Bucket: bucket })),
  },
  {
    who: 'publish-briefings',
    what: 'write a policy of the bucket',
    call: ({ s3 }) =>
      s3.send(new PutBucketPolicyCommand({ Bucket: bucket, Policy: '{"Statement":[]}' })),
  },
  { who: 'publish-briefings', what: 'delete the queue', call: deleteQueue },
  {
    who: 'publish-briefings',
    what: 'purge, where a stage does not',
    call: (as) => purge(as, distribution),
  },
  { who: 'sweep', what: 'take from the queue', call: receive },
  { who: 'sweep', what: 'send to the queue', call: (as) => send(as, 'publish.fifo') },
  { who: 'sweep', what: 'delete an orphan', call: (as) => remove(as, 'public/old.html') },
  {
    who: 'sweep',
    what: 'stop keeping versions',
    call: ({ s3 }) =>
      s3.send(
        new PutBucketVersioningCommand({
          Bucket: bucket,
          VersioningConfiguration: { Status: 'Suspended' },
        }),
      ),
  },
  { who: 'collect', what: 'write a page', call: (as) => put(as, 'public/a', fresh) },
  { who: 'collect', what: 'write the root', call: (as) => put(as, 'state/root', fresh) },
  { who: 'collect', what: 'delete the root', call: (as) => remove(as, 'state/root') },
  {
    who: 'collect',
    what: 'delete an old version',
    call: ({ s3 }) =>
      s3.send(
        new DeleteObjectCommand({ Bucket: bucket, Key: 'public/index.html', VersionId: 'null' }),
      ),
  },
  {
    who: 'collect',
    what: 'see old versions',
    call: ({ s3 }) => s3.send(new ListObjectVersionsCommand({ Bucket: bucket })),
  },
  { who: 'collect', what: 'send to the queue', call: (as) => send(as, 'publish.fifo') },
  { who: 'edge', what: 'read the state', call: (as) => get(as, 'state/root') },
  { who: 'edge', what: 'write a page', call: (as) => put(as, 'public/a', fresh) },
  { who: 'foreign edge', what: 'read a page', call: (as) => get(as, 'public/index.html') },
  { who: 'nobody', what: 'read a page', call: (as) => get(as, 'public/index.html') },
  // Not even the owner of the account, by mistake.
  { who: 'operator', what: 'write blindly', call: (as) => put(as, 'public/index.html') },
];

const permitted: readonly Attempt[] = [
  { who: 'receive-webhook', what: 'send to the queue', call: (as) => send(as, 'publish.fifo') },
  { who: 'publish-briefings', what: 'write a new page', call: (as) => put(as, 'public/b', fresh) },
  { who: 'publish-briefings', what: 'take from the queue', call: receive },
  { who: 'publish-briefings', what: 'send again', call: (as) => send(as, 'publish.fifo') },
  { who: 'sweep', what: 'write the state', call: (as) => put(as, 'state/node/b', fresh) },
  { who: 'sweep', what: 'see that something is missing', call: missing },
  { who: 'collect', what: 'delete an orphan it has seen', call: removeSeen('public/old.html') },
  { who: 'collect', what: 'delete a node it has seen', call: removeSeen('state/node/a') },
  { who: 'edge', what: 'read a page', call: (as) => get(as, 'public/index.html') },
  { who: 'edge', what: 'see that something is missing', call: missing },
];

describe('under the statements that are synthesized', () => {
  it.each(forbidden)('$who may not $what', async ({ who, call }) => {
    await expect(call(as(who))).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  it.each(permitted)('$who may $what', async ({ who, call }) => {
    await expect(call(as(who))).resolves.toBeDefined();
  });
});

const secret = 'a-secret-of-this-test';
const fresh = { IfNoneMatch: '*' } as const;

function keyOf(who: Caller): string {
  return `KEY${who.toUpperCase().replaceAll(/[^A-Z]/g, '')}`;
}

/** Clients that sign as somebody; nobody's signatures are unknown. */
function as(who: Caller): Clients {
  const credentials = { accessKeyId: keyOf(who), secretAccessKey: secret };
  const shared = { region, credentials, maxAttempts: 1 };
  const clients = {
    s3: new S3Client({ ...shared, endpoint: s3.endpoint, forcePathStyle: true }),
    sqs: new SQSClient({ ...shared, endpoint: sqs.endpoint }),
    cloudfront: new CloudFrontClient({ ...shared, endpoint: invalidations.endpoint }),
  };
  open.push(...Object.values(clients));
  return clients;
}

function get({ s3 }: Clients, key: string): Promise<unknown> {
  return s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
}

function put(
  { s3 }: Clients,
  key: string,
  condition: { IfNoneMatch?: '*' } = {},
): Promise<unknown> {
  return s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: 'text', ...condition }));
}

function remove({ s3 }: Clients, key: string): Promise<unknown> {
  return s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}

/** As the collector does: only if it is what was seen. */
function removeSeen(key: string): Attempt['call'] {
  return async ({ s3 }) => {
    const { ETag } = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, IfMatch: ETag }));
  };
}

/** A key that is not there is 404 to who may list, and 403 to everybody else. */
async function missing({ s3 }: Clients): Promise<string> {
  const asked = s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'public/nowhere' }));
  await expect(asked).rejects.toMatchObject({ $metadata: { httpStatusCode: 404 } });
  return 'missing';
}

function send({ sqs: client }: Clients, queue: string): Promise<unknown> {
  return client.send(
    new SendMessageCommand({
      QueueUrl: sqs.queueUrl(queue),
      MessageBody: '{"ids":[]}',
      MessageGroupId: 'publish',
      MessageDeduplicationId: String(Math.random()),
    }),
  );
}

function receive({ sqs: client }: Clients): Promise<unknown> {
  return client.send(new ReceiveMessageCommand({ QueueUrl: sqs.queueUrl('publish.fifo') }));
}

function emptyQueue({ sqs: client }: Clients): Promise<unknown> {
  return client.send(new PurgeQueueCommand({ QueueUrl: sqs.queueUrl('publish.fifo') }));
}

function deleteQueue({ sqs: client }: Clients): Promise<unknown> {
  return client.send(new DeleteQueueCommand({ QueueUrl: sqs.queueUrl('publish.fifo') }));
}

function purge({ cloudfront }: Clients, id: string): Promise<unknown> {
  return cloudfront.send(
    new CreateInvalidationCommand({
      DistributionId: id,
      InvalidationBatch: { CallerReference: 'a', Paths: { Quantity: 1, Items: ['/'] } },
    }),
  );
}
