import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { s3Origin } from '../../../local/edge/origin.ts';
import { type RunningEdge, startEdge } from '../../../local/edge/start-edge.ts';
import { type RunningS3, startS3 } from '../../../local/s3/start-s3.ts';

const page = 'public, max-age=0, s-maxage=60, stale-while-revalidate=30, stale-if-error=3600';
const short = 'public, max-age=0, s-maxage=60, stale-while-revalidate=30, stale-if-error=0';

let now: number;
let denied: string[];
let s3: RunningS3;
let edge: RunningEdge;
let clients: S3Client[];

beforeEach(async () => {
  now = Date.UTC(2026, 2, 9, 12);
  denied = [];
  s3 = await startS3({
    dataFile: ':memory:',
    clock: () => now,
    credentials: [
      { accessKeyId: 'WRITER', secretAccessKey: 'w', name: 'writer' },
      { accessKeyId: 'EDGE', secretAccessKey: 'e', name: 'edge', statements: readPublic(true) },
      { accessKeyId: 'BLIND', secretAccessKey: 'b', name: 'blind', statements: readPublic(false) },
    ],
    buckets: ['site'],
  });
  clients = [];
  edge = await edgeAs('EDGE', 'e');
  await put('404.html', '<h1>Not found</h1>');
});

afterEach(async () => {
  await edge.close();
  for (const client of clients) client.destroy();
  await s3.close();
});

const readPublic = (mayList: boolean) => [
  {
    Effect: 'Allow',
    Action: 's3:GetObject',
    Resource: 'arn:aws:s3:::site/public/*',
  } as const,
  ...(mayList
    ? [{ Effect: 'Allow', Action: 's3:ListBucket', Resource: 'arn:aws:s3:::site' } as const]
    : []),
];

function clientOf(accessKeyId: string, secretAccessKey: string): S3Client {
  const client = new S3Client({
    endpoint: s3.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId, secretAccessKey },
  });
  clients.push(client);
  return client;
}

const edgeAs = (accessKeyId: string, secret: string) =>
  startEdge({
    origin: s3Origin({ client: clientOf(accessKeyId, secret), bucket: 'site' }),
    headers: (path) => ({ 'x-policy-for': path, 'access-control-allow-origin': '*' }),
    clock: () => now,
    onDenied: (path) => denied.push(path),
  });

async function put(
  path: string,
  body: string,
  {
    cacheControl = page,
    contentType = 'text/html; charset=utf-8',
    metadata = {},
  }: { cacheControl?: string; contentType?: string; metadata?: Record<string, string> } = {},
): Promise<void> {
  await clientOf('WRITER', 'w').send(
    new PutObjectCommand({
      Bucket: 'site',
      Key: `public/${path}`,
      Body: body,
      CacheControl: cacheControl,
      ContentType: contentType,
      Metadata: metadata,
    }),
  );
}

async function get(path: string, headers: Readonly<Record<string, string>> = {}) {
  const answer = await fetch(edge.endpoint + path, {
    redirect: 'manual',
    headers: { 'accept-encoding': 'identity', ...headers },
  });
  return {
    status: answer.status,
    body: await answer.text(),
    cache: answer.headers.get('x-cache')?.replace(' from cloudfront', ''),
    headers: answer.headers,
  };
}

const brief = async (path: string, headers: Readonly<Record<string, string>> = {}) => {
  const { status, body, cache } = await get(path, headers);
  return [status, body, cache];
};

describe('the local edge', () => {
  it('serves a page from the bucket, then from its cache, with the headers of the policy', async () => {
    await put('briefings/ada/index.html', 'first');
    const first = await get('/briefings/ada/');
    expect([first.status, first.body, first.cache]).toEqual([200, 'first', 'Miss']);
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': page,
      'x-policy-for': '/briefings/ada/',
      age: '0',
    });
    expect([...first.headers.keys()].filter((name) => name.startsWith('x-amz'))).toEqual([]);
    now += 7000;
    const second = await get('/briefings/ada/?utm_source=x');
    expect([second.cache, second.headers.get('age')]).toEqual(['Hit', '7']);
  });

  it('gives what is stale while it asks again, and never what is staler than that', async () => {
    await put('index.html', 'old');
    await get('/');
    await put('index.html', 'new');
    now += 59_000;
    expect(await brief('/')).toEqual([200, 'old', 'Hit']);
    now += 2000;
    expect(await brief('/')).toEqual([200, 'old', 'Hit']);
    await expect.poll(() => brief('/')).toEqual([200, 'new', 'Hit']);
    now += 91_000;
    expect(await brief('/')).toEqual([200, 'new', 'RefreshHit']);
  });

  it('outlives its origin for as long as the object allows, tombstones not at all', async () => {
    await put('index.html', 'page');
    await put('gone/index.html', 'tombstone', { cacheControl: short, metadata: { status: '410' } });
    expect([await brief('/'), await brief('/gone/')]).toEqual([
      [200, 'page', 'Miss'],
      [410, 'tombstone', 'Miss'],
    ]);
    s3.faults.inject({ kind: 'unavailable' });
    now += 600_000;
    expect([await brief('/'), await brief('/gone/')]).toEqual([
      [200, 'page', 'Hit'],
      [503, 'Temporarily unavailable\n', 'Error'],
    ]);
    now += 3_600_000;
    expect((await get('/')).status).toBe(503);
    s3.faults.clear();
    now += 1001;
    expect(await brief('/')).toEqual([200, 'page', 'Miss']);
  });

  it('answers what is gone and what has moved as such, without validators', async () => {
    await put('gone/index.html', 'It is gone.', { metadata: { status: '410' } });
    await put('old/index.html', 'It has moved.', {
      metadata: { status: '301', location: '/new/' },
    });
    const [gone, moved] = [await get('/gone/', { 'if-none-match': '*' }), await get('/old/')];
    expect(
      [gone, moved].map(({ status, body, headers }) => [
        status,
        body,
        headers.get('location'),
        headers.get('etag'),
        headers.get('last-modified'),
      ]),
    ).toEqual([
      [410, 'It is gone.', null, null, null],
      [301, 'It has moved.', '/new/', null, null],
    ]);
  });

  it('has a page for what is missing, looks again after a second, and keeps no error longer', async () => {
    expect(await brief('/briefings/new/')).toEqual([404, '<h1>Not found</h1>', 'Error']);
    await put('briefings/new/index.html', 'here');
    expect((await get('/briefings/new/')).status).toBe(404);
    now += 1001;
    expect(await brief('/briefings/new/')).toEqual([200, 'here', 'Miss']);
    expect((await get('/..%2f..%2fstate/root')).status).toBe(404);
  });

  it('takes a refusal of the bucket for a fault of ours, never for a missing page', async () => {
    await edge.close();
    edge = await edgeAs('BLIND', 'b');
    expect((await get('/briefings/new/')).status).toBe(503);
    expect(denied).toEqual(['/briefings/new/']);
  });

  it('validates by ETag alone, weakly once it has compressed', async () => {
    await put('feed.json', JSON.stringify({ items: 'x'.repeat(2000) }), {
      contentType: 'application/feed+json; charset=utf-8',
    });
    const identity = await get('/feed.json');
    const brotli = await get('/feed.json', { 'accept-encoding': 'gzip, br' });
    const gzip = await get('/feed.json', { 'accept-encoding': 'gzip, br;q=0' });
    const etag = identity.headers.get('etag') ?? '';
    expect(
      [identity, brotli, gzip].map(({ headers, body }) => [
        headers.get('content-encoding'),
        headers.get('etag'),
        headers.get('vary'),
        body === identity.body,
      ]),
    ).toEqual([
      [null, etag, 'accept-encoding', true],
      ['br', `W/${etag}`, 'accept-encoding', true],
      ['gzip', `W/${etag}`, 'accept-encoding', true],
    ]);
    expect((await get('/feed.json', { 'if-none-match': `W/${etag}` })).status).toBe(304);
    expect((await get('/feed.json', { 'if-none-match': '"other"' })).status).toBe(200);
    const later = new Date(now + 1000).toUTCString();
    expect((await get('/feed.json', { 'if-modified-since': later })).status).toBe(200);
  });

  it('sends parts of images, and of nothing else', async () => {
    await put('images/a-640.webp', '0123456789', { contentType: 'image/webp' });
    await put('feed.json', '0123456789', { contentType: 'application/json' });
    const range = { range: 'bytes=2-4' };
    const [image, feed] = [await get('/images/a-640.webp', range), await get('/feed.json', range)];
    expect([
      [image.status, image.body, image.headers.get('content-range')],
      [feed.status, feed.body, feed.headers.get('content-range')],
    ]).toEqual([
      [206, '234', 'bytes 2-4/10'],
      [200, '0123456789', null],
    ]);
  });

  it('forgets by path and by tag when it is told to', async () => {
    await put('a/index.html', 'a', { metadata: { 'cache-tag': 'briefing-1,person-2' } });
    await put('b/index.html', 'b', { metadata: { 'cache-tag': 'person-2' } });
    const states = async () => [(await get('/a/')).cache, (await get('/b/')).cache];
    expect(await states()).toEqual(['Miss', 'Miss']);
    edge.invalidate({ tags: ['Briefing-1'] });
    expect(await states()).toEqual(['Miss', 'Hit']);
    edge.invalidate({ tags: ['person-2'] });
    expect(await states()).toEqual(['Miss', 'Miss']);
    edge.invalidate({ paths: ['/a/'] });
    expect(await states()).toEqual(['Miss', 'Hit']);
    edge.invalidate({ paths: ['/*'] });
    expect(await states()).toEqual(['Miss', 'Miss']);
  });

  it('answers HEAD without a body, OPTIONS for other sites, and nothing that would write', async () => {
    await put('feed.json', '{}', { contentType: 'application/json' });
    const answers = await Promise.all(
      ['HEAD', 'OPTIONS', 'POST'].map((method) => fetch(`${edge.endpoint}/feed.json`, { method })),
    );
    expect(
      await Promise.all(
        answers.map(async (answer) => [
          answer.status,
          await answer.text(),
          answer.headers.get('access-control-allow-origin'),
        ]),
      ),
    ).toEqual([
      [200, '', '*'],
      [204, '', '*'],
      [405, '', '*'],
    ]);
  });

  it('F62: redirects nowhere but to an address of its own, whatever is asked', async () => {
    await put('old/index.html', 'moved', { metadata: { status: '301', location: '/new/' } });
    const asked = [
      '/old/?to=https://evil.example/',
      '/OLD?url=//evil.example',
      '/briefings/ada?next=https://evil.example',
      '//evil.example',
      '/%2f%2fevil.example/',
      '/\\\\evil.example',
    ];
    const locations = await Promise.all(
      asked.map(async (path) => (await raw(path, { 'x-forwarded-host': 'evil.example' })).location),
    );
    expect(locations).toEqual([
      '/new/',
      '/old/',
      '/briefings/ada/',
      undefined,
      undefined,
      undefined,
    ]);
  });

  it('F63: gives the same bytes whatever a request adds, and keeps nothing of it', async () => {
    await put('index.html', 'home');
    const poison = {
      host: 'evil.example',
      cookie: 'session=1',
      'x-forwarded-host': 'evil.example',
      'x-original-url': '/state/root',
      'x-http-method-override': 'DELETE',
      authorization: 'Bearer x',
    };
    const poisoned = await raw('/?utm_source=<script>&__proto__=1', poison);
    const clean = await raw('/', {});
    expect([poisoned.cache, clean.cache]).toEqual(['Miss', 'Hit']);
    expect({ ...poisoned, cache: '' }).toEqual({ ...clean, cache: '' });
  });

  it('F64: tells every site that it may read, and never repeats its name', async () => {
    await put('feed.json', '{}', { contentType: 'application/json' });
    const answer = await get('/feed.json', { origin: 'https://evil.example' });
    expect([
      answer.headers.get('access-control-allow-origin'),
      answer.headers.get('access-control-allow-credentials'),
      answer.headers.get('vary'),
    ]).toEqual(['*', null, 'accept-encoding']);
  });
});

/** A request as it stands: `fetch` would tidy path and host. */
function raw(path: string, headers: Readonly<Record<string, string>>) {
  return new Promise<{ status: number; location?: string; body: string; cache: string }>(
    (resolve, reject) => {
      const { hostname, port } = new URL(edge.endpoint);
      request({ hostname, port, path, headers }, (answer) => {
        const { location } = answer.headers;
        text(answer).then(
          (body) =>
            resolve({
              status: answer.statusCode ?? 0,
              ...(location !== undefined && { location }),
              body,
              cache: String(answer.headers['x-cache']).replace(' from cloudfront', ''),
            }),
          reject,
        );
      })
        .on('error', reject)
        .end();
    },
  );
}
