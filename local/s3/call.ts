import type { Access, Caller } from './access.ts';
import type { Bucket, BucketTable } from './bucket-table.ts';
import type { MultipartTable } from './multipart-table.ts';
import type { ObjectTable } from './object-table.ts';
import type { S3Request, S3Response } from './request.ts';

/** Everything that is on disk. */
export interface Tables {
  readonly buckets: BucketTable;
  readonly objects: ObjectTable;
  readonly uploads: MultipartTable;
}

/** One call within a bucket that exists, with what its answer needs. */
export interface BucketCall extends Tables {
  readonly request: S3Request;
  readonly bucket: Bucket;
  readonly access: Access;
  /** For the second bucket of a copy. */
  readonly accessTo: (bucket: Bucket) => Access;
  readonly caller: Caller;
}

export type Operation = (call: BucketCall) => S3Response;
