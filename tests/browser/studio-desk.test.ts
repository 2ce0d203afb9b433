import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editing } from './stories/editing.ts';
import { panes } from './stories/panes.ts';
import { p95, publishInTurns, spoken } from './stories/receipts.ts';
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
  it('keeps its budget while two editors publish at once, with purge', async () => {
    const second = await newsroom.editor({ token: secondEditor.token });
    const times = await publishInTurns([editor, second], newsroom);
    await second.close();
    const told = {
      page: p95(times.map(({ page }) => page)),
      committed: p95(times.map(({ committed }) => committed)),
      seen: p95(times.map(({ seen }) => seen)),
    };
    console.log(`p95 with purge, in seconds: ${spoken(told)}`);
    expect(told.page).toBeLessThanOrEqual(3);
    expect(told.committed).toBeLessThanOrEqual(5);
    expect(told.seen).toBeLessThanOrEqual(10);
  }, 240_000);
});

it('nothing of our own code has failed meanwhile', () => {
  expect(editor.mistakes).toEqual([]);
});
