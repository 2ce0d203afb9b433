import { defineField } from 'sanity';

/** What a duplicate goes on as. Written by “Merge”, so it is only shown. */
export function mergedIntoField(type: 'person' | 'team' | 'author' | 'topic') {
  return defineField({
    name: 'mergedInto',
    type: 'reference',
    to: [{ type }],
    weak: true,
    title: 'Merged into',
    description: 'This record is a duplicate; its address leads to the one that goes on.',
    readOnly: true,
    hidden: ({ value }) => value === undefined,
  });
}

/** For pickers: what was merged is not offered again. */
export const notMerged = { filter: '!defined(mergedInto)', disableNew: false };
