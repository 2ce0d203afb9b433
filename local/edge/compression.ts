import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** A body in the encoding a reader takes. */
export interface EncodedBody {
  readonly encoding: 'br' | 'gzip' | undefined;
  readonly body: Uint8Array;
}

/**
 * Compresses as CloudFront does: text from 1,000 bytes to 10 MB, Brotli before gzip, and nothing that the
 * origin has encoded already.
 */
export function encodeFor(
  acceptEncoding: string,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
): EncodedBody {
  const isCompressible =
    headers['content-encoding'] === undefined &&
    compressibleTypes.test(headers['content-type'] ?? '') &&
    body.length >= 1000 &&
    body.length <= 10_000_000;
  const encoding = isCompressible ? acceptedEncoding(acceptEncoding) : undefined;
  if (encoding === undefined) return { encoding, body };
  const known = compressed.get(body) ?? {};
  const encoded = known[encoding] ?? compress(encoding, body);
  compressed.set(body, { ...known, [encoding]: encoded });
  return { encoding, body: encoded };
}

const compressibleTypes =
  /^(?:text\/|application\/(?:json|xml|javascript|feed\+json|rss\+xml|atom\+xml|ld\+json|schema\+json|manifest\+json)|image\/svg\+xml)/;

/** Bodies in the cache are compressed once; the entry goes when the body does. */
const compressed = new WeakMap<Uint8Array, { br?: Uint8Array; gzip?: Uint8Array }>();

function acceptedEncoding(header: string): 'br' | 'gzip' | undefined {
  const accepted = header
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
    .filter((part) => !/;\s*q=0(?:\.0*)?$/.test(part))
    .map((part) => part.split(';')[0]?.trim());
  if (accepted.includes('br')) return 'br';
  return accepted.includes('gzip') ? 'gzip' : undefined;
}

function compress(encoding: 'br' | 'gzip', body: Uint8Array): Uint8Array {
  return encoding === 'gzip'
    ? gzipSync(body)
    : brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}
