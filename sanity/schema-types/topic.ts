import { defineField, defineType } from 'sanity';
import { TopicIcon } from './icons.tsx';
import { inOtherLanguages } from './language.ts';
import { mergedIntoField } from './merged.ts';
import { slugField } from './slug.ts';
import { rulesOfTheCore } from '../validation/rules-of-the-core.ts';

/** What briefings have in common; a topic without a live briefing has no page. */
export const topic = defineType({
  name: 'topic',
  type: 'document',
  title: 'Topic',
  icon: TopicIcon,
  validation: rulesOfTheCore,
  fields: [
    mergedIntoField('topic'),
    defineField({
      name: 'title',
      type: 'string',
      title: 'Title',
      description: 'A word or two, as readers would say it.',
    }),
    slugField({ source: 'title', under: '/topics/…/' }),
    defineField({
      name: 'description',
      type: 'text',
      rows: 3,
      title: 'Description',
      description: 'One sentence, printed on its page.',
    }),
    inOtherLanguages('titleInOtherLanguages', 'Title in other languages'),
  ],
  orderings: [{ name: 'title', title: 'Title', by: [{ field: 'title', direction: 'asc' }] }],
  preview: {
    select: { title: 'title', text: 'description', merged: 'mergedInto.title' },
    prepare: ({ title, text, merged }) => ({
      title: typeof title === 'string' && title !== '' ? title : 'No title yet',
      subtitle: typeof merged === 'string' ? `Merged into ${merged}` : text,
    }),
  },
});
