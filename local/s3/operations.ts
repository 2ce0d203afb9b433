import {
  deleteBucket,
  deleteBucketPolicy,
  getBucketLocation,
  getBucketPolicy,
  getBucketVersioning,
  headBucket,
  putBucketPolicy,
  putBucketVersioning,
} from './bucket-operations.ts';
import type { Operation } from './call.ts';
import { listObjectsV2, listObjectVersions } from './list-operations.ts';
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  listParts,
  uploadPart,
} from './multipart-operations.ts';
import {
  copyObject,
  deleteObject,
  deleteObjects,
  deleteObjectTagging,
  getObject,
  getObjectTagging,
  putObject,
  putObjectTagging,
} from './object-operations.ts';
import type { S3Request } from './request.ts';

/** The name of what a request to a bucket or object asks for; undefined if this emulator lacks it. */
export function operationName({ method, key, query, headers }: S3Request): string | undefined {
  return key === '' ? bucketOperation(method, query) : objectOperation(method, query, headers);
}

/** Every operation inside an existing bucket, by the name the API gives it. */
export const operations: ReadonlyMap<string, Operation> = new Map<string, Operation>([
  ['PutObject', putObject],
  ['GetObject', getObject],
  ['HeadObject', getObject],
  ['DeleteObject', deleteObject],
  ['DeleteObjects', deleteObjects],
  ['CopyObject', copyObject],
  ['GetObjectTagging', getObjectTagging],
  ['PutObjectTagging', putObjectTagging],
  ['DeleteObjectTagging', deleteObjectTagging],
  ['CreateMultipartUpload', createMultipartUpload],
  ['UploadPart', uploadPart],
  ['CompleteMultipartUpload', completeMultipartUpload],
  ['AbortMultipartUpload', abortMultipartUpload],
  ['ListParts', listParts],
  ['ListObjectsV2', listObjectsV2],
  ['ListObjectVersions', listObjectVersions],
  ['HeadBucket', headBucket],
  ['DeleteBucket', deleteBucket],
  ['GetBucketLocation', getBucketLocation],
  ['GetBucketVersioning', getBucketVersioning],
  ['PutBucketVersioning', putBucketVersioning],
  ['GetBucketPolicy', getBucketPolicy],
  ['PutBucketPolicy', putBucketPolicy],
  ['DeleteBucketPolicy', deleteBucketPolicy],
]);

function objectOperation(
  method: string,
  query: URLSearchParams,
  headers: S3Request['headers'],
): string | undefined {
  const subresource = ['uploads', 'uploadId', 'tagging'].find((name) => query.has(name)) ?? '';
  const isCopy = headers['x-amz-copy-source'] !== undefined;
  if (isCopy && subresource !== '') return undefined;
  return {
    PUT: isCopy ? 'CopyObject' : 'PutObject',
    GET: 'GetObject',
    HEAD: 'HeadObject',
    DELETE: 'DeleteObject',
    'POST uploads': 'CreateMultipartUpload',
    'PUT uploadId': 'UploadPart',
    'POST uploadId': 'CompleteMultipartUpload',
    'DELETE uploadId': 'AbortMultipartUpload',
    'GET uploadId': 'ListParts',
    'GET tagging': 'GetObjectTagging',
    'PUT tagging': 'PutObjectTagging',
    'DELETE tagging': 'DeleteObjectTagging',
  }[`${method} ${subresource}`.trim()];
}

function bucketOperation(method: string, query: URLSearchParams): string | undefined {
  const subresource =
    ['delete', 'versions', 'versioning', 'policy', 'location'].find((name) => query.has(name)) ??
    '';
  if (method === 'GET' && query.get('list-type') === '2') return 'ListObjectsV2';
  return {
    PUT: 'CreateBucket',
    HEAD: 'HeadBucket',
    DELETE: 'DeleteBucket',
    'POST delete': 'DeleteObjects',
    'GET versions': 'ListObjectVersions',
    'GET versioning': 'GetBucketVersioning',
    'PUT versioning': 'PutBucketVersioning',
    'GET policy': 'GetBucketPolicy',
    'PUT policy': 'PutBucketPolicy',
    'DELETE policy': 'DeleteBucketPolicy',
    'GET location': 'GetBucketLocation',
  }[`${method} ${subresource}`.trim()];
}
