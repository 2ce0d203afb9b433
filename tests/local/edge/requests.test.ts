import { request as ask } from 'node:http';
import { text } from 'node:stream/consumers';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCloudFrontFunctions } from '../../../local/edge/cloudfront-function.ts';
import { s3Origin } from '../../../local/edge/origin.ts';
import { type RunningEdge, startEdge } from '../../../local/edge/start-edge.ts';
import { type RunningS3, startS3 } from '../../../local/s3/start-s3.ts';
import { cacheControl } from '../../../src/site/cache-policy.ts';
import { headersFor, headerSets, removedHeaders } from '../../../src/site/security-headers.ts';
import { engines, enginesUsed } from './engines.ts';
import {
  type EdgeAnswer,
  type EdgeRequest,
  objects,
  requests,
  secret,
  storedAt,
} from './requests.ts';

const rows = Object.values(requests).flat();
const tally = `${rows.length} requests in ${engines.length} engines: ${enginesUsed}`;

let s3: RunningS3;
let client: S3Client;

beforeAll(async () => {
  s3 = await startS3({
    dataFile: ':memory:',
    clock: () => storedAt,
    // It may read everything, state included: what stays unread does so by the functions alone.
    credentials: [{ accessKeyId: 'EDGE', secretAccessKey: 'e', name: 'edge' }],
    buckets: ['site'],
  });
  client = new S3Client({
    endpoint: s3.endpoint,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'EDGE', secretAccessKey: 'e' },
  });
  for (const [path, { body, contentType, cache, metadata }] of Object.entries(objects)) {
    await client.send(
      new PutObjectCommand({
        Bucket: 'site',
        Key: `public/${path}`,
        Body: body,
        ContentType: contentType,
        CacheControl: cacheControl(cache),
        Metadata: metadata,
      }),
    );
  }
  await client.send(new PutObjectCommand({ Bucket: 'site', Key: secret.key, Body: secret.body }));
  console.log(tally);
});

afterAll(async () => {
  client.destroy();
  await s3.close();
});

describe.each(engines)('through the edge, its functions in $name:', ({ engine }) => {
  let edge: RunningEdge;
  const asked: string[] = [];

  beforeAll(async () => {
    const origin = s3Origin({ client, bucket: 'site' });
    edge = await startEdge({
      origin: (key, known) => {
        asked.push(key);
        return origin(key, known);
      },
      headers: headersFor,
      removed: removedHeaders,
      clock: () => storedAt,
      functions: loadCloudFrontFunctions(engine),
    });
  });
  afterAll(() => edge.close());

  describe.each(Object.entries(requests))('%s:', (_group, rows) => {
    it.each(rows)('$story', async ({ request, answer }) => {
      expect(await answerTo(edge.endpoint, request)).toEqual(whole(request, answer));
    });
  });

  it('the same backwards, from a cache that has met them all', async () => {
    for (const { story, request, answer } of rows.toReversed()) {
      expect(await answerTo(edge.endpoint, request), story).toEqual(whole(request, answer));
    }
  });

  it('the bucket is asked for what is public, and for nothing that a key cannot be', () => {
    const plain = /^public\/(?:[\w-][\w.-]*\/)*[\w-][\w.-]*$/;
    expect(asked.filter((key) => !plain.test(key))).toEqual([]);
  });
});

it(`these were ${tally}`, () => {
  expect(rows.length).toBeGreaterThanOrEqual(60);
  expect(engines.length).toBeGreaterThanOrEqual(2);
  const asked = rows.map(({ request }) => JSON.stringify(request));
  expect(asked.filter((request, index) => asked.indexOf(request) !== index)).toEqual([]);
});

/** An expectation as it looks from outside. */
const whole = (request: EdgeRequest, { status, policy, headers, body }: EdgeAnswer) => ({
  status,
  headers: {
    ...headers,
    ...(policy !== 'none' &&
      Object.fromEntries(
        Object.entries(headerSets[policy]).filter(
          // CloudFront adds the headers of CORS to the answers of requests that have an origin.
          ([name]) => 'origin' in request.headers || !name.startsWith('access-control-'),
        ),
      )),
  },
  body,
});

/** What belongs to the connection or to the cache's history, and is not decided by the request. */
const passing: ReadonlySet<string> = new Set([
  'date',
  'connection',
  'keep-alive',
  'transfer-encoding',
  'age',
  'x-cache',
]);

/** One exchange over a connection of its own; `fetch` would tidy path and host. */
function answerTo(endpoint: string, { method, target, headers }: EdgeRequest) {
  const { hostname, port } = new URL(endpoint);
  return new Promise<{ status: number; headers: Record<string, string>; body: string }>(
    (resolve, reject) => {
      ask({ hostname, port, method, path: target, headers, agent: false }, (answer) => {
        const own = Object.entries(answer.headers).filter(([name]) => !passing.has(name));
        text(answer).then(
          (body) =>
            resolve({
              status: answer.statusCode ?? 0,
              headers: Object.fromEntries(own.map(([name, value]) => [name, String(value)])),
              body,
            }),
          reject,
        );
      })
        .on('error', reject)
        .end();
    },
  );
}
