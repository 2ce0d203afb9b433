import { defineField } from 'sanity';
import { LanguageInput } from './language-input.tsx';

/**
 * A language, chosen by its English name and kept as a tag. The list helps to choose and is no rule:
 * a tag that came another way is as good.
 */
export const languageField = {
  name: 'language',
  type: 'string',
  title: 'Language',
  components: { input: LanguageInput },
} as const;

/** What something is called in other languages, as an entry of a list for each. */
export function inOtherLanguages(name: string, title: string) {
  return defineField({
    name,
    title,
    type: 'array',
    description:
      'For briefings in another language. Where one is missing, the publication’s own word is printed.',
    of: [
      {
        type: 'object',
        name: 'translation',
        title: 'Translation',
        fields: [
          defineField({ ...languageField }),
          defineField({ name: 'text', type: 'string', title: 'Text' }),
        ],
        preview: { select: { title: 'text', subtitle: 'language' } },
      },
    ],
    options: { sortable: false },
  });
}
