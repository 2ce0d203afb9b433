import type { CivilMonth, DocumentId, Instant, Person } from '../briefing/model.ts';
import type { Card, Path, Publication, ResolvedBriefing } from '../briefing/resolved.ts';
import type { ChangeEntry } from '../feed/changes.ts';
import type { PublicObject } from '../site/public-object.ts';

/**
 * Domain to objects: the one seam between deciding what is affected and what it looks like.
 * Pure. The product's are in `edition.ts`; the simulator runs most histories with small ones.
 */
export interface Renderers {
  /** Page, its twins and its JSON. */
  briefing(input: BriefingInput): readonly PublicObject[];
  /** Home, archive index, feeds, index and sitemap index: all that speaks of the newest. */
  site(input: SiteInput): readonly PublicObject[];
  /** 404 page and the like: what depends on the settings and the code alone. */
  fixed(publication: Publication): readonly PublicObject[];
  month(input: MonthInput): readonly PublicObject[];
  /** The archive documents of a closed month. */
  feedMonth(input: FeedMonthInput): readonly PublicObject[];
  sitemapYear(input: SitemapYearInput): readonly PublicObject[];
  person(input: PersonInput): readonly PublicObject[];
  changesHead(input: ChangesInput): PublicObject;
  changesChunk(input: ChangesInput & { readonly number: number }): PublicObject;
  /** A 301. */
  moved(input: MovedInput): PublicObject;
  /** A 410: plain page for an address, JSON under `/v1/`. */
  gone(input: GoneInput): PublicObject;
}

export interface BriefingInput {
  readonly publication: Publication;
  readonly path: Path;
  readonly resolved: ResolvedBriefing;
}
export interface SiteInput {
  readonly publication: Publication;
  /** The newest 20, newest first, with their briefings for the feeds and the home page. */
  readonly latest: readonly { readonly card: Card; readonly resolved: ResolvedBriefing }[];
  /** Months with live briefings, newest first. */
  readonly months: readonly CivilMonth[];
  /** The newest month that is in the archive chain of the feeds. */
  readonly newestClosed: CivilMonth | null;
}
export interface MonthInput {
  readonly publication: Publication;
  readonly month: CivilMonth;
  /** Newest first. */
  readonly cards: readonly Card[];
  readonly newer: CivilMonth | null;
  readonly older: CivilMonth | null;
}
export interface FeedMonthInput {
  readonly publication: Publication;
  readonly month: CivilMonth;
  readonly items: readonly { readonly path: Path; readonly resolved: ResolvedBriefing }[];
  readonly older: CivilMonth | null;
}
export interface SitemapYearInput {
  readonly publication: Publication;
  readonly year: string;
  readonly lines: readonly { readonly path: Path; readonly modifiedAt: Instant }[];
}
export interface PersonInput {
  readonly publication: Publication;
  readonly person: Person;
  readonly path: Path;
  /** Years with briefings, newest first; the first one stands on the person's own address. */
  readonly years: readonly string[];
  /** The years to render, each with its briefings, newest first. */
  readonly cards: readonly { readonly year: string; readonly cards: readonly Card[] }[];
}
export interface ChangesInput {
  readonly publication: Publication;
  readonly entries: readonly ChangeEntry[];
  /** Number of the full chunk before these; null when there is none. */
  readonly previous: number | null;
}
export interface MovedInput {
  readonly publication: Publication;
  readonly path: Path;
  readonly location: Path;
  /** Under `/v1/`: which document moved, and when. */
  readonly id: DocumentId | null;
  readonly gone: { readonly at: Instant; readonly release: number } | null;
}
export interface GoneInput {
  readonly publication: Publication;
  readonly path: Path;
  readonly id: DocumentId | null;
  /** When and by which release it went; null for a list that has become empty. */
  readonly gone: { readonly at: Instant; readonly release: number } | null;
  readonly movedTo: Path | null;
}
