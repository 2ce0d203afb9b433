import { noSuchKey, notImplemented, preconditionFailed } from './errors.ts';
import type { ObjectVersion } from './object-table.ts';

type Headers = Readonly<Record<string, string>>;

/**
 * The conditions of a write, checked in the same turn as the write itself.
 * If-None-Match: only `*`. If-Match: the current ETag; a missing object is 404, another one 412.
 */
export function checkWriteConditions(headers: Headers, current: ObjectVersion | undefined): void {
  const live = current?.isDeleteMarker === true ? undefined : current;
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined) {
    if (ifNoneMatch !== '*')
      throw notImplemented('If-None-Match on a write with another value than *');
    if (live !== undefined) throw preconditionFailed('If-None-Match');
  }
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined) {
    if (live === undefined) throw noSuchKey();
    if (!namesEtag(ifMatch, live.etag)) throw preconditionFailed('If-Match');
  }
}

/** DELETE with If-Match: the ETag, or `*` for any object at all. */
export function checkDeleteCondition(
  ifMatch: string | undefined,
  current: ObjectVersion | undefined,
): void {
  if (ifMatch === undefined) return;
  if (current === undefined || current.isDeleteMarker) throw noSuchKey();
  if (ifMatch !== '*' && !namesEtag(ifMatch, current.etag)) throw preconditionFailed('If-Match');
}

export function isConditionalWrite(headers: Headers): boolean {
  return headers['if-match'] !== undefined || headers['if-none-match'] !== undefined;
}

/** The conditions of a read: throws 412, or says that the client's copy is still good. */
export function readVerdict(headers: Headers, version: ObjectVersion): 'send' | 'not modified' {
  const ifMatch = headers['if-match'];
  if (ifMatch !== undefined) {
    if (ifMatch !== '*' && !namesEtag(ifMatch, version.etag)) throw preconditionFailed('If-Match');
  } else if (isModifiedAfter(version, headers['if-unmodified-since'])) {
    throw preconditionFailed('If-Unmodified-Since');
  }
  const ifNoneMatch = headers['if-none-match'];
  if (ifNoneMatch !== undefined) {
    return ifNoneMatch === '*' || namesEtag(ifNoneMatch, version.etag) ? 'not modified' : 'send';
  }
  const since = headers['if-modified-since'];
  return since !== undefined && !isModifiedAfter(version, since) ? 'not modified' : 'send';
}

/** Compares with or without quotes, as S3 does; several may be listed. */
export function namesEtag(header: string, etag: string): boolean {
  return header.split(',').some((candidate) => unquoted(candidate.trim()) === unquoted(etag));
}

const unquoted = (etag: string): string => etag.replace(/^"|"$/g, '');

/** HTTP dates have whole seconds: an object changed within the same second counts as unmodified. */
function isModifiedAfter(version: ObjectVersion, date: string | undefined): boolean {
  if (date === undefined) return false;
  const instant = Date.parse(date);
  return !Number.isNaN(instant) && Math.floor(version.modifiedAt / 1000) * 1000 > instant;
}
