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
  // One window for all that is looked at: to open another takes longer than the look.
  let shown: Opened;
  beforeAll(async () => {
    shown = await open(object);
  });
  afterAll(() => shown.page.context().close());

  test('under its policy it is styled, runs nothing, asks for nothing foreign, keeps nothing', async () => {
    const { page, seen } = shown;
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

  test('nothing is wider than a screen of 320 pixels', async () => {
    const { page } = shown;
    const usual = page.viewportSize();
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(320);
    if (usual !== null) await page.setViewportSize(usual);
  });

  test('axe finds nothing, by day and by night', async () => {
    const { page } = shown;
    await page.evaluate(axe);
    const violations = (options: object): Promise<unknown> =>
      page.evaluate(
        `axe.run(document, ${JSON.stringify({ ...options, resultTypes: ['violations'] })}).then(({ violations }) =>
          violations.map(({ id, nodes }) => id + ': ' + nodes.map((node) => node.html).join(' | ')))`,
      );
    expect(await violations({})).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    // The night changes colours and nothing else.
    expect(await violations({ runOnly: ['color-contrast'] })).toEqual([]);
  });
});

test.each(accents)('in %s every word can be read, by day and by night', async (accent) => {
  const [, whole] = templates[0] ?? [];
  if (!whole) throw new Error('There is no numbered page');
  const painted = {
    ...whole,
    body: whole.body.replace('data-accent="crimson"', `data-accent="${accent}"`),
  };
  const { page } = await open(painted);
  await page.evaluate(axe);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    expect(
      await page.evaluate(
        // An arrow alone is no word to axe; the numbers of the notes have the same colour.
        `axe.run({ exclude: ['.back'] }, { runOnly: ['color-contrast'] }).then(({ violations, incomplete, passes }) =>
          ({ wrong: violations.length, unsure: incomplete.flatMap((each) => each.nodes.map((node) => node.html)), right: passes.length }))`,
      ),
      colorScheme,
    ).toEqual({ wrong: 0, unsure: [], right: 1 });
  }
  await page.context().close();
});

test('the guard can fail: a style that is not released is refused, and told', async () => {
  const [, home] = templates.find(([name]) => name === '101-home') ?? [];
  if (!home) throw new Error('There is no home page among the templates');
  const painted = { ...home, body: home.body.replace('</style>', ' body{max-width:9px}</style>') };
  const { page, seen } = await open(painted);
  expect(seen.complaints.join()).toMatch(/Content Security Policy/);
  expect(await page.evaluate('getComputedStyle(document.body).maxWidth')).toBe('none');
  await page.context().close();
});

/** A page in a window of its own, and what it did while it was loaded. */
interface Opened {
  readonly page: Page;
  readonly seen: { readonly requests: string[]; readonly complaints: string[] };
}

async function open(object: PublicObject): Promise<Opened> {
  const context = await browser.newContext({ colorScheme: 'light' });
  const page = await context.newPage();
  const seen: Opened['seen'] = { requests: [], complaints: [] };
  page.on('request', (request) => seen.requests.push(request.url()));
  page.on('console', (message) => seen.complaints.push(message.text()));
  page.on('pageerror', (error) => seen.complaints.push(error.message));
  page.on('dialog', (dialog) => {
    seen.complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await context.route('**/*', (route, request) => route.fulfill(answer(object, request)));
  await page.goto(`${publication.baseUrl}${object.path}`, { waitUntil: 'load' });
  return { page, seen };
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
