import { defineField } from 'sanity';
import type { PronounSet } from '../../src/briefing/model.ts';

const words: Readonly<Record<PronounSet, string>> = {
  he: 'he',
  she: 'she',
  it: 'it',
  they: 'they',
};

/** The pronouns that the printed questions agree with. */
export const pronounsField = defineField({
  name: 'pronouns',
  type: 'string',
  title: 'Pronouns',
  options: {
    list: Object.entries(words).map(([value, title]) => ({ value, title })),
    layout: 'radio',
    direction: 'horizontal',
  },
});
