import { cloudfrontPurge, type PurgeMode } from '../src/adapters/cloudfront-purge.ts';
import type { Log } from '../src/adapters/log.ts';
import { keptCharacters, nodeCache } from '../src/adapters/node-cache.ts';
import { s3Client, s3Store } from '../src/adapters/s3-store.ts';
import { sanityClient, sanityLake } from '../src/adapters/sanity-lake.ts';
import { secrets } from '../src/adapters/secrets.ts';
import { systemClock } from '../src/adapters/system-clock.ts';
import { systemRandom } from '../src/adapters/system-random.ts';
import { edition } from '../src/publishing/edition.ts';
import type { Queue } from '../src/publishing/ports.ts';
import type { PublishEvent, Publisher } from '../src/publishing/publisher.ts';
import { type PublisherEnvironment, variables } from './environment.ts';
import { lateQueue } from './late-queue.ts';
import { triedApart } from './tried-apart.ts';

/**
 * The publisher of a deployed function. What every publish needs is made at once, while a function that
 * starts has a whole processor; the token is looked up when it is first needed, and again when it is old.
 */
export function publisherFrom(
  environment: PublisherEnvironment,
  log: Log,
  queue: Queue = lateQueue({
    endpoint: environment.AWS_ENDPOINT_URL_SQS,
    queueUrl: environment.QUEUE_URL,
  }),
): Pick<Publisher['ports'], 'queue' | 'clock' | 'random'> & {
  /** Throws what looking up the token throws. */
  readonly current: () => Promise<Publisher>;
} {
  const clock = systemClock;
  const random = systemRandom;
  const store = s3Store({
    client: s3Client({ endpoint: environment.AWS_ENDPOINT_URL_S3 }),
    bucket: environment.BUCKET,
  });
  const purge = cloudfrontPurge({
    mode: purgeMode(environment),
    random,
    onFailure: (error, count) => log.error('purge-failed', error, { count }),
  });
  const lakeWith = (token: string | undefined) =>
    sanityLake({
      client: sanityClient({
        projectId: environment.SANITY_PROJECT_ID,
        dataset: environment.SANITY_DATASET,
        apiHost: environment.SANITY_API_HOST,
        token,
      }),
      clock,
      random,
    });
  const stage = {
    baseUrl: environment.BASE_URL,
    tagAuthority: environment.TAG_AUTHORITY,
    epoch: environment.EPOCH,
  };
  const tokens = secrets({ environment: variables, now: Date.now });
  const nodes = nodeCache(keptCharacters);
  let known: { readonly token: string | undefined; readonly publisher: Publisher } | null = null;
  const current = async (): Promise<Publisher> => {
    const [token] =
      environment.SANITY_TOKEN === undefined ? [] : await tokens.read(environment.SANITY_TOKEN);
    if (known !== null && known.token === token) return known.publisher;
    const ports = { store, lake: lakeWith(token), queue, purge, clock, random };
    const publisher: Publisher = {
      ports,
      stage,
      tryOut: (ids) => triedApart({ ports, stage }, ids),
      renderers: edition,
      ...(environment.PURGES_PER_MONTH !== undefined && {
        purgesPerMonth: environment.PURGES_PER_MONTH,
      }),
      nodes,
      notify: (event) => tell(log, event),
    };
    known = { token, publisher };
    return publisher;
  };
  return { queue, clock, random, current };
}

function purgeMode({ PURGE, DISTRIBUTION_ID }: PublisherEnvironment): PurgeMode {
  return PURGE === 'off' || DISTRIBUTION_ID === undefined
    ? { kind: 'off' }
    : { kind: PURGE, distributionId: DISTRIBUTION_ID };
}

function tell(log: Log, { kind, ...fields }: PublishEvent): void {
  log.info(kind, fields);
}
