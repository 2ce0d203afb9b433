import { defineArrayMember, defineField } from 'sanity';
import { CorrectionIcon } from './icons.tsx';

/** What readers are told of changes since the briefing was first live. */
export const correctionsField = defineField({
  name: 'corrections',
  type: 'array',
  title: 'Corrections',
  description:
    'Printed on the page, in feeds and in the JSON, newest first. A mended typing error needs none.',
  of: [
    defineArrayMember({
      type: 'object',
      name: 'correction',
      title: 'Correction',
      icon: CorrectionIcon,
      fields: [
        defineField({
          name: 'kind',
          type: 'string',
          title: 'Kind',
          options: {
            list: [
              { title: 'Correction: something was wrong', value: 'correction' },
              { title: 'Update: something has happened since', value: 'update' },
              { title: 'Clarification: something was unclear', value: 'clarification' },
            ],
            layout: 'radio',
          },
        }),
        defineField({ name: 'at', type: 'datetime', title: 'Made at' }),
        defineField({
          name: 'text',
          type: 'text',
          rows: 4,
          title: 'Text',
          description: 'What was wrong, and what is right.',
        }),
      ],
      preview: {
        select: { text: 'text', kind: 'kind', at: 'at' },
        prepare: ({ text, kind, at }) => ({
          title: typeof text === 'string' ? text : 'No text yet',
          subtitle: [kind, typeof at === 'string' ? at.slice(0, 10) : undefined]
            .filter((part) => typeof part === 'string')
            .join(' · '),
        }),
      },
    }),
  ],
});

/** Written by “Retract”; shown, and mendable, once it is there. */
export const retractionField = defineField({
  name: 'retraction',
  type: 'object',
  title: 'Retraction',
  description:
    'The page keeps its address and prints this instead of the answers. Clear both to take it back.',
  hidden: ({ value }) => value === undefined,
  fields: [
    defineField({ name: 'at', type: 'datetime', title: 'Retracted at' }),
    defineField({
      name: 'reason',
      type: 'text',
      rows: 4,
      title: 'Reason',
      description: 'Why it was withdrawn, for readers.',
    }),
  ],
});
