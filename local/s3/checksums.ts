import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { notImplemented, S3Error } from './errors.ts';

/** The algorithms a client may name; the values are base64, as in the `x-amz-checksum-…` headers. */
type ChecksumAlgorithm = 'crc32' | 'sha1' | 'sha256';

export type Checksums = Partial<Record<ChecksumAlgorithm, string>>;

/**
 * Checks every digest the client sent along (headers or trailers) and returns those to keep with the object.
 * A wrong one is a 400, as with S3: BadDigest, or InvalidDigest for a Content-MD5 that is none.
 */
export function checkedChecksums({
  body,
  headers,
}: {
  body: Uint8Array;
  headers: Readonly<Record<string, string>>;
}): Checksums {
  checkMd5(body, headers['content-md5']);
  const kept: Checksums = {};
  for (const [name, stated] of Object.entries(headers)) {
    const algorithm = /^x-amz-checksum-(.+)$/.exec(name)?.[1];
    if (algorithm === undefined || notDigests.has(algorithm)) continue;
    if (!isAlgorithm(algorithm)) throw notImplemented(`the ${algorithm} checksum`);
    if (digest(algorithm, body) !== stated) {
      throw new S3Error(
        400,
        'BadDigest',
        `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`,
      );
    }
    kept[algorithm] = stated;
  }
  return kept;
}

/** The headers that repeat kept checksums to a client. */
export function checksumHeaders(checksums: Checksums): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [algorithm, value] of Object.entries(checksums)) {
    headers[`x-amz-checksum-${algorithm}`] = value;
  }
  if (Object.keys(headers).length > 0) headers['x-amz-checksum-type'] = 'FULL_OBJECT';
  return headers;
}

const notDigests: ReadonlySet<string> = new Set(['algorithm', 'mode', 'type']);

function checkMd5(body: Uint8Array, stated: string | undefined): void {
  if (stated === undefined) return;
  if (Buffer.from(stated, 'base64').length !== 16) {
    throw new S3Error(400, 'InvalidDigest', 'The Content-MD5 you specified is not valid.');
  }
  if (createHash('md5').update(body).digest('base64') !== stated) {
    throw new S3Error(
      400,
      'BadDigest',
      'The Content-MD5 you specified did not match what we received.',
    );
  }
}

const isAlgorithm = (name: string): name is ChecksumAlgorithm =>
  name === 'crc32' || name === 'sha1' || name === 'sha256';

function digest(algorithm: ChecksumAlgorithm, body: Uint8Array): string {
  if (algorithm !== 'crc32') return createHash(algorithm).update(body).digest('base64');
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
}
