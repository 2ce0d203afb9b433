import type {
  Author,
  Briefing,
  Country,
  DocumentId,
  Instant,
  Label,
  LanguageTag,
  Person,
  Portrait,
  PronounSet,
  Question,
  SiteSettings,
  Team,
  Topic,
} from './model.ts';

/** A root-relative public path, such as `/briefings/a-slug/` or `/v1/index.json`. */
export type Path = `/${string}`;

/** What the publication is, for every page: the settings document and the stage's own configuration. */
export interface Publication {
  readonly settings: SiteSettings;
  /** `https://…` without a trailing slash; a stage's configuration, not content. */
  readonly baseUrl: string;
  /** Authority of the `tag:` URIs of feeds, fixed at set-up: `example.org,2026`. */
  readonly tagAuthority: string;
}

/** One line of a list: all that a list ever needs of a briefing, so that it never needs the document. */
export interface Card {
  readonly id: DocumentId;
  readonly path: Path;
  readonly language: LanguageTag;
  readonly date: string;
  readonly headline: string;
  readonly summary: string;
  readonly personId: DocumentId;
  readonly personName: string;
  readonly score: number | null;
  readonly retracted: boolean;
  readonly publishedAt: Instant;
  readonly modifiedAt: Instant;
}

/**
 * What a page may show of another briefing it links to. Nothing more: a change of anything else
 * there must not touch this page, or one edit would fan out over the archive.
 */
export type LinkedBriefing = Pick<Card, 'id' | 'path' | 'language' | 'date' | 'headline'>;

/** The documents a briefing is joined with, by id; a reference that is not there is not in the map. */
export interface References {
  readonly people: ReadonlyMap<DocumentId, Person>;
  readonly countries: ReadonlyMap<DocumentId, Country>;
  readonly teams: ReadonlyMap<DocumentId, Team>;
  readonly authors: ReadonlyMap<DocumentId, Author>;
  readonly topics: ReadonlyMap<DocumentId, Topic>;
}

/** What the publication's own history says of a briefing. */
export interface BriefingHistory {
  readonly publishedAt: Instant;
  /** Chosen once, at first publication. */
  readonly related: readonly LinkedBriefing[];
  /** Live translations (the original among them), without the briefing itself, by language. */
  readonly translations: readonly LinkedBriefing[];
  /** Addresses of live briefings among `mentionedIds`; what is absent prints unlinked. */
  readonly mentioned: ReadonlyMap<DocumentId, Path>;
  /** Address of the person's page. */
  readonly personPath: Path | null;
}

/** How old somebody was on the briefing's date. */
export type Age =
  | { readonly kind: 'exact'; readonly years: number }
  /** Birth known to the year or month only: “68 or 69”. */
  | { readonly kind: 'between'; readonly from: number; readonly to: number }
  | {
      readonly kind: 'died';
      readonly at: { readonly from: number; readonly to: number } | null;
      readonly on: string;
    }
  | {
      readonly kind: 'override';
      readonly years: number;
      readonly reason: string;
      readonly computed: Age | null;
    }
  | { readonly kind: 'unknown' }
  /** Organisations and groups. */
  | { readonly kind: 'not-applicable' };

/** A briefing joined with everything its page shows: the renderer's only input besides the publication. */
export interface ResolvedBriefing {
  readonly briefing: Briefing;
  readonly person: Person;
  readonly personName: string;
  /** As every `textLanguage`: there only when the text is a fallback, not in the briefing's language. */
  readonly personNameLanguage?: LanguageTag;
  readonly personPath: Path | null;
  readonly pronouns: PronounSet;
  readonly age: Age;
  /** On the briefing's date: override, or the person's identities by period. */
  readonly identities: readonly {
    readonly countryId: DocumentId;
    readonly code: string;
    readonly demonym: string;
    readonly textLanguage?: LanguageTag;
    readonly note: string | null;
  }[];
  /** Roles on the briefing's date. */
  readonly roles: readonly string[];
  readonly portrait: Portrait | null;
  readonly labels: Readonly<Record<Question, string>>;
  readonly byline: readonly {
    readonly kind: 'team' | 'author';
    readonly id: DocumentId;
    readonly name: string;
    /** Of the name; a description is always in the publication's language. */
    readonly textLanguage?: LanguageTag;
    readonly description: string | null;
    readonly note: string | null;
  }[];
  readonly countries: readonly {
    readonly id: DocumentId;
    readonly code: string;
    readonly name: string;
    readonly textLanguage?: LanguageTag;
  }[];
  readonly topics: readonly {
    readonly id: DocumentId;
    readonly slug: string;
    readonly title: string;
    readonly textLanguage?: LanguageTag;
  }[];
  readonly publishedAt: Instant;
  /** The latest of `publishedAt`, `corrections[].at`, `retraction.at`. */
  readonly modifiedAt: Instant;
  readonly related: readonly LinkedBriefing[];
  readonly translations: readonly LinkedBriefing[];
  readonly mentioned: ReadonlyMap<DocumentId, Path>;
}

/** The text of a label in a language, and the language it really is in (for `lang` on a fallback). */
export function labelIn(
  label: Label,
  language: LanguageTag,
  publicationLanguage: LanguageTag,
): { readonly text: string; readonly language: LanguageTag } {
  const other = label.inOtherLanguages.find((each) => each.language === language);
  return other ?? { text: label.text, language: publicationLanguage };
}
