import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { s3Origin } from '../../../local/edge/origin.ts';
import { loadCloudFrontFunctions } from '../../../local/edge/cloudfront-function.ts';
import { type EdgeOptions, type RunningEdge, startEdge } from '../../../local/edge/start-edge.ts';
import { type RunningS3, startS3 } from '../../../local/s3/start-s3.ts';
import { sha256Hex } from '../../../src/publishing/digest.ts';
import { readerAuthorization } from '../../../src/site/admission.ts';
import { removedHeaders } from '../../../src/site/security-headers.ts';

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
      { accessKeyId: 'SHUT', secretAccessKey: 'c', name: 'shut', statements: [] },
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

const edgeAs = (accessKeyId: string, secret: string, more: Partial<EdgeOptions> = {}) =>
  startEdge({
    origin: s3Origin({ client: clientOf(accessKeyId, secret), bucket: 'site' }),
    headers: (path) => ({ 'x-policy-for': path, 'access-control-allow-origin': '*' }),
    removed: removedHeaders,
    clock: () => now,
    onDenied: (path) => denied.push(path),
    ...more,
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

  it('has a page for what is missing, looks again after a second, and keeps no error longer', async () => {
    expect(await brief('/briefings/new/')).toEqual([404, '<h1>Not found</h1>', 'Error']);
    await put('briefings/new/index.html', 'here');
    expect((await get('/briefings/new/')).status).toBe(404);
    now += 1001;
    expect(await brief('/briefings/new/')).toEqual([200, 'here', 'Miss']);
  });

  it('takes a refusal of the bucket for a fault of ours, never for a missing page', async () => {
    await edge.close();
    edge = await edgeAs('BLIND', 'b');
    expect(await brief('/briefings/new/')).toEqual([503, '<h1>Not found</h1>', 'Error']);
    expect(denied).toEqual(['/briefings/new/']);
    // A 403 without Cache-Control is not kept for a moment.
    await put('briefings/new/index.html', 'here');
    expect(await brief('/briefings/new/')).toEqual([200, 'here', 'Miss']);
  });

  // "If your origin returns a 4xx status code, CloudFront returns the status code, not the requested object":
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
  it('gives nothing stale once the bucket refuses it', async () => {
    const allowed = s3Origin({ client: clientOf('EDGE', 'e'), bucket: 'site' });
    const refused = s3Origin({ client: clientOf('SHUT', 'c'), bucket: 'site' });
    let isShut = false;
    await edge.close();
    edge = await edgeAs('EDGE', 'e', {
      origin: (key, known) => (isShut ? refused : allowed)(key, known),
    });
    await put('index.html', 'page');
    expect(await brief('/')).toEqual([200, 'page', 'Miss']);
    isShut = true;
    now += 59_000;
    expect(await brief('/')).toEqual([200, 'page', 'Hit']);
    now += 32_000;
    // Nor is there the page of errors, which the same bucket has: CloudFront hands on its status.
    expect(await brief('/')).toEqual([403, 'Temporarily unavailable\n', 'Error']);
    isShut = false;
    expect(await brief('/')).toEqual([200, 'page', 'Miss']);
  });

  it('the page of errors says nothing of the bucket, and is itself missing to who asks for it', async () => {
    await put('404.html', '<h1>Not found</h1>', { metadata: { 'cache-tag': 'messages' } });
    now += 100_000;
    const missing = await get('/nowhere/');
    const itself = await get('/404.html');
    expect([missing.status, itself.status]).toEqual([404, 404]);
    expect([missing.body, itself.body]).toEqual(['<h1>Not found</h1>', '<h1>Not found</h1>']);
    for (const { headers } of [missing, itself]) {
      expect([...headers.keys()].filter((name) => name.startsWith('x-amz'))).toEqual([]);
      expect(headers.get('cache-control')).toBe(page);
    }
    // Removed from answers, not from what is cached.
    edge.invalidate({ tags: ['messages'] });
    await put('404.html', 'Nothing here');
    expect((await get('/elsewhere/')).body).toBe('Nothing here');
  });

  it('applies the policy before the function, as CloudFront does: without its status nothing is a tombstone', async () => {
    await edge.close();
    edge = await edgeAs('EDGE', 'e', { removed: ['x-amz-meta-status'] });
    await put('gone/index.html', 'tombstone', { cacheControl: short, metadata: { status: '410' } });
    await put('404.html', '<h1>Not found</h1>', { metadata: { 'cache-tag': 'messages' } });
    expect((await get('/gone/')).status).toBe(200);
    expect((await get('/nowhere/')).headers.get('x-amz-meta-cache-tag')).toBe('messages');
  });

  it('validates weakly what it has compressed', async () => {
    await put('feed.json', JSON.stringify({ items: 'x'.repeat(2000) }), {
      contentType: 'application/json; charset=utf-8',
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
    expect(
      (await get('/feed.json', { 'if-none-match': `W/${etag}`, 'accept-encoding': 'br' })).status,
    ).toBe(304);
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
    edge.invalidate({ paths: ['/a/*'] });
    expect(await states()).toEqual(['Miss', 'Hit']);
    edge.invalidate({ paths: ['/*'] });
    expect(await states()).toEqual(['Miss', 'Miss']);
  });

  // The function made /a/ into /a/index.html before the cache was asked, and both must be invalidated:
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html
  it.each([
    [['/a/'], 'Hit'],
    [['/a/index.html'], 'Hit'],
    [['/a/', '/a/index.html'], 'Miss'],
    [['/a/*'], 'Miss'],
    [['/a*'], 'Miss'],
    [['/A/*'], 'Hit'],
    [['/b/*'], 'Hit'],
  ])('asked to forget %j, has the page of a directory as a %s', async (paths, cache) => {
    await put('a/index.html', 'a');
    await get('/a/');
    edge.invalidate({ paths });
    expect((await get('/a/')).cache).toBe(cache);
  });

  it('knows no tags where the distribution is not set up for them', async () => {
    await edge.close();
    edge = await edgeAs('EDGE', 'e', { tagHeader: null });
    await put('a/index.html', 'a', { metadata: { 'cache-tag': 'briefing-1' } });
    await get('/a/');
    edge.invalidate({ tags: ['briefing-1'] });
    expect((await get('/a/')).cache).toBe('Hit');
  });

  it('of a closed stage says so to who has no password, and shows the page to who has it', async () => {
    await put('index.html', 'home');
    await edge.close();
    const authorization = readerAuthorization('six dots');
    const functions = loadCloudFrontFunctions(undefined, sha256Hex(authorization));
    edge = await edgeAs('EDGE', 'e', { functions });

    const closed = await get('/');
    expect([closed.status, closed.body]).toEqual([
      401,
      'This site is closed to readers. Load it again to be asked for name and password; who runs it knows both.\n',
    ]);
    expect(closed.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await brief('/', { authorization })).toEqual([200, 'home', 'Miss']);
  });
});
