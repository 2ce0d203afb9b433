import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { editing } from './stories/editing.ts';
import { panes } from './stories/panes.ts';
import { writing } from './stories/writing.ts';
import { type Editor, type Newsroom, openNewsroom } from './studio.ts';

/* A day at one desk, with the site as it is deployed: its pages purged by tag, at its real speed. */

let newsroom: Newsroom;
let editor: Editor;

beforeAll(async () => {
  newsroom = await openNewsroom({ bundles: inject('bundles'), purge: 'tags', edgeSpeed: 1 });
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

it('nothing of our own code has failed meanwhile', () => {
  expect(editor.mistakes).toEqual([]);
});
