import { createHash } from 'node:crypto';
import type { BucketCall } from './call.ts';
import { checkedChecksums, checksumHeaders } from './checksums.ts';
import { checkWriteConditions, namesEtag } from './conditions.ts';
import { invalidArgument, malformedXml, S3Error } from './errors.ts';
import type { Part, Upload } from './multipart-table.ts';
import { factsOf, versionHeader, xmlAnswer } from './object-operations.ts';
import type { S3Response } from './request.ts';
import { element, innerXml, s3Document, textOf } from './xml.ts';

export function createMultipartUpload({
  request,
  bucket,
  access,
  uploads,
}: BucketCall): S3Response {
  access.requireObject('s3:PutObject', request.key, { 's3:objectcreationoperation': 'false' });
  const id = uploads.begin({ bucket: bucket.name, key: request.key, facts: factsOf(request) });
  return xmlAnswer(
    s3Document('InitiateMultipartUploadResult', [
      element('Bucket', bucket.name),
      element('Key', request.key),
      element('UploadId', id),
    ]),
  );
}

export function uploadPart(call: BucketCall): S3Response {
  const { request, access, uploads } = call;
  access.requireObject('s3:PutObject', request.key, { 's3:objectcreationoperation': 'false' });
  const number = Number(request.query.get('partNumber'));
  if (!Number.isInteger(number) || number < 1 || number > 10_000) {
    throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive');
  }
  const checksums = checkedChecksums({ body: request.body, headers: request.headers });
  const etag = uploads.addPart(knownUpload(call).id, number, request.body);
  const { 'x-amz-checksum-type': _ofObjectsOnly, ...headers } = checksumHeaders(checksums);
  return { status: 200, headers: { etag, ...headers } };
}

export function completeMultipartUpload(call: BucketCall): S3Response {
  const { request, bucket, access, uploads, objects } = call;
  access.requireObject('s3:PutObject', request.key, { 's3:objectcreationoperation': 'true' });
  const upload = knownUpload(call);
  const parts = chosenParts(request.body.toString('utf8'), uploads.parts(upload.id));
  checkWriteConditions(request.headers, objects.current(bucket.name, request.key));
  const version = objects.put({
    bucket: bucket.name,
    key: request.key,
    body: Buffer.concat(parts.map((part) => part.bytes)),
    facts: upload.facts,
    versioning: bucket.versioning,
    etag: multipartEtag(parts),
  });
  uploads.end(upload.id);
  return {
    ...xmlAnswer(
      s3Document('CompleteMultipartUploadResult', [
        element('Bucket', bucket.name),
        element('Key', request.key),
        element('ETag', version.etag),
      ]),
    ),
    headers: { 'content-type': 'application/xml', ...versionHeader(version) },
  };
}

export function abortMultipartUpload(call: BucketCall): S3Response {
  call.access.requireObject('s3:AbortMultipartUpload', call.request.key);
  call.uploads.end(knownUpload(call).id);
  return { status: 204 };
}

export function listParts(call: BucketCall): S3Response {
  const { request, bucket, access, uploads } = call;
  access.requireObject('s3:ListMultipartUploadParts', request.key);
  const upload = knownUpload(call);
  return xmlAnswer(
    s3Document('ListPartsResult', [
      element('Bucket', bucket.name),
      element('Key', request.key),
      element('UploadId', upload.id),
      element('IsTruncated', false),
      ...uploads
        .parts(upload.id)
        .map((part) =>
          element('Part', [
            element('PartNumber', part.number),
            element('ETag', part.etag),
            element('Size', part.bytes.length),
          ]),
        ),
    ]),
  );
}

function knownUpload({ request, bucket, uploads }: BucketCall): Upload {
  const upload = uploads.find(request.query.get('uploadId') ?? '');
  if (upload === undefined || upload.bucket !== bucket.name || upload.key !== request.key) {
    throw new S3Error(404, 'NoSuchUpload', 'The specified multipart upload does not exist.');
  }
  return upload;
}

function chosenParts(xml: string, uploaded: readonly Part[]): Part[] {
  const listed = innerXml(xml, 'Part');
  if (listed.length === 0) throw malformedXml('You must specify at least one part');
  let previous = 0;
  return listed.map((part, index) => {
    const number = Number(textOf(part, 'PartNumber'));
    if (number <= previous) {
      throw new S3Error(400, 'InvalidPartOrder', 'The list of parts was not in ascending order.');
    }
    previous = number;
    const found = uploaded.find((candidate) => candidate.number === number);
    if (found === undefined || !namesEtag(textOf(part, 'ETag') ?? '', found.etag)) {
      throw new S3Error(
        400,
        'InvalidPart',
        `Part ${number} could not be found or its ETag differs.`,
      );
    }
    if (index < listed.length - 1 && found.bytes.length < smallestPart) {
      throw new S3Error(
        400,
        'EntityTooSmall',
        'Your proposed upload is smaller than the minimum allowed object size',
      );
    }
    return found;
  });
}

const smallestPart = 5 * 1024 * 1024;

/** Not an MD5 of the bytes: the MD5 of the parts' MD5s, and how many there were. */
function multipartEtag(parts: readonly Part[]): string {
  const digests = parts.map((part) => Buffer.from(part.etag.replaceAll('"', ''), 'hex'));
  return `"${createHash('md5').update(Buffer.concat(digests)).digest('hex')}-${parts.length}"`;
}
