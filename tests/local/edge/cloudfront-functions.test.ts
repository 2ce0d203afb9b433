import { describe, expect, it } from 'vitest';
import { loadCloudFrontFunctions } from '../../../local/edge/cloudfront-function.ts';

const { onViewerRequest, onViewerResponse } = loadCloudFrontFunctions();

/** What becomes of an address: the key the bucket is asked for, or the answer given at once. */
function meet(uri: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') {
  const result = onViewerRequest({
    method,
    uri,
    querystring: { utm_source: { value: 'x' } },
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }])),
  });
  return 'statusCode' in result
    ? `${result.statusCode} ${result.headers['location']?.value ?? ''}`.trim()
    : result.uri;
}

describe('the viewer-request function', () => {
  it.each([
    ['/', '/index.html'],
    ['/briefings/ada/', '/briefings/ada/index.html'],
    ['/briefings/ada/index.txt', '/briefings/ada/index.txt'],
    ['/feed.json', '/feed.json'],
    ['/oembed', '/oembed'],
    ['/v1/briefings/Doc-9.json', '/v1/briefings/Doc-9.json'],
    ['/images/aBc_9-640.webp', '/images/aBc_9-640.webp'],
    ['/embed/imported.7/', '/embed/imported.7/index.html'],
    ['/embed/v1.js', '/embed/v1.js'],
  ])('asks for the object of %s at %s', (uri, key) => {
    expect(meet(uri)).toBe(key);
  });

  it.each([
    ['/briefings/ada', '301 /briefings/ada/'],
    ['/briefings/ada/index.html', '301 /briefings/ada/'],
    ['/index.html', '301 /'],
    ['/Briefings/ADA', '301 /briefings/ada/'],
    ['/BRIEFINGS/ada/INDEX.HTML', '301 /briefings/ada/'],
    ['/FEED.JSON', '301 /feed.json'],
    ['/embed/Doc.9', '301 /embed/Doc.9/'],
    ['/embed/Doc-9/index.html', '301 /embed/Doc-9/'],
    ['/people', '301 /people/'],
  ])('answers %s with one redirect: %s', (uri, answer) => {
    expect(meet(uri)).toBe(answer);
    const target = answer.replace('301 ', '');
    expect(meet(target)).not.toContain('301');
  });

  it.each([
    '//evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/%5cevil.example',
    '/..%2f..%2fstate/root',
    '/../state/root',
    '/./feed.json',
    '/briefings/../../state/root',
    '/briefings//ada/',
    '/briefings/%61da/',
    '/briefings/ada%00/',
    '/briefings/ada\u0000/',
    '/briefings/ada\r\nset-cookie: a=b',
    '/briefings/ada\u202e/',
    '/briefings/ädä/',
    '/.git/config',
    '/briefings/ada?/',
    '/briefings/ada;v=1/',
    '/@evil.example',
    'https://evil.example/',
    '',
    `/${'a/'.repeat(600)}`,
    `/${'A'.repeat(5000)}`,
  ])('never leads %j anywhere but to the page for what is missing', (uri) => {
    expect(meet(uri)).toBe('/_/404');
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

  it('tells other sites that they may read, and anybody that there is nothing to write', () => {
    expect(
      onViewerRequest({ method: 'OPTIONS', uri: '/feed.json', querystring: {}, headers: {} }),
    ).toEqual({
      statusCode: 204,
      statusDescription: 'No Content',
      headers: {
        'access-control-allow-origin': { value: '*' },
        'access-control-allow-methods': { value: 'GET, HEAD, OPTIONS' },
        'access-control-allow-headers': { value: '*' },
        'access-control-max-age': { value: '86400' },
      },
    });
    expect(['POST', 'PUT', 'DELETE'].map((method) => meet('/feed.json', {}, method))).toEqual([
      '405',
      '405',
      '405',
    ]);
  });
});

describe('the viewer-response function', () => {
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

  it.each(['//evil.example/', 'https://evil.example/', '/a\r\nb: c', '/%2f/evil', '', '/\\evil'])(
    'never sends readers to %j',
    (location) => {
      expect(respond({ status: '301', location })).toMatchObject({
        statusCode: 410,
        headers: { 'content-type': stored['content-type'] },
      });
    },
  );
});
