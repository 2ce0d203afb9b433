import { defineArrayMember, defineField, defineType } from 'sanity';
import { IdentitiesInput } from '../inputs/identities-input.tsx';
import { allFields } from './all-fields.ts';
import { PersonIcon } from './icons.tsx';
import { inOtherLanguages, languageField } from './language.ts';
import { linksField } from './links.ts';
import { mergedIntoField } from './merged.ts';
import { fromField, untilField } from './period.ts';
import { pronounsField } from './pronouns.ts';
import { slugField } from './slug.ts';
import { rulesOfTheCore } from '../validation/rules-of-the-core.ts';

/** Whom briefings are about: a person, an organisation or a group. */
export const person = defineType({
  name: 'person',
  type: 'document',
  title: 'Person',
  icon: PersonIcon,
  validation: rulesOfTheCore,
  groups: [
    allFields,
    { name: 'who', title: 'Who', default: true },
    { name: 'life', title: 'Life' },
    { name: 'portrait', title: 'Portrait' },
    { name: 'elsewhere', title: 'Names and links' },
  ],
  fieldsets: [{ name: 'dates', title: 'Born and died', options: { columns: 2 } }],
  fields: [
    { ...mergedIntoField('person'), group: 'who' },
    defineField({
      name: 'name',
      type: 'string',
      title: 'Name',
      description: 'As it is printed: “Fridtjof Nansen”.',
      group: 'who',
    }),
    { ...slugField({ source: 'name', under: '/people/…/' }), group: 'who' },
    defineField({
      name: 'kind',
      type: 'string',
      title: 'Kind',
      description: 'Organisations and groups have no age, and their questions read differently.',
      options: {
        list: [
          { title: 'One person', value: 'individual' },
          { title: 'An organisation', value: 'organisation' },
          { title: 'A group of people', value: 'group' },
        ],
        layout: 'radio',
        direction: 'horizontal',
      },
      initialValue: 'individual',
      group: 'who',
    }),
    {
      ...pronounsField,
      description: 'The questions agree with them: “Why is she in the news?”',
      group: 'who',
    },
    defineField({
      name: 'born',
      type: 'string',
      title: 'Born',
      placeholder: '1957, 1957-05 or 1957-05-16',
      description: 'As exactly as is known. Age is counted from it.',
      hidden: ({ document }) => isNoIndividual(document),
      fieldset: 'dates',
      group: 'life',
    }),
    defineField({
      name: 'died',
      type: 'string',
      title: 'Died',
      placeholder: '2019, 2019-03 or 2019-03-20',
      hidden: ({ document }) => isNoIndividual(document),
      fieldset: 'dates',
      group: 'life',
    }),
    defineField({
      name: 'identities',
      type: 'array',
      of: [defineArrayMember({ type: 'identity' })],
      title: 'Westphalian identities',
      description:
        'Several at once, or one after another with dates. A briefing prints what held on its date.',
      components: { input: IdentitiesInput },
      group: 'life',
    }),
    defineField({
      name: 'roles',
      type: 'array',
      title: 'Roles',
      description: 'Offices and titles, with dates; a briefing prints those of its date.',
      of: [
        defineArrayMember({
          type: 'object',
          name: 'role',
          title: 'Role',
          fieldsets: [{ name: 'period', title: 'When', options: { columns: 2 } }],
          fields: [
            defineField({
              name: 'title',
              type: 'string',
              title: 'Title',
              placeholder: 'President',
            }),
            { ...fromField, fieldset: 'period' },
            { ...untilField, fieldset: 'period' },
            inOtherLanguages('titleInOtherLanguages', 'Title in other languages'),
          ],
          preview: {
            select: { title: 'title', from: 'from', until: 'until' },
            prepare: ({ title, from, until }) => ({
              title: typeof title === 'string' ? title : 'No title yet',
              subtitle:
                from === undefined && until === undefined ? '' : `${from ?? ''}–${until ?? ''}`,
            }),
          },
        }),
      ],
      group: 'life',
    }),
    defineField({
      name: 'portrait',
      type: 'portrait',
      title: 'Portrait',
      description: 'Shown by every briefing about them that has none of its own.',
      group: 'portrait',
    }),
    defineField({
      name: 'sortName',
      type: 'string',
      title: 'Name in lists',
      placeholder: 'Nansen, Fridtjof',
      description: 'Under what readers would look for it. Empty: the name as it is printed.',
      group: 'elsewhere',
    }),
    defineField({
      name: 'nativeName',
      type: 'object',
      title: 'Native name',
      description: 'In its own script, if that is not the publication’s.',
      options: { columns: 2 },
      fields: [
        defineField({ name: 'text', type: 'string', title: 'Name' }),
        defineField({ ...languageField }),
      ],
      group: 'elsewhere',
    }),
    defineField({
      name: 'alsoKnownAs',
      type: 'array',
      of: [defineArrayMember({ type: 'string' })],
      title: 'Also known as',
      description: 'Other names and spellings; search finds the person by them.',
      group: 'elsewhere',
    }),
    { ...inOtherLanguages('nameInOtherLanguages', 'Name in other languages'), group: 'elsewhere' },
    {
      ...linksField('Wikidata first: it tells machines who is meant.'),
      group: 'elsewhere',
    },
  ],
  orderings: [
    { name: 'name', title: 'Name in lists', by: [{ field: 'sortName', direction: 'asc' }] },
    { name: 'printedName', title: 'Name', by: [{ field: 'name', direction: 'asc' }] },
    { name: 'recent', title: 'Edited last', by: [{ field: '_updatedAt', direction: 'desc' }] },
  ],
  preview: {
    select: {
      name: 'name',
      media: 'portrait.image',
      role: 'roles.0.title',
      born: 'born',
      died: 'died',
      kind: 'kind',
      merged: 'mergedInto.name',
    },
    prepare: ({ name, media, role, born, died, kind, merged }) => ({
      title: typeof name === 'string' && name !== '' ? name : 'No name yet',
      subtitle:
        typeof merged === 'string'
          ? `Merged into ${merged}`
          : [years({ born, died, kind }), role]
              .filter((part) => typeof part === 'string')
              .join(' · '),
      media,
    }),
  },
});

function isNoIndividual(document: Readonly<Record<string, unknown>> | undefined): boolean {
  return document?.['kind'] === 'organisation' || document?.['kind'] === 'group';
}

function years({
  born,
  died,
  kind,
}: Readonly<Record<'born' | 'died' | 'kind', unknown>>): string | undefined {
  const [from, until] = [yearOf(born), yearOf(died)];
  if (from !== undefined && until !== undefined) return `${from}–${until}`;
  if (until !== undefined) return `died ${until}`;
  if (from === undefined) return undefined;
  return kind === 'organisation' || kind === 'group' ? `since ${from}` : `born ${from}`;
}

function yearOf(date: unknown): string | undefined {
  return typeof date === 'string' ? date.slice(0, 4) : undefined;
}
