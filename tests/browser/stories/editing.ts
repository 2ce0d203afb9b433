import type { SanityClient } from '@sanity/client';
import type { Locator } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { type Editor, secondEditor, until, violationsIn } from '../studio.ts';
import { type Desk, says, withinReach } from './desk.ts';

/** What editors do all day, and what readers see of it. */
export function editing(desk: Desk): void {
  describe('checking', () => {
    const id = 'briefing-the-rising-sea';

    it('an error blocks Publish and names the field', async () => {
      await desk.editor.open('briefing', id);
      await desk.editor.write('headline', '');
      const publish = desk.editor.page.getByTestId('action-publish');
      await until('Publish can still be pressed', () => publish.isDisabled());
      await desk.editor.page.getByRole('button', { name: 'Validation' }).click();
      await desk.editor.page
        .getByText('The headline is empty. Write the headline')
        .filter({ visible: true })
        .first()
        .waitFor();
      await desk.editor.write('headline', 'The sea, rising');
      await desk.editor.publish();
      expect(
        await desk.newsroom.readers.see('/briefings/the-rising-sea/', says('The sea, rising')),
      ).toBeLessThan(withinReach);
    }, 180_000);

    it('a document made invalid behind the Studio’s back stays as it was for readers, and is told', async () => {
      await desk.newsroom.lake.patch(id).unset(['person']).commit();
      await desk.editor.open('briefing', id);
      await desk.editor.badge(/^Not live: Person/);
      await desk.editor.goTo('/structure/needs-attention');
      const concern = desk.editor.page.getByTestId(`concern-${id}`);
      await concern.getByText('Nobody is chosen whom the briefing is about.').waitFor();
      await concern.getByText('Readers see an earlier version').waitFor();
      expect(await violationsIn(desk.editor.page, `[data-testid="concern-${id}"]`)).toEqual([]);
      for (const name of ['page', 'receipt']) {
        await desk.editor.open('briefing', id);
        await desk.editor.tab(new RegExp(`^${name}$`, 'i'));
        const view = desk.editor.page.getByTestId(`view-${name}`);
        await view.getByRole('button', { name: 'Go to the field' }).waitFor();
        expect(await violationsIn(desk.editor.page, `[data-testid="view-${name}"]`)).toEqual([]);
      }
      const seen = await desk.newsroom.readers.read('/briefings/the-rising-sea/');
      expect([seen.status, says('The sea, rising')(seen)]).toEqual([200, true]);
    }, 180_000);
  });

  describe('addresses', () => {
    it('a new one takes the old one along', async () => {
      await desk.editor.open('briefing', 'briefing-first-thursdays');
      await desk.editor.write('slug', 'thursdays-in-cairo');
      await desk.editor.publish();
      expect(
        await desk.newsroom.readers.see(
          '/briefings/thursdays-in-cairo/',
          ({ status }) => status === 200,
        ),
      ).toBeLessThan(withinReach);
      expect(
        await desk.newsroom.readers.see(
          '/briefings/first-thursdays/',
          ({ status, location }) =>
            status === 301 && location?.endsWith('/briefings/thursdays-in-cairo/') === true,
        ),
      ).toBeLessThan(withinReach);
    }, 180_000);
  });

  describe('a briefing is taken down', () => {
    it('and its readers go to the one that replaces it', async () => {
      await desk.editor.open('briefing', 'briefing-fifty-million-small-trees');
      const dialog = await openDialog(desk.editor, /^Unpublish/);
      await dialog.getByText('To another briefing').click();
      await (await search(desk.editor, dialog, 'Sixty-five')).click();
      await dialog.getByRole('button', { name: 'Unpublish now' }).click();
      expect(
        await desk.newsroom.readers.see(
          '/briefings/fifty-million-small-trees/',
          ({ status, location }) =>
            status === 301 &&
            location?.endsWith('/briefings/sixty-five-years-and-108-minutes/') === true,
        ),
      ).toBeLessThan(withinReach);
    }, 180_000);
  });

  describe('after publication', () => {
    it('a correction is printed, with its day', async () => {
      await desk.editor.open('briefing', 'briefing-hanging-chains-upside-down');
      const dialog = await openDialog(desk.editor, /^Add correction/);
      await dialog.getByLabel('Text').fill('The chains hung in the attic, not in the crypt.');
      await dialog.getByRole('button', { name: 'Add to the draft' }).click();
      await dialog.waitFor({ state: 'detached' });
      await desk.editor.publish();
      expect(
        await desk.newsroom.readers.see(
          '/briefings/hanging-chains-upside-down/',
          says('The chains hung in the attic, not in the crypt.'),
        ),
      ).toBeLessThan(withinReach);
    }, 180_000);

    it('a retraction puts its reason in place of the answers', async () => {
      await desk.editor.open('briefing', 'briefing-seven-million-cards');
      const dialog = await openDialog(desk.editor, /^Retract/);
      await dialog.getByLabel('Why is it withdrawn?').fill('We mistook one archive for another.');
      await dialog.getByRole('button', { name: 'Retract now' }).click();
      expect(
        await desk.newsroom.readers.see(
          '/briefings/seven-million-cards/',
          says('We mistook one archive for another.'),
        ),
      ).toBeLessThan(withinReach);
    }, 180_000);
  });

  describe('languages and sources', () => {
    it('a translation and its original lead to each other', async () => {
      await desk.newsroom.lake.create({
        ...(await copyOf(desk.newsroom.lake, 'briefing-the-loom-in-the-argument')),
        _id: 'drafts.briefing-le-metier-dans-l-argument',
        headline: 'Le métier dans l’argument',
        slug: { _type: 'slug', current: 'le-metier-dans-l-argument' },
        language: 'fr',
      });
      await desk.editor.open('briefing', 'briefing-le-metier-dans-l-argument');
      await desk.editor.choose(
        desk.editor.page.locator('#translationOf'),
        'The loom in the argument',
      );
      await desk.editor.publish();
      const there = '/fr/briefings/le-metier-dans-l-argument/';
      const back = '/briefings/the-loom-in-the-argument/';
      expect(
        await desk.newsroom.readers.see(there, ({ text }) => text.includes(`"${back}"`)),
      ).toBeLessThan(withinReach);
      expect(
        await desk.newsroom.readers.see(back, ({ text }) => text.includes(`"${there}"`)),
      ).toBeLessThan(withinReach);
    }, 240_000);

    it('foreign words and a source are marked in the prose', async () => {
      const address = '/briefings/christmas-morning-nearly-a-million-miles-out/';
      const select = desk.editor.page.locator('select').locator('visible=true').last();
      await desk.editor.open('briefing', 'briefing-christmas-morning-nearly-a-million-miles-out');
      await desk.editor.group('Answers');
      await desk.editor.writeProse('furtherComments', ' Joyeux');
      await desk.editor.saved();
      await desk.editor.mark('furtherComments', 'Joyeux', 'Foreign words');
      await select.selectOption('fr');
      await desk.editor.page.keyboard.press('Escape');
      await desk.editor.writeProse('furtherComments', ' as they say.');
      await desk.editor.saved();
      await desk.editor.mark('furtherComments', 'as they say.', 'Source');
      await select.selectOption('nasa');
      await desk.editor.page.keyboard.press('Escape');
      await desk.editor.saved();
      await desk.editor.publish();
      expect(
        await desk.newsroom.readers.see(
          address,
          ({ text }) =>
            /<span lang="fr"[^>]*>Joyeux/.test(text) &&
            text.split('id="further-comments"')[1]?.includes('<sup><a ') === true,
        ),
      ).toBeLessThan(withinReach);
    }, 240_000);
  });

  describe('two records of one person', () => {
    it('become one, and every briefing is about the one that is kept', async () => {
      await desk.newsroom.lake.create({
        _id: 'person-faraday-again',
        _type: 'person',
        name: 'M. Faraday',
        kind: 'individual',
        pronouns: 'he',
        slug: { _type: 'slug', current: 'm-faraday' },
        identities: [],
      });
      await desk.editor.open('person', 'person-faraday-again');
      const dialog = await openDialog(desk.editor, /^Merge/);
      // The last of many: the list that follows the choice does not have him.
      const found = await search(desk.editor, dialog, 'Yuri');
      const ofEverybody = desk.editor.page.waitForResponse((response) =>
        decodeURIComponent(response.url()).includes('$words=["*"]'),
      );
      await found.click();
      await (await ofEverybody).finished();
      await dialog.getByText(/shows “Yuri Gagarin”/).waitFor();
      expect(await dialog.getByRole('combobox').inputValue()).toBe('Yuri Gagarin');
      await (await search(desk.editor, dialog, 'Michael')).click();
      await dialog.getByText(/nothing is lost/).waitFor();
      await dialog.getByRole('button', { name: 'Merge now' }).click();
      await dialog.waitFor({ state: 'detached' });
      await expect
        .poll(() => desk.newsroom.lake.getDocument('person-faraday-again'), { timeout: 30_000 })
        .toMatchObject({ mergedInto: { _ref: 'person-faraday' } });
    }, 240_000);
  });

  describe('timing', () => {
    it('what is published for later is on no page before', async () => {
      await desk.newsroom.lake.create({
        ...(await copyOf(desk.newsroom.lake, 'briefing-the-poem-in-the-pedestal')),
        _id: 'drafts.briefing-for-later',
        headline: 'Told tomorrow',
        slug: { _type: 'slug', current: 'told-tomorrow' },
      });
      await desk.editor.open('briefing', 'briefing-for-later');
      const dialog = await openDialog(desk.editor, /^Publish at/);
      await dialog.getByRole('button', { name: /^Publish|^Schedule/ }).click();
      await desk.editor.badge(/embargo|Scheduled/i);
      expect((await desk.newsroom.readers.read('/briefings/told-tomorrow/')).status).toBe(404);
      const { text } = await desk.newsroom.readers.read('/feed.json');
      expect(text).not.toContain('Told tomorrow');
    }, 180_000);
  });

  describe('two people at once', () => {
    it('see each other’s words as they are written, and publish both', async () => {
      const id = 'briefing-a-pine-with-two-landscapes';
      const second = await desk.newsroom.editor({ token: secondEditor.token });
      await desk.editor.open('briefing', id);
      await second.open('briefing', id);
      await desk.editor.write('headline', 'A pine, seen by the first');
      await until('the second does not see the headline', async () =>
        (await second.field('headline').locator('input').inputValue()).includes('by the first'),
      );
      await second.write('summary', 'And a summary by the second.');
      await until('the first does not see the summary', async () =>
        (await desk.editor.field('summary').locator('textarea').inputValue()).includes(
          'by the second',
        ),
      );
      await second.publish();
      expect(
        await desk.newsroom.readers.see(
          '/briefings/a-pine-with-two-landscapes/',
          (seen) =>
            says('A pine, seen by the first')(seen) && says('a summary by the second')(seen),
        ),
      ).toBeLessThan(withinReach);
      expect(second.mistakes).toEqual([]);
      await second.close();
    }, 180_000);
  });
}

/** Opens the dialog of an action; nothing in it is hidden from whoever does not see it. */
async function openDialog(editor: Editor, action: RegExp): Promise<Locator> {
  await editor.act(action);
  const dialog = editor.page.getByRole('dialog');
  await dialog.getByRole('button').first().waitFor();
  expect(await violationsIn(editor.page, '[role="dialog"]')).toEqual([]);
  return dialog;
}

/** What is published of a briefing, to make another of. */
async function copyOf(lake: SanityClient, id: string) {
  const published = await lake.getDocument(id);
  if (published === undefined) throw new Error(`${id} is not in the demo publication`);
  const { _id, _rev, _createdAt, _updatedAt, ...fields } = published;
  return fields;
}

/** Types into a dialog's search. Resolves to the first that is found, once the others are off the list. */
async function search({ page }: Editor, dialog: Locator, typed: string): Promise<Locator> {
  await dialog.getByRole('combobox').fill(typed);
  // A page has other lists of options, in its fields.
  const offered = page.locator('[data-ui="AutoComplete__resultsList"]').getByRole('option');
  await until(
    `“${typed}” is not found`,
    async () =>
      (await offered.filter({ hasText: typed }).count()) > 0 &&
      (await offered.filter({ hasNotText: typed }).count()) === 0,
  );
  return offered.first();
}
