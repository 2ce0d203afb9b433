import { hash } from 'node:crypto';

/** SHA-256, base64url without padding: names of state nodes, bundles, content. */
export function sha256(text: string | Uint8Array): string {
  return hash('sha256', text, 'base64url');
}

/** SHA-256 in hex: public addresses that must survive case folding. */
export function sha256Hex(text: string): string {
  return hash('sha256', text, 'hex');
}

/** What S3 calls the ETag of a single PUT under SSE-S3: MD5 of the bytes, in hex. Not a security measure. */
export function md5Hex(bytes: string | Uint8Array): string {
  return hash('md5', bytes, 'hex');
}

/** JSON with sorted keys, so that equal values have equal bytes. `undefined` members are left out. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value));
}

// A replacer would be simpler, and takes twice the time.
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isPlainRecord(value)) return value;
  const keys = Object.keys(value).sort();
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key])]));
}

function isPlainRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
