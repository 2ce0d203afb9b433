import type { Country, LanguageTag } from '../../src/briefing/model.ts';
import { parseDocument } from '../../src/briefing/parse.ts';
import { labelIn } from '../../src/briefing/resolved.ts';
import { formerNames } from './former-names.ts';

/** The countries of the lake that could be printed, by name. */
export function countriesFrom(documents: readonly unknown[]): readonly Country[] {
  return documents
    .flatMap((document) => {
      const parsed = parseDocument(document);
      return parsed.ok && parsed.value.type === 'country' ? [parsed.value] : [];
    })
    .toSorted((one, other) => compare(fold(one.name.text), fold(other.name.text)));
}

/**
 * The countries that an editor may mean, the likeliest first: by name, word for the people, code,
 * names in other languages, and what they were called before.
 */
export function searchCountries(countries: readonly Country[], query: string): readonly Country[] {
  const wanted = fold(query.trim());
  if (wanted === '') return countries;
  return countries
    .map((country) => ({ country, rank: rankOf(country, wanted) }))
    .filter(({ rank }) => rank > 0)
    .toSorted((one, other) => other.rank - one.rank)
    .map(({ country }) => country);
}

/** What its people are called in a language, as printed. */
export function demonymIn(
  country: Country,
  inLanguage: { readonly language: LanguageTag; readonly publicationLanguage: LanguageTag },
): string {
  return labelIn(country.demonym, inLanguage.language, inLanguage.publicationLanguage).text;
}

/** What is said of a country's standing beside its name; null for a state of today. */
export const standing: Readonly<Record<Country['status'], string | null>> = {
  current: null,
  former: 'former state',
  contested: 'contested',
  none: 'no state',
};

function rankOf(country: Country, wanted: string): number {
  const code = fold(country.code);
  if (code === wanted) return 5;
  const own = [country.name.text, country.demonym.text].map(fold);
  if (own.some((word) => word.startsWith(wanted))) return 4;
  const others = [
    ...country.name.inOtherLanguages.map(({ text }) => text),
    ...country.demonym.inOtherLanguages.map(({ text }) => text),
    ...(formerNames[country.code] ?? []),
  ].map(fold);
  if (others.some((word) => word.startsWith(wanted))) return 3;
  if (
    [...own, ...others].some((word) => word.split(/[\s-]/).some((part) => part.startsWith(wanted)))
  ) {
    return 2;
  }
  return code.startsWith(wanted) || code.split('-').some((part) => part.startsWith(wanted)) ? 1 : 0;
}

/** Without case and marks, as people type when they search. */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
