import type { LanguageTag } from '../model.ts';
import type { Catalogue } from './catalogue.ts';
import { english } from './en.ts';

/** The catalogue of a language: its own, else that of the language without its region, else English. */
export function catalogueFor(language: LanguageTag): Catalogue {
  const [primary = language] = language.split('-');
  return catalogues.get(language) ?? catalogues.get(primary) ?? english;
}

const catalogues: ReadonlyMap<LanguageTag, Catalogue> = new Map(
  [english].map((catalogue) => [catalogue.language, catalogue]),
);
