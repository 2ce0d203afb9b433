import { defineField, defineType } from 'sanity';
import { CountryIcon } from './icons.tsx';
import { fromField, untilField } from './period.ts';

/** A Westphalian identity: a country, and what its people are called. */
export const identity = defineType({
  name: 'identity',
  type: 'object',
  title: 'Identity',
  icon: CountryIcon,
  fields: [
    defineField({
      name: 'country',
      type: 'reference',
      to: [{ type: 'country' }],
      title: 'Country',
      description: 'Current or former states, contested ones, and entries for the stateless.',
    }),
    defineField({
      name: 'demonym',
      type: 'string',
      title: 'Printed as',
      description: 'Only if it differs from the country’s own word: “Prussian” for Germany.',
    }),
    defineField({
      name: 'note',
      type: 'string',
      title: 'Note',
      description: 'Printed small behind it: “by birth”, “by passport”.',
    }),
    fromField,
    untilField,
  ],
  preview: {
    select: {
      country: 'country.name',
      people: 'country.demonym',
      demonym: 'demonym',
      note: 'note',
      from: 'from',
      until: 'until',
    },
    prepare: ({ country, people, demonym, note, from, until }) => ({
      title:
        [demonym, people, country].find((text) => typeof text === 'string') ?? 'No country yet',
      subtitle: [country, note, period(from, until)]
        .filter((text) => typeof text === 'string' && text !== '')
        .join(' · '),
    }),
  },
});

function period(from: unknown, until: unknown): string {
  if (typeof from !== 'string' && typeof until !== 'string') return '';
  return `${typeof from === 'string' ? from : ''}–${typeof until === 'string' ? until : ''}`;
}
