import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import { bundleFunctions } from '../../scripts/bundle.ts';
import { type Editor, type Newsroom, openNewsroom, until } from './studio.ts';

/* Pictures of the Studio, to look at: `node tests/browser/studio-pictures.ts --out DIR`. */

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    /** Only the pictures of the guide, small, into `docs/guides/pictures`. */
    guide: { type: 'boolean', default: false },
    /** Only those whose name contains this. */
    only: { type: 'string', default: '' },
  },
});

const root = join(import.meta.dirname, '..', '..');

interface Scene {
  readonly name: string;
  /** Shown in the guide for editors. */
  readonly isInGuide?: boolean;
  readonly arrange: (editor: Editor) => Promise<void>;
}

const shown = 'briefing-geography-from-the-back-of-a-goose';
/** Made invalid below, so that something needs attention. */
const wrong = 'briefing-the-rising-sea';

const lists = [
  'today',
  'drafts',
  'scheduled',
  'live',
  'needs-attention',
  'by-person',
  'by-person;person-braille',
  'by-country;country-gb',
  'by-topic;topic-space',
  'by-month',
  'person',
  'team',
  'author',
  'topic',
  'country',
  'settings',
];
const groups = ['Basics', 'Answers', 'Portrait', 'Sources', 'Filing', 'Later'];
const tabs = ['Page', 'JSON', 'Plan', 'Receipt'];

const scenes: readonly Scene[] = [
  ...lists.map((list) => ({
    name: `list-${list.replace(';', '-')}`,
    isInGuide: ['live', 'needs-attention'].includes(list),
    arrange: (editor: Editor) => editor.goTo(`/structure/${list}`),
  })),
  ...groups.map((group, index) => ({
    name: `group-${index}-${group.toLowerCase().replaceAll(' ', '-')}`,
    isInGuide: ['Answers', 'Portrait'].includes(group),
    async arrange(editor: Editor) {
      // The briefing shows the portrait of its person.
      await (group === 'Portrait' ? editor.open('person', 'person-lagerlof') : openShown(editor));
      await editor.group(group);
    },
  })),
  {
    name: 'page-beside-form',
    isInGuide: true,
    async arrange(editor: Editor) {
      await openShown(editor);
      await editor.page.getByRole('button', { name: 'Split pane right' }).click();
      await editor.page.getByRole('tab', { name: 'Page' }).last().click();
      await editor.page.locator('iframe').waitFor();
    },
  },
  ...tabs.map((tab) => ({
    name: `tab-${tab.toLowerCase()}`,
    isInGuide: ['Plan', 'Receipt'].includes(tab),
    async arrange(editor: Editor) {
      // Not the window that is in two halves.
      await editor.open('person', 'person-lagerlof');
      await openShown(editor);
      await editor.tab(tab);
    },
  })),
  ...[/^Retract/, /^Add correction/, /^Unpublish/, /^Copy link/].map((action) => ({
    name: `dialog-${String(action)
      .replaceAll(/[^a-z]/gi, '')
      .toLowerCase()}`,
    isInGuide: String(action).includes('Unpublish'),
    async arrange(editor: Editor) {
      await editor.page.keyboard.press('Escape');
      await openShown(editor);
      await editor.act(action);
      await editor.page.getByRole('dialog').waitFor();
    },
  })),
  ...['Page', 'Plan', 'Receipt'].map((tab) => ({
    name: `error-not-live-${tab.toLowerCase()}`,
    async arrange(editor: Editor) {
      await editor.open('briefing', wrong);
      await editor.tab(tab);
    },
  })),
  {
    name: 'error-validation',
    async arrange(editor) {
      await editor.open('briefing', wrong);
      await editor.page.getByRole('button', { name: 'Validation' }).click();
    },
  },
  {
    name: 'error-no-such-briefing',
    arrange: (editor) => editor.open('briefing', 'briefing-that-was-never-written'),
  },
];

async function openShown(editor: Editor): Promise<void> {
  if (!editor.page.url().includes(shown)) await editor.open('briefing', shown);
}

const bundles = join(root, 'dist', 'pictured');
await bundleFunctions(bundles);
const newsroom = await openNewsroom({ bundles, purge: 'tags', edgeSpeed: 1 });
try {
  await unsettle(newsroom);
  await (values.guide
    ? takeAll(newsroom, { folder: join(root, 'docs', 'guides', 'pictures'), width: 1440 })
    : takeEverywhere(newsroom, resolve(values.out ?? join(root, '.local', 'pictures'))));
} finally {
  await newsroom.close();
}

/** Something to publish, and something that needs attention: else two panes have nothing to show. */
async function unsettle({ lake }: Newsroom): Promise<void> {
  const published = await lake.getDocument(shown);
  if (published === undefined) throw new Error(`${shown} is not in the demo publication`);
  await lake.createOrReplace({
    ...published,
    _id: `drafts.${shown}`,
    headline: 'Geography, from the front of a goose',
  });
  await lake.patch(wrong).unset(['person']).commit();
}

async function takeEverywhere(newsroom: Newsroom, folder: string): Promise<void> {
  for (const width of [1440, 1024]) {
    for (const colourScheme of ['light', 'dark'] as const) {
      await takeAll(newsroom, { folder, width, colourScheme });
    }
  }
}

async function takeAll(
  newsroom: Newsroom,
  view: { folder: string; width: number; colourScheme?: 'light' | 'dark' },
): Promise<void> {
  const { folder, width, colourScheme = 'light' } = view;
  mkdirSync(folder, { recursive: true });
  const editor = await newsroom.editor({ width, colourScheme });
  for (const { name, isInGuide = false, arrange } of scenes) {
    if ((values.guide && !isInGuide) || !name.includes(values.only)) continue;
    try {
      await arrange(editor);
    } catch (error) {
      console.error(`${name} could not be arranged: ${String(error).split('\n')[0]}`);
      continue;
    }
    const picture = await settledPicture(editor);
    if (values.guide) {
      const small = await sharp(picture)
        .resize(1080)
        .jpeg({ quality: 62, mozjpeg: true })
        .toBuffer();
      writeFileSync(join(folder, `${name}.jpg`), small);
      console.log(`${name}.jpg  ${Math.round(small.length / 1000)} kB`);
    } else writeFileSync(join(folder, `${name}-${width}-${colourScheme}.png`), picture);
  }
  await editor.close();
}

/** The screen, once nothing is waited for and it has stopped changing. */
async function settledPicture({ page }: Editor): Promise<Buffer> {
  await until(
    'something is still being waited for',
    async () => (await page.locator('[data-ui=Spinner]').locator('visible=true').count()) === 0,
    60,
  );
  let before = await page.screenshot();
  for (let turn = 0; turn < 20; turn += 1) {
    await page.evaluate('new Promise((wake) => setTimeout(wake, 700))');
    const now = await page.screenshot();
    if (now.equals(before)) return now;
    before = now;
  }
  return before;
}
