import type { LanguageTag } from '../../briefing/model.ts';
import { en } from './en.ts';
import type { Words } from './words.ts';

/**
 * The frame's words in a language, or in the nearest there is: `pt` for `pt-BR`, else English,
 * whose `language` then says so, for the `lang` attribute. A new language is one file and one line.
 */
export function wordsIn(language: LanguageTag): Words {
  return catalogues.get(language) ?? catalogues.get(language.split('-', 1)[0] ?? '') ?? en;
}

const catalogues = new Map([en].map((words) => [words.language, words]));
