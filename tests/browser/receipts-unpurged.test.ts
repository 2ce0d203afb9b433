import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { p95, publishTwenty, spoken } from './stories/receipts.ts';
import { type Newsroom, openNewsroom } from './studio.ts';

/* How soon an editor sees a page that the edge has, and is not told of. */

let newsroom: Newsroom;

beforeAll(async () => {
  newsroom = await openNewsroom({ bundles: inject('bundles'), purge: 'off', edgeSpeed: 10 });
}, 240_000);

afterAll(() => newsroom.close());

it('keeps its budget over twenty publishes by two editors, with nothing purged', async () => {
  const times = await publishTwenty(newsroom);
  // This edge is ten times as fast as the deployed one: what passes there waits ten times as long.
  const told = p95(
    times.map(({ committed, page, seen }) => ({
      committed,
      page: committed + 10 * (page - committed),
      seen: committed + 10 * (seen - committed),
    })),
  );
  console.log(
    `p95 of twenty publishes without purge, in seconds of a deployed edge: ${spoken(told)}`,
  );
  expect(told.committed).toBeLessThanOrEqual(5);
  expect(told.page).toBeLessThanOrEqual(90);
  expect(told.seen).toBeLessThanOrEqual(90);
}, 240_000);
