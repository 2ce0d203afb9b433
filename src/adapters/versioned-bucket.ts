import {
  DeleteBucketCommand,
  DeleteObjectsCommand,
  ListObjectVersionsCommand,
  type S3Client,
} from '@aws-sdk/client-s3';

/** A bucket at its end: every version of everything goes, and then it. */
export interface VersionedBucket {
  /** Deletes up to a thousand versions and delete markers. Resolves to how many those were; 0: it is empty. */
  deleteSome(): Promise<number>;
  /** Deletes the bucket itself, which must be empty. */
  remove(): Promise<void>;
}

/** Throws BucketFault, naming the bucket, when S3 refuses. What is gone by then is gone. */
export function versionedBucket({
  client,
  bucket,
}: {
  client: S3Client;
  bucket: string;
}): VersionedBucket {
  return {
    async deleteSome() {
      try {
        const { Versions: versions = [], DeleteMarkers: markers = [] } = await client.send(
          new ListObjectVersionsCommand({ Bucket: bucket, MaxKeys: 1000 }),
        );
        const found = [...versions, ...markers].map(({ Key, VersionId }) => ({ Key, VersionId }));
        if (found.length === 0) return 0;
        const { Errors: refused = [] } = await client.send(
          new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: found, Quiet: true } }),
        );
        const [first] = refused;
        if (first !== undefined) throw new Error(`${first.Key}: ${first.Code}`);
        return found.length;
      } catch (cause) {
        throw new BucketFault('could not be emptied', bucket, cause);
      }
    },
    async remove() {
      try {
        await client.send(new DeleteBucketCommand({ Bucket: bucket }));
      } catch (cause) {
        throw new BucketFault('could not be deleted', bucket, cause);
      }
    },
  };
}

export class BucketFault extends Error {
  override readonly name = 'BucketFault';

  constructor(what: string, bucket: string, cause: unknown) {
    const why = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    super(`The bucket ${bucket} ${what} (${why}).`, { cause });
  }
}
