import { defineField, defineType } from 'sanity';
import { CountryIcon } from './icons.tsx';
import { inOtherLanguages } from './language.ts';
import { slugField } from './slug.ts';
import { rulesOfTheCore } from '../validation/rules-of-the-core.ts';

/** A country as this publication calls it. Names are ours, never a library's. */
export const country = defineType({
  name: 'country',
  type: 'document',
  title: 'Country',
  icon: CountryIcon,
  validation: rulesOfTheCore,
  fields: [
    defineField({
      name: 'name',
      type: 'string',
      title: 'Name',
      description: 'As this publication calls it.',
    }),
    defineField({
      name: 'demonym',
      type: 'string',
      title: 'Its people',
      placeholder: 'Kazakh',
      description: 'Printed as the Westphalian identity.',
    }),
    defineField({
      name: 'code',
      type: 'string',
      title: 'Code',
      placeholder: 'KZ',
      description:
        'ISO 3166 in capitals, also of former states (SU); XK for Kosovo; our own begin with X-, such as X-STATELESS.',
    }),
    slugField({ source: 'name', under: '/countries/…/' }),
    defineField({
      name: 'status',
      type: 'string',
      title: 'Status',
      options: {
        list: [
          { title: 'A state today', value: 'current' },
          { title: 'A former state', value: 'former' },
          { title: 'Contested', value: 'contested' },
          { title: 'None, such as stateless', value: 'none' },
        ],
        layout: 'radio',
      },
      initialValue: 'current',
    }),
    inOtherLanguages('nameInOtherLanguages', 'Name in other languages'),
    inOtherLanguages('demonymInOtherLanguages', 'Its people in other languages'),
  ],
  orderings: [
    { name: 'name', title: 'Name', by: [{ field: 'name', direction: 'asc' }] },
    { name: 'code', title: 'Code', by: [{ field: 'code', direction: 'asc' }] },
  ],
  preview: {
    select: { name: 'name', demonym: 'demonym', code: 'code', status: 'status' },
    prepare: ({ name, demonym, code, status }) => ({
      title: typeof name === 'string' && name !== '' ? name : 'No name yet',
      subtitle: [code, demonym, status === 'current' ? undefined : status]
        .filter((part) => typeof part === 'string')
        .join(' · '),
    }),
  },
});
