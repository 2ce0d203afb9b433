import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
import { s3Client, s3Store } from '../src/adapters/s3-store.ts';
import { inParallel } from '../src/publishing/parallel.ts';

/**
 * What one call of S3 costs this side in processor, whatever it waits: signing, headers, parsing. The figures
 * `processor.call` of `cdk/charter/times.ts`, in milliseconds: medians of ten rounds of a thousand calls (a
 * hundred pages of a thousand keys), against a server in a thread of its own. Without TLS.
 *
 * `node --import ./scripts/tsx.ts bench/calls.ts`
 */
const etag = 'd41d8cd98f00b204e9800998ecf8427e';

if (isMainThread) await measure();
else serve();

async function measure(): Promise<void> {
  const server = new Worker(new URL(import.meta.url));
  const port = await new Promise<unknown>((resolve) => server.once('message', resolve));
  const store = s3Store({
    client: s3Client({
      endpoint: `http://127.0.0.1:${String(port)}`,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
    }),
    bucket: 'bench',
  });
  const object = {
    body: new TextEncoder().encode('x'.repeat(5_000)),
    contentType: 'text/html; charset=utf-8',
    cacheControl: 'public, max-age=60',
    metadata: { 'cache-tag': 'briefing-1' },
  };
  const calls: Readonly<Record<string, (key: string) => Promise<unknown>>> = {
    put: (key) => store.put(key, object, { ifNoneMatch: '*' }),
    get: (key) => store.get(key),
    head: (key) => store.head(key),
    delete: (key) => store.delete(key, { ifMatch: etag }),
    list: async (key) => {
      for await (const _ of store.list(key));
    },
  };
  for (const [name, call] of Object.entries(calls)) {
    const count = name === 'list' ? 100 : 1_000;
    const keys = Array.from({ length: count }, (_, number) => `state/bench/${number}`);
    const samples: number[] = [];
    for (let round = 0; round <= 10; round += 1) {
      const before = process.threadCpuUsage();
      await inParallel(keys, call, 16);
      const { user, system } = process.threadCpuUsage(before);
      // The first only warms the compiler up.
      if (round > 0) samples.push((user + system) / 1_000 / count);
    }
    const median = samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)];
    console.log(`${name.padEnd(8)}${String(median?.toFixed(2)).padStart(7)} ms`);
  }
  await server.terminate();
}

/** Answers everything as S3 would, and says on which port. */
function serve(): void {
  const page = Array.from(
    { length: 1_000 },
    (_, number) =>
      `<Contents><Key>public/briefings/a-briefing-of-some-length-${number}/index.html</Key>` +
      `<LastModified>2026-12-01T12:00:00.000Z</LastModified><ETag>&quot;${etag}&quot;</ETag>` +
      '<Size>5000</Size><StorageClass>STANDARD</StorageClass></Contents>',
  ).join('');
  const list = `<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated>${page}</ListBucketResult>`;
  const node = Buffer.alloc(2_000, 'x');
  const server = createServer((request, response) => {
    request.resume();
    request.once('end', () => {
      response.setHeader('etag', `"${etag}"`);
      if (request.url?.includes('list-type=2') === true) response.end(list);
      else response.end(request.method === 'GET' ? node : undefined);
    });
  });
  server.listen(0, '127.0.0.1', () => {
    const address = server.address();
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, and no window
    parentPort?.postMessage(isBound(address) ? address.port : 0);
  });
}

function isBound(
  address: ReturnType<ReturnType<typeof createServer>['address']>,
): address is AddressInfo {
  return typeof address === 'object' && address !== null;
}
