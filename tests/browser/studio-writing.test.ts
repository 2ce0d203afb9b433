import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Editor, type Newsroom, openNewsroom, until } from './studio.ts';

/* A briefing from an empty form to the edge: every field, by hand. */

const root = join(import.meta.dirname, '..', '..');

let newsroom: Newsroom;
let editor: Editor;

beforeAll(async () => {
  newsroom = await openNewsroom({ purge: 'tags', edgeSpeed: 1 });
  editor = await newsroom.editor();
}, 240_000);

afterAll(() => newsroom.close());

describe('a briefing is written from empty', () => {
  it('its head', async () => {
    const { page } = editor;
    await page.getByTestId('new-document-button').click();
    await page.getByTestId('create-new-briefing').click();
    await editor.write('headline', 'A lamp for the harbour');
    await editor.field('slug').getByRole('button', { name: 'Generate' }).click();
    await until(
      'there is no address',
      async () =>
        (await editor.field('slug').locator('input').inputValue()) === 'a-lamp-for-the-harbour',
    );
    await editor.choose(page.locator('#person'), 'Faraday');
    await editor.write('summary', 'Why a harbour wanted a steadier lamp.');
    expect(await editor.field('date').locator('input').inputValue()).not.toBe('');
  }, 240_000);

  it('its answers', async () => {
    const { page } = editor;
    await editor.group('Answers');
    await page.getByText('Why is he in the news?').first().waitFor();
    await page.getByLabel('Add a country').fill('Kosovo');
    await page
      .getByRole('option', { name: /Kosovo/ })
      .first()
      .click();
    await editor.writeProse('whyInTheNews', 'The harbour asked for a lamp, and he went to look.');
    await editor.writeProse('whyWeCare', 'Because nobody had measured how far it shone.');
    await editor.writeProse('whyYouShouldCare', 'Lamps are still judged by his method.');
    await editor.field('score').getByRole('radio', { name: /^8/ }).click();
    await editor.write('score.about', 'coming home in the dark');
    await editor.writeProse('whoElseCares', 'Pilots, insurers and moths.');
    await editor.writeProse('furtherComments', 'He kept the receipts.');
    expect(await editor.page.getByTestId('printed-score').innerText()).toContain(
      'coming home in the dark',
    );
  }, 240_000);

  it('its portrait', async () => {
    await editor.group('Portrait');
    const portrait = editor.field('portrait');
    await portrait
      .locator('input[type=file]')
      .first()
      .setInputFiles(join(root, 'demo', 'portraits', 'braille.png'));
    await portrait.locator('img').first().waitFor();
    await editor.write('portrait.alt', 'A lamp on a pier');
    await editor.write('portrait.caption', 'The lamp, as it was drawn that winter');
    await editor.write('portrait.credit', 'Drawn for this test');
    await editor.write('portrait.licence.name', 'CC BY 4.0');
    expect(await portrait.getByTestId('crops').locator('img').count()).toBeGreaterThan(0);
  }, 240_000);

  it('its sources and its filing', async () => {
    const { page } = editor;
    await editor.group('Sources');
    await page.getByLabel('Add from an address').fill('https://example.org/lamps');
    await page.getByLabel('Add from an address').press('Enter');
    const source = page.getByRole('dialog');
    await source.getByLabel('Title', { exact: true }).fill('On lamps and harbours');
    await source.getByLabel('Title', { exact: true }).press('Escape');
    await source.waitFor({ state: 'detached' });
    await editor.group('Filing');
    await editor.add('countries', 'United Kingdom');
    await editor.add('topics', 'Inventions');
    await editor.add('related', 'Six dots');
    await editor.saved();
    expect(
      await newsroom.lake.fetch(
        '*[headline == "A lamp for the harbour"][0]{"sources": citations[].title, "countries": countries[]->name, "topics": topics[]->title, "related": related[]->headline}',
      ),
    ).toEqual({
      sources: ['On lamps and harbours'],
      countries: ['United Kingdom'],
      topics: ['Inventions'],
      related: ['Six dots'],
    });
  }, 240_000);

  it('and it is read at the edge', async () => {
    await editor.publish();
    const words = [
      'A lamp for the harbour',
      'Kosov',
      'The harbour asked for a lamp',
      'Because nobody had measured',
      'coming home in the dark',
      'Pilots, insurers and moths.',
      'He kept the receipts.',
    ];
    const address = '/briefings/a-lamp-for-the-harbour/';
    await newsroom.readers.see(address, ({ status }) => status === 200);
    const { text } = await newsroom.readers.read(address);
    expect(words.filter((each) => !text.includes(each))).toEqual([]);
    // No picture is stored at the site yet, and nothing is said of one that is not there.
    expect(text).not.toContain('A lamp on a pier');
  }, 240_000);
});
