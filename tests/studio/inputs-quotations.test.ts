import { createSchema } from 'sanity';
import { expect, it } from 'vitest';
import { AnswerInput } from '../../sanity/inputs/answer-input.tsx';
import { patchOfCite, quotationsOf } from '../../sanity/inputs/quotations.ts';
import { schemaTypes } from '../../sanity/schema-types/index.ts';
import { readRichText } from '../../src/briefing/portable-text.ts';

/* The source of a quotation, which is the paragraph's own, is written below the answer. */

const answer = [
  paragraph('a', 'He said it in the spring.'),
  paragraph('b', 'Weavers were there first', { style: 'blockquote' }),
  paragraph(
    'c',
    'It is a truth universally acknowledged, that a single man is in want of a wife.',
    {
      style: 'blockquote',
      cite: 'https://www.gutenberg.org/ebooks/1342',
    },
  ),
  paragraph('d', 'In a list', { style: 'blockquote', listItem: 'bullet', cite: 'lost' }),
  paragraph('e', '  ', { style: 'blockquote' }),
  { _type: 'portrait', _key: 'f' },
];

it('each quotation of an answer has a field, known by its first words', () => {
  expect(quotationsOf(answer)).toEqual([
    { key: 'b', opening: 'Weavers were there first', cite: '' },
    {
      key: 'c',
      opening: 'It is a truth universally acknowledged, …',
      cite: 'https://www.gutenberg.org/ebooks/1342',
    },
  ]);
  for (const none of [undefined, null, 'text', [null, 7]]) expect(quotationsOf(none)).toEqual([]);
});

it('what is written there the core reads as the source of that very paragraph', () => {
  const patch = patchOfCite('b', 'https://weavers.example/');
  expect(patch).toMatchObject({
    type: 'set',
    path: [{ _key: 'b' }, 'cite'],
    value: 'https://weavers.example/',
  });
  const [, quotation] = answer;
  const { blocks, problems } = readRichText([{ ...quotation, cite: 'https://weavers.example/' }]);
  expect(blocks).toMatchObject([{ style: 'blockquote', cite: 'https://weavers.example/' }]);
  expect(problems).toEqual([]);
});

it('a source that is emptied is taken away', () => {
  expect(patchOfCite('c', ' ')).toMatchObject({ type: 'unset', path: [{ _key: 'c' }, 'cite'] });
});

it('every answer has it', () => {
  const briefing = createSchema({ name: 'default', types: schemaTypes }).get('briefing');
  const fields = briefing?.jsonType === 'object' ? briefing.fields : [];
  expect(
    fields.filter(({ type }) => type.components?.input === AnswerInput).map(({ name }) => name),
  ).toEqual(['whyInTheNews', 'whyWeCare', 'whyYouShouldCare', 'whoElseCares', 'furtherComments']);
});

function paragraph(key: string, text: string, more: Readonly<Record<string, unknown>> = {}) {
  return {
    _type: 'block',
    _key: key,
    style: 'normal',
    children: [{ _type: 'span', _key: 's', text, marks: [] }],
    markDefs: [],
    ...more,
  };
}
