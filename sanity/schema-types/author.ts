import { defineField, defineType } from 'sanity';
import { AuthorIcon } from './icons.tsx';
import { inOtherLanguages } from './language.ts';
import { linksField } from './links.ts';
import { mergedIntoField } from './merged.ts';
import { rulesOfTheCore } from '../validation/rules-of-the-core.ts';

/** Who writes briefings alone. An author stands in bylines and has no page. */
export const author = defineType({
  name: 'author',
  type: 'document',
  title: 'Author',
  icon: AuthorIcon,
  validation: rulesOfTheCore,
  fields: [
    mergedIntoField('author'),
    defineField({
      name: 'name',
      type: 'string',
      title: 'Name',
      description: 'As it stands in the byline.',
    }),
    defineField({
      name: 'description',
      type: 'text',
      rows: 3,
      title: 'Description',
      description: 'In a sentence, for readers; printed behind the byline.',
    }),
    linksField('Where else they write.'),
    defineField({ name: 'portrait', type: 'portrait', title: 'Portrait' }),
    inOtherLanguages('nameInOtherLanguages', 'Name in other languages'),
  ],
  orderings: [{ name: 'name', title: 'Name', by: [{ field: 'name', direction: 'asc' }] }],
  preview: {
    select: {
      name: 'name',
      text: 'description',
      media: 'portrait.image',
      merged: 'mergedInto.name',
    },
    prepare: ({ name, text, media, merged }) => ({
      title: typeof name === 'string' && name !== '' ? name : 'No name yet',
      subtitle: typeof merged === 'string' ? `Merged into ${merged}` : text,
      media,
    }),
  },
});
