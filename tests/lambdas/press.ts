import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import {
  GetQueueAttributesCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { createClient, type SanityClient } from '@sanity/client';
import { expect, vi } from 'vitest';
import { type FunctionHost, startFunctionHost } from '../../local/functions/function-host.ts';
import { startFunctionUrl } from '../../local/functions/function-url.ts';
import type { FunctionLog } from '../../local/functions/invocation.ts';
import { startQueueMapping } from '../../local/functions/queue-mapping.ts';
import { type Lake, startLake } from '../../local/lake/lake.ts';
import { queueRules } from '../../cdk/charter/queues.ts';
import { refuseUnconditionalWrites } from '../../cdk/charter/bucket-policy.ts';
import { type RunningS3, startS3 } from '../../local/s3/start-s3.ts';
import { queueArn } from '../../local/sqs/queue-table.ts';
import { type RunningSqs, startSqs } from '../../local/sqs/start-sqs.ts';
import { s3Store } from '../../src/adapters/s3-store.ts';
import type { Store } from '../../src/publishing/ports.ts';

/** Everything but the edge, with the bundles that ship. */
export interface Press {
  readonly lake: Lake;
  /** An editor's client. */
  readonly editor: SanityClient;
  readonly s3: RunningS3;
  readonly sqs: RunningSqs;
  readonly host: FunctionHost;
  /** The bucket, seen by its owner. */
  readonly store: Store;
  readonly webhookUrl: string;
  readonly webhookSecret: string;
  /** Lines that functions and the host wrote. */
  readonly lines: readonly FunctionLog[];
  /** What functions said through our log, by event. */
  said(event: string): readonly Readonly<Record<string, unknown>>[];
  /** Lets time pass for the queue alone: what was put off comes back. */
  passTime(seconds: number): void;
  /** How many messages have failed for good. */
  deadLetters(): Promise<number>;
  /** Sends all of them once more. */
  redrive(): Promise<void>;
  /** Waits until every delivery and every message has been dealt with. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

export const webhookSecret = 'canary-webhook-secret-7f3a';
const tokens = {
  editor: 'editor-token-for-tests-0123456789abcdef',
  viewer: 'canary-viewer-token-0123456789abcdef-xyz',
};

/** The projection that the webhook is set up with: what is signed says where it comes from. */
const projection =
  '{_id,_type,_rev,_updatedAt,"operation":delta::operation(),"project":"localdev","dataset":"production"}';

/**
 * Starts the press with the functions bundled in a folder; the newsroom is empty. Every role may do what
 * it needs and nothing else.
 */
export async function startPress(bundles: string): Promise<Press> {
  const bucket = 'press';
  const time = { passed: 0 };
  const sqs = await startSqs({
    dataFile: ':memory:',
    credentials: [
      { accessKeyId: 'OWNER', secretAccessKey: 'owner-secret', name: 'owner' },
      {
        accessKeyId: 'RECEIVER',
        secretAccessKey: 'receiver-secret',
        name: 'receiver',
        statements: [allow(['sqs:SendMessage'], ['arn:aws:sqs:*:*:publish.fifo'])],
      },
      {
        accessKeyId: 'PUBLISHER',
        secretAccessKey: 'publisher-secret',
        name: 'publisher',
        statements: [
          allow(
            ['sqs:SendMessage', 'sqs:ChangeMessageVisibility'],
            ['arn:aws:sqs:*:*:publish.fifo'],
          ),
        ],
      },
    ],
    queues: [
      { name: 'dead.fifo', attributes: { FifoQueue: 'true' } },
      {
        name: 'publish.fifo',
        attributes: {
          FifoQueue: 'true',
          VisibilityTimeout: String(queueRules.visibilitySeconds),
          RedrivePolicy: JSON.stringify({
            deadLetterTargetArn: queueArn('dead.fifo'),
            maxReceiveCount: queueRules.receives,
          }),
        },
      },
    ],
    clock: () => Date.now() + time.passed,
  });
  const s3 = await startS3({
    dataFile: ':memory:',
    credentials: [
      { accessKeyId: 'OWNER', secretAccessKey: 'owner-secret', name: 'owner' },
      {
        accessKeyId: 'PUBLISHER',
        secretAccessKey: 'publisher-secret',
        name: 'publisher',
        statements: [
          allow(
            ['s3:GetObject', 's3:PutObject'],
            [`arn:aws:s3:::${bucket}/public/*`, `arn:aws:s3:::${bucket}/state/*`],
          ),
          allow(['s3:ListBucket'], [`arn:aws:s3:::${bucket}`]),
        ],
      },
    ],
    buckets: [
      {
        name: bucket,
        versioning: true,
        policy: refuseUnconditionalWrites(`arn:aws:s3:::${bucket}`),
      },
    ],
  });

  const lines: FunctionLog[] = [];
  const lake = await startLake({ tokens, isPublicDataset: false });
  const queueUrl = sqs.queueUrl('publish.fifo');
  const shared = {
    SANITY_PROJECT_ID: lake.projectId,
    SANITY_DATASET: 'production',
    QUEUE_URL: queueUrl,
    AWS_ENDPOINT_URL_SQS: sqs.endpoint,
  };
  const publishing = {
    ...shared,
    SANITY_API_HOST: lake.url,
    SANITY_TOKEN: 'env:LAKE_TOKEN',
    LAKE_TOKEN: tokens.viewer,
    BUCKET: bucket,
    AWS_ENDPOINT_URL_S3: s3.endpoint,
    BASE_URL: 'https://briefings.example',
    TAG_AUTHORITY: 'briefings.example,2026',
    EPOCH: '1',
    AWS_ACCESS_KEY_ID: 'PUBLISHER',
    AWS_SECRET_ACCESS_KEY: 'publisher-secret',
  };
  const limits = {
    timeoutSeconds: 30,
    memoryMb: 256,
    concurrency: 2,
    recursiveLoop: 'Terminate',
  } as const;
  const host = startFunctionHost({
    log: (line) => lines.push(line),
    functions: [
      {
        name: 'receive-webhook',
        bundleDirectory: join(bundles, 'receive-webhook'),
        environment: {
          ...shared,
          WEBHOOK_SECRETS: 'env:WEBHOOK_SECRET,env:WEBHOOK_SECRET_BEFORE',
          WEBHOOK_SECRET: webhookSecret,
          AWS_ACCESS_KEY_ID: 'RECEIVER',
          AWS_SECRET_ACCESS_KEY: 'receiver-secret',
        },
        ...limits,
      },
      ...['publish-briefings', 'sweep', 'collect'].map((name) => ({
        name,
        bundleDirectory: join(bundles, name),
        environment: publishing,
        ...limits,
      })),
    ],
  });
  const url = await startFunctionUrl({ host, functionName: 'receive-webhook' });
  const owner = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'OWNER', secretAccessKey: 'owner-secret' },
  };
  const queueClient = new SQSClient({ ...owner, endpoint: sqs.endpoint });
  const bucketClient = new S3Client({ ...owner, endpoint: s3.endpoint, forcePathStyle: true });
  const mapping = startQueueMapping({
    host,
    functionName: 'publish-briefings',
    client: queueClient,
    queueUrl,
    queueArn: sqs.queueArn('publish.fifo'),
    waitSeconds: 1,
    log: (line) => lines.push(line),
  });
  const editor = createClient({
    projectId: lake.projectId,
    dataset: 'production',
    apiVersion: '2026-03-01',
    apiHost: lake.url,
    useProjectHostname: false,
    useCdn: false,
    token: tokens.editor,
  });
  await createWebhook(lake, url.endpoint);

  return {
    lake,
    editor,
    s3,
    sqs,
    host,
    store: s3Store({ client: bucketClient, bucket }),
    webhookUrl: url.endpoint,
    webhookSecret,
    lines,
    said: (event) =>
      lines.flatMap(({ record }) => {
        const message = record?.['message'];
        return isRecord(message) && message['event'] === event ? [message] : [];
      }),
    passTime: (seconds) => void (time.passed += seconds * 1000),
    async deadLetters() {
      const { waiting } = await messagesIn(queueClient, sqs.queueUrl('dead.fifo'));
      return Number(waiting);
    },
    async redrive() {
      await queueClient.send(new StartMessageMoveTaskCommand({ SourceArn: queueArn('dead.fifo') }));
    },
    async settled() {
      await lake.webhooksSettled();
      await vi.waitFor(
        async () =>
          expect(await messagesIn(queueClient, queueUrl)).toEqual({ waiting: '0', inFlight: '0' }),
        { timeout: 15_000, interval: 20 },
      );
    },
    async close() {
      await mapping.close();
      await url.close();
      await host.close();
      await lake.close();
      queueClient.destroy();
      bucketClient.destroy();
      await Promise.all([sqs.close(), s3.close()]);
    },
  };
}

/** Every published document rings; drafts do not. */
async function createWebhook(lake: Lake, url: string): Promise<void> {
  const answer = await fetch(`${lake.url}/v2021-10-04/hooks/projects/${lake.projectId}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${tokens.editor}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'press',
      url,
      dataset: 'production',
      secret: webhookSecret,
      rule: { on: ['create', 'update', 'delete'], filter: '', projection },
    }),
  });
  expect(answer.ok, await answer.text()).toBe(true);
}

async function messagesIn(
  client: SQSClient,
  queueUrl: string,
): Promise<{ waiting: string | undefined; inFlight: string | undefined }> {
  const { Attributes: attributes } = await client.send(
    new GetQueueAttributesCommand({
      QueueUrl: queueUrl,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    }),
  );
  return {
    waiting: attributes?.['ApproximateNumberOfMessages'],
    inFlight: attributes?.['ApproximateNumberOfMessagesNotVisible'],
  };
}

function allow(Action: readonly string[], Resource: readonly string[]) {
  return { Effect: 'Allow' as const, Action, Resource };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
