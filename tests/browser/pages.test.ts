import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page, Request } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accents } from '../../src/briefing/model.ts';
import { headersFor } from '../../src/site/security-headers.ts';
import { type PublicObject, stampBody } from '../../src/site/public-object.ts';
import { pages, publication } from '../render/pages.ts';
import { everyObject, objectsOf, sitePages } from '../render/site.ts';
import { startBrowser } from './chromium.ts';

/* Every template in a real browser, under the headers that the edge sends. */

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const byPath = new Map<string, PublicObject>(everyObject.map((object) => [object.path, object]));
const templates: readonly (readonly [string, PublicObject])[] = [
  ...pages.flatMap((page) =>
    objectsOf(page)
      .slice(0, 1)
      .map((object) => [page.name, object] as const),
  ),
  ...Object.entries(sitePages),
];

let browser: Browser;
beforeAll(async () => {
  browser = await startBrowser();
}, 60_000);
afterAll(() => browser.close());

describe.each(templates)('%s', (_name, object) => {
  test('axe finds nothing, by day and by night', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      // axe is ours to bring in; the policy of the page is looked at below.
      await opened(object, { colorScheme, bypassCSP: true }, async (page) => {
        await page.evaluate(axe);
        const violations: unknown = await page.evaluate(
          `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) =>
            violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html).join(' | ')))`,
        );
        expect(violations).toEqual([]);
      });
    }
  });

  test('under its policy it is styled, runs nothing, asks for nothing foreign, keeps nothing', async () => {
    await opened(object, {}, async (page, seen) => {
      expect(await page.evaluate('getComputedStyle(document.body).maxWidth')).not.toBe('none');
      expect(seen.complaints).toEqual([]);
      expect(seen.requests.filter((url) => !url.startsWith(`${publication.baseUrl}/`))).toEqual([]);
      expect(
        seen.requests.filter(
          (url) => url !== `${publication.baseUrl}${object.path}` && !url.includes('/images/'),
        ),
      ).toEqual([]);
      expect(await page.context().cookies()).toEqual([]);
      expect(await page.evaluate('localStorage.length + sessionStorage.length')).toBe(0);
      expect(await page.evaluate('window.alerted')).toBeUndefined();
    });
  });

  test('nothing is wider than a screen of 320 pixels', async () => {
    await opened(object, { viewport: { width: 320, height: 640 } }, async (page) => {
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    });
  });
});

test.each(accents)('in %s every word can be read, by day and by night', async (accent) => {
  const [, whole] = templates[0] ?? [];
  if (!whole) throw new Error('There is no numbered page');
  const painted = {
    ...whole,
    body: whole.body.replace('data-accent="crimson"', `data-accent="${accent}"`),
  };
  for (const colorScheme of ['light', 'dark'] as const) {
    await opened(painted, { colorScheme, bypassCSP: true }, async (page) => {
      await page.evaluate(axe);
      expect(
        await page.evaluate(
          // An arrow alone is no word to axe; the numbers of the notes have the same colour.
          `axe.run({ exclude: ['.back'] }, { runOnly: ['color-contrast'] }).then(({ violations, incomplete, passes }) =>
            ({ wrong: violations.length, unsure: incomplete.flatMap((each) => each.nodes.map((node) => node.html)), right: passes.length }))`,
        ),
      ).toEqual({ wrong: 0, unsure: [], right: 1 });
    });
  }
});

test('the guard can fail: a style that is not released is refused, and told', async () => {
  const [, home] = templates.find(([name]) => name === '101-home') ?? [];
  if (!home) throw new Error('There is no home page among the templates');
  const painted = { ...home, body: home.body.replace('</style>', ' body{max-width:9px}</style>') };
  await opened(painted, {}, async (page, seen) => {
    expect(seen.complaints.join()).toMatch(/Content Security Policy/);
    expect(await page.evaluate('getComputedStyle(document.body).maxWidth')).toBe('none');
  });
});

interface Seen {
  readonly requests: string[];
  readonly complaints: string[];
}

async function opened(
  object: PublicObject,
  options: NonNullable<Parameters<Browser['newContext']>[0]>,
  look: (page: Page, seen: Seen) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext(options);
  try {
    const page = await context.newPage();
    const seen: Seen = { requests: [], complaints: [] };
    page.on('request', (request) => seen.requests.push(request.url()));
    page.on('console', (message) => seen.complaints.push(message.text()));
    page.on('pageerror', (error) => seen.complaints.push(error.message));
    page.on('dialog', (dialog) => {
      seen.complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    await context.route('**/*', (route, request) => route.fulfill(answer(object, request)));
    await page.goto(`${publication.baseUrl}${object.path}`, { waitUntil: 'load' });
    await look(page, seen);
  } finally {
    await context.close();
  }
}

/** As the edge answers, with one grey picture for all. */
function answer(object: PublicObject, request: Request) {
  const { pathname } = new URL(request.url());
  const path = pathname === object.path ? object.path : byPath.get(pathname)?.path;
  if (pathname.startsWith('/images/')) {
    return {
      status: 200,
      headers: { ...headersFor('/images/x') },
      contentType: 'image/gif',
      body: grey,
    };
  }
  if (path === undefined) return { status: 404, body: '' };
  return {
    status: 200,
    headers: { ...headersFor(path) },
    contentType: object.contentType,
    body: stampBody(object, '7.x'),
  };
}

const grey = Buffer.from('R0lGODlhAQABAIAAAJmZmQAAACwAAAAAAQABAAACAkQBADs=', 'base64');
