import type { Editor, Newsroom } from '../studio.ts';

/** Where the stories of one file take place: one newsroom and one window, once they are open. */
export interface Desk {
  readonly newsroom: Newsroom;
  readonly editor: Editor;
}

/** A page that is published is expected to be seen within this, in milliseconds; fails by itself when later. */
export const withinReach = 30_000;

/** Whether a page says something. */
export const says =
  (words: string) =>
  ({ text }: { readonly text: string }): boolean =>
    text.includes(words);
