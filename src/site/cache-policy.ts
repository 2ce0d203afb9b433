import type { CacheClass } from './public-object.ts';

/**
 * The `Cache-Control` of each class of object. Every mode is right within about a minute and a
 * half without any purge: purging is only speed. An error, of `stale-if-error`, is a 5xx or silence of the
 * bucket; a refusal (403) is none, and nothing stale is given for it.
 */
export function cacheControl(cache: CacheClass): string {
  return rules[cache];
}

const year = 31_536_000;

/**
 * What an edge may make of these rules, in seconds: they hold as they are written, from zero to a year.
 * Errors are kept a second, since an object that was missing a moment ago may be there now; a refusal of the
 * bucket, which says nothing of caching, is not kept at all.
 */
export const edgeSeconds = { shortest: 0, unlessSaid: 0, longest: year, errors: 1 } as const;

const rules: Readonly<Record<CacheClass, string>> = {
  page: 'public, max-age=0, s-maxage=60, stale-while-revalidate=30, stale-if-error=3600',
  list: 'public, max-age=0, s-maxage=60, stale-while-revalidate=30, stale-if-error=3600',
  // Tombstones, moved and retracted pages: an outage must never bring back what was withdrawn.
  // Zero is said aloud, since an edge may serve stale on errors when nothing is said.
  short: 'public, max-age=0, s-maxage=60, stale-while-revalidate=30, stale-if-error=0',
  // Named by their inputs or content, so they never change.
  asset: `public, max-age=${year}, immutable`,
  // Receipts and the status, which somebody is watching: at most a second old.
  receipt: 'public, max-age=0, s-maxage=1',
};
