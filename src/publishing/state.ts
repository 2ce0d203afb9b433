import type {
  CivilDate,
  CivilMonth,
  DocumentId,
  DocumentType,
  Instant,
  Problem,
} from '../briefing/model.ts';
import type { Card, Path } from '../briefing/resolved.ts';
import type { ChangeEntry } from '../feed/changes.ts';

/** Where state lives in the bucket. Nothing here is public. */
export const rootKey = 'state/root';
export const nodeKey = (hash: string): string => `state/node/${hash}`;
export const releasesPrefix = 'state/release/';
export const releaseKey = (seq: number, hash: string): string =>
  `${releasesPrefix}${String(seq).padStart(10, '0')}-${hash}`;
export const snapshotKey = (id: DocumentId, rev: string): string => `state/doc/${id}/${rev}`;

/** The only mutable truth: written by compare-and-swap on its ETag. At most 16 kB at any size of archive. */
export interface Root {
  /**
   * 4: whole-site work is a walk. 3: packed with Brotli, and a branch lists its leaves in order. 2: packed
   * with gzip. 1: months, days and chunks of changes placed by hash.
   */
  readonly format: 4;
  /** Number of the newest commit. */
  readonly seq: number;
  /** Deployment number: code of any other epoch never commits. */
  readonly epoch: number;
  /** The instant that time-dependent outputs speak of. Never goes back. */
  readonly asOf: Instant;
  /** The earliest instant at which any output changes; null when none is known. */
  readonly nextDue: Instant | null;
  /** Hash of each of the 64 branches; empty for an empty one. */
  readonly branches: readonly string[];
  /** The release that is committed but perhaps not wholly applied. */
  readonly release: ReleaseName | null;
  /** The newest release, settled or not: the head of the chain that collection walks. */
  readonly lastRelease: ReleaseName | null;
  /** Fan-outs still to be done, oldest first. */
  readonly pending: readonly Pending[];
  /** Whole-site work under way, each cause once, in the order in which it is carried on. */
  readonly walks: readonly Walk[];
  /** The slice of a fan-out or a walk that is under way, or was killed. */
  readonly slice: Slice;
  /** What the last comparison of everything with the content lake found: documents that differed. */
  readonly compared: { readonly at: Instant; readonly drift: number } | null;
  /** Removals of the last hour, by minute. */
  readonly removals: readonly { readonly at: Instant; readonly count: number }[];
  /** Live briefings. */
  readonly live: number;
  /** Published documents known, by type; for the reconciler's count. */
  readonly counts: Readonly<Partial<Record<DocumentType, number>>>;
  /** Documents whose newest revision was refused. */
  readonly quarantined: number;
  /** Up to here the lake's revisions have been compared. */
  readonly watermark: Instant;
  readonly hold: { readonly since: Instant; readonly reason: string } | null;
  /** Purges that failed, at most 50; then the TTL does it. */
  readonly purges: readonly { readonly path: string; readonly tag: string }[];
  /** Items purged in the last month that had any, against its budget. */
  readonly purged: { readonly month: CivilMonth; readonly items: number } | null;
}

export interface ReleaseName {
  readonly seq: number;
  readonly hash: string;
}

/** A fan-out: work on a frozen list, done in chunks, each chunk a release. */
export interface Pending {
  /** `document:<id>` for a page that waits for its linkers, else `changes`; see `pending.ts`. */
  readonly cause: string;
  /** Frozen lists still to be worked through, in records `list:<name>`, first one from `cursor`. */
  readonly lists: readonly string[];
  readonly cursor: number;
  /** Tasks left, for people. */
  readonly left: number;
}

/** What goes through the whole site; in this order when several are under way. */
export const walkCauses = ['redraw', 'comparison', 'deep-check'] as const;
export type WalkCause = (typeof walkCauses)[number];

/**
 * Whole-site work. One swap of the root marks it, whatever the size of the archive: nothing is enumerated
 * in advance. Slices carry it on from the cursor, which moves with what a slice has committed; so a kill
 * loses one slice at the most.
 */
export interface Walk {
  readonly cause: WalkCause;
  readonly since: Instant;
  /** How far it has come, in the words of its cause; empty at the beginning. */
  readonly cursor: string;
  /** Documents behind the cursor, for people. */
  readonly done: number;
  /** Of a comparison, documents that differed; of a deep check, objects. */
  readonly found: number;
  /** How often a slice was begun at this cursor, and not ended. */
  readonly tries: number;
  /** Of a comparison: it is the nightly one, which believes a lake that was restored (rule 11). */
  readonly takesOlder?: true;
}

/** Who is at it, and how much they take. One that was killed leaves it as it is, with its attempts. */
export interface Slice {
  readonly of: WalkCause | 'fan-out';
  /** The cursor that it began at. */
  readonly cursor: string;
  readonly at: Instant;
  /** How often a slice was begun here; 0 when none is under way. */
  readonly attempts: number;
  /** Documents that it draws. */
  readonly size: number;
}

/** One unit of work of a fan-out. */
export type Task =
  | `briefing:${string}`
  | `facet:${string}`
  | `read:${string}`
  | `month:${string}`
  /** A full chunk of the change feed. */
  | `changes:${string}`
  /** The entry points and what stands for itself. */
  | 'site';

/** What was last written at a public path. */
export interface View {
  /** SHA-256 of the bytes with an empty stamp, and the metadata. */
  readonly hash: string;
  /** The release that last changed it. */
  readonly seq: number;
  readonly etag: string;
  readonly status: 200 | 301 | 410;
  readonly epoch: number;
}
export type Views = Readonly<Record<Path, View>>;

/** What is known of one document of the lake. */
export interface Entry {
  readonly id: DocumentId;
  readonly type: DocumentType;
  /** Whether the lake has it, as far as the newest read says. */
  readonly present: boolean;
  /** The revision that is shown or would be: the last valid one. Its document is in `state/doc`. */
  readonly accepted: Accepted | null;
  /** The newest revision when it was refused; the accepted one stays live. */
  readonly refused: RefusedRevision | null;
  /**
   * A revision before the newest known one, which the nightly check was given: taken once it is given
   * the same a quarter of an hour later, since then the lake was restored from a backup. Absent for none.
   */
  readonly older?: { readonly rev: string; readonly seenAt: Instant };
  /** Said to the editor, while the accepted revision is shown: a reference that is gone, and the like. */
  readonly notes: readonly ProblemNote[];
  /** What it refers to, as filed in the `links:` records, under `filed`. */
  readonly references: Readonly<Record<DocumentId, string>>;
  /** Month of a briefing, or a bucket for what has no date. */
  readonly filed: string;
  /** Months and buckets in which something refers to this document. */
  readonly linkedIn: readonly string[];
  /** Live pages and their JSON. Moved and gone slug addresses are with the address. */
  readonly views: Views;
  readonly briefing: BriefingState | null;
  readonly facet: FacetState | null;
}

export interface Accepted {
  readonly rev: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}
export interface RefusedRevision {
  readonly rev: string;
  readonly updatedAt: Instant;
  readonly problems: readonly ProblemNote[];
  /** What it refers to: when one of these changes it is read again. */
  readonly references: Readonly<Record<DocumentId, string>>;
  /** The address it wants and may not have. */
  readonly claim: string | null;
  /** When it was refused for being too early or too late. */
  readonly due: readonly Instant[];
  /** Refused for what came of drawing it: by the code of which deployment. Absent for what reading it tells. */
  readonly epoch?: number;
}
/** Codes, paths and ids only: never content. */
export interface ProblemNote extends Pick<Problem, 'code' | 'path'> {
  /** Who holds the address that was wanted. */
  readonly holder?: DocumentId;
}

export interface BriefingState {
  readonly state: 'waiting' | 'embargoed' | 'live' | 'leaving' | 'expired' | 'gone';
  /** While leaving: what it will be then. */
  readonly leavesFor: BriefingState['state'] | null;
  readonly language: string;
  readonly date: CivilDate;
  /** The original that it is shown as a translation of. */
  readonly original: DocumentId | null;
  /** Originals it was a translation of, whose pages may still show it until what is pending is done. */
  readonly leftGroups: readonly DocumentId[];
  /** Address held while live or leaving. */
  readonly address: string | null;
  readonly path: Path | null;
  /** Addresses that its refused revision, or its accepted one before going live, may not have. */
  readonly claims: readonly string[];
  /** Written once, at first release. */
  readonly publishedAt: Instant | null;
  /** Chosen once, at first publication. */
  readonly related: readonly DocumentId[] | null;
  /** What the choice was made from: chosen again when it changes. */
  readonly relatedBasis: string | null;
  /** Addresses it once held and nobody holds now: they move or are gone with it. */
  readonly formerly: readonly string[];
  readonly gone: { readonly at: Instant; readonly release: number } | null;
  /** The removal guard refused to take it down. */
  readonly removalRefused: boolean;
  /** Instants at which it falls due, as filed in the `due:` records. */
  readonly due: readonly Instant[];
  /** Content hash of its JSON when the last change entry was written. */
  readonly announced: string | null;
}

/** A person (later: country, topic, team) with a page. */
export interface FacetState {
  /** Months with live briefings about it, oldest first. */
  readonly months: readonly CivilMonth[];
  readonly address: string | null;
  readonly path: Path | null;
  readonly claim: string | null;
  /** Nothing shows it any more, but pages that link to it are still to change. */
  readonly leaving: boolean;
  readonly formerly: readonly string[];
  readonly gone: { readonly at: Instant; readonly release: number } | null;
}

/** Ledger leaf of a slug address such as `briefing/en/a-slug` or `person/a-slug`. */
export interface Address {
  /** Who is live here. */
  readonly holder: DocumentId | null;
  /** Who was here last: its moves and its end decide what stands here. */
  readonly last: DocumentId | null;
  /**
   * Who was here before and moved on: pages that are still to change lead here by them. Absent for
   * nobody; forgotten once nothing is pending.
   */
  readonly predecessors?: readonly DocumentId[];
  /** Refused documents that want it, oldest first. */
  readonly claims: readonly { readonly id: DocumentId; readonly createdAt: Instant }[];
  /** Moved and gone objects. */
  readonly views: Views;
}

/** Live briefings of one month, with what sitemaps need. */
export interface Month {
  readonly lines: Readonly<Record<DocumentId, MonthLine>>;
  readonly views: Views;
}
export interface MonthLine {
  readonly date: CivilDate;
  readonly publishedAt: Instant;
  readonly path: Path;
  readonly modifiedAt: Instant;
}

/** The publication as a whole. */
export interface Site {
  /** Months with live briefings, oldest first. */
  readonly months: readonly CivilMonth[];
  readonly views: Views;
  /** Entries since the last full chunk, at most 100, oldest first. */
  readonly changes: readonly ChangeEntry[];
  /** Number of full chunks. */
  readonly chunks: number;
  /** Days with due instants, and the earliest of each. */
  readonly dueDays: Readonly<Record<CivilDate, Instant>>;
  /** Documents whose page stays until every page that links to it has changed. */
  readonly leaving: readonly DocumentId[];
  /** Briefings that the removal guard keeps. */
  readonly refusedRemovals: readonly DocumentId[];
  /** Objects under `public/` that no view names, found by the nightly check. */
  readonly orphans: Readonly<Record<string, string>>;
  /** The deployment whose code has drawn what stood nowhere before it. Absent until the first publish says it. */
  readonly newcomersOf?: number;
}

/** The records of the tree, by the prefix of their key. */
export interface Records {
  readonly [entry: `entry:${string}`]: Entry;
  readonly [address: `address:${string}`]: Address;
  readonly [month: `month:${string}`]: Month;
  readonly [cards: `cards:${string}`]: Readonly<Record<DocumentId, Card>>;
  /** Who refers to a target from a month or bucket: id → how (`person`, `country`, `mention`, …). */
  readonly [links: `links:${string}`]: Readonly<Record<DocumentId, string>>;
  readonly [due: `due:${string}`]: Readonly<Record<DocumentId, readonly Instant[]>>;
  readonly [list: `list:${string}`]: readonly Task[];
  readonly [changes: `changes:${string}`]: {
    readonly entries: readonly ChangeEntry[];
    readonly views: Views;
  };
  readonly site: Site;
}
export type RecordKey = keyof Records;
