import type {
  CivilDate,
  CivilMonth,
  Correction,
  LanguageTag,
  Score,
} from '../../briefing/model.ts';
import type { Age } from '../../briefing/resolved.ts';

/**
 * What the frame of a page says, in one language. The questions have a catalogue of their own;
 * nothing here is ever glued together from parts: a sentence with something in it is a function.
 */
export interface Words {
  readonly language: LanguageTag;
  readonly skipToContent: string;
  readonly home: string;
  readonly archive: string;
  readonly latest: string;
  readonly months: string;
  readonly sources: string;
  readonly related: string;
  readonly translations: string;
  readonly otherFormats: string;
  readonly feeds: string;
  readonly topics: string;
  readonly countries: string;
  readonly retraction: string;
  readonly retracted: string;
  readonly corrections: string;
  readonly correctionKinds: Readonly<Record<Correction['kind'], string>>;
  readonly plainText: string;
  readonly unknownIdentity: string;
  readonly alsoKnownAs: string;
  readonly years: string;
  readonly links: string;
  readonly licence: string;
  readonly archivedCopy: string;
  readonly nothingYet: { readonly title: string; readonly text: string };
  readonly notFound: { readonly title: string; readonly text: string };
  readonly gone: { readonly title: string; readonly text: string };
  readonly moved: { readonly title: string; readonly text: string };
  readonly goHome: string;
  readonly seeArchive: string;
  /** “Monday (November 23rd)”: the printed dateline, without its year. */
  dateline(date: CivilDate): string;
  /** “23 November 2026” */
  date(date: CivilDate): string;
  /** “November 2026” */
  month(month: CivilMonth): string;
  /** “November” */
  monthName(month: CivilMonth): string;
  age(age: Age): string;
  ageOverridden(reason: string): string;
  /** Read aloud instead of “7/10”. */
  scoreInWords(value: number): string;
  /** “about …” */
  scoreAbout(about: string): string;
  /** The sentence that states the score where the prose has none. */
  scoreSentence(score: Score): string;
  by(names: readonly string[]): readonly [before: string, between: string, last: string];
  accessedOn(date: CivilDate): string;
  backToText(number: number, occurrence: number): string;
  sourceNumber(number: number): string;
  correctedOn(date: CivilDate): string;
  publishedOn(date: CivilDate): string;
  modifiedOn(date: CivilDate): string;
  retractedOn(date: CivilDate): string;
  goneSince(date: CivilDate): string;
  credit(name: string): string;
  archiveOf(month: CivilMonth): string;
  briefingsAbout(name: string): string;
  briefingsIn(year: number): string;
  briefingsAboutIn(name: string, year: number): string;
}
