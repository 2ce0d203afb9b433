import type { BucketCall } from './call.ts';
import { checkedChecksums, checksumHeaders } from './checksums.ts';
import {
  checkDeleteCondition,
  checkWriteConditions,
  namesEtag,
  readVerdict,
} from './conditions.ts';
import {
  accessDenied,
  invalidArgument,
  malformedXml,
  noSuchBucket,
  noSuchKey,
  notImplemented,
  preconditionFailed,
  S3Error,
} from './errors.ts';
import { nullVersion, type ObjectFacts, type ObjectVersion } from './object-table.ts';
import type { S3Request, S3Response } from './request.ts';
import { element, innerXml, s3Document, textOf, type XmlElement } from './xml.ts';

export function putObject({ request, bucket, access, objects }: BucketCall): S3Response {
  access.requireObject('s3:PutObject', request.key, { 's3:objectcreationoperation': 'true' });
  const facts = {
    ...factsOf(request),
    checksums: checkedChecksums({ body: request.body, headers: request.headers }),
  };
  checkWriteConditions(request.headers, objects.current(bucket.name, request.key));
  const version = objects.put({
    bucket: bucket.name,
    key: request.key,
    body: request.body,
    facts,
    versioning: bucket.versioning,
  });
  return {
    status: 200,
    headers: { etag: version.etag, ...versionHeader(version), ...checksumHeaders(facts.checksums) },
  };
}

export function getObject(call: BucketCall): S3Response {
  const { request, objects } = call;
  const version = readableVersion(call);
  const headers = headersOf(version, request.headers['x-amz-checksum-mode'] === 'ENABLED');
  if (readVerdict(request.headers, version) === 'not modified') return { status: 304, headers };
  const range = requestedRange(request.headers['range'], version.size);
  const body = request.method === 'HEAD' ? undefined : objects.body(version);
  if (range === undefined) {
    return {
      status: 200,
      headers: { ...headers, 'content-length': String(version.size) },
      ...(body !== undefined && { body }),
    };
  }
  return {
    status: 206,
    headers: {
      ...withoutChecksums(headers),
      'content-length': String(range.end - range.start + 1),
      'content-range': `bytes ${range.start}-${range.end}/${version.size}`,
    },
    ...(body !== undefined && { body: body.subarray(range.start, range.end + 1) }),
  };
}

export function deleteObject({ request, bucket, access, objects }: BucketCall): S3Response {
  const versionId = request.query.get('versionId');
  const ifMatch = request.headers['if-match'];
  access.requireObject(
    versionId === null ? 's3:DeleteObject' : 's3:DeleteObjectVersion',
    request.key,
  );
  if (ifMatch !== undefined) access.requireObject('s3:GetObject', request.key);
  checkDeleteCondition(ifMatch, objects.current(bucket.name, request.key));
  if (versionId !== null) {
    const gone = objects.removeVersion(bucket.name, request.key, versionId);
    return {
      status: 204,
      headers: {
        'x-amz-version-id': versionId,
        ...(gone?.isDeleteMarker === true && { 'x-amz-delete-marker': 'true' }),
      },
    };
  }
  const marker = objects.remove({
    bucket: bucket.name,
    key: request.key,
    versioning: bucket.versioning,
  });
  return {
    status: 204,
    headers:
      marker === undefined
        ? {}
        : { 'x-amz-delete-marker': 'true', 'x-amz-version-id': marker.versionId },
  };
}

export function deleteObjects(call: BucketCall): S3Response {
  const { request } = call;
  checkedChecksums({ body: request.body, headers: request.headers });
  const xml = request.body.toString('utf8');
  const wanted = innerXml(xml, 'Object');
  if (wanted.length === 0 || wanted.length > 1000) {
    throw malformedXml(`DeleteObjects takes 1 to 1000 keys; ${wanted.length} came.`);
  }
  const quiet = textOf(xml, 'Quiet') === 'true';
  return xmlAnswer(
    s3Document(
      'DeleteResult',
      wanted.flatMap((object) => deleteOneOfMany(call, object, quiet)),
    ),
  );
}

export function copyObject(call: BucketCall): S3Response {
  const { request, bucket, access, objects } = call;
  access.requireObject('s3:PutObject', request.key, { 's3:objectcreationoperation': 'true' });
  if (request.headers['if-match'] !== undefined || request.headers['if-none-match'] !== undefined) {
    throw notImplemented('CopyObject with If-Match or If-None-Match');
  }
  const source = copySource(call);
  const replacesMetadata = request.headers['x-amz-metadata-directive'] === 'REPLACE';
  const version = objects.put({
    bucket: bucket.name,
    key: request.key,
    body: objects.body(source),
    facts: replacesMetadata
      ? { ...factsOf(request), checksums: source.facts.checksums }
      : source.facts,
    versioning: bucket.versioning,
  });
  return {
    ...xmlAnswer(
      s3Document('CopyObjectResult', [
        element('LastModified', new Date(version.modifiedAt).toISOString()),
        element('ETag', version.etag),
      ]),
    ),
    headers: { 'content-type': 'application/xml', ...versionHeader(version) },
  };
}

export function getObjectTagging(call: BucketCall): S3Response {
  call.access.requireObject('s3:GetObjectTagging', call.request.key);
  const { tags } = storedVersion(call).facts;
  return xmlAnswer(
    s3Document('Tagging', [
      element(
        'TagSet',
        Object.entries(tags).map(([key, value]) =>
          element('Tag', [element('Key', key), element('Value', value)]),
        ),
      ),
    ]),
  );
}

export function putObjectTagging(call: BucketCall): S3Response {
  call.access.requireObject('s3:PutObjectTagging', call.request.key);
  const tags = innerXml(call.request.body.toString('utf8'), 'Tag').map((tag): [string, string] => [
    textOf(tag, 'Key') ?? '',
    textOf(tag, 'Value') ?? '',
  ]);
  if (tags.length > 10) throw invalidArgument('Object tags cannot be greater than 10');
  call.objects.setTags(storedVersion(call), Object.fromEntries(tags));
  return { status: 200 };
}

export function deleteObjectTagging(call: BucketCall): S3Response {
  call.access.requireObject('s3:DeleteObjectTagging', call.request.key);
  call.objects.setTags(storedVersion(call), {});
  return { status: 204 };
}

/** The facts a client sends with the bytes: checked for size, framing headers left out. */
export function factsOf(request: S3Request): ObjectFacts {
  const headers: Record<string, string> = {};
  const metadata: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers)) {
    if (keptHeaders.has(name)) headers[name] = value;
    if (name.startsWith('x-amz-meta-')) metadata[name.slice('x-amz-meta-'.length)] = value;
  }
  const encodings = (headers['content-encoding'] ?? '')
    .split(',')
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== '' && encoding !== 'aws-chunked');
  delete headers['content-encoding'];
  if (encodings.length > 0) headers['content-encoding'] = encodings.join(',');
  const size = Object.entries(metadata).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + Buffer.byteLength(value),
    0,
  );
  if (size > 2048) {
    throw new S3Error(
      400,
      'MetadataTooLarge',
      'Your metadata headers exceed the maximum allowed metadata size of 2048 bytes.',
    );
  }
  return {
    headers,
    metadata,
    checksums: {},
    tags: Object.fromEntries(new URLSearchParams(request.headers['x-amz-tagging'] ?? '')),
  };
}

export function versionHeader(version: ObjectVersion): Record<string, string> {
  return version.versionId === nullVersion ? {} : { 'x-amz-version-id': version.versionId };
}

export const xmlAnswer = (body: string) =>
  ({ status: 200, headers: { 'content-type': 'application/xml' }, body }) satisfies S3Response;

const keptHeaders: ReadonlySet<string> = new Set([
  'content-type',
  'cache-control',
  'content-encoding',
  'content-disposition',
  'content-language',
  'expires',
]);

function readableVersion(call: BucketCall): ObjectVersion {
  const { request, access } = call;
  access.requireObject(
    request.query.has('versionId') ? 's3:GetObjectVersion' : 's3:GetObject',
    request.key,
  );
  return storedVersion(call);
}

function storedVersion({ request, bucket, access, objects }: BucketCall): ObjectVersion {
  const versionId = request.query.get('versionId');
  if (versionId !== null) {
    const version = objects.version(bucket.name, request.key, versionId);
    if (version === undefined) {
      if (!access.mayList()) throw accessDenied();
      throw new S3Error(404, 'NoSuchVersion', 'The specified version does not exist.');
    }
    if (version.isDeleteMarker) {
      throw new S3Error(
        405,
        'MethodNotAllowed',
        'The specified method is not allowed against this resource.',
        { 'x-amz-delete-marker': 'true', allow: 'DELETE' },
      );
    }
    return version;
  }
  const version = objects.current(bucket.name, request.key);
  if (version !== undefined && !version.isDeleteMarker) return version;
  if (!access.mayList()) throw accessDenied();
  throw noSuchKey(
    version === undefined
      ? {}
      : { 'x-amz-delete-marker': 'true', 'x-amz-version-id': version.versionId },
  );
}

function headersOf(version: ObjectVersion, withChecksums: boolean): Record<string, string> {
  const headers: Record<string, string> = {
    'content-type': 'binary/octet-stream',
    ...version.facts.headers,
    etag: version.etag,
    'last-modified': new Date(version.modifiedAt).toUTCString(),
    'accept-ranges': 'bytes',
    ...versionHeader(version),
    ...(withChecksums ? checksumHeaders(version.facts.checksums) : {}),
  };
  for (const [name, value] of Object.entries(version.facts.metadata)) {
    headers[`x-amz-meta-${name}`] = value;
  }
  const tagCount = Object.keys(version.facts.tags).length;
  if (tagCount > 0) headers['x-amz-tagging-count'] = String(tagCount);
  return headers;
}

/** A checksum is of the whole object; beside a part of it a client would find it wrong. */
function withoutChecksums(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !name.startsWith('x-amz-checksum-')),
  );
}

function requestedRange(
  header: string | undefined,
  size: number,
): { start: number; end: number } | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  // Several ranges, or another unit: S3 sends the whole object.
  if (match === null) return undefined;
  const [, first = '', last = ''] = match;
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== '' && last !== '' && Number(last) < start) return undefined;
  if (start >= size || end < start) {
    throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable', {
      'content-range': `bytes */${size}`,
    });
  }
  return { start, end };
}

function deleteOneOfMany(call: BucketCall, object: string, quiet: boolean): XmlElement[] {
  const key = textOf(object, 'Key') ?? '';
  const versionId = textOf(object, 'VersionId');
  const etag = textOf(object, 'ETag');
  try {
    const { headers } = deleteObject({
      ...call,
      request: {
        ...call.request,
        key,
        query: new URLSearchParams(versionId === undefined ? {} : { versionId }),
        headers: etag === undefined ? {} : { 'if-match': etag },
      },
    });
    if (quiet) return [];
    const isMarker = headers?.['x-amz-delete-marker'] === 'true';
    const markerId = headers?.['x-amz-version-id'];
    return [
      element('Deleted', [
        element('Key', key),
        ...(versionId === undefined ? [] : [element('VersionId', versionId)]),
        ...(isMarker
          ? [
              element('DeleteMarker', true),
              element('DeleteMarkerVersionId', markerId ?? nullVersion),
            ]
          : []),
      ]),
    ];
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    return [
      element('Error', [
        element('Key', key),
        element('Code', error.code),
        element('Message', error.message),
      ]),
    ];
  }
}

function copySource({ request, buckets, objects, accessTo, ...call }: BucketCall): ObjectVersion {
  const [path = '', query = ''] = (request.headers['x-amz-copy-source'] ?? '').split('?');
  const decoded = decodeURIComponent(path).replace(/^\//, '');
  const slash = decoded.indexOf('/');
  if (slash < 1) throw invalidArgument('Copy Source must mention the source bucket and key');
  const bucket = buckets.find(decoded.slice(0, slash));
  if (bucket === undefined) throw noSuchBucket();
  const source = readableVersion({
    ...call,
    buckets,
    objects,
    accessTo,
    bucket,
    access: accessTo(bucket),
    request: {
      ...request,
      key: decoded.slice(slash + 1),
      query: new URLSearchParams(query),
      headers: {},
    },
  });
  const ifMatch = request.headers['x-amz-copy-source-if-match'];
  if (ifMatch !== undefined && !namesEtag(ifMatch, source.etag)) {
    throw preconditionFailed('x-amz-copy-source-if-match');
  }
  const ifNoneMatch = request.headers['x-amz-copy-source-if-none-match'];
  if (ifNoneMatch !== undefined && namesEtag(ifNoneMatch, source.etag)) {
    throw preconditionFailed('x-amz-copy-source-if-none-match');
  }
  return source;
}
