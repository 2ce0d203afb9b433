import type {
  CivilDate,
  CivilMonth,
  Correction,
  LanguageTag,
  PartialDate,
  PronounSet,
  Question,
  Score,
} from '../model.ts';
import type { Age } from '../resolved.ts';

/**
 * Every word that a page prints and no editor wrote, in one language. A message is whole: what
 * varies is an argument, so that a language can put it where it belongs; nothing is glued together
 * outside. Adding a language is adding one file beside `en.ts` and its line in `catalogue-for.ts`.
 */
export interface Catalogue {
  readonly language: LanguageTag;
  /** What the language calls itself. */
  readonly autonym: string;
  readonly questions: Readonly<Record<Question, Readonly<Record<PronounSet, string>>>>;

  /** January first. */
  readonly months: readonly string[];
  /** Sunday first. */
  readonly weekdays: readonly string[];
  /** A day of the month in a heading, such as “24th”. */
  readonly ordinal: (day: number) => string;
  /** The heading of an issue, such as “Tuesday (November 24th): The headline”. */
  readonly heading: (parts: {
    readonly weekday: string;
    readonly month: string;
    readonly day: string;
    readonly headline: string;
  }) => string;
  /** A whole date with its year. */
  readonly date: (date: CivilDate) => string;
  /** A date as far as it is known. */
  readonly partialDate: (date: PartialDate) => string;
  /** A month with its year. */
  readonly month: (month: CivilMonth) => string;

  readonly age: (age: Age) => string;
  /** Several as one phrase, such as “American and Israeli”. */
  readonly list: (words: readonly string[]) => string;
  /** The score as it is seen, such as “7/10 about …”. */
  readonly score: (score: Score) => string;
  /** The score as it is heard. */
  readonly spokenScore: (score: Score) => string;
  readonly briefings: (count: number) => string;
  readonly byline: (names: readonly string[]) => string;

  readonly correctionKinds: Readonly<Record<Correction['kind'], string>>;
  /** The title of a correction, such as “Correction, November 25, 2026”. */
  readonly correctionTitle: (kind: Correction['kind'], date: CivilDate) => string;
  readonly publishedOn: (date: CivilDate) => string;
  readonly modifiedOn: (date: CivilDate) => string;
  readonly retracted: string;
  readonly retractedOn: (date: CivilDate) => string;

  /** Titles of the parts of a page. */
  readonly sections: Readonly<
    Record<
      | 'sources'
      | 'corrections'
      | 'related'
      | 'topics'
      | 'countries'
      | 'translations'
      | 'byline'
      | 'score'
      | 'roles'
      | 'alsoKnownAs'
      | 'nativeName'
      | 'links'
      | 'briefings'
      | 'latest'
      | 'facts',
      string
    >
  >;
  /** Words of the way through the site. */
  readonly navigation: Readonly<
    Record<
      | 'skipToContent'
      | 'site'
      | 'home'
      | 'archive'
      | 'people'
      | 'countries'
      | 'topics'
      | 'teams'
      | 'search'
      | 'feeds'
      | 'jsonFeed'
      | 'rssFeed'
      | 'atomFeed'
      | 'plainText'
      | 'json'
      | 'newer'
      | 'older'
      | 'allMonths',
      string
    >
  >;

  readonly sourceNumber: (number: number) => string;
  readonly backToText: (number: number) => string;
  readonly accessedOn: (date: CivilDate) => string;
  readonly archivedCopy: string;
  readonly opensBriefing: string;

  readonly picture: (parts: { readonly credit: string; readonly licence: string }) => string;
  readonly licensedUnder: (licence: string) => string;
  readonly acquire: string;

  /** Titles of lists. */
  readonly archiveOf: (month: CivilMonth) => string;
  readonly briefingsAbout: (name: string) => string;
  readonly noBriefings: string;

  readonly notFound: { readonly title: string; readonly text: string };
  readonly gone: { readonly title: string; readonly text: string };
  readonly moved: { readonly title: string; readonly text: string };
}
