import { describe, expect, test } from 'vitest';
import type { Path } from '../../src/briefing/resolved.ts';
import {
  archivePath,
  briefingPath,
  feedMonthPaths,
  feedPaths,
  homePath,
  imagePath,
  markdownPath,
  monthPath,
  notFoundPath,
  objectKey,
  pathOfKey,
  personPath,
  personYearPath,
  receiptPath,
  sitemapPath,
  sitemapYearPath,
  textPath,
  v1,
} from '../../src/site/paths.ts';

const publicationLanguage = 'en';

/** Address → object key: what the bucket has looked like since the first release. */
const keys: readonly (readonly [Path, string])[] = [
  [homePath, 'public/index.html'],
  [archivePath, 'public/archive/index.html'],
  [monthPath('2026-11'), 'public/archive/2026/11/index.html'],
  [notFoundPath, 'public/404.html'],
  [sitemapPath, 'public/sitemap.xml'],
  [sitemapYearPath(2026), 'public/sitemaps/2026.xml'],
  [
    briefingPath({ slug: 'keys', language: 'en', publicationLanguage }),
    'public/briefings/keys/index.html',
  ],
  [
    briefingPath({ slug: 'keys', language: 'ar', publicationLanguage }),
    'public/ar/briefings/keys/index.html',
  ],
  [
    briefingPath({ slug: 'keys', language: 'zh-Hant', publicationLanguage }),
    'public/zh-hant/briefings/keys/index.html',
  ],
  [textPath('/briefings/keys/'), 'public/briefings/keys/index.txt'],
  [markdownPath('/briefings/keys/'), 'public/briefings/keys/index.md'],
  [personPath('oksana-hrytsenko'), 'public/people/oksana-hrytsenko/index.html'],
  [personYearPath('oksana-hrytsenko', 2025), 'public/people/oksana-hrytsenko/2025/index.html'],
  [feedPaths.json, 'public/feed.json'],
  [feedPaths.rss, 'public/rss.xml'],
  [feedPaths.atom, 'public/atom.xml'],
  [feedMonthPaths('2026-11').json, 'public/feeds/2026-11.json'],
  [feedMonthPaths('2026-11').rss, 'public/feeds/2026-11.rss'],
  [feedMonthPaths('2026-11').atom, 'public/feeds/2026-11.atom'],
  [v1.index, 'public/v1/index.json'],
  [v1.changesHead, 'public/v1/changes/head.json'],
  [v1.changes(12), 'public/v1/changes/12.json'],
  [v1.briefing('a.B_c-1'), 'public/v1/briefings/a.B_c-1.json'],
  [v1.person('p1'), 'public/v1/people/p1.json'],
  [v1.personYear('p1', 2026), 'public/v1/people/p1/2026.json'],
  [v1.month('2026-11'), 'public/v1/months/2026-11.json'],
  [v1.schema('briefing'), 'public/v1/schema/briefing.json'],
  [receiptPath('ab12'), 'public/v1/receipts/ab12.json'],
  [
    imagePath({ recipe: 'ab-0-0-4-5-v1-g0', width: 320, extension: 'webp' }),
    'public/images/ab-0-0-4-5-v1-g0-320.webp',
  ],
];

test.each(keys)('%s is stored as %s, and found again', (path, key) => {
  expect(objectKey(path)).toBe(key);
  expect(pathOfKey(key)).toBe(path);
});

test('no two addresses share a key', () => {
  expect(new Set(keys.map(([, key]) => key)).size).toBe(keys.length);
});

describe('a slug that is none gets no key', () => {
  test.each(
    [
      '',
      '.',
      '..',
      '../x',
      '../../state/root',
      'a/../b',
      'a/..',
      './a',
      'a/./b',
      'a//b',
      '/a',
      'a/',
      '..%2f',
      '%2e%2e',
      '%2e%2e%2fstate',
      'a%00',
      'a%',
      '%',
      'a\\b',
      '..\\..\\x',
      'a\0b',
      'a\nb',
      'a\r\nb',
      'a\tb',
      'a b',
      ' a',
      'a ',
      'a?b',
      '?x=1',
      'a#b',
      '#',
      'a;b',
      'a&b',
      'a=b',
      'a+b',
      'a,b',
      'a:b',
      'a@b',
      'a|b',
      'a*b',
      'a"b',
      "a'b",
      'a<b',
      '<script>',
      'a>b',
      'a{b}',
      'a[b]',
      'a^b',
      'a`b',
      'a$b',
      'a!b',
      'a(b)',
      '~root',
      'é',
      'дом',
      'بئر',
      '家',
      'a\u200Bb',
      'a\u202Eb',
      '\uFEFFa',
      'a\u0301',
      '.htaccess',
      '.well-known',
      'a/.git',
      'index.html',
      'a/index.html',
      'x'.repeat(1_100),
    ].map((slug) => [slug]),
  )('%j', (slug) => {
    expect(() => objectKey(`/briefings/${slug}${slug.endsWith('index.html') ? '' : '/x'}`)).toThrow(
      /^No object key for /,
    );
  });
});

test('a name that means something to JavaScript is only a name', () => {
  expect(objectKey(v1.briefing('__proto__'))).toBe('public/v1/briefings/__proto__.json');
});

test('a key outside the public tree is no path', () => {
  expect(() => pathOfKey('state/root')).toThrow('state/root is not a public object');
});
