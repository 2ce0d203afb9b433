import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import type {
  Condition,
  ListedObject,
  PutOutcome,
  Store,
  StoredObject,
} from '../publishing/ports.ts';

/**
 * The store over one S3 bucket. Only 404 is absence: 403 throws, so the role must be allowed to list
 * the bucket. The SDK tries again by itself; a put whose answer was lost then finds its own object
 * there and says `precondition-failed`, which callers look into.
 */
export function s3Store({ client, bucket }: { client: S3Client; bucket: string }): Store {
  return {
    async get(key) {
      try {
        const answer = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
        if (answer.Body === undefined) throw new Error('S3 answered without a body');
        return {
          body: await answer.Body.transformToByteArray(),
          contentType: answer.ContentType ?? 'application/octet-stream',
          ...(answer.CacheControl !== undefined && { cacheControl: answer.CacheControl }),
          ...(answer.Metadata !== undefined &&
            Object.keys(answer.Metadata).length > 0 && { metadata: answer.Metadata }),
          etag: unquoted(answer.ETag),
        };
      } catch (cause) {
        if (statusOf(cause) === 404 && nameOf(cause) !== 'NoSuchBucket') return null;
        throw new StoreFault('GET', key, cause);
      }
    },
    async head(key) {
      try {
        const answer = await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
        return { etag: unquoted(answer.ETag) };
      } catch (cause) {
        if (statusOf(cause) === 404) return null;
        throw new StoreFault('HEAD', key, cause);
      }
    },
    put: (key, object, condition) => put({ client, bucket, key, object, condition }),
    list: (prefix, after) => list({ client, bucket, prefix, after }),
    async delete(key, { ifMatch }) {
      try {
        await client.send(
          new DeleteObjectCommand({ Bucket: bucket, Key: key, IfMatch: `"${ifMatch}"` }),
        );
        return true;
      } catch (cause) {
        const status = statusOf(cause);
        if (status === 412 || status === 404) return false;
        throw new StoreFault('DELETE', key, cause);
      }
    },
  };
}

/** A client that goes on trying through short outages and gives up well within an invocation. */
export function s3Client({
  endpoint,
  ...settings
}: Pick<S3ClientConfig, 'region' | 'credentials'> & {
  endpoint?: string | undefined;
} = {}): S3Client {
  return new S3Client({
    ...settings,
    // An address of its own is a local or compatible store: those know buckets by path.
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    maxAttempts: 5,
    requestHandler: { connectionTimeout: 2_000, requestTimeout: 10_000 },
  });
}

/** S3 refused or could not be reached. Trying again later may help. */
export class StoreFault extends Error {
  override readonly name = 'StoreFault';
  readonly key: string;
  readonly status: number | null;
  /** A refusal is none: somebody has to look. */
  readonly isOutage: boolean;

  constructor(method: string, key: string, cause: unknown) {
    const status = statusOf(cause);
    const what = status === null ? 'could not reach S3' : `was answered ${status}`;
    const hint =
      status === 403
        ? '; for a key that is missing, the role must be allowed to list the bucket'
        : '';
    super(`${method} ${key} ${what} (${nameOf(cause)})${hint}`, { cause });
    this.key = key;
    this.status = status;
    this.isOutage = status === null || status === 409 || status === 429 || status >= 500;
  }
}

async function put({
  client,
  bucket,
  key,
  object,
  condition,
}: {
  client: S3Client;
  bucket: string;
  key: string;
  object: StoredObject;
  condition: Condition;
}): Promise<PutOutcome> {
  try {
    const answer = await client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: object.body,
        ContentType: object.contentType,
        CacheControl: object.cacheControl,
        Metadata: { ...object.metadata },
        ...('ifMatch' in condition
          ? { IfMatch: `"${condition.ifMatch}"` }
          : { IfNoneMatch: condition.ifNoneMatch }),
      }),
    );
    return { kind: 'stored', etag: unquoted(answer.ETag) };
  } catch (cause) {
    const status = statusOf(cause);
    if (status === 412) return { kind: 'precondition-failed' };
    if (status === 409) return { kind: 'conflict' };
    // A missing bucket is no missing object.
    if (status === 404 && nameOf(cause) !== 'NoSuchBucket') return { kind: 'missing' };
    throw new StoreFault('PUT', key, cause);
  }
}

async function* list({
  client,
  bucket,
  prefix,
  after,
}: {
  client: S3Client;
  bucket: string;
  prefix: string;
  after: string | undefined;
}): AsyncIterable<ListedObject> {
  let continuation: string | undefined;
  do {
    const page = await listPage({ client, bucket, prefix, after, continuation });
    for (const { Key, ETag, Size, LastModified } of page.Contents ?? []) {
      if (Key === undefined || LastModified === undefined) continue;
      yield {
        key: Key,
        etag: unquoted(ETag),
        size: Size ?? 0,
        lastModified: LastModified.toISOString(),
      };
    }
    continuation = page.NextContinuationToken;
  } while (continuation !== undefined);
}

async function listPage({
  client,
  bucket,
  prefix,
  after,
  continuation,
}: {
  client: S3Client;
  bucket: string;
  prefix: string;
  after: string | undefined;
  continuation: string | undefined;
}) {
  try {
    return await client.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        ...(continuation === undefined
          ? { StartAfter: after }
          : { ContinuationToken: continuation }),
      }),
    );
  } catch (cause) {
    throw new StoreFault('LIST', prefix, cause);
  }
}

function unquoted(etag: string | undefined): string {
  if (etag === undefined) throw new Error('S3 answered without an ETag');
  return etag.replace(/^"(.*)"$/, '$1');
}

/** The HTTP status of an error of the SDK; null when there was no answer. */
function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return null;
  const { $metadata: metadata } = error;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) {
    return null;
  }
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : null;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown error';
}
