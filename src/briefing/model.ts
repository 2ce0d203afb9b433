/**
 * The domain: what a document of the content lake becomes once it has been parsed.
 * Wire shapes (as fetched, all fields doubtful) live in `document.ts`; nothing here is doubtful.
 */

/** A published document's id in the content lake: never `drafts.…` or `versions.…`. */
export type DocumentId = string;
/** A civil date, `YYYY-MM-DD`, in the publication's calendar. */
export type CivilDate = string;
/** A civil month, `YYYY-MM`. */
export type CivilMonth = string;
/** A UTC instant with milliseconds, `YYYY-MM-DDTHH:mm:ss.sssZ`; compares as text. */
export type Instant = string;
/** A BCP 47 language tag such as `en`, `ar` or `zh-Hant`. */
export type LanguageTag = string;
/** A partial date: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
export type PartialDate = string;

/** The types of document the publication is made of. */
export const documentTypes = [
  'briefing',
  'person',
  'country',
  'team',
  'author',
  'topic',
  'redirect',
  'siteSettings',
] as const;
export type DocumentType = (typeof documentTypes)[number];

/** What every parsed document carries of its revision in the lake. */
export interface Revised<Type extends DocumentType> {
  readonly type: Type;
  readonly id: DocumentId;
  readonly rev: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** Text in the publication's language, with what it is called in others. */
export interface Label {
  readonly text: string;
  readonly inOtherLanguages: readonly { readonly language: LanguageTag; readonly text: string }[];
}

/** The pronoun sets a label can agree with. */
export const pronounSets = ['he', 'she', 'it', 'they'] as const;
export type PronounSet = (typeof pronounSets)[number];

/** The printed questions, in their order; the keys are constants of the public contract. */
export const questions = [
  'name',
  'identity',
  'age',
  'in-the-news',
  'we-care',
  'you-should-care',
  'who-else-cares',
  'further-comments',
] as const;
export type Question = (typeof questions)[number];

export interface Briefing extends Revised<'briefing'> {
  readonly headline: string;
  readonly slug: string;
  readonly language: LanguageTag;
  readonly date: CivilDate;
  /** The editor's summary, or the first sentence of `whyInTheNews` cut at a word; ≤ 200 characters. */
  readonly summary: string;
  readonly translationOf: DocumentId | null;
  readonly personId: DocumentId;
  readonly age: { readonly value: number; readonly reason: string } | null;
  /** Overrides what the person's record says; null leaves it to the person. */
  readonly identities: readonly Identity[] | null;
  readonly pronouns: PronounSet | null;
  readonly portrait: Portrait | null;
  readonly answers: Answers;
  readonly score: Score | null;
  readonly citations: readonly Citation[];
  readonly countryIds: readonly DocumentId[];
  readonly topicIds: readonly DocumentId[];
  readonly byline: readonly BylineEntry[];
  readonly relatedIds: readonly DocumentId[];
  readonly publishAt: Instant | null;
  readonly unpublishAt: Instant | null;
  readonly corrections: readonly Correction[];
  readonly retraction: { readonly at: Instant; readonly reason: string } | null;
  /** Briefings that the answers refer to inline (weak), each once, in order of appearance. */
  readonly mentionedIds: readonly DocumentId[];
}

export interface Answers {
  readonly whyInTheNews: RichText;
  readonly whyWeCare: RichText;
  readonly whyYouShouldCare: RichText;
  readonly whoElseCares: RichText;
  /** Empty when the optional question was left out. */
  readonly furtherComments: RichText;
}

/** “7/10 about …”: a fact about the text, never review markup. */
export interface Score {
  readonly value: number;
  readonly about: string;
}

export interface Citation {
  readonly key: string;
  readonly url: string;
  readonly title: string;
  readonly publisher: string | null;
  readonly accessedOn: CivilDate | null;
  readonly archiveUrl: string | null;
}

export interface BylineEntry {
  /** A team or an author. */
  readonly id: DocumentId;
  /** The printed line as it was, for example “a small group of London-based journalists”. */
  readonly note: string | null;
}

export interface Correction {
  readonly at: Instant;
  readonly kind: 'correction' | 'update' | 'clarification';
  readonly text: string;
}

/** Portable Text after the door: a closed set, normalised, bounded. */
export type RichText = readonly RichTextBlock[];
export type RichTextBlock = TextBlock | ImageBlock;
export interface TextBlock {
  readonly _type: 'block';
  readonly _key: string;
  readonly style: 'normal' | 'h3' | 'blockquote';
  readonly listItem?: 'bullet' | 'number';
  /** 1 to 3; present with `listItem`. */
  readonly level?: number;
  readonly children: readonly TextSpan[];
  readonly markDefs: readonly MarkDefinition[];
  /** Source of a blockquote. */
  readonly cite?: string;
}
export interface TextSpan {
  readonly _type: 'span';
  readonly _key: string;
  readonly text: string;
  /** `strong`, `em`, or the key of a mark definition of the block. */
  readonly marks: readonly string[];
}
export type MarkDefinition =
  | { readonly _type: 'link'; readonly _key: string; readonly href: string }
  | { readonly _type: 'citation'; readonly _key: string; readonly citation: string }
  | { readonly _type: 'briefingReference'; readonly _key: string; readonly briefingId: DocumentId }
  | { readonly _type: 'lang'; readonly _key: string; readonly language: LanguageTag };
export interface ImageBlock {
  readonly _type: 'portrait';
  readonly _key: string;
  readonly portrait: Portrait;
}

export interface Portrait {
  /** Null when caption and alt stand without a picture (imported issues). */
  readonly image: ImageSource | null;
  readonly alt: string;
  readonly decorative: boolean;
  readonly caption: string | null;
  readonly credit: string | null;
  readonly creator: string | null;
  readonly licence: Licence | null;
  readonly acquireUrl: string | null;
}
export interface Licence {
  readonly name: string;
  readonly url: string | null;
}
/** An image asset with the editor's crop and hotspot, as fractions of the original from 0 to 1. */
export interface ImageSource {
  /** `image-<sha1>-<width>x<height>-<extension>` */
  readonly assetId: string;
  readonly width: number;
  readonly height: number;
  readonly crop: {
    readonly top: number;
    readonly bottom: number;
    readonly left: number;
    readonly right: number;
  };
  readonly hotspot: {
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly height: number;
  };
}

export interface Person extends Revised<'person'> {
  readonly name: Label;
  readonly sortName: string;
  readonly nativeName: { readonly text: string; readonly language: LanguageTag } | null;
  readonly alsoKnownAs: readonly string[];
  readonly slug: string;
  readonly kind: 'individual' | 'organisation' | 'group';
  readonly pronouns: PronounSet;
  readonly born: PartialDate | null;
  readonly died: PartialDate | null;
  readonly identities: readonly Identity[];
  readonly roles: readonly {
    readonly title: Label;
    readonly from: PartialDate | null;
    readonly until: PartialDate | null;
  }[];
  readonly portrait: Portrait | null;
  readonly links: readonly { readonly title: string; readonly url: string }[];
  readonly mergedInto: DocumentId | null;
}

/** A Westphalian identity: a country, and what its people are called. */
export interface Identity {
  readonly countryId: DocumentId;
  /** Overrides the country's own demonym. */
  readonly demonym: string | null;
  readonly note: string | null;
  readonly from: PartialDate | null;
  readonly until: PartialDate | null;
}

export interface Country extends Revised<'country'> {
  /** ISO 3166-1 alpha-2, `XK`, a former state's code, or one of our own. */
  readonly code: string;
  readonly name: Label;
  readonly demonym: Label;
  readonly slug: string;
  readonly status: 'current' | 'former' | 'contested' | 'none';
}

export interface Team extends Revised<'team'> {
  readonly name: Label;
  readonly slug: string;
  readonly description: string | null;
  readonly links: readonly { readonly title: string; readonly url: string }[];
  readonly logo: Portrait | null;
  readonly mergedInto: DocumentId | null;
}

export interface Author extends Revised<'author'> {
  readonly name: Label;
  readonly description: string | null;
  readonly links: readonly { readonly title: string; readonly url: string }[];
  readonly portrait: Portrait | null;
  readonly mergedInto: DocumentId | null;
}

export interface Topic extends Revised<'topic'> {
  readonly title: Label;
  readonly slug: string;
  readonly description: string | null;
  readonly mergedInto: DocumentId | null;
}

/** Where readers of a briefing that is gone should go. */
export interface Redirect extends Revised<'redirect'> {
  readonly from: DocumentId;
  /** Absent means home. */
  readonly to: DocumentId | null;
}

export const accents = [
  'ink',
  'crimson',
  'amber',
  'moss',
  'teal',
  'cobalt',
  'violet',
  'rose',
] as const;
export type Accent = (typeof accents)[number];

export interface SiteSettings extends Revised<'siteSettings'> {
  readonly name: string;
  readonly description: string;
  /** An IANA zone such as `Europe/London`. */
  readonly timeZone: string;
  readonly language: LanguageTag;
  readonly defaultTeamId: DocumentId | null;
  readonly licence: Licence | null;
  readonly attribution: string | null;
  readonly contact: string | null;
  readonly accent: Accent;
  readonly labelOverrides: readonly {
    readonly question: Question;
    readonly pronouns: PronounSet | null;
    readonly language: LanguageTag;
    readonly text: string;
    readonly effectiveFrom: CivilDate;
  }[];
}

export type PublishedDocument =
  | Briefing
  | Person
  | Country
  | Team
  | Author
  | Topic
  | Redirect
  | SiteSettings;

/** Something an editor can act on. An `error` keeps the revision from being published. */
export interface Problem {
  /** A stable word of the public contract, such as `required`, `slug-taken`, `dangling-citation`. */
  readonly code: string;
  /** Path in the document, as Sanity writes it: `answers`, `citations[_key=="a"].url`. */
  readonly path: string;
  readonly severity: 'error' | 'warning';
  /** One sentence for an editor: what is expected and what is there. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
}

/** The outcome of parsing: total, never a throw. */
export type Parsed<Value> =
  | { readonly ok: true; readonly value: Value; readonly warnings: readonly Problem[] }
  | { readonly ok: false; readonly problems: readonly Problem[] };
