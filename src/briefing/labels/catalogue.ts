import type {
  CivilDate,
  CivilMonth,
  Correction,
  LanguageTag,
  PronounSet,
  Question,
  Score,
} from '../model.ts';
import type { Age } from '../resolved.ts';

/**
 * Every word that the publication prints and no editor wrote, in one language. A message is whole:
 * what varies is an argument, so that a language can put it where it belongs; nothing is glued
 * together outside. Adding a language is adding one file beside `en.ts` and its line in
 * `catalogue-for.ts`.
 */
export interface Catalogue extends Labels, Frame {
  readonly language: LanguageTag;
}

/** Words of an issue itself, which its plain text has too. */
export interface Labels {
  /** The printed questions; a message for each pronoun set, as verbs agree with it. */
  readonly questions: Readonly<Record<Question, Readonly<Record<PronounSet, string>>>>;
  /** January first. */
  readonly monthNames: readonly string[];
  /** Sunday first. */
  readonly weekdayNames: readonly string[];
  /** A day of the month in a heading: “24th”. */
  ordinal(day: number): string;
  /** “Tuesday (November 24th)”: the dateline of an issue, without its year. */
  dateline(date: CivilDate): string;
  /** “Tuesday (November 24th): The headline” */
  heading(issue: { readonly date: CivilDate; readonly headline: string }): string;
  age(age: Age): string;
  /** The sentence that states the score where the prose has none. */
  scoreSentence(score: Score): string;
}

/** Words of the frame around an issue. */
export interface Frame {
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
  readonly nothingYet: Message;
  readonly notFound: Message;
  readonly gone: Message;
  readonly moved: Message;
  readonly goHome: string;
  readonly seeArchive: string;
  /** “23 November 2026” */
  date(date: CivilDate): string;
  /** “November 2026” */
  month(month: CivilMonth): string;
  /** “November” */
  monthName(month: CivilMonth): string;
  ageOverridden(reason: string): string;
  /** Read aloud instead of “7/10”. */
  scoreInWords(value: number): string;
  /** “about …” */
  scoreAbout(about: string): string;
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

interface Message {
  readonly title: string;
  readonly text: string;
}
