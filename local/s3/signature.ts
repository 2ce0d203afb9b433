import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What a signature is checked against: the request as it came over the wire. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query exactly as received, percent-encoding included. */
  readonly target: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export type SignatureVerdict =
  | { readonly kind: 'anonymous' }
  | { readonly kind: 'valid'; readonly accessKeyId: string }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly reason: string };

type RefusalCode =
  | 'AuthorizationHeaderMalformed'
  | 'InvalidAccessKeyId'
  | 'SignatureDoesNotMatch'
  | 'RequestTimeTooSkewed'
  | 'XAmzContentSHA256Mismatch';

/**
 * Checks AWS Signature Version 4 in the Authorization header. Presigned addresses are not for this project:
 * everything public is read at the edge.
 *
 * `now` is the clock the signer used, which for an SDK is always the real one.
 * Paths are taken as encoded on the wire (S3's rule; SQS only ever uses `/`, where both rules agree).
 */
export function verifySignature({
  request,
  service,
  secretOf,
  now,
}: {
  request: SignedRequest;
  service: string;
  secretOf: (accessKeyId: string) => string | undefined;
  now: number;
}): SignatureVerdict {
  const claim = readClaim(request);
  if (claim === undefined) return { kind: 'anonymous' };
  if (claim === 'malformed') {
    return refused('AuthorizationHeaderMalformed', 'The authorization is not a SigV4 credential.');
  }
  if (claim.scope[2] !== service || claim.scope[3] !== 'aws4_request') {
    return refused(
      'AuthorizationHeaderMalformed',
      `Credential scope must end with "${service}/aws4_request".`,
    );
  }
  const secret = secretOf(claim.accessKeyId);
  if (secret === undefined) {
    return refused('InvalidAccessKeyId', 'The access key id does not exist in our records.');
  }
  const unsigned = Object.keys(request.headers).filter(
    (name) => mustBeSigned.test(name) && !claim.signedHeaders.includes(name),
  );
  if (unsigned.length > 0 || claim.scope[0] !== claim.date.slice(0, 8)) {
    return refused(
      'SignatureDoesNotMatch',
      `The signature must cover ${unsigned.join(', ') || 'the date of its scope'}.`,
    );
  }
  const lateness = now - parseAmzDate(claim.date);
  if (Number.isNaN(lateness) || Math.abs(lateness) > skew) {
    return refused(
      'RequestTimeTooSkewed',
      'The request time differs too much from the current time.',
    );
  }
  const stated = claim.payloadHash;
  const actual = sha256(request.body);
  if (/^[0-9a-f]{64}$/.test(stated) && stated !== actual) {
    return refused(
      'XAmzContentSHA256Mismatch',
      'The provided x-amz-content-sha256 header does not match what was computed.',
    );
  }
  return equal(
    signatureOf({ request, claim, secret, payloadHash: stated || actual }),
    claim.signature,
  )
    ? { kind: 'valid', accessKeyId: claim.accessKeyId }
    : refused(
        'SignatureDoesNotMatch',
        'The request signature we calculated does not match the one provided. Check the secret key.',
      );
}

interface Claim {
  readonly accessKeyId: string;
  /** date, region, service, "aws4_request" */
  readonly scope: readonly string[];
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  readonly date: string;
  readonly payloadHash: string;
}

/** Whatever these say changes what a request means. */
const mustBeSigned = /^(?:host|x-amz-.*)$/;

const skew = 15 * 60 * 1000;

function readClaim(request: SignedRequest): Claim | 'malformed' | undefined {
  const authorization = request.headers['authorization'];
  if (authorization === undefined) return undefined;
  const match =
    /^AWS4-HMAC-SHA256\s+Credential=([^,\s]+),\s*SignedHeaders=([^,\s]+),\s*Signature=([0-9a-f]{64})$/.exec(
      authorization,
    );
  if (match === null) return 'malformed';
  const [, credential = '', signedHeaders = '', signature = ''] = match;
  const [accessKeyId = '', ...scope] = credential.split('/');
  return {
    accessKeyId,
    scope,
    signedHeaders: signedHeaders.split(';'),
    signature,
    date: request.headers['x-amz-date'] ?? '',
    payloadHash: request.headers['x-amz-content-sha256'] ?? '',
  };
}

function signatureOf({
  request,
  claim,
  secret,
  payloadHash,
}: {
  request: SignedRequest;
  claim: Claim;
  secret: string;
  payloadHash: string;
}): string {
  const [path = '/', query = ''] = splitOnce(request.target, '?');
  const canonicalRequest = [
    request.method,
    path,
    canonicalQuery(query),
    ...claim.signedHeaders.map(
      (name) => `${name}:${(request.headers[name] ?? '').trim().replace(/ {2,}/g, ' ')}`,
    ),
    '',
    claim.signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
  const stringToSign = [
    'AWS4-HMAC-SHA256',
    claim.date,
    claim.scope.join('/'),
    sha256(canonicalRequest),
  ].join('\n');
  const key = claim.scope.reduce<Uint8Array>(
    (derived, part) => hmac(derived, part),
    Buffer.from(`AWS4${secret}`),
  );
  return hmac(key, stringToSign).toString('hex');
}

function canonicalQuery(query: string): string {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => splitOnce(pair, '='))
    .map(([name = '', value = '']) => [strictEncoding(name), strictEncoding(value)] as const)
    .sort(([a, b], [c, d]) => (a === c ? compare(b, d) : compare(a, c)))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function strictEncoding(encoded: string): string {
  let text: string;
  try {
    text = decodeURIComponent(encoded);
  } catch {
    // Not decodable, so nobody can have signed it: leave it and let the comparison fail.
    return encoded;
  }
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + separator.length)];
}

function parseAmzDate(date: string): number {
  const match = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date);
  if (match === null) return Number.NaN;
  const [, year, month, day, hour, minute, second] = match;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}

const refused = (code: RefusalCode, reason: string): SignatureVerdict => ({
  kind: 'refused',
  code,
  reason,
});

const sha256 = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex');

const hmac = (key: Uint8Array, text: string): Buffer =>
  createHmac('sha256', key).update(text).digest();

const equal = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
