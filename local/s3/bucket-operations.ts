import { readPolicyDocument } from './bucket-table.ts';
import type { BucketCall } from './call.ts';
import { malformedXml, S3Error } from './errors.ts';
import { xmlAnswer } from './object-operations.ts';
import type { S3Response } from './request.ts';
import { element, s3Document, textOf } from './xml.ts';

export function headBucket({ access }: BucketCall): S3Response {
  access.requireBucket('s3:ListBucket');
  return { status: 200, headers: { 'x-amz-bucket-region': 'us-east-1' } };
}

export function deleteBucket({ bucket, access, buckets, objects }: BucketCall): S3Response {
  access.requireBucket('s3:DeleteBucket');
  if (objects.hasAny(bucket.name)) {
    throw new S3Error(409, 'BucketNotEmpty', 'The bucket you tried to delete is not empty');
  }
  buckets.delete(bucket.name);
  return { status: 204 };
}

export function getBucketLocation({ access }: BucketCall): S3Response {
  access.requireBucket('s3:GetBucketLocation');
  // The region us-east-1 is reported by an empty element.
  return xmlAnswer(s3Document('LocationConstraint', []));
}

export function getBucketVersioning({ bucket, access }: BucketCall): S3Response {
  access.requireBucket('s3:GetBucketVersioning');
  return xmlAnswer(
    s3Document(
      'VersioningConfiguration',
      bucket.versioning === 'Off' ? [] : [element('Status', bucket.versioning)],
    ),
  );
}

export function putBucketVersioning({ request, bucket, access, buckets }: BucketCall): S3Response {
  access.requireBucket('s3:PutBucketVersioning');
  const status = textOf(request.body.toString('utf8'), 'Status');
  if (status !== 'Enabled' && status !== 'Suspended') {
    throw malformedXml('Versioning status must be Enabled or Suspended.');
  }
  buckets.setVersioning(bucket.name, status);
  return { status: 200 };
}

export function getBucketPolicy({ bucket, access }: BucketCall): S3Response {
  access.requireBucket('s3:GetBucketPolicy');
  if (bucket.policy.length === 0) {
    throw new S3Error(404, 'NoSuchBucketPolicy', 'The bucket policy does not exist');
  }
  return {
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ Version: '2012-10-17', Statement: bucket.policy }),
  };
}

export function putBucketPolicy({ request, bucket, access, buckets }: BucketCall): S3Response {
  access.requireBucket('s3:PutBucketPolicy');
  try {
    buckets.setPolicy(bucket.name, readPolicyDocument(request.body.toString('utf8')));
  } catch (cause) {
    throw new S3Error(400, 'MalformedPolicy', `The policy is not understood: ${String(cause)}`);
  }
  return { status: 204 };
}

export function deleteBucketPolicy({ bucket, access, buckets }: BucketCall): S3Response {
  access.requireBucket('s3:DeleteBucketPolicy');
  buckets.setPolicy(bucket.name, []);
  return { status: 204 };
}
