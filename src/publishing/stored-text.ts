import { gunzipSync, gzipSync } from 'node:zlib';

/** State objects are kept compressed: nodes are JSON full of ids and hashes of the same few kinds. */
export const storedTextType = 'application/gzip';

export function packText(text: string): Uint8Array {
  return gzipSync(text);
}

export function unpackText(body: Uint8Array): string {
  return gunzipSync(body).toString('utf8');
}
