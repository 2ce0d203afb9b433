import { expect, test } from 'vitest';
import { cacheControl } from '../../src/site/cache-policy.ts';
import { headerRules, headersFor, headerSets } from '../../src/site/security-headers.ts';
import { stylesheetHashes } from '../../src/site/stylesheet-hashes.ts';

const styles = stylesheetHashes.map((hash) => `'${hash}'`).join(' ');

test('a page: no script but our own files, no style but the released sheets, in nobody’s frame', () => {
  expect(headersFor('/briefings/keys/')).toEqual({
    'strict-transport-security': 'max-age=63072000; includeSubDomains',
    'content-security-policy':
      `default-src 'none'; script-src 'self'; style-src ${styles}; img-src 'self'; connect-src 'self'; ` +
      "base-uri 'none'; form-action 'none'; object-src 'none'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'strict-origin-when-cross-origin',
    'permissions-policy': expect.stringContaining('camera=()'),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'ETag',
  });
});

test.each([
  '/v1/index.json',
  '/status.json',
  '/feed.json',
  '/rss.xml',
  '/feeds/2026-11.rss',
  '/feeds/2026-11.atom',
  '/sitemap.xml',
  '/images/a-320.webp',
  '/cards/a.png',
  '/briefings/keys/index.txt',
  '/briefings/keys/index.md',
] as const)('other sites may take %s', (path) => {
  expect(headersFor(path)).toEqual({
    ...headersFor('/'),
    'cross-origin-resource-policy': 'cross-origin',
  });
});

test('an embed may be framed by anybody; a receipt is not for search engines', () => {
  expect(headersFor('/embed/a/')['content-security-policy']).toContain('frame-ancestors *');
  expect(headersFor('/v1/receipts/ab.json')['x-robots-tag']).toBe('noindex');
});

test('no header holds what an HTTP line must not', () => {
  for (const path of ['/', '/v1/index.json', '/embed/a/', '/v1/receipts/a.json'] as const) {
    for (const [name, value] of Object.entries(headersFor(path))) {
      expect(`${name}: ${value}`).toMatch(/^[a-z-]+: [\x20-\x7E]+$/);
    }
  }
});

test('what is cached, and for how long', () => {
  expect(
    Object.fromEntries(
      (['page', 'list', 'short', 'asset', 'receipt'] as const).map((name) => [
        name,
        cacheControl(name),
      ]),
    ),
  ).toEqual({
    page: 'public, max-age=0, s-maxage=60, stale-while-revalidate=30, stale-if-error=3600',
    list: 'public, max-age=0, s-maxage=60, stale-while-revalidate=30, stale-if-error=3600',
    short: 'public, max-age=0, s-maxage=60, stale-while-revalidate=30, stale-if-error=0',
    asset: 'public, max-age=31536000, immutable',
    receipt: 'public, max-age=0, s-maxage=1',
  });
});

test('the edge can be configured with these rules', () => {
  for (const { pattern } of headerRules)
    expect(pattern).toMatch(/^(?:\/[a-z0-9/]+\/\*|\*\.[a-z]+)$/);
  // A distribution has at most 25 behaviours, and a policy at most ten headers beside the known ones.
  expect(headerRules.length).toBeLessThan(25);
  for (const headers of Object.values(headerSets))
    expect(Object.keys(headers).length).toBeLessThan(15);
});
