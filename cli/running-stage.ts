import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { cloudfrontPurge } from '../src/adapters/cloudfront-purge.ts';
import { nodeCache } from '../src/adapters/node-cache.ts';
import { s3Client, s3Store } from '../src/adapters/s3-store.ts';
import { sanityClient, sanityLake } from '../src/adapters/sanity-lake.ts';
import { sqsClient, sqsQueue } from '../src/adapters/sqs-queue.ts';
import { systemClock } from '../src/adapters/system-clock.ts';
import { systemRandom } from '../src/adapters/system-random.ts';
import { edition } from '../src/publishing/edition.ts';
import type { Publisher } from '../src/publishing/publisher.ts';
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
  const bucket = s3Client({ endpoint: s3.endpoint, region: s3.region, credentials: s3 });
  const queue = sqsClient({ endpoint: sqs.endpoint, region: sqs.region, credentials: sqs });
  const [clock, random] = [systemClock, systemRandom];
  const publisher: Publisher = {
    ports: {
      store: s3Store({ client: bucket, bucket: s3.bucket }),
      lake: sanityLake({
        client: sanityClient({
          projectId: lake.projectId,
          dataset: lake.dataset,
          apiHost: lake.url,
          token: lake.tokens.viewer,
        }),
        clock,
        random,
      }),
      queue: sqsQueue({ client: queue, queueUrl: sqs.queueUrl }),
      purge: cloudfrontPurge({ mode: { kind: 'off' }, random, onFailure: () => {} }),
      clock,
      random,
    },
    stage,
    renderers: edition,
    nodes: nodeCache(64_000_000),
  };
  return {
    publisher,
    edgeSpeed: site.edgeSpeed,
    fetch,
    async waiting() {
      const { Attributes: found = {} } = await queue.send(
        new GetQueueAttributesCommand({ QueueUrl: sqs.queueUrl, AttributeNames: ['All'] }),
      );
      return [
        found.ApproximateNumberOfMessages,
        found.ApproximateNumberOfMessagesNotVisible,
        found.ApproximateNumberOfMessagesDelayed,
      ].reduce((sum, count) => sum + Number(count ?? 0), 0);
    },
    async close() {
      bucket.destroy();
      queue.destroy();
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
