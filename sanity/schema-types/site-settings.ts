import { defineArrayMember, defineField, defineType } from 'sanity';
import { type Accent, accents, type Question, questions } from '../../src/briefing/model.ts';
import { allFields } from './all-fields.ts';
import { SettingsIcon } from './icons.tsx';
import { languageField } from './language.ts';
import { notMerged } from './merged.ts';
import { pronounsField } from './pronouns.ts';
import { rulesOfTheCore } from '../validation/rules-of-the-core.ts';

const accentNames: Readonly<Record<Accent, string>> = {
  ink: 'Ink',
  crimson: 'Crimson',
  amber: 'Amber',
  moss: 'Moss',
  teal: 'Teal',
  cobalt: 'Cobalt',
  violet: 'Violet',
  rose: 'Rose',
};

const questionNames: Readonly<Record<Question, string>> = {
  name: 'Name?',
  identity: 'Westphalian identity?',
  age: 'Age?',
  'in-the-news': 'Why is he (she, it; are they) in the news?',
  'we-care': 'Why do we care?',
  'you-should-care': 'Why should you care?',
  'who-else-cares': 'Who else cares?',
  'further-comments': 'Any further comments?',
};

/** The publication itself: one document, with the id `siteSettings`. */
export const siteSettings = defineType({
  name: 'siteSettings',
  type: 'document',
  title: 'Settings',
  icon: SettingsIcon,
  validation: rulesOfTheCore,
  groups: [
    allFields,
    { name: 'publication', title: 'The publication', default: true },
    { name: 'defaults', title: 'Defaults' },
    { name: 'rights', title: 'Rights' },
    { name: 'labels', title: 'Questions' },
  ],
  fields: [
    defineField({ name: 'name', type: 'string', title: 'Name', group: 'publication' }),
    defineField({
      name: 'description',
      type: 'text',
      rows: 3,
      title: 'Description',
      description: 'In a sentence: for the feeds, and for search engines.',
      group: 'publication',
    }),
    defineField({
      name: 'accent',
      type: 'string',
      title: 'Colour',
      description: 'Of links and rules on every page; each is legible in light and dark.',
      options: { list: accents.map((value) => ({ value, title: accentNames[value] })) },
      initialValue: 'ink',
      group: 'publication',
    }),
    defineField({
      name: 'timeZone',
      type: 'string',
      title: 'Time zone',
      placeholder: 'Europe/London',
      description:
        'By region and city. It decides what “today” is, and how instants are printed. Changing it rewrites every page.',
      group: 'publication',
    }),
    defineField({
      ...languageField,
      description:
        'What most briefings are in; names, roles and topics are kept in it. Others stand under /ar/, /fr/ …',
      group: 'defaults',
    }),
    defineField({
      name: 'defaultTeam',
      type: 'reference',
      to: [{ type: 'team' }],
      title: 'Default team',
      description: 'Stands in the byline of each new briefing, where it can be changed.',
      options: notMerged,
      group: 'defaults',
    }),
    defineField({
      name: 'licence',
      type: 'object',
      title: 'Licence of the texts',
      description: 'Under which others may republish what the feeds carry.',
      options: { columns: 2 },
      fields: [
        defineField({ name: 'name', type: 'string', title: 'Name', placeholder: 'CC BY 4.0' }),
        defineField({ name: 'url', type: 'url', title: 'Address of its text' }),
      ],
      group: 'rights',
    }),
    defineField({
      name: 'attribution',
      type: 'string',
      title: 'To be named as',
      description: 'How those who republish are to name the publication.',
      group: 'rights',
    }),
    defineField({
      name: 'contact',
      type: 'string',
      title: 'Contact',
      description: 'An e-mail address or a page, printed at the foot of every page.',
      group: 'rights',
    }),
    defineField({
      name: 'labelOverrides',
      type: 'array',
      title: 'Other words for the questions',
      description:
        'From a day on, a question may be worded differently. Briefings of earlier days keep theirs.',
      of: [
        defineArrayMember({
          type: 'object',
          name: 'labelOverride',
          title: 'Question',
          fields: [
            defineField({
              name: 'question',
              type: 'string',
              title: 'Question',
              options: { list: questions.map((value) => ({ value, title: questionNames[value] })) },
            }),
            {
              ...pronounsField,
              description: 'For these pronouns only. Empty: for all.',
            },
            defineField({
              ...languageField,
              description: 'Of the briefings it is for. Empty: the publication’s own.',
            }),
            defineField({ name: 'text', type: 'string', title: 'Wording' }),
            defineField({
              name: 'effectiveFrom',
              type: 'date',
              title: 'From',
              description: 'Briefings of this day and later print it.',
            }),
          ],
          preview: {
            select: { text: 'text', question: 'question', from: 'effectiveFrom' },
            prepare: ({ text, question, from }) => ({
              title: typeof text === 'string' ? text : 'No wording yet',
              subtitle: [question, typeof from === 'string' ? `from ${from}` : undefined]
                .filter((part) => typeof part === 'string')
                .join(' · '),
            }),
          },
        }),
      ],
      group: 'labels',
    }),
  ],
  preview: { select: { title: 'name', subtitle: 'description' } },
});
