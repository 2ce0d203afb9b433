import { expect, test } from 'vitest';
import { objectKey } from '../../src/site/paths.ts';
import { Bucket } from './bucket.ts';
import { Links } from './links.ts';
import { baseUrl } from './oracles.ts';
import { World } from './world.ts';

const paths = ['/', '/archive/', '/a/', '/b/', '/c/', '/d/', '/e/'] as const;

test('looking at what a write touched finds what a walk through everything finds', async () => {
  let broken = 0;
  for (let seed = 1; seed <= 200; seed += 1) {
    const world = new World(seed, 0);
    const bucket = new Bucket(world);
    const links = new Links(bucket, baseUrl);
    for (let write = 0; write < 40; write += 1) {
      const key = objectKey(world.pick(paths));
      bucket.objects.set(key, { ...randomPage(world, write), etag: `${seed}-${write}`, at: 0 });
      const after = links.brokenAfter(key) === null;
      expect({ seed, write, after }).toEqual({ seed, write, after: walked(bucket) });
      // A broken site is the end of a history: it is mended by whoever made it.
      if (!after) {
        broken += 1;
        bucket.objects.clear();
        links.forget();
      }
    }
  }
  expect(broken).toBeGreaterThan(200);
});

function walked(bucket: Bucket): boolean {
  return new Links(bucket, baseUrl).walked() === null;
}

/** A page with two links, a redirect, or a tombstone. */
function randomPage(world: World, number: number) {
  const link = (): string => `<a href="${world.pick(paths)}">`;
  const roll = world.random();
  const metadata =
    roll < 0.15
      ? { status: '301', location: world.pick(paths) }
      : roll < 0.25
        ? { status: '410' }
        : undefined;
  return {
    body: new TextEncoder().encode(`${number}${link()}${link()}`),
    contentType: 'text/html; charset=utf-8',
    ...(metadata !== undefined && { metadata }),
  };
}
