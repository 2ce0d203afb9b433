import { defineField, defineType } from 'sanity';
import { TeamIcon } from './icons.tsx';
import { inOtherLanguages } from './language.ts';
import { linksField } from './links.ts';
import { mergedIntoField } from './merged.ts';
import { slugField } from './slug.ts';
import { rulesOfTheCore } from '../validation/rules-of-the-core.ts';

/** Who writes briefings together; a team has a page of its own. */
export const team = defineType({
  name: 'team',
  type: 'document',
  title: 'Team',
  icon: TeamIcon,
  validation: rulesOfTheCore,
  fields: [
    mergedIntoField('team'),
    defineField({
      name: 'name',
      type: 'string',
      title: 'Name',
      description: 'As it stands in the byline.',
    }),
    slugField({ source: 'name', under: '/teams/…/' }),
    defineField({
      name: 'description',
      type: 'text',
      rows: 3,
      title: 'Description',
      description: 'Who they are, for readers; printed on their page and behind the byline.',
    }),
    linksField('How to reach them, and where else they are.'),
    defineField({ name: 'logo', type: 'portrait', title: 'Logo' }),
    inOtherLanguages('nameInOtherLanguages', 'Name in other languages'),
  ],
  orderings: [{ name: 'name', title: 'Name', by: [{ field: 'name', direction: 'asc' }] }],
  preview: {
    select: { name: 'name', text: 'description', media: 'logo.image', merged: 'mergedInto.name' },
    prepare: ({ name, text, media, merged }) => ({
      title: typeof name === 'string' && name !== '' ? name : 'No name yet',
      subtitle: typeof merged === 'string' ? `Merged into ${merged}` : text,
      media,
    }),
  },
});
