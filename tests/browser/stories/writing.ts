import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { until } from '../studio.ts';
import type { Desk } from './desk.ts';

const root = join(import.meta.dirname, '..', '..', '..');

/** A briefing from an empty form to the edge: every field, by hand. */
export function writing(desk: Desk): void {
  describe('a briefing is written from empty', () => {
    it('its head', async () => {
      const { page } = desk.editor;
      await page.getByTestId('new-document-button').click();
      await page.getByTestId('create-new-briefing').click();
      await desk.editor.write('headline', 'A lamp for the harbour');
      await desk.editor.field('slug').getByRole('button', { name: 'Generate' }).click();
      await until(
        'there is no address',
        async () =>
          (await desk.editor.field('slug').locator('input').inputValue()) ===
          'a-lamp-for-the-harbour',
      );
      await desk.editor.choose(page.locator('#person'), 'Faraday');
      await desk.editor.write('summary', 'Why a harbour wanted a steadier lamp.');
      expect(await desk.editor.field('date').locator('input').inputValue()).not.toBe('');
    }, 240_000);

    it('its answers', async () => {
      const { page } = desk.editor;
      await desk.editor.group('Answers');
      await page.getByText('Why is he in the news?').first().waitFor();
      await page.getByLabel('Add a country').fill('Kosovo');
      await page
        .getByRole('option', { name: /Kosovo/ })
        .first()
        .click();
      await desk.editor.writeProse(
        'whyInTheNews',
        'The harbour asked for a lamp, and he went to look.',
      );
      await desk.editor.writeProse('whyWeCare', 'Because nobody had measured how far it shone.');
      await desk.editor.writeProse('whyYouShouldCare', 'Lamps are still judged by his method.');
      await desk.editor.field('score').getByRole('radio', { name: /^8/ }).click();
      await desk.editor.write('score.about', 'coming home in the dark');
      await desk.editor.writeProse('whoElseCares', 'Pilots, insurers and moths.');
      await desk.editor.writeProse('furtherComments', 'He kept the receipts.');
      expect(await desk.editor.page.getByTestId('printed-score').innerText()).toContain(
        'coming home in the dark',
      );
    }, 240_000);

    it('its portrait', async () => {
      await desk.editor.group('Portrait');
      const portrait = desk.editor.field('portrait');
      await portrait
        .locator('input[type=file]')
        .first()
        .setInputFiles(join(root, 'demo', 'portraits', 'braille.png'));
      await portrait.locator('img').first().waitFor();
      await portrait.getByTestId('options-menu-edit-details').click();
      const dialog = desk.editor.page.getByRole('dialog', { name: 'Edit hotspot and crop' });
      // The circle begins as wide as the image: smaller first, then up to the lamp.
      await drag(dialog.locator('[data-handle="hotspotHandle"]').first(), -40, -50);
      await drag(dialog.locator('[data-handle="hotspot"]').first(), 0, -40);
      await dialog.getByRole('button', { name: 'Close' }).click();
      await dialog.waitFor({ state: 'detached' });
      const hotspot = '*[headline == "A lamp for the harbour"][0].portrait.image.hotspot.y';
      await until(
        'the hotspot is where it was',
        async () => ((await desk.newsroom.lake.fetch<number | null>(hotspot)) ?? 1) < 0.5,
      );
      await desk.editor.write('portrait.alt', 'A lamp on a pier');
      await desk.editor.write('portrait.caption', 'The lamp, as it was drawn that winter');
      await desk.editor.write('portrait.credit', 'Drawn for this test');
      await desk.editor.write('portrait.licence.name', 'CC BY 4.0');
      expect(await portrait.getByTestId('crops').locator('img').count()).toBeGreaterThan(0);
    }, 240_000);

    it('its sources and its filing', async () => {
      const { page } = desk.editor;
      await desk.editor.group('Sources');
      await page.getByLabel('Add from an address').fill('https://example.org/lamps');
      await page.getByLabel('Add from an address').press('Enter');
      const source = page.getByRole('dialog');
      await source.getByLabel('Title', { exact: true }).fill('On lamps and harbours');
      await source.getByLabel('Title', { exact: true }).press('Escape');
      await source.waitFor({ state: 'detached' });
      await desk.editor.group('Filing');
      await desk.editor.add('countries', 'United Kingdom');
      await desk.editor.add('topics', 'Inventions');
      await desk.editor.add('related', 'Six dots');
      await desk.editor.saved();
      expect(
        await desk.newsroom.lake.fetch(
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
      await desk.editor.publish();
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
      await desk.newsroom.readers.see(address, ({ status }) => status === 200);
      const { text } = await desk.newsroom.readers.read(address);
      expect(words.filter((each) => !text.includes(each))).toEqual([]);
      // No picture is stored at the site yet, and nothing is said of one that is not there.
      expect(text).not.toContain('A lamp on a pier');
    }, 240_000);
  });
}

/** Takes something by its middle, and lets go of it some pixels further. */
async function drag(what: Locator, right: number, down: number): Promise<void> {
  const box = await what.boundingBox();
  if (box === null) throw new Error('What is to be dragged is not shown');
  const { mouse } = what.page();
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await mouse.move(x, y);
  await mouse.down();
  await mouse.move(x + right, y + down, { steps: 5 });
  await mouse.up();
}
