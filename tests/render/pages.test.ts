import { expect, test } from 'vitest';
import { stylesheet } from '../../src/render/stylesheet.ts';
import { type PublicObject, stampBody } from '../../src/site/public-object.ts';
import { pages, pagesFolder } from './pages.ts';
import { objectsOf, siteData, sitePages } from './site.ts';

/*
 * Whole outputs beside their inputs in tests/fixtures/pages: read the difference, then accept it
 * with `vitest run tests/render -u`. The stylesheet is left out, or every change of it would be a
 * change of every page.
 */
for (const page of pages) {
  test(`${page.name}: ${page.about}`, async () => {
    for (const object of objectsOf(page)) {
      await expect(shown(object)).toMatchFileSnapshot(fileOf(page.name, object));
    }
  });
}

test.each(Object.entries(sitePages))('%s', async (name, object) => {
  await expect(shown(object)).toMatchFileSnapshot(fileOf(name, object));
});

test.each(Object.entries(siteData))('%s', async (path, object) => {
  const name = `data${path.replaceAll('/', '_').replace(/\.[a-z]+$/, '')}`;
  await expect(shown(object)).toMatchFileSnapshot(fileOf(name, object));
});

function fileOf(name: string, object: PublicObject): string {
  return new URL(`${name}.${extensionOf(object)}`, pagesFolder).pathname;
}

function shown(object: PublicObject): string {
  const { path, status, location, cache, tags, contentType } = object;
  const about = { path, status, ...(location ? { location } : {}), cache, tags, contentType };
  const fields = Object.entries(about).map(([field, value]) => `${field}: ${String(value)}`);
  return `${fields.join('\n')}\n\n${readable({ contentType, body: stampBody(object, '7.5ta4p') })}`;
}

/** As published, but with line ends where an element or a member begins, so that a change shows. */
function readable({ contentType, body }: Pick<PublicObject, 'contentType' | 'body'>): string {
  if (contentType.includes('json')) return JSON.stringify(JSON.parse(body), null, 1);
  if (!/html|xml/.test(contentType)) return body;
  return body
    .replace(stylesheet, '(the stylesheet)')
    .replace(
      /<(?=(?:meta|link|body|header|main|section|article|h[1-6]|p|ul|ol|li|figure|footer|div|nav|title|item|entry|url|sitemap|content|script)\b)/g,
      '\n<',
    );
}

function extensionOf({ path, contentType }: PublicObject): string {
  if (contentType.startsWith('text/html')) return 'html';
  if (contentType.startsWith('text/plain')) return path.endsWith('.md') ? 'md' : 'txt';
  if (contentType.includes('json')) return 'out.json';
  return contentType.includes('rss') ? 'rss' : path.includes('atom') ? 'atom' : 'xml';
}
