import type { BucketCall } from './call.ts';
import { invalidArgument, notImplemented } from './errors.ts';
import type { ObjectTable, ObjectVersion } from './object-table.ts';
import { xmlAnswer } from './object-operations.ts';
import type { S3Response } from './request.ts';
import { element, s3Document, type XmlElement } from './xml.ts';

export function listObjectsV2({ request, bucket, access, objects }: BucketCall): S3Response {
  access.requireBucket('s3:ListBucket');
  const { query } = request;
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after');
  const limit = requestedLimit(query);
  const written = keyWriter(query);
  const page = listPage({
    objects,
    bucket: bucket.name,
    prefix,
    delimiter,
    after: token === null ? (startAfter ?? '') : readToken(token),
    limit,
  });
  return xmlAnswer(
    s3Document('ListBucketResult', [
      element('Name', bucket.name),
      element('Prefix', written(prefix)),
      ...(delimiter === '' ? [] : [element('Delimiter', written(delimiter))]),
      element('MaxKeys', limit),
      ...(query.has('encoding-type') ? [element('EncodingType', 'url')] : []),
      element('KeyCount', page.objects.length + page.commonPrefixes.length),
      element('IsTruncated', page.next !== undefined),
      ...(token === null ? [] : [element('ContinuationToken', token)]),
      ...(startAfter === null ? [] : [element('StartAfter', written(startAfter))]),
      ...(page.next === undefined ? [] : [element('NextContinuationToken', writeToken(page.next))]),
      ...page.objects.map((version) =>
        element('Contents', [
          element('Key', written(version.key)),
          element('LastModified', new Date(version.modifiedAt).toISOString()),
          element('ETag', version.etag),
          element('Size', version.size),
          element('StorageClass', 'STANDARD'),
        ]),
      ),
      ...page.commonPrefixes.map((common) =>
        element('CommonPrefixes', [element('Prefix', written(common))]),
      ),
    ]),
  );
}

export function listObjectVersions({ request, bucket, access, objects }: BucketCall): S3Response {
  access.requireBucket('s3:ListBucketVersions');
  const { query } = request;
  if (query.has('delimiter')) throw notImplemented('ListObjectVersions with a delimiter');
  const prefix = query.get('prefix') ?? '';
  const keyMarker = query.get('key-marker') ?? '';
  const versionIdMarker = query.get('version-id-marker');
  const limit = requestedLimit(query);
  const written = keyWriter(query);
  const marker =
    versionIdMarker === null ? undefined : objects.version(bucket.name, keyMarker, versionIdMarker);
  const found = objects
    .versionsAfter({
      bucket: bucket.name,
      from: prefix,
      afterKey: keyMarker,
      afterRowId: marker?.rowId ?? 0,
      limit: limit + 1,
    })
    .filter((version) => version.key.startsWith(prefix));
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const isTruncated = found.length > limit && last !== undefined;
  return xmlAnswer(
    s3Document('ListVersionsResult', [
      element('Name', bucket.name),
      element('Prefix', written(prefix)),
      element('KeyMarker', written(keyMarker)),
      element('VersionIdMarker', versionIdMarker ?? ''),
      element('MaxKeys', limit),
      ...(query.has('encoding-type') ? [element('EncodingType', 'url')] : []),
      element('IsTruncated', isTruncated),
      ...(isTruncated
        ? [
            element('NextKeyMarker', written(last.key)),
            element('NextVersionIdMarker', last.versionId),
          ]
        : []),
      ...page.map((version) => versionElement(version, written)),
    ]),
  );
}

interface Page {
  readonly objects: ObjectVersion[];
  readonly commonPrefixes: string[];
  /** After which key the next page starts; undefined on the last page. */
  readonly next: string | undefined;
}

/** Reads in slices and jumps over each common prefix, so that a folder costs one step however full it is. */
function listPage({
  objects,
  bucket,
  prefix,
  delimiter,
  after,
  limit,
}: {
  objects: ObjectTable;
  bucket: string;
  prefix: string;
  delimiter: string;
  after: string;
  limit: number;
}): Page {
  const page: Omit<Page, 'next'> = { objects: [], commonPrefixes: [] };
  if (limit === 0) return { ...page, next: undefined };
  let place = after;
  for (;;) {
    const slice = objects.objectsAfter({ bucket, from: prefix, after: place, limit: sliceSize });
    let jumped = false;
    for (const version of slice) {
      if (!version.key.startsWith(prefix)) return { ...page, next: undefined };
      if (page.objects.length + page.commonPrefixes.length >= limit)
        return { ...page, next: place };
      const end = delimiter === '' ? -1 : version.key.indexOf(delimiter, prefix.length);
      if (end < 0) {
        page.objects.push(version);
        place = version.key;
        continue;
      }
      const common = version.key.slice(0, end + delimiter.length);
      page.commonPrefixes.push(common);
      place = common + afterEveryKey;
      jumped = true;
      break;
    }
    if (!jumped && slice.length < sliceSize) return { ...page, next: undefined };
  }
}

const sliceSize = 1000;

/** Sorts behind whatever may follow a prefix: the highest code point there is. */
const afterEveryKey = '\u{10FFFF}';

function versionElement(version: ObjectVersion, written: (key: string) => string): XmlElement {
  const common = [
    element('Key', written(version.key)),
    element('VersionId', version.versionId),
    element('IsLatest', version.isLatest),
    element('LastModified', new Date(version.modifiedAt).toISOString()),
  ];
  return version.isDeleteMarker
    ? element('DeleteMarker', common)
    : element('Version', [
        ...common,
        element('ETag', version.etag),
        element('Size', version.size),
        element('StorageClass', 'STANDARD'),
      ]);
}

function requestedLimit(query: URLSearchParams): number {
  const limit = Number(query.get('max-keys') ?? 1000);
  if (!Number.isInteger(limit) || limit < 0) {
    throw invalidArgument('max-keys must be a whole number from 0');
  }
  return Math.min(limit, 1000);
}

/** With `encoding-type=url` keys are percent-encoded: XML cannot hold every character. */
function keyWriter(query: URLSearchParams): (key: string) => string {
  return query.get('encoding-type') === 'url'
    ? (key) => encodeURIComponent(key).replaceAll('%2F', '/')
    : (key) => key;
}

const writeToken = (after: string): string => Buffer.from(after).toString('base64url');

const readToken = (token: string): string => Buffer.from(token, 'base64url').toString('utf8');
