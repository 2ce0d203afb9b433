import { describe, expect, it } from 'vitest';
import { linkFrom, webLinkFrom } from '../../src/briefing/links.ts';
import { isSlug, reservedSlugs } from '../../src/briefing/slug.ts';
import { normaliseText } from '../../src/briefing/unicode.ts';
import { cpuTimeOf } from './cpu-time.ts';
import { hostileSlugs, hostileUrls } from './hostile.ts';

describe('links (F57, F70)', () => {
  it.each([
    ['https://example.org', 'https://example.org'],
    ['https://example.org/', 'https://example.org/'],
    ['HTTPS://Example.ORG/A b', 'https://example.org/A%20b'],
    ['http://example.org:8080/a?b=c&d#e', 'http://example.org:8080/a?b=c&d#e'],
    ['https://例え.jp/道', 'https://xn--r8jz45g.jp/%E9%81%93'],
    ['https://example.org/"><script>', 'https://example.org/%22%3E%3Cscript%3E'],
    ['https://example.org/../../x', 'https://example.org/x'],
    ['  https://example.org/a  ', 'https://example.org/a'],
    ['mailto:desk@example.org', 'mailto:desk@example.org'],
    ['MAILTO:desk@example.org?subject=Hello', 'mailto:desk@example.org?subject=Hello'],
    ['tel:+44-20-7946-0000', 'tel:+44-20-7946-0000'],
    ['tel:+15551234;ext=12', 'tel:+15551234;ext=12'],
  ])('%s is linked as %s', (text, link) => {
    expect(linkFrom(text)).toBe(link);
  });

  it.each(hostileUrls)('%j is not', (url) => {
    expect(linkFrom(url)).toBeNull();
  });

  it('after the door, a hostile address is no link, or one with a scheme of the list', () => {
    const kept = hostileUrls.map(normaliseText).flatMap((url) => linkFrom(url) ?? []);
    // What hid in these two was taken out at the door, and nothing hostile was left.
    expect(kept).toEqual(['https://example.org/', 'https://example.org.evil.example/']);
  });

  it('a source is a page of the web', () => {
    expect(webLinkFrom('mailto:desk@example.org')).toBeNull();
    expect(webLinkFrom('https://example.org/a')).toBe('https://example.org/a');
  });

  it.each(['a', ':', '/', '%', '@', 'https://', 'mailto:a@'])(
    'looks at 50,000 of %j in less than a blink',
    (unit) => {
      const spent = cpuTimeOf(() => {
        for (const scheme of ['', 'https://', 'mailto:', 'tel:'])
          linkFrom(scheme + unit.repeat(50_000));
      });
      expect(spent).toBeLessThan(200);
    },
  );
});

describe('slugs (F60, F70)', () => {
  it.each(['a', '7', 'a-b', 'the-2026-summit', 'a'.repeat(80), 'constructor'])(
    '%s can be part of an address',
    (slug) => {
      expect(isSlug(slug)).toBe(true);
    },
  );

  it(`refuses all of ${hostileSlugs.length} others`, () => {
    expect(hostileSlugs.length).toBeGreaterThanOrEqual(50);
    const taken = hostileSlugs.filter((slug) => isSlug(slug) && !reservedSlugs.includes(slug));
    expect(taken).toEqual([]);
  });

  it('looks at 50,000 characters in less than a blink', () => {
    const spent = cpuTimeOf(() => {
      isSlug('a-'.repeat(25_000));
      isSlug(`${'a'.repeat(50_000)}!`);
    });
    expect(spent).toBeLessThan(200);
  });
});
