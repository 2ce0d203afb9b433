import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { p95, publishTwenty, spoken } from './stories/receipts.ts';
import { type Newsroom, openNewsroom } from './studio.ts';

/* How soon an editor sees a page: with the edge at its real speed, and told of every edit. */

let newsroom: Newsroom;

beforeAll(async () => {
  newsroom = await openNewsroom({ bundles: inject('bundles'), purge: 'tags', edgeSpeed: 1 });
}, 240_000);

afterAll(() => newsroom.close());

it('keeps its budget over twenty publishes by two editors, with purge', async () => {
  const told = p95(await publishTwenty(newsroom));
  console.log(`p95 of twenty publishes with purge, in seconds: ${spoken(told)}`);
  expect(told.committed).toBeLessThanOrEqual(5);
  expect(told.page).toBeLessThanOrEqual(3);
  expect(told.seen).toBeLessThanOrEqual(10);
}, 240_000);
