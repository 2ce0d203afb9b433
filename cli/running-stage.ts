import type { S3Client } from '@aws-sdk/client-s3';
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import type { Stage } from '../cdk/charter/stages.ts';
import { cloudfrontPurge, type PurgeMode } from '../src/adapters/cloudfront-purge.ts';
import { nodeCache } from '../src/adapters/node-cache.ts';
import { s3Client, s3Store } from '../src/adapters/s3-store.ts';
import { sanityClient, sanityLake } from '../src/adapters/sanity-lake.ts';
import { sqsClient, sqsQueue } from '../src/adapters/sqs-queue.ts';
import { systemClock } from '../src/adapters/system-clock.ts';
import { systemRandom } from '../src/adapters/system-random.ts';
import { edition } from '../src/publishing/edition.ts';
import { readerAuthorization } from '../src/site/admission.ts';
import type { Publisher } from '../src/publishing/publisher.ts';
import { type DeployedStack, outputOf } from './deployed-stack.ts';
import { readStackFile } from './stack-file.ts';

/** A running system, as its operator sees it. */
export interface RunningStage {
  readonly publisher: Publisher;
  /** Messages in the queue, those being worked on included. */
  waiting(): Promise<number>;
  /** How many times faster than a clock the edge's own runs: 1 on a stage. */
  readonly edgeSpeed: number;
  /** Asks the edge. */
  readonly fetch: typeof fetch;
  close(): Promise<void>;
}

/** Opens the system that a stack file names. Throws CannotRun when it is missing or nobody answers. */
export async function openRunningStage(stackFile: string): Promise<RunningStage> {
  const { stage, lake, s3, sqs, site } = readStackFile(stackFile, shape);
  return opened({
    stage,
    lake: {
      projectId: lake.projectId,
      dataset: lake.dataset,
      apiHost: lake.url,
      token: lake.tokens.viewer,
    },
    bucket: {
      client: s3Client({ endpoint: s3.endpoint, region: s3.region, credentials: s3 }),
      bucket: s3.bucket,
    },
    queue: {
      client: sqsClient({ endpoint: sqs.endpoint, region: sqs.region, credentials: sqs }),
      queueUrl: sqs.queueUrl,
    },
    purge: { kind: 'off' },
    purgesPerMonth: 0,
    edgeSpeed: site.edgeSpeed,
    fetch,
  });
}

/** A stage on AWS: what the charter says of it, what was deployed, and the token that reads its lake. */
export interface StageOnAws {
  readonly stage: Stage;
  readonly stack: DeployedStack;
  /** Null for a public dataset. */
  readonly token: string | null;
  /** Null for a stage that everybody may read. */
  readonly readerPassword: string | null;
}

/** Opens it with the credentials at hand, as code of the deployment that its functions are of. */
export async function openStageOnAws({
  stage,
  stack,
  token,
  readerPassword,
}: StageOnAws): Promise<RunningStage> {
  const { region, sanity, domain, tagAuthority, purge, purgesPerMonth } = stage;
  const output = (name: string): string => outputOf(stack, stage, name);
  return opened({
    stage: {
      baseUrl: domain === null ? output('SiteAddress') : `https://${domain.name}`,
      tagAuthority,
      epoch: stack.epoch ?? 1,
    },
    lake: {
      projectId: sanity.projectId,
      dataset: sanity.dataset,
      apiHost: undefined,
      token: token ?? undefined,
    },
    bucket: { client: s3Client({ region }), bucket: output('BucketName') },
    queue: { client: sqsClient({ region }), queueUrl: output('QueueUrl') },
    purge:
      purge === 'off' ? { kind: 'off' } : { kind: purge, distributionId: output('DistributionId') },
    purgesPerMonth,
    edgeSpeed: 1,
    fetch: readerPassword === null ? fetch : fetchAsReader(readerPassword),
  });
}

/** The clients and names of a system, wherever it runs. */
interface Parts {
  readonly stage: Publisher['stage'];
  readonly lake: Parameters<typeof sanityClient>[0];
  readonly bucket: { readonly client: S3Client; readonly bucket: string };
  readonly queue: { readonly client: SQSClient; readonly queueUrl: string };
  readonly purge: PurgeMode;
  readonly purgesPerMonth: number;
  readonly edgeSpeed: number;
  readonly fetch: RunningStage['fetch'];
}

/** Asks a closed site as a reader does who knows the password. */
function fetchAsReader(password: string): typeof fetch {
  return (input, init) => {
    const headers = new Headers(init?.headers);
    headers.set('authorization', readerAuthorization(password));
    return fetch(input, { ...init, headers });
  };
}

function opened({
  stage,
  lake,
  bucket,
  queue,
  purge,
  purgesPerMonth,
  edgeSpeed,
  fetch,
}: Parts): RunningStage {
  const [clock, random] = [systemClock, systemRandom];
  return {
    publisher: {
      ports: {
        store: s3Store(bucket),
        lake: sanityLake({ client: sanityClient(lake), clock, random }),
        queue: sqsQueue(queue),
        purge: cloudfrontPurge({ mode: purge, random, onFailure: () => {} }),
        clock,
        random,
      },
      stage,
      renderers: edition,
      purgesPerMonth,
      nodes: nodeCache(64_000_000),
    },
    edgeSpeed,
    fetch,
    async waiting() {
      const { Attributes: found = {} } = await queue.client.send(
        new GetQueueAttributesCommand({ QueueUrl: queue.queueUrl, AttributeNames: ['All'] }),
      );
      return [
        found.ApproximateNumberOfMessages,
        found.ApproximateNumberOfMessagesNotVisible,
        found.ApproximateNumberOfMessagesDelayed,
      ].reduce((sum, count) => sum + Number(count ?? 0), 0);
    },
    async close() {
      bucket.client.destroy();
      queue.client.destroy();
    },
  };
}

const key = { accessKeyId: z.string(), secretAccessKey: z.string() };
const shape = z.object({
  version: z.literal(1),
  site: z.object({ url: z.string(), edgeSpeed: z.number() }),
  stage: z.object({ baseUrl: z.string(), tagAuthority: z.string(), epoch: z.number() }),
  lake: z.object({
    url: z.string(),
    projectId: z.string(),
    dataset: z.string(),
    tokens: z.object({ viewer: z.string() }),
  }),
  s3: z.object({ endpoint: z.string(), region: z.string(), bucket: z.string(), ...key }),
  sqs: z.object({ endpoint: z.string(), region: z.string(), queueUrl: z.string(), ...key }),
});
