import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';

/** Brotli has no media type of its own: it is a coding, and S3 must not be told to undo it. */
export const storedTextType = 'application/octet-stream';

/**
 * State objects are kept compressed. A release holds its feeds three times over, further apart than
 * gzip's window of 32 kB reaches: Brotli writes two thirds of the bytes in the same time. Its higher
 * qualities take twenty times as long for two parts in a hundred.
 */
export function packText(text: string): Uint8Array {
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
}

export function unpackText(body: Uint8Array): string {
  return brotliDecompressSync(body).toString('utf8');
}
