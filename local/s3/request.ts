import type { IncomingMessage } from 'node:http';
import { decodeChunkedBody } from './chunked-body.ts';
import { invalidArgument, notImplemented, S3Error } from './errors.ts';

/** One request, path-style, with the transfer framing taken off. */
export interface S3Request {
  readonly method: string;
  /** Empty for the account itself. */
  readonly bucket: string;
  /** Empty for the bucket itself. */
  readonly key: string;
  readonly query: URLSearchParams;
  /** Names in lower case; checksums that came as trailers are among them. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface S3Response {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

/** Reads what was asked; throws an S3Error if the framing or the address is not valid. */
export function readRequest(raw: RawRequest): S3Request {
  const [path = '/', query = ''] = splitOnce(raw.target, '?');
  const [bucket = '', key = ''] = splitOnce(path.slice(1), '/').map(decodePath);
  if (Buffer.byteLength(key) > 1024) {
    throw new S3Error(400, 'KeyTooLongError', 'Your key is too long');
  }
  const payload = raw.headers['x-amz-content-sha256'] ?? '';
  if (payload.startsWith('STREAMING-AWS4-HMAC')) throw notImplemented('signed chunks');
  const { body, trailers } = payload.startsWith('STREAMING-')
    ? decodeChunkedBody(raw.body)
    : { body: raw.body, trailers: {} };
  expectDeclaredLength(raw.headers['x-amz-decoded-content-length'], body.length);
  expectAnnouncedTrailers(raw.headers['x-amz-trailer'], trailers);
  return {
    method: raw.method,
    bucket,
    key,
    query: new URLSearchParams(query),
    headers: { ...raw.headers, ...trailers },
    body,
  };
}

/** A request as it came over the wire, signature and framing still on it. */
export interface RawRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Reads a whole request into memory; throws EntityTooLarge beyond `limit` bytes. */
export async function receive(message: IncomingMessage, limit: number): Promise<RawRequest> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of message) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length <= limit) chunks.push(bytes);
  }
  if (length > limit) {
    throw new S3Error(
      400,
      'EntityTooLarge',
      `Your proposed upload exceeds the maximum allowed size of ${limit} bytes here.`,
    );
  }
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(message.headers)) {
    if (value !== undefined) headers[name] = Array.isArray(value) ? value.join(',') : value;
  }
  return {
    method: message.method ?? 'GET',
    target: message.url ?? '/',
    headers,
    body: Buffer.concat(chunks),
  };
}

function decodePath(encoded: string): string {
  try {
    return decodeURIComponent(encoded);
  } catch {
    throw new S3Error(400, 'InvalidURI', "Couldn't parse the specified URI.");
  }
}

function expectDeclaredLength(declared: string | undefined, actual: number): void {
  if (declared !== undefined && Number(declared) !== actual) {
    throw new S3Error(
      400,
      'IncompleteBody',
      'The request body does not have the length that x-amz-decoded-content-length states.',
    );
  }
}

function expectAnnouncedTrailers(
  announced: string | undefined,
  trailers: Readonly<Record<string, string>>,
): void {
  for (const name of announced?.split(',') ?? []) {
    if (!Object.hasOwn(trailers, name.trim().toLowerCase())) {
      throw invalidArgument(`The trailer ${name.trim()} was announced and is missing.`);
    }
  }
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}
