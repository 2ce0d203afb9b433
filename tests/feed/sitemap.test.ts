import { expect, test } from 'vitest';
import { sitemapIndex, sitemapYear } from '../../src/feed/sitemap.ts';
import { stampBody } from '../../src/site/public-object.ts';
import { publication } from '../render/pages.ts';

test('the index names the years, a year its pages with their last material change', () => {
  const index = sitemapIndex({ years: [2026, 2025] }, publication);
  expect(stampBody(index, '7.x')).toBe(
    '<?xml version="1.0" encoding="utf-8"?>\n' +
      '<!-- release 7.x -->\n' +
      '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">' +
      '<sitemap><loc>https://short-answer.example/sitemaps/2026.xml</loc></sitemap>' +
      '<sitemap><loc>https://short-answer.example/sitemaps/2025.xml</loc></sitemap>' +
      '</sitemapindex>\n',
  );
  const year = sitemapYear(
    { year: 2026, lines: [{ path: '/briefings/keys/', modifiedAt: '2026-11-23T12:00:00.000Z' }] },
    publication,
  );
  expect(year.path).toBe('/sitemaps/2026.xml');
  expect(stampBody(year, '7.x')).toContain(
    '<url><loc>https://short-answer.example/briefings/keys/</loc>' +
      '<lastmod>2026-11-23T12:00:00.000Z</lastmod></url>',
  );
  expect(index.leadsTo).toEqual(['/sitemaps/2026.xml', '/sitemaps/2025.xml']);
  expect(year.leadsTo).toEqual(['/briefings/keys/']);
});
