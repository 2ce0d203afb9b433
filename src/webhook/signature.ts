import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What a signature header says of a body. */
export type Verdict =
  | {
      readonly kind: 'signed';
      /** Milliseconds since 1970, as signed. */
      readonly signedAt: number;
      /** Which of the secrets it was: tells when a rotation is over. */
      readonly secretIndex: number;
      /** Names the signed bytes, time included: equal for a repeat of the same delivery. */
      readonly fingerprint: string;
    }
  | { readonly kind: 'unsigned'; readonly reason: 'signature-missing' | 'signature-malformed' }
  | { readonly kind: 'forged'; readonly reason: 'signature-wrong' };

/**
 * Whether one of the secrets signed these very bytes, in time that depends on neither.
 *
 * The header is what Sanity sends: `t=<ms>,v1=<base64url HMAC-SHA256 of "<t>.<body>">`.
 */
export function verifySignature({
  body,
  header,
  secrets,
}: {
  body: Uint8Array;
  header: string | undefined;
  secrets: readonly [string, ...string[]];
}): Verdict {
  if (header === undefined) return { kind: 'unsigned', reason: 'signature-missing' };
  const [, timestamp, digest] = headerPattern.exec(header) ?? [];
  if (timestamp === undefined || digest === undefined) {
    return { kind: 'unsigned', reason: 'signature-malformed' };
  }
  const given = Buffer.from(digest, 'base64url');
  // Every secret is tried, also after one has fitted, and compared as decoded bytes of one length.
  const fits = secrets.map((secret) => timingSafeEqual(given, hmac({ secret, timestamp, body })));
  const secretIndex = fits.indexOf(true);
  if (secretIndex === -1) return { kind: 'forged', reason: 'signature-wrong' };
  return {
    kind: 'signed',
    signedAt: Number(timestamp),
    secretIndex,
    fingerprint: createHash('sha256').update(`${timestamp}.`).update(body).digest('hex'),
  };
}

/** Of any text, what SQS takes as a deduplication id: 64 characters of hex, where it allows 128. */
export function nameForQueue(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The header for a body, as Sanity makes it: for tests and for tools that ring our own doorbell. */
export function signatureHeader({
  body,
  secret,
  signedAt,
}: {
  body: Uint8Array;
  secret: string;
  signedAt: number;
}): string {
  const digest = hmac({ secret, timestamp: String(signedAt), body }).toString('base64url');
  return `t=${signedAt},v1=${digest}`;
}

/**
 * Which secret it is, for whoever may see no more than that: equal for equal secrets, and nothing about
 * one of 32 random bytes can be learned from it. What is signed here can never be a delivery, which
 * begins with a time.
 */
export function secretFingerprint(secret: string): string {
  return createHmac('sha256', secret).update('which secret is this').digest('hex').slice(0, 12);
}

/** 32 bytes are 43 characters of base64url; the last one may only carry four bits. */
const headerPattern = /^t=(\d{1,15}),v1=([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])$/;

function hmac({
  secret,
  timestamp,
  body,
}: {
  secret: string;
  timestamp: string;
  body: Uint8Array;
}): Buffer {
  return createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest();
}
