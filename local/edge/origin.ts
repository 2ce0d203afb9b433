import { GetObjectCommand, type GetObjectCommandOutput, type S3Client } from '@aws-sdk/client-s3';

/** What the origin says about one key. Names of headers are in lower case. */
export interface OriginAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** Where the edge gets what it does not have. Rejects when the origin cannot be reached. */
export type Origin = (key: string, known: { readonly etag?: string }) => Promise<OriginAnswer>;

/**
 * The bucket as an origin. The client's credential should be allowed to get and to list: only then is a
 * missing key a 404, as it must be; without List it is a 403, which the edge takes for a fault of ours.
 */
export function s3Origin({ client, bucket }: { client: S3Client; bucket: string }): Origin {
  return async (key, { etag }) => {
    try {
      const found = await client.send(
        new GetObjectCommand({
          Bucket: bucket,
          Key: key,
          ...(etag !== undefined && { IfNoneMatch: etag }),
        }),
      );
      const body = (await found.Body?.transformToByteArray()) ?? new Uint8Array();
      return { status: 200, headers: headersOf(found), body };
    } catch (error) {
      const status = statusOf(error);
      if (status === undefined) throw error;
      return { status, headers: { ...ofEveryAnswer }, body: new Uint8Array() };
    }
  };
}

/**
 * S3 gives every request two names and encrypts every object, and says so.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTCommonResponseHeaders.html
 */
const ofEveryAnswer = { 'x-amz-request-id': 'local', 'x-amz-id-2': 'local' } as const;

function headersOf(found: GetObjectCommandOutput): Record<string, string> {
  const all: Record<string, string | undefined> = {
    'content-type': found.ContentType,
    'cache-control': found.CacheControl,
    'content-encoding': found.ContentEncoding,
    'content-language': found.ContentLanguage,
    'content-disposition': found.ContentDisposition,
    etag: found.ETag,
    'last-modified': found.LastModified?.toUTCString(),
    'x-amz-version-id': found.VersionId,
    'x-amz-server-side-encryption': found.ServerSideEncryption ?? 'AES256',
    ...ofEveryAnswer,
  };
  for (const [name, value] of Object.entries(found.Metadata ?? {})) {
    all[`x-amz-meta-${name}`] = value;
  }
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}

/** The status S3 answered with; undefined if it was not S3 that failed the call. */
function statusOf(error: unknown): number | undefined {
  if (typeof error !== 'object' || error === null || !('$metadata' in error)) return undefined;
  const metadata: unknown = error.$metadata;
  if (typeof metadata !== 'object' || metadata === null || !('httpStatusCode' in metadata)) {
    return undefined;
  }
  return typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined;
}
