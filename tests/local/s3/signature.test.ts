import { describe, expect, it } from 'vitest';
import { type SignedRequest, verifySignature } from '../../../local/s3/signature.ts';

const accessKeyId = 'AKIAIOSFODNN7EXAMPLE';
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** The worked examples of the S3 reference: an outside witness for the signature. */
const published = {
  'a GET of a range': request({
    target: '/test.txt',
    headers: { range: 'bytes=0-9', 'x-amz-content-sha256': empty },
    signedHeaders: 'host;range;x-amz-content-sha256;x-amz-date',
    signature: 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41',
  }),
  'a PUT with an escaped key': request({
    method: 'PUT',
    target: '/test%24file.text',
    headers: {
      date: 'Fri, 24 May 2013 00:00:00 GMT',
      'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
      'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    },
    signedHeaders: 'date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class',
    signature: '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
    body: 'Welcome to Amazon S3.',
  }),
  'a list with a query': request({
    target: '/?max-keys=2&prefix=J',
    headers: { 'x-amz-content-sha256': empty },
    signedHeaders: 'host;x-amz-content-sha256;x-amz-date',
    signature: '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7',
  }),
};

function request({
  method = 'GET',
  target,
  headers,
  signedHeaders,
  signature,
  body = '',
}: {
  method?: string;
  target: string;
  headers: Readonly<Record<string, string>>;
  signedHeaders: string;
  signature: string;
  body?: string;
}): SignedRequest {
  return {
    method,
    target,
    headers: {
      host: 'examplebucket.s3.amazonaws.com',
      'x-amz-date': '20130524T000000Z',
      ...headers,
      authorization: `AWS4-HMAC-SHA256 Credential=${accessKeyId}/20130524/us-east-1/s3/aws4_request,SignedHeaders=${signedHeaders},Signature=${signature}`,
    },
    body: Buffer.from(body),
  };
}

const verify = (signed: SignedRequest, { minutesLater = 0, service = 's3' } = {}) =>
  verifySignature({
    request: signed,
    service,
    secretOf: (id) => (id === accessKeyId ? secret : undefined),
    now: Date.UTC(2013, 4, 24, 0, minutesLater),
  });

describe('the signature check', () => {
  it.each(Object.entries(published))('accepts the published example of %s', (_name, signed) => {
    expect(verify(signed)).toEqual({ kind: 'valid', accessKeyId });
  });

  const list = published['a list with a query'];
  const put = published['a PUT with an escaped key'];
  const withHeader = (signed: SignedRequest, name: string, value: string) => ({
    ...signed,
    headers: { ...signed.headers, [name]: value },
  });
  const authorization = list.headers['authorization'] ?? '';

  it.each<[string, SignedRequest, string]>([
    ['another key', { ...put, target: '/other' }, 'SignatureDoesNotMatch'],
    ['another method', { ...list, method: 'DELETE' }, 'SignatureDoesNotMatch'],
    ['another query', { ...list, target: '/?max-keys=3&prefix=J' }, 'SignatureDoesNotMatch'],
    ['another host', withHeader(list, 'host', 'evil.example'), 'SignatureDoesNotMatch'],
    ['another body', { ...put, body: Buffer.from('Welcome!') }, 'XAmzContentSHA256Mismatch'],
    [
      'a header that nobody signed',
      withHeader(put, 'x-amz-meta-status', '410'),
      'SignatureDoesNotMatch',
    ],
    [
      'a key that nobody has',
      withHeader(list, 'authorization', authorization.replace(accessKeyId, 'AKIANOBODY')),
      'InvalidAccessKeyId',
    ],
    [
      'a scope of another day',
      withHeader(list, 'authorization', authorization.replace('/20130524/', '/20130525/')),
      'SignatureDoesNotMatch',
    ],
    [
      'no credential',
      withHeader(list, 'authorization', 'Bearer x'),
      'AuthorizationHeaderMalformed',
    ],
  ])('refuses a request with %s', (_name, signed, code) => {
    expect(verify(signed)).toMatchObject({ kind: 'refused', code });
  });

  it('refuses a signature for another service, or older than a quarter of an hour', () => {
    expect(verify(list, { service: 'sqs' })).toMatchObject({
      code: 'AuthorizationHeaderMalformed',
    });
    expect(verify(list, { minutesLater: 15 })).toMatchObject({ kind: 'valid' });
    expect(verify(list, { minutesLater: 16 })).toMatchObject({ code: 'RequestTimeTooSkewed' });
  });

  it('knows a request without one', () => {
    const { authorization: _none, ...headers } = list.headers;
    expect(verify({ ...list, headers })).toEqual({ kind: 'anonymous' });
  });
});
