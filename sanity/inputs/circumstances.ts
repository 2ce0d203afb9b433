import { ageOf } from '../../src/briefing/age.ts';
import { isCivilDate } from '../../src/briefing/calendar.ts';
import { questionLabels } from '../../src/briefing/labels/question-labels.ts';
import { languageFrom } from '../../src/briefing/language.ts';
import {
  type CivilDate,
  type LanguageTag,
  type PronounSet,
  pronounSets,
  type Question,
  type SiteSettings,
} from '../../src/briefing/model.ts';
import { parseDocument } from '../../src/briefing/parse.ts';
import { childOf } from '../../src/briefing/problem.ts';
import type { Age } from '../../src/briefing/resolved.ts';
import { type LintPerson, lintPersonOf } from '../../src/text/lint/manuscript.ts';
import type { LakeDocument } from './use-lake-document.ts';

/** What the inputs of a briefing need to know beside their own field, as far as it is known. */
export interface Circumstances {
  readonly date: CivilDate | null;
  readonly language: LanguageTag;
  readonly publicationLanguage: LanguageTag;
  readonly personId: string | null;
  readonly person: LakeDocument;
  /** Of the person's record, in whatever state it is; null while there is none. */
  readonly facts: LintPerson | null;
  readonly pronouns: PronounSet;
  /** The printed questions of this very briefing. */
  readonly questions: Readonly<Record<Question, string>>;
  /** Without an override; null while date or person are not known. */
  readonly computedAge: Age | null;
}

/** Gathers them from a briefing in any state, its person and the settings. */
export function circumstancesOf(given: {
  readonly briefing: unknown;
  readonly person: LakeDocument;
  readonly settings: LakeDocument;
}): Circumstances {
  const { briefing, person } = given;
  const settings = settingsOf(given.settings);
  const publicationLanguage = settings?.language ?? 'en';
  const language = languageFrom(textAt(briefing, 'language')) ?? publicationLanguage;
  const dateText = textAt(briefing, 'date');
  const date = isCivilDate(dateText) ? dateText : null;
  const facts = person.state === 'there' ? lintPersonOf(person.document) : null;
  const pronouns = pronounsIn(briefing) ?? pronounsOf(person);
  return {
    date,
    language,
    publicationLanguage,
    personId: personIdOf(briefing),
    person,
    facts,
    pronouns,
    questions: questionLabels({
      language,
      pronouns,
      // Without a date the newest labels are the likeliest.
      date: date ?? '2999-12-31',
      overrides: settings?.labelOverrides ?? [],
    }),
    computedAge: date === null || facts === null ? null : ageOf({ age: null, date }, facts),
  };
}

/** Whom a briefing is about, by the id of the published document. */
export function personIdOf(briefing: unknown): string | null {
  const id = childOf(childOf(briefing, 'person'), '_ref');
  return typeof id === 'string' && id !== '' ? id.replace(/^drafts\./, '') : null;
}

/** Settings that cannot be published override nothing on the site, and nothing here. */
function settingsOf(settings: LakeDocument): SiteSettings | null {
  if (settings.state !== 'there') return null;
  const parsed = parseDocument(settings.document);
  return parsed.ok && parsed.value.type === 'siteSettings' ? parsed.value : null;
}

function pronounsOf(person: LakeDocument): PronounSet {
  if (person.state !== 'there') return 'they';
  const own = pronounsIn(person.document);
  if (own !== null) return own;
  return childOf(person.document, 'kind') === 'organisation' ? 'it' : 'they';
}

function pronounsIn(document: unknown): PronounSet | null {
  const pronouns = childOf(document, 'pronouns');
  return pronounSets.find((set) => set === pronouns) ?? null;
}

function textAt(record: unknown, field: string): string {
  const text = childOf(record, field);
  return typeof text === 'string' ? text : '';
}
