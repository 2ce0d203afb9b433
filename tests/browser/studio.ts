import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { SanityClient } from '@sanity/client';
import type { Browser, BrowserContext, Locator, Page, Request } from 'playwright-core';
import { editorClient } from '../../local/stack/editor-client.ts';
import type { StackFile } from '../../local/stack/stack-file.ts';
import { type Stack, type StackOptions, startStack } from '../../local/stack/stack.ts';
import { buildStudio } from '../../local/studio/build-studio.ts';
import { startBrowser } from './chromium.ts';

const root = join(import.meta.dirname, '..', '..');

/** A second person's token: two editors in one Studio. */
export const secondEditor = { name: 'Second', token: 'the-second-editor-of-a-local-newsroom' };

/** A whole stack with the demo publication, its Studio, and a browser that sees nothing else. */
export interface Newsroom {
  readonly stack: Stack;
  readonly browser: Browser;
  /** The content lake without the Studio. */
  readonly lake: SanityClient;
  readonly readers: Readers;
  /** Opens the Studio as somebody who has logged in. */
  editor(options?: EditorOptions): Promise<Editor>;
  close(): Promise<void>;
}

/** Starts everything, from the sources as they are. */
export async function openNewsroom(
  options: Omit<StackOptions, 'studio' | 'editors'> & { readonly isEmpty?: boolean },
): Promise<Newsroom> {
  const { isEmpty = false, ...ofStack } = options;
  const [{ folder }, browser] = await Promise.all([buildStudio(root), startOfflineBrowser()]);
  const stack = await startStack({ studio: folder, editors: [secondEditor], ...ofStack });
  if (!isEmpty) {
    await stack.seed(join(root, 'demo', 'publication.ndjson'));
    await stack.settled(180);
  }
  return {
    stack,
    browser,
    lake: lakeOf(stack.file),
    readers: readersOf(stack.file),
    async editor(options) {
      const editor = await openStudio(browser, stack.file, options);
      await editor.logIn();
      return editor;
    },
    async close() {
      await browser.close();
      await stack.close();
    },
  };
}

/** No name but this machine's can be resolved, so no request can leave it. */
export function startOfflineBrowser(): Promise<Browser> {
  return startBrowser([
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE *.localhost, EXCLUDE 127.0.0.1',
    // Headless, the page of a second editor would count as hidden, and hidden pages wait.
    '--disable-background-timer-throttling',
    '--disable-backgrounding-occluded-windows',
    '--disable-renderer-backgrounding',
  ]);
}

/** The lake as a program of the editor's own sees it, drafts included. */
export function lakeOf(file: StackFile): SanityClient {
  return editorClient(file).withConfig({ perspective: 'raw' });
}

/** An answer of the site, redirects not followed. */
export interface Seen {
  readonly status: number;
  readonly location: string | null;
  readonly text: string;
}

export interface Readers {
  read(path: string): Promise<Seen>;
  /** Asks until the answer is the one that is waited for. Resolves to the milliseconds it took. */
  see(path: string, isIt: (seen: Seen) => boolean, withinSeconds?: number): Promise<number>;
}

/** What somebody sees who asks the edge. */
export function readersOf({ site }: StackFile): Readers {
  const read = async (path: string): Promise<Seen> => {
    const answer = await fetch(new URL(path, site.url), { redirect: 'manual' });
    return {
      status: answer.status,
      location: answer.headers.get('location'),
      text: await answer.text(),
    };
  };
  return {
    read,
    async see(path, isIt, withinSeconds = 30) {
      const started = performance.now();
      let seen = await read(path);
      await until(
        () => `${path} is still ${seen.status}: ${seen.text.slice(0, 400)}`,
        async () => {
          seen = await read(path);
          return isIt(seen);
        },
        withinSeconds,
      );
      return performance.now() - started;
    },
  };
}

/** Looks again and again until it is so; says what still is when it takes too long. */
export async function until(
  whatStillIs: string | (() => string),
  isSo: () => boolean | Promise<boolean>,
  withinSeconds = 30,
): Promise<void> {
  const started = performance.now();
  while (!(await isSo())) {
    if (performance.now() - started > withinSeconds * 1000) {
      const still = typeof whatStillIs === 'string' ? whatStillIs : whatStillIs();
      throw new Error(`After ${withinSeconds} s: ${still}`);
    }
    await pause(100);
  }
}

export interface EditorOptions {
  readonly token?: string;
  readonly colourScheme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

/** Somebody in front of the Studio. */
export interface Editor {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Addresses beyond this machine that the Studio asked for; none was answered. */
  readonly askedOutside: readonly string[];
  /** Mistakes of our own code that the browser told of. */
  readonly mistakes: readonly string[];
  logIn(): Promise<void>;
  /** Goes to an address of the Studio without loading it again. */
  goTo(path: string): Promise<void>;
  /** Opens a document and waits until its form can be written in. */
  open(type: string, id: string): Promise<void>;
  field(path: string): Locator;
  /** Writes something new into a field of one line, or of plain text. */
  write(path: string, text: string): Promise<void>;
  /** Writes at the end of a field of rich text. */
  writeProse(path: string, text: string): Promise<void>;
  /** Types into a field that refers to another document, and takes the first that is offered. */
  choose(input: Locator, typed: string): Promise<void>;
  /** Adds a document to a list of documents. */
  add(path: string, typed: string): Promise<void>;
  /** Opens a group of the form's fields. */
  group(name: string | RegExp): Promise<void>;
  /** Marks the words just written, and opens what is asked of the mark. */
  mark(path: string, words: string, title: string): Promise<void>;
  /** Opens a tab beside the form. */
  tab(name: string | RegExp): Promise<void>;
  /** Resolves when the Studio has nothing left to save. */
  saved(): Promise<void>;
  /** Waits for what the badge beside Publish says of what is live. */
  badge(words: RegExp): Promise<void>;
  /** Presses Publish, once it can be pressed. */
  publish(): Promise<void>;
  /** Chooses one of the document's further actions. */
  act(name: string | RegExp): Promise<void>;
  close(): Promise<void>;
}

/** Opens a window of the browser in front of a Studio; nobody is logged in yet. */
export async function openStudio(
  browser: Browser,
  file: Pick<StackFile, 'studio' | 'lake'>,
  options: EditorOptions = {},
): Promise<Editor> {
  if (file.studio === null) throw new Error('This stack has no Studio');
  const { url } = file.studio;
  const context = await browser.newContext({
    viewport: { width: options.width ?? 1440, height: options.height ?? 900 },
    colorScheme: options.colourScheme ?? 'light',
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const askedOutside: string[] = [];
  const mistakes: string[] = [];
  page.on('request', (request) => {
    if (!isOfThisMachine(request.url())) askedOutside.push(request.url());
  });
  let pending = 0;
  const isEdit = (url: string, method: string) =>
    method === 'POST' && url.includes('/data/actions/');
  page.on('request', (request) => {
    if (isEdit(request.url(), request.method())) pending += 1;
  });
  const settle = (request: Request) => {
    if (isEdit(request.url(), request.method())) pending -= 1;
  };
  page.on('requestfinished', settle).on('requestfailed', settle);
  page.on('pageerror', (error) => mistakes.push(error.stack ?? error.message));

  const field = (path: string) => page.getByTestId(`field-${path}`).first();
  const choose = async (input: Locator, typed: string) => {
    await input.fill(typed);
    const offered = page.getByRole('option').filter({ hasText: typed }).first();
    await Promise.all([
      page.waitForRequest((request) => isEdit(request.url(), request.method())),
      offered.click(),
    ]);
  };
  const goTo = async (path: string) => {
    await page.evaluate(
      `history.pushState(null, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'));`,
    );
  };
  return {
    page,
    context,
    askedOutside,
    mistakes,
    field,
    goTo,
    async logIn() {
      const token = options.token ?? file.lake.tokens.editor;
      await page.goto(`${url}/#token=${token}`);
      await page.getByTestId('structure-tool-list-pane').first().waitFor();
    },
    async open(type, id) {
      await goTo(`/intent/edit/id=${id};type=${type}/`);
      await page.waitForURL(
        ({ pathname }) => /^.structure/.test(pathname) && pathname.includes(id),
      );
      await page.getByTestId('form-view').waitFor();
      await page.getByTestId('pane-footer').waitFor();
    },
    async write(path, text) {
      const input = field(path).locator('input:not([type=file]), textarea').first();
      await Promise.all([
        page.waitForRequest((request) => isEdit(request.url(), request.method())),
        input.fill(text).then(() => input.blur()),
      ]);
    },
    async writeProse(path, text) {
      const prose = field(path);
      const overlay = prose.getByTestId('activate-overlay');
      if (await overlay.isVisible()) await overlay.click();
      const editable = prose.locator('[contenteditable=true]').first();
      await editable.click();
      await editable.press('Control+End');
      await editable.pressSequentially(text);
    },
    choose,
    async add(path, typed) {
      await field(path).getByTestId('add-single-object-button').click();
      await choose(field(path).getByRole('combobox').last(), typed);
    },
    async group(name) {
      await page.getByTestId('field-group-tabs').getByRole('tab', { name }).click();
    },
    async saved() {
      const footer = page.getByTestId('pane-footer');
      await until(
        () => `${pending} edits are not saved`,
        async () => pending === 0 && !/Saving|Publishing/.test(await footer.innerText()),
      );
    },
    async mark(path, words, title) {
      const prose = field(path);
      const editable = prose.locator('[contenteditable=true]').first();
      // What is saved meanwhile comes back to the editor and moves the selection: look, and try again.
      await until(`“${words}” is not selected`, async () => {
        await editable.press('Control+End');
        for (const _letter of words) await editable.press('Shift+ArrowLeft');
        return (await page.evaluate<string>('String(getSelection())')) === words;
      });
      const button = prose.getByRole('button', { name: title }).locator('visible=true').first();
      if (!(await button.isVisible())) {
        await prose.getByTestId('action-menu-button').locator('visible=true').first().click();
        await page.getByRole('menuitem', { name: title }).click();
      } else await button.click();
    },
    async tab(name) {
      await page.getByRole('tab', { name }).click();
    },
    async badge(words) {
      await page.getByTestId('pane-footer').getByText(words).first().waitFor();
    },
    async publish() {
      // With the page beside the form there are two of them.
      await page.getByTestId('action-publish').first().click();
    },
    async act(name) {
      await page.getByTestId('action-menu-button').click();
      await page.getByRole('menuitem', { name }).click();
    },
    close: () => context.close(),
  };
}

function isOfThisMachine(address: string): boolean {
  if (!/^(https?|wss?):/.test(address)) return true;
  const { hostname } = new URL(address);
  return hostname === '127.0.0.1' || hostname === 'localhost' || hostname.endsWith('.localhost');
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong within a part of the page, each with the element it is about. */
export async function violationsIn(page: Page, selector: string): Promise<readonly string[]> {
  await page.evaluate(axe);
  return page.evaluate<string[]>(
    `axe.run(${JSON.stringify(selector)}, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.html)))`,
  );
}
