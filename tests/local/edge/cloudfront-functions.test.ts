import { describe, expect, it } from 'vitest';
import { loadCloudFrontFunctions } from '../../../local/edge/cloudfront-function.ts';
import { sha256Hex } from '../../../src/publishing/digest.ts';
import { readerAuthorization } from '../../../src/site/admission.ts';
import { engines } from './engines.ts';

// What comes over HTTP is in the table of requests. Here is what no server would let through, and what
// goes on to the cache, which no reader sees.

const password = 'Zm9yLXRoZS1yZWFkZXJzLW9mLXN0YWdpbmc';
const opens = readerAuthorization(password);

const loaded = engines.map(({ name, engine }) => ({
  name,
  functions: loadCloudFrontFunctions(engine),
  ofClosedStage: loadCloudFrontFunctions(engine, sha256Hex(opens)),
}));

describe.each(loaded)('in $name, the viewer-request function', ({ functions }) => {
  const { onViewerRequest } = functions;

  it.each([
    '/briefings/ada\u0000/',
    '/briefings/ada\r\nset-cookie: a=b',
    '/briefings/ada/\n',
    '/briefings/ada\n',
    '/briefings/ada\u202e/',
    '/briefings/ädä/',
    '/\u212a',
    '/briefings/ada?/',
    '',
  ])('never leads %j anywhere but to the page for what is missing', (uri) => {
    expect(onViewerRequest({ method: 'GET', uri, querystring: {}, headers: {} })).toEqual({
      method: 'GET',
      uri: '/_/404',
      querystring: {},
      headers: {},
    });
  });

  it('passes on no query, no cookies, no dates, and ranges of images only', () => {
    const pass = (uri: string) =>
      onViewerRequest({
        method: 'GET',
        uri,
        querystring: { a: { value: '1' } },
        headers: Object.fromEntries(
          [
            'if-modified-since',
            'if-unmodified-since',
            'if-none-match',
            'range',
            'if-range',
            'accept-encoding',
          ].map((name) => [name, { value: 'x' }]),
        ),
      });
    expect([pass('/feed.json'), pass('/images/a-1.webp')]).toEqual([
      {
        method: 'GET',
        uri: '/feed.json',
        querystring: {},
        headers: { 'if-none-match': { value: 'x' }, 'accept-encoding': { value: 'x' } },
      },
      {
        method: 'GET',
        uri: '/images/a-1.webp',
        querystring: {},
        headers: {
          'if-none-match': { value: 'x' },
          range: { value: 'x' },
          'if-range': { value: 'x' },
          'accept-encoding': { value: 'x' },
        },
      },
    ]);
  });
});

describe.each(loaded)('in $name, the viewer-response function', ({ functions }) => {
  const { onViewerResponse } = functions;

  const request = { method: 'GET', uri: '/briefings/ada/index.html', querystring: {}, headers: {} };
  const stored = {
    'content-type': { value: 'text/html; charset=utf-8' },
    etag: { value: '"1"' },
    'last-modified': { value: 'Mon, 09 Mar 2026 19:03:58 GMT' },
    'accept-ranges': { value: 'bytes' },
    'x-amz-meta-cache-tag': { value: 'briefing-1' },
    'x-amz-version-id': { value: 'v' },
  };
  const respond = (metadata: Readonly<Record<string, string>>) =>
    onViewerResponse(request, {
      statusCode: 200,
      headers: {
        ...stored,
        ...Object.fromEntries(
          Object.entries(metadata).map(([name, value]) => [`x-amz-meta-${name}`, { value }]),
        ),
      },
    });

  it('leaves a live object as it is, without what only the store needs to know', () => {
    const { 'x-amz-meta-cache-tag': _tags, 'x-amz-version-id': _version, ...headers } = stored;
    expect(respond({})).toEqual({ statusCode: 200, headers });
  });

  it('makes a tombstone of an object that says it is gone, without validators', () => {
    expect(respond({ status: '410' })).toEqual({
      statusCode: 410,
      statusDescription: 'Gone',
      headers: { 'content-type': stored['content-type'] },
    });
  });

  it('sends readers on from an address that has moved', () => {
    expect(respond({ status: '301', location: '/briefings/ada-lovelace/' })).toEqual({
      statusCode: 301,
      statusDescription: 'Moved Permanently',
      headers: {
        'content-type': stored['content-type'],
        location: { value: '/briefings/ada-lovelace/' },
      },
    });
  });

  it.each([
    '//evil.example/',
    'https://evil.example/',
    '/a\r\nb: c',
    '/a/\n',
    '/%2f/evil',
    '',
    '/\\evil',
  ])('never sends readers to %j', (location) => {
    expect(respond({ status: '301', location })).toMatchObject({
      statusCode: 410,
      headers: { 'content-type': stored['content-type'] },
    });
  });
});

describe.each(loaded)('in $name, a stage that is closed to readers', ({ ofClosedStage }) => {
  const ask = (uri: string, authorization?: string, method = 'GET') =>
    ofClosedStage.onViewerRequest({
      method,
      uri,
      querystring: {},
      headers: authorization === undefined ? {} : { authorization: { value: authorization } },
    });
  const goesOn = (uri: string) => ({ method: 'GET', uri, querystring: {}, headers: {} });
  const asksForThePassword = {
    statusCode: 401,
    statusDescription: 'Unauthorized',
    headers: {
      'www-authenticate': { value: 'Basic realm="closed to readers", charset="UTF-8"' },
      'cache-control': { value: 'no-store' },
      'content-type': { value: 'text/plain; charset=utf-8' },
      'access-control-allow-origin': { value: '*' },
    },
    body: {
      encoding: 'text',
      data: 'This site is closed to readers. Load it again to be asked for name and password; who runs it knows both.\n',
    },
  };

  it.each([
    ['without a word', undefined],
    ['with another password', readerAuthorization('guessed')],
    ['with another name', `Basic ${btoa(`editor:${password}`)}`],
    ['with the hash that the function holds', sha256Hex(opens)],
    ['with the password alone', password],
    ['with an empty header', ''],
    ['with more than the password', `${opens}=`],
    ['with what no header can hold', 'Basic \u{1f511}\n'],
  ])('asks for the password %s, at every address, before it says where anything is', (_, given) => {
    for (const uri of ['/', '/briefings/ada', '/v1/index.json', '/feed.json', '/nowhere/', '//x']) {
      expect(ask(uri, given), uri).toEqual(asksForThePassword);
    }
  });

  it('lets in who gives it, and does not hand it on to the bucket', () => {
    expect(ask('/briefings/ada/', opens)).toEqual(goesOn('/briefings/ada/index.html'));
    expect(ask('/briefings/Ada', opens)).toMatchObject({
      statusCode: 301,
      headers: { location: { value: '/briefings/ada/' } },
    });
  });

  it('shows receipts to the Studio, which has no password, and nothing by way of them', () => {
    expect(ask('/v1/receipts/0a1b.json')).toEqual(goesOn('/v1/receipts/0a1b.json'));
    expect(ask('/v1/receipts/../briefings/ada.json')).toEqual(goesOn('/_/404'));
    expect(ask('/v1/receipts/%2e%2e/briefings/ada.json')).toEqual(goesOn('/_/404'));
    expect(ask('/V1/receipts/0a1b.json')).toEqual(asksForThePassword);
    // Its address is no secret, and how a closed stage stands is nobody's business.
    expect(ask('/status.json')).toEqual(asksForThePassword);
  });

  it('answers what carries no content as ever: a preflight, and a method that is none of ours', () => {
    expect(ask('/feed.json', undefined, 'OPTIONS')).toMatchObject({ statusCode: 204 });
    expect(ask('/feed.json', undefined, 'POST')).toMatchObject({ statusCode: 405 });
  });
});
