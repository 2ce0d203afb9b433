import { fields } from './fields.ts';
import type { Case } from './growth.ts';
import { kinds, shapes } from './texts.ts';

const fieldNames = Object.keys(fields);
const kindNames = Object.keys(kinds);
const answers = fieldNames.filter((field) => field.startsWith('answer'));

/** What stalled the site once. */
export const blanks: readonly Case[] = answers.map((field) => ({
  field,
  kind: 'blanks',
  shape: 'between words',
}));

/** Each kind of text in an answer, and each field with two kinds: what is tried before every hand-over. */
export const sample: readonly Case[] = [
  ...kindNames.map((kind, at) => ({ kind, field: turned(answers, at), shape: turned(shapes, at) })),
  ...fieldNames.flatMap((field, at) =>
    [3 * at, 3 * at + 47].map((turn) => ({
      field,
      kind: turned(kindNames, turn),
      shape: turned(shapes, turn),
    })),
  ),
];

/** Every kind in every field; in answers, where texts are long, in every shape. */
export const whole: readonly Case[] = fieldNames.flatMap((field, at) =>
  kindNames.flatMap((kind, turn) =>
    (answers.includes(field) ? shapes : [turned(shapes, at + turn)]).map((shape) => ({
      field,
      kind,
      shape,
    })),
  ),
);

/** The entry at a place, going round. */
function turned<Entry>(entries: readonly Entry[], place: number): Entry {
  const entry = entries[place % entries.length];
  if (entry === undefined) throw new Error('There is nothing to choose from');
  return entry;
}
