import type { PersonDocument } from '../document.ts';
import type { Problem } from '../model.ts';
import { portraitProblems } from '../portrait.ts';
import { entryPath, error, joinPath, warning } from '../problem.ts';
import { textOrNull } from '../unicode.ts';
import { identitiesAreWhole } from './identity-rules.ts';
import { linksHaveAddresses } from './link-rules.ts';
import { notMergedIntoItself } from './merge-rules.ts';
import { isBefore, periodIsForward } from './period-rules.ts';
import { required } from './required-fields.ts';

/** What is said of a person's record. */
export function personProblems(document: PersonDocument): Problem[] {
  return personRules.flatMap((rule) => rule(document));
}

const personRules: readonly ((document: PersonDocument) => Problem[])[] = [
  (document) => identitiesAreWhole(document.identities, 'identities'),
  (document) =>
    (document.roles ?? []).flatMap((role, index) => {
      const path = entryPath('roles', role, index);
      return textOrNull(role.title) === null
        ? [
            required(
              joinPath(path, 'title'),
              'The role has no title.',
              'Write the title, such as President.',
            ),
          ]
        : periodIsForward(role, path);
    }),
  nativeNameIsWhole,
  diedAfterBirth,
  (document) =>
    document.portrait === undefined ? [] : portraitProblems(document.portrait, 'portrait'),
  linksHaveAddresses,
  notMergedIntoItself,
  personHasWhatItShould,
];

function nativeNameIsWhole({ nativeName }: PersonDocument): Problem[] {
  const text = textOrNull(nativeName?.text);
  if ((text === null) === (nativeName?.language === undefined)) return [];
  const field = text === null ? 'text' : 'language';
  return [
    required(
      `nativeName.${field}`,
      `The native name has no ${field}.`,
      'Give both the name and its language, or clear the field.',
    ),
  ];
}

function diedAfterBirth({ born, died }: PersonDocument): Problem[] {
  if (born === undefined || died === undefined || !isBefore(died, born)) return [];
  return [
    error({
      code: 'period-reversed',
      path: 'died',
      message: `The person died (${died}) before being born (${born}).`,
      fix: 'Correct one of the two dates.',
    }),
  ];
}

function personHasWhatItShould(document: PersonDocument): Problem[] {
  if (document.mergedInto !== undefined) return [];
  const isIndividual = (document.kind ?? 'individual') === 'individual';
  const advised: readonly [missing: boolean, path: string, message: string, fix: string][] = [
    [
      isIndividual && document.pronouns === undefined,
      'pronouns',
      'No pronouns are chosen; the labels say “they”.',
      'Choose the pronouns the person uses.',
    ],
    [
      isIndividual && document.born === undefined,
      'born',
      'The birth date is not known, so no age is printed.',
      'Write what is known of it: a year is enough.',
    ],
    [
      isIndividual && (document.identities ?? []).length === 0,
      'identities',
      'The person has no Westphalian identity.',
      'Choose at least one country; there are entries for the stateless.',
    ],
    [
      document.portrait === undefined,
      'portrait',
      'The person has no portrait.',
      'Add a picture with its credit and licence.',
    ],
  ];
  return advised
    .filter(([missing]) => missing)
    .map(([, path, message, fix]) => warning({ code: 'recommended', path, message, fix }));
}
