import { describe, expect, it } from 'vitest';
import { until, violationsIn } from '../studio.ts';
import { type Desk, withinReach } from './desk.ts';

const id = 'briefing-geography-from-the-back-of-a-goose';
const address = '/briefings/geography-from-the-back-of-a-goose/';

/** What stands beside the form: the page, its JSON, the plan and the receipt. */
export function panes(desk: Desk): void {
  describe('the page beside the form', () => {
    it('follows what is typed, and is the page that readers get', async () => {
      const { editor, newsroom } = desk;
      await editor.open('briefing', id);
      await editor.page.getByRole('button', { name: 'Split pane right' }).click();
      await editor.page.getByRole('tab', { name: 'Page' }).last().click();
      await editor.write('headline', 'Geography, as the goose saw it');
      const frame = editor.page.frameLocator('iframe[title^="The page as readers"]');
      await frame.getByRole('heading', { name: 'Geography, as the goose saw it' }).waitFor();
      await editor.publish();
      const took = await newsroom.readers.see(address, ({ text }) =>
        text.includes('Geography, as the goose saw it'),
      );
      expect(took).toBeLessThan(withinReach);
      await editor.badge(/^Live ·/);
      const { text } = await newsroom.readers.read(address);
      // The browser's own reading of both, so that only what differs is left.
      const bodyOf = `new DOMParser().parseFromString(${JSON.stringify(text)}, 'text/html').body.innerHTML`;
      const published = await editor.page.evaluate<string>(bodyOf);
      let shown = '';
      await until(
        () => `the preview is another page:\n${differenceOf(shown, published)}`,
        async () => {
          shown = await frame.locator('body').innerHTML();
          return shown === published;
        },
      );
      expect(shown.length).toBeGreaterThan(1000);
    }, 180_000);

    it('has nothing that axe finds wrong, in any of the four tabs', async () => {
      const { page } = desk.editor;
      await desk.editor.open('briefing', 'briefing-the-rising-sea');
      await desk.editor.open('briefing', id);
      const found: string[] = [];
      for (const name of ['page', 'json', 'plan', 'receipt']) {
        await desk.editor.tab(new RegExp(`^${name}$`, 'i'));
        const view = `[data-testid="view-${name}"]`;
        await page.locator(view).waitFor();
        await until(
          `${name} still reads`,
          async () => (await page.locator(view).getByText('…').count()) === 0,
        );
        found.push(...(await violationsIn(page, view)));
      }
      expect(found).toEqual([]);
    }, 180_000);
  });
}

/** Where two texts part, with a little around it. */
function differenceOf(one: string, other: string): string {
  const at = [...one].findIndex((letter, index) => letter !== other[index]);
  const from = Math.max(0, at - 80);
  return `${one.slice(from, at + 80)}\n${other.slice(from, at + 80)}`;
}
