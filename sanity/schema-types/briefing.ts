import { defineArrayMember, defineField, defineType } from 'sanity';
import { AgeInput } from '../inputs/age-input.tsx';
import { AnswerInput } from '../inputs/answer-input.tsx';
import { BriefingInput } from '../inputs/briefing-input.tsx';
import { CitationsInput } from '../inputs/citations-input.tsx';
import { IdentitiesInput } from '../inputs/identities-input.tsx';
import { QuestionField } from '../inputs/question-field.tsx';
import { ScoreInput } from '../inputs/score-input.tsx';
import { allFields } from './all-fields.ts';
import { briefingPreview } from './briefing-preview.ts';
import { citation } from './citation.ts';
import { correctionsField, retractionField } from './corrections.ts';
import { BriefingLanguageInput, PublishAtInput } from './fixed-once-live.tsx';
import { BriefingIcon, TeamIcon } from './icons.tsx';
import { languageField } from './language.ts';
import { notMerged } from './merged.ts';
import { pronounsField } from './pronouns.ts';
import { slugField } from './slug.ts';
import { rulesOfTheCore } from '../validation/rules-of-the-core.ts';

/** A briefing: its fields in the order in which they are printed. */
export const briefing = defineType({
  name: 'briefing',
  type: 'document',
  title: 'Briefing',
  icon: BriefingIcon,
  validation: rulesOfTheCore,
  components: { input: BriefingInput },
  groups: [
    allFields,
    { name: 'briefing', title: 'Basics', default: true },
    { name: 'answers', title: 'Answers' },
    { name: 'portrait', title: 'Portrait' },
    { name: 'sources', title: 'Sources' },
    { name: 'filing', title: 'Filing' },
    { name: 'later', title: 'Later' },
  ],
  fieldsets: [
    {
      name: 'translation',
      title: 'Language',
      options: { columns: 2 },
    },
  ],
  fields: [
    defineField({
      name: 'headline',
      type: 'string',
      title: 'Headline',
      description: 'Without the date; weekday and day are printed before it.',
      group: 'briefing',
    }),
    { ...slugField({ source: 'headline', under: '/briefings/…/' }), group: 'briefing' },
    defineField({
      name: 'date',
      type: 'date',
      title: 'Date',
      description: 'The day the briefing is of. Age, identities and roles are printed as of it.',
      options: { dateFormat: 'dddd, D MMMM YYYY' },
      group: 'briefing',
    }),
    defineField({
      name: 'person',
      type: 'reference',
      to: [{ type: 'person' }],
      title: 'Person',
      description: 'Whom the briefing is about. New people can be created from here.',
      options: notMerged,
      components: { field: QuestionField },
      group: ['briefing', 'answers'],
    }),
    defineField({
      name: 'summary',
      type: 'text',
      rows: 2,
      title: 'Summary',
      description:
        'One plain sentence for lists, feeds and search engines, at most 200 characters. Empty: the first sentence on why the person is in the news.',
      group: 'briefing',
    }),
    defineField({
      ...languageField,
      description: 'What the briefing is written in.',
      components: { input: BriefingLanguageInput },
      fieldset: 'translation',
      group: 'briefing',
    }),
    defineField({
      name: 'translationOf',
      type: 'reference',
      to: [{ type: 'briefing' }],
      weak: true,
      title: 'Translation of',
      description: 'The briefing this one was translated from. Each then links to the other.',
      fieldset: 'translation',
      group: 'briefing',
    }),
    {
      ...pronounsField,
      description: 'Only if this briefing is to differ from the person’s record.',
      group: 'answers',
    },
    defineField({
      name: 'identities',
      type: 'array',
      of: [defineArrayMember({ type: 'identity' })],
      title: 'Westphalian identity?',
      description:
        'Leave empty to print what the person’s record says for this date. Filled in, it stands for this briefing alone.',
      components: { field: QuestionField, input: IdentitiesInput },
      group: 'answers',
    }),
    defineField({
      name: 'age',
      type: 'object',
      title: 'Age?',
      description: 'Counted from the birth date to the date of the briefing.',
      fields: [
        defineField({ name: 'value', type: 'number', title: 'Printed age' }),
        defineField({
          name: 'reason',
          type: 'string',
          title: 'Reason',
          description:
            'Why it differs from the computed one. Readers see it behind the age: “as given: …”.',
        }),
      ],
      components: { field: QuestionField, input: AgeInput },
      group: 'answers',
    }),
    answer('whyInTheNews', 'Why in the news?', 'What happened, and when. One to three paragraphs.'),
    answer('whyWeCare', 'Why do we care?', 'Why this newsroom finds it worth a briefing.'),
    answer(
      'whyYouShouldCare',
      'Why should you care?',
      'What it means for the reader. It ends with the score.',
    ),
    defineField({
      name: 'score',
      type: 'object',
      title: 'Score',
      description: 'How much a reader should care, and about what. Printed as a sentence.',
      fields: [
        defineField({ name: 'value', type: 'number', title: 'Out of ten' }),
        defineField({
          name: 'about',
          type: 'string',
          title: 'About',
          placeholder: 'the next harvest',
          description: 'So that it reads well behind “about”, without a full stop.',
        }),
      ],
      components: { input: ScoreInput },
      group: 'answers',
    }),
    answer('whoElseCares', 'Who else cares?', 'People, institutions and places that are affected.'),
    answer(
      'furtherComments',
      'Any further comments?',
      'Optional. The question is left out where there is no answer.',
    ),
    defineField({
      name: 'portrait',
      type: 'portrait',
      title: 'Portrait',
      description: 'Only if this briefing is to show another picture than the person’s record.',
      group: 'portrait',
    }),
    defineField({
      name: 'citations',
      type: 'array',
      of: [citation],
      title: 'Sources',
      description:
        'What readers may want to check. In the answers, select the words a source supports and choose “Source”.',
      components: { input: CitationsInput },
      group: 'sources',
    }),
    defineField({
      name: 'byline',
      type: 'array',
      title: 'Byline',
      description: 'Who wrote it, in the order in which it is printed.',
      of: [bylineEntry()],
      group: 'filing',
    }),
    listOf('countries', 'country', 'Countries', 'Each lists the briefing on its page.'),
    listOf('topics', 'topic', 'Topics', 'Two or three at most serve readers best.', notMerged),
    defineField({
      name: 'related',
      type: 'array',
      title: 'Related briefings',
      description:
        'Chosen by hand these come first; the rest is chosen once, when the briefing is first published.',
      of: [
        defineArrayMember({
          type: 'reference',
          to: [{ type: 'briefing' }],
          weak: true,
          options: {
            filter: ({ document }) => ({
              filter: '!(_id in [$id, $draftId])',
              params: {
                id: document._id.replace(/^drafts\./, ''),
                draftId: `drafts.${document._id.replace(/^drafts\./, '')}`,
              },
            }),
          },
        }),
      ],
      group: 'filing',
    }),
    defineField({
      name: 'publishAt',
      type: 'datetime',
      title: 'Not before',
      description:
        'Until then nothing of it is on the site, although it is published here. Only for the first publication.',
      components: { input: PublishAtInput },
      group: 'later',
    }),
    defineField({
      name: 'unpublishAt',
      type: 'datetime',
      title: 'Take down at',
      description: 'From then on its page is gone and it leaves all lists. Rarely needed.',
      group: 'later',
    }),
    { ...correctionsField, group: 'later' },
    { ...retractionField, group: 'later' },
  ],
  orderings: [
    {
      name: 'newest',
      title: 'Date, newest first',
      by: [
        { field: 'date', direction: 'desc' },
        { field: '_createdAt', direction: 'desc' },
      ],
    },
    {
      name: 'oldest',
      title: 'Date, oldest first',
      by: [
        { field: 'date', direction: 'asc' },
        { field: '_createdAt', direction: 'asc' },
      ],
    },
    { name: 'headline', title: 'Headline', by: [{ field: 'headline', direction: 'asc' }] },
    { name: 'score', title: 'Score', by: [{ field: 'score.value', direction: 'desc' }] },
  ],
  preview: briefingPreview,
});

function answer(name: string, title: string, description: string) {
  return defineField({
    name,
    type: 'richText',
    title,
    description,
    components: { field: QuestionField, input: AnswerInput },
    group: 'answers',
  });
}

function listOf(
  name: string,
  type: string,
  title: string,
  description: string,
  options?: { readonly filter: string },
) {
  return defineField({
    name,
    type: 'array',
    title,
    description,
    of: [
      defineArrayMember({
        type: 'reference',
        to: [{ type }],
        ...(options === undefined ? {} : { options }),
      }),
    ],
    group: 'filing',
  });
}

function bylineEntry() {
  return defineArrayMember({
    type: 'object',
    name: 'bylineEntry',
    title: 'Line',
    icon: TeamIcon,
    fields: [
      defineField({
        name: 'contributor',
        type: 'reference',
        to: [{ type: 'team' }, { type: 'author' }],
        title: 'Team or author',
        options: notMerged,
      }),
      defineField({
        name: 'note',
        type: 'string',
        title: 'Described as',
        placeholder: 'a small group of London-based journalists',
        description: 'As it was printed behind the name that day. Empty: their description.',
      }),
    ],
    preview: {
      select: { name: 'contributor.name', note: 'note', media: 'contributor.logo.image' },
      prepare: ({ name, note, media }) => ({
        title: typeof name === 'string' ? name : 'Nobody chosen yet',
        ...(typeof note === 'string' ? { subtitle: note } : {}),
        media,
      }),
    },
  });
}
