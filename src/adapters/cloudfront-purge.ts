import type { Random, Purge, PurgeItem } from '../publishing/ports.ts';

/** How a stage speeds up what the TTL does anyway. */
export type PurgeMode =
  | { readonly kind: 'off' }
  /** One invalidation for everything with a tag; the distribution must be set up for cache tags. */
  | { readonly kind: 'tags'; readonly distributionId: string }
  | { readonly kind: 'paths'; readonly distributionId: string };

/** Asks for one invalidation. */
export type Invalidate = (invalidation: {
  readonly distributionId: string;
  /** Paths, or tags with a leading `#`. */
  readonly paths: readonly string[];
  /** A repeat of the same one is no second invalidation. */
  readonly callerReference: string;
}) => Promise<void>;

/** Purging through CloudFront. What fails is handed back and told, never thrown. */
export function cloudfrontPurge({
  mode,
  random,
  onFailure,
  invalidate = createInvalidation,
}: {
  mode: PurgeMode;
  random: Random;
  onFailure: (error: unknown, count: number) => void;
  invalidate?: Invalidate;
}): Purge {
  return {
    async purge(items) {
      if (mode.kind === 'off' || items.length === 0) return { purged: 0, failed: [] };
      const addresses = [...new Set(items.map((item) => addressOf(item, mode)))];
      const paths = mode.kind === 'tags' ? addresses : addresses.slice(-mostWildcards);
      if (paths.length < addresses.length) {
        const left = addresses.length - paths.length;
        onFailure(new TooManyPages(`CloudFront takes ${mostWildcards} at a time`), left);
      }
      try {
        await invalidate({
          distributionId: mode.distributionId,
          paths,
          callerReference: `pressrun-${String(random.next()).slice(2)}`,
        });
        return { purged: paths.length, failed: [] };
      } catch (error) {
        onFailure(error, items.length);
        return { purged: 0, failed: items };
      }
    },
  };
}

/**
 * Paths with an asterisk that may be under way at a time. What is beyond the newest of them is not tried again:
 * before another invalidation could be made, the TTL has done it.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/InvalidationLimits.html
 */
const mostWildcards = 15;

class TooManyPages extends Error {
  override readonly name = 'TooManyPages';
}

/**
 * Everything below a page's address, as one item: the edge has the page as `index.html`, since the
 * viewer-request function changed the address before the cache was asked, and CloudFront wants both named.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html
 */
function addressOf({ path, tag }: PurgeItem, mode: PurgeMode): string {
  if (mode.kind === 'tags') return `#${tag}`;
  const [, directory] = /^(\/.+\/)(?:index\.[a-z]+)?$/.exec(path) ?? [];
  return directory === undefined ? path : `${directory}*`;
}

async function createInvalidation({
  distributionId,
  paths,
  callerReference,
}: Parameters<Invalidate>[0]): Promise<void> {
  const { CloudFrontClient, CreateInvalidationCommand } =
    await import('@aws-sdk/client-cloudfront');
  const client = new CloudFrontClient({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000 },
  });
  await client.send(
    new CreateInvalidationCommand({
      DistributionId: distributionId,
      InvalidationBatch: {
        CallerReference: callerReference,
        Paths: { Quantity: paths.length, Items: [...paths] },
      },
    }),
  );
}
