import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StackFile } from '../../local/stack/stack-file.ts';
import { anyPort, endAll, stackFileIn, startPressrun, type Started } from '../stack/starting.ts';
import { type Editor, openStudio, readersOf, startOfflineBrowser, until } from './studio.ts';

/* From `npm start` to a changed page, as the README says; then the power fails. */

let data: string;
let pressrun: Started;
let file: StackFile;
let browser: Browser;
let editor: Editor;

const page = '/briefings/geography-from-the-back-of-a-goose/';
const startedAt = performance.now();

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'first-day-'));
  pressrun = startPressrun(data, anyPort);
  browser = await startOfflineBrowser();
  await pressrun.says('Pressrun is ready.');
  file = await stackFileIn(data);
  tell('npm start, with the demo published and the Studio built if it was not', startedAt);
}, 180_000);

afterAll(async () => {
  await browser.close();
  await pressrun.ends('SIGTERM');
  endAll();
  await rm(data, { recursive: true });
});

describe('the five steps of the README', () => {
  it('1: the link that npm start prints logs in by itself', async () => {
    const since = performance.now();
    const [link = ''] = /http:\/\/localhost:\d+\/(?= {3}logs you in)/.exec(pressrun.output()) ?? [];
    editor = await openStudio(browser, file);
    await editor.page.goto(link);
    await editor.page.getByTestId('structure-tool-list-pane').first().waitFor();
    expect(await editor.page.evaluate('location.hash')).toBe('');
    tell('1  the desk is open', since);
  });

  it('2: a briefing is found in the list of what is live', async () => {
    const since = performance.now();
    await editor.page.getByTestId('pane-item-Live').click();
    await editor.page.getByTestId('row-briefing-geography-from-the-back-of-a-goose').click();
    expect(await editor.field('headline').locator('input').inputValue()).toBe(
      'Geography, from the back of a goose',
    );
    tell('2  the briefing is open', since);
  });

  it('3: its headline is changed', async () => {
    const since = performance.now();
    await editor.write('headline', 'Geography, from the front of a goose');
    const publish = editor.page.getByTestId('action-publish');
    await expect.poll(() => publish.isEnabled(), { timeout: 30_000 }).toBe(true);
    tell('3  the headline is written', since);
  });

  it('4 and 5: Publish is pressed, and the page at the site has the headline', async () => {
    const readers = readersOf(file);
    const since = performance.now();
    await editor.publish();
    const isNew = ({ text }: { text: string }) =>
      text.includes('Geography, from the front of a goose');
    expect(await readers.see(page, isNew)).toBeLessThan(30_000);
    tell('4  published, and 5  seen at the site', since);
    await readers.see('/feed.json', ({ text }) =>
      text.includes('Geography, from the front of a goose'),
    );
    tell('   and in the feed', since);
  });
});

describe('an outage of the content lake', () => {
  it('is told; what was written before is kept, and goes on afterwards', async () => {
    await editor.write('headline', 'Written before the lights went out');
    await editor.saved();
    expect(await pressrun.ends('SIGKILL')).toBeNull();
    const since = performance.now();
    await editor.page
      .getByText(/Trying to connect|connection/i)
      .first()
      .waitFor();
    tell('the Studio says that the connection is lost', since);

    const portsAsBefore = Object.entries({
      studio: file.studio?.url ?? '',
      lake: file.lake.url,
      site: file.site.url,
      s3: file.s3.endpoint,
      sqs: file.sqs.endpoint,
      functions: file.functions.webhookUrl,
    }).flatMap(([part, url]) => [`--${part}-port`, new URL(url).port]);
    // Ten times faster than deployed, and nothing is purged.
    pressrun = startPressrun(data, [...portsAsBefore, '--edge-speed', '10']);
    await pressrun.says('Pressrun is ready.');
    const back = performance.now();
    await until('the headline cannot be written in', () =>
      editor.field('headline').locator('input').isEditable(),
    );
    tell('the form can be written in again', back);
    await expect(editor.field('headline').locator('input').inputValue()).resolves.toBe(
      'Written before the lights went out',
    );
    await editor.write('headline', 'Geography, after the outage');
    const pressed = performance.now();
    await editor.publish();
    await readersOf(file).see(page, ({ text }) => text.includes('Geography, after the outage'));
    tell('published after the outage, seen at the site', pressed);
    await editor.badge(/^Live ·/);
    tell('the receipt says so too', pressed);
    expect(editor.mistakes).toEqual([]);
  }, 240_000);
});

describe('a briefing is taken down', () => {
  it('and whoever does it says where readers go', async () => {
    await editor.open('briefing', 'briefing-fifty-million-small-trees');
    await editor.act(/^Unpublish/);
    const dialog = editor.page.getByRole('dialog');
    await dialog.getByText('To the home page').click();
    await dialog.getByRole('button', { name: 'Unpublish now' }).click();
    const since = performance.now();
    const isHome = ({ status, location }: { status: number; location: string | null }) =>
      status === 301 && /^(https?:\/\/[^/]+)?\/$/.test(location ?? '');
    // Nothing is purged here: nine seconds at most, at an edge ten times as fast as deployed.
    expect(await readersOf(file).see('/briefings/fifty-million-small-trees/', isHome)).toBeLessThan(
      20_000,
    );
    tell('unpublished, and readers are led home', since);
  });
});

function tell(what: string, since: number): void {
  console.log(`${((performance.now() - since) / 1000).toFixed(1).padStart(6)} s  ${what}`);
}
