import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editing } from './stories/editing.ts';
import { panes } from './stories/panes.ts';
import { p95, publishInTurn } from './stories/receipts.ts';
import { writing } from './stories/writing.ts';
import { type Editor, type Newsroom, openNewsroom, secondEditor } from './studio.ts';

/* A day at one desk, with the site as it is deployed: its pages purged by tag, at its real speed. */

let newsroom: Newsroom;
let editor: Editor;

beforeAll(async () => {
  newsroom = await openNewsroom({ purge: 'tags', edgeSpeed: 1 });
  editor = await newsroom.editor();
}, 240_000);

afterAll(() => newsroom.close());

const desk = {
  get newsroom() {
    return newsroom;
  },
  get editor() {
    return editor;
  },
};

writing(desk);
panes(desk);
editing(desk);

describe('the receipt', () => {
  it('keeps its budget over twenty publishes by two editors, with purge', async () => {
    const second = await newsroom.editor({ token: secondEditor.token });
    const { lake, readers } = newsroom;
    const times = await Promise.all([
      publishInTurn({ editor, lake, readers }, { slugs: mornings, turns: 10 }),
      publishInTurn({ editor: second, lake, readers }, { slugs: evenings, turns: 10 }),
    ]);
    await second.close();
    const told = {
      page: p95(times.flat().map(({ page }) => page)),
      committed: p95(times.flat().map(({ committed }) => committed)),
      seen: p95(times.flat().map(({ seen }) => seen)),
    };
    console.log('p95 of twenty publishes with purge, in seconds:', told);
    expect(told.page).toBeLessThanOrEqual(3);
    expect(told.committed).toBeLessThanOrEqual(5);
    expect(told.seen).toBeLessThanOrEqual(10);
  }, 240_000);
});

const mornings = ['the-rise-the-ease-and-the-fall', 'thirty-names-and-one-wave'];
const evenings = ['the-poem-in-the-pedestal', 'two-and-a-half-seconds-over-a-cabbage-patch'];

it('nothing of our own code has failed meanwhile', () => {
  expect(editor.mistakes).toEqual([]);
});
