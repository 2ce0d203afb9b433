import { expect, it } from 'vitest';
import { previewFile, previewFileName } from '../../sanity/preview/preview-file.ts';
import { inScheme, shownPage } from '../../sanity/preview/shown-page.ts';
import { stylesheet } from '../../src/render/stylesheet.ts';

const page =
  '<!doctype html>\n<html lang="en"><head><title>Six dots</title>' +
  '<link rel="canonical" href="https://daily.example/briefings/six-dots/">' +
  `<style>${stylesheet}</style></head><body><img src="/images/a-320.jpg"></body></html>\n`;
const pictures = [{ path: '/images/a-320.jpg', url: 'http://lake/images/a.jpg?w=320&fm=jpg' }];

it('asks the stylesheet for light or dark, whatever the reader’s system says', () => {
  expect(stylesheet).toContain('prefers-color-scheme');
  expect(inScheme(stylesheet, 'light')).toContain('@media not all{');
  expect(inScheme(stylesheet, 'dark')).toContain('@media all{');
  for (const scheme of ['light', 'dark'] as const) {
    expect(inScheme(stylesheet, scheme)).toContain(`color-scheme:${scheme}`);
    expect(inScheme(stylesheet, scheme)).not.toContain('prefers-color-scheme');
  }
});

it('shows pictures from the lake, and opens links of the site in a window of their own', () => {
  const shown = shownPage(page, { siteUrl: 'https://daily.example', scheme: 'light', pictures });
  expect(shown).toContain('<head><base href="https://daily.example/" target="_blank">');
  expect(shown).toContain('<img src="http://lake/images/a.jpg?w=320&amp;fm=jpg">');
});

it('makes one file that says what it is, with its pictures inside', async () => {
  const file = await previewFile(page, {
    siteUrl: 'https://daily.example',
    madeAt: '2026-11-24 22:15 UTC',
    pictures,
    load: async () => 'data:image/jpeg;base64,AAAA',
  });
  expect(file).toContain('<img src="data:image/jpeg;base64,AAAA">');
  expect(file).toContain('Preview, not published. As it stood on 2026-11-24 22:15 UTC.');
  expect(file).toContain('<title>Preview: Six dots</title>');
  expect(file).toContain('<meta name="robots" content="noindex">');
  expect(file).not.toContain('canonical');
  expect(previewFileName('2026-11-24', '/briefings/six-dots/')).toBe(
    'preview-2026-11-24-six-dots.html',
  );
});
