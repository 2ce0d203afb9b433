import { invalidArgument } from './errors.ts';

/**
 * Takes off the `aws-chunked` framing an SDK puts around a body whose checksum follows it:
 * `<hex length>[;extensions]\r\n<bytes>\r\n … 0\r\n<trailers>\r\n\r\n`.
 */
export function decodeChunkedBody(framed: Buffer): {
  body: Buffer;
  trailers: Record<string, string>;
} {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const line = lineAt(framed, at);
    const length = Number.parseInt(line.text.split(';')[0] ?? '', 16);
    if (!(length >= 0)) throw invalidArgument('The aws-chunked body has a chunk without a length.');
    at = line.next;
    if (length === 0) return { body: Buffer.concat(chunks), trailers: trailersAt(framed, at) };
    if (at + length + 2 > framed.length) {
      throw invalidArgument('The aws-chunked body ends inside a chunk.');
    }
    chunks.push(framed.subarray(at, at + length));
    at += length + 2;
  }
}

function trailersAt(framed: Buffer, start: number): Record<string, string> {
  const trailers: Record<string, string> = {};
  for (const line of framed.subarray(start).toString('latin1').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0)
      trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return trailers;
}

function lineAt(bytes: Buffer, start: number): { text: string; next: number } {
  const end = bytes.indexOf('\r\n', start, 'latin1');
  if (end < 0) throw invalidArgument('The aws-chunked body ends before its last chunk.');
  return { text: bytes.subarray(start, end).toString('latin1'), next: end + 2 };
}
