import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** A body in the encoding a reader takes. */
export interface EncodedBody {
  readonly encoding: 'br' | 'gzip' | undefined;
  readonly body: Uint8Array;
}

/**
 * Compresses what CloudFront does: a type on its list, from 1,000 to 10,000,000 bytes, Brotli before gzip, and
 * nothing that the origin has encoded already.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/ServingCompressedFiles.html
 */
export function encodeFor(
  acceptEncoding: string,
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
): EncodedBody {
  const isCompressible =
    headers['content-encoding'] === undefined &&
    compressedTypes.has(mediaTypeOf(headers['content-type'] ?? '')) &&
    body.length >= 1_000 &&
    body.length <= 10_000_000;
  const encoding = isCompressible ? acceptedEncoding(acceptEncoding) : undefined;
  if (encoding === undefined) return { encoding, body };
  const known = compressed.get(body) ?? {};
  const encoded = known[encoding] ?? compress(encoding, body);
  compressed.set(body, { ...known, [encoding]: encoded });
  return { encoding, body: encoded };
}

const mediaTypeOf = (contentType: string): string =>
  contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';

/**
 * "File types that CloudFront compresses" of that page, whole but for those of fonts: a type that it does not
 * name, however textual, travels as it is.
 */
const compressedTypes: ReadonlySet<string> = new Set([
  'application/dash+xml',
  'application/javascript',
  'application/json',
  'application/pkcs7-mime',
  'application/protobuf',
  'application/rss+xml',
  'application/vnd.apple.mpegurl',
  'application/xhtml+xml',
  'application/xml',
  'application/x-httpd-cgi',
  'application/x-javascript',
  'application/x-mpegurl',
  'application/x-perl',
  'image/svg+xml',
  'text/css',
  'text/csv',
  'text/html',
  'text/javascript',
  'text/js',
  'text/plain',
  'text/richtext',
  'text/tab-separated-values',
  'text/xml',
  'text/x-component',
  'text/x-java-source',
  'text/x-script',
  'vnd.apple.mpegurl',
]);

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
