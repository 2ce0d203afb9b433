import type { DocumentId, Instant } from '../../src/briefing/model.ts';
import type { SiteState } from './site-state.ts';
import type { Subject } from './subject.ts';

/**
 * What is known of one subject at the site. Data only: `observe` adds what a look has found, and
 * `nextLook` says what to look at then, and when.
 */
export interface Progress {
  readonly subject: Subject;
  /** Milliseconds of this machine's clock. */
  readonly startedAt: number;
  /** Whether it came under the editor's eyes: only then are seconds measured. */
  readonly isFresh: boolean;
  readonly stage: Stage;
  /** When this stage began. */
  readonly since: number;
  /** Looks since the answer last changed. */
  readonly looks: number;
  /** How the site stands, and when that was asked; null before somebody had to wait, and for no answer. */
  readonly site: SiteState | null;
  readonly siteAskedAt: number | null;
}

/** Where a publish stands. */
export type Stage =
  /** Nothing is known yet; of what was published long ago no receipt is kept. */
  | { readonly kind: 'looking'; readonly receiptIsKept: boolean }
  /** No receipt yet; `late` when something may be wrong. */
  | { readonly kind: 'publishing'; readonly late: boolean }
  /** In the bucket; readers do not get it yet. */
  | {
      readonly kind: 'committed';
      readonly receipt: Receipt;
      readonly served: Served | null;
      readonly late: boolean;
    }
  /** Readers get it. */
  | {
      readonly kind: 'seen';
      readonly receipt: Receipt;
      /** The release the page was last drawn by. */
      readonly release: number;
      /** By this machine's clock. */
      readonly at: number;
    }
  /**
   * The site is closed to readers, and the Studio has no password: nothing can be seen from here. Without
   * a receipt nothing is known.
   */
  | { readonly kind: 'closed'; readonly receipt: Receipt | null }
  /** Published and used by other pages; it has no page of its own. */
  | { readonly kind: 'used'; readonly receipt: Receipt }
  /**
   * Merged into another. Its JSON says whether readers are led there; null before it was asked, and
   * for what has none. Without a receipt when that is not kept any more.
   */
  | {
      readonly kind: 'merged';
      readonly receipt: Receipt | null;
      readonly answer: ContractAnswer | null;
      readonly late: boolean;
    }
  | { readonly kind: 'embargoed'; readonly receipt: Receipt; readonly until: Instant | null }
  | { readonly kind: 'expired'; readonly receipt: Receipt }
  /**
   * Refused. Readers get the version before, when there is one; null for what has no page, of which
   * the receipt cannot tell.
   */
  | { readonly kind: 'quarantined'; readonly receipt: Receipt; readonly stands: boolean | null }
  /** The site says that it is gone, although the content lake has it. */
  | { readonly kind: 'withdrawn'; readonly receipt: Receipt }
  /** Published so long ago that its receipt is not kept. */
  | { readonly kind: 'unkept'; readonly answer: ContractAnswer | null }
  /** Unpublished; readers still get it. */
  | { readonly kind: 'removing'; readonly late: boolean }
  | { readonly kind: 'gone'; readonly answer: ContractAnswer & { readonly kind: 'gone' | 'moved' } }
  /** Not published, and never was on the site. */
  | { readonly kind: 'never' }
  | { readonly kind: 'unreachable'; readonly before: Exclude<Stage, { kind: 'unreachable' }> };

/** `/v1/receipts/….json` */
export interface Receipt {
  readonly state: 'embargoed' | 'live' | 'gone' | 'expired' | 'quarantined';
  readonly release: number;
  readonly committedAt: Instant;
  readonly contentHash: string | null;
  readonly problems: readonly ReceiptProblem[];
}
export interface ReceiptProblem {
  readonly code: string;
  readonly path: string;
  /** Who has what this document wanted. */
  readonly holder: DocumentId | null;
}

/** What the edge gave for the page. */
export type Served =
  | { readonly kind: 'same'; readonly release: number }
  /** A later release has drawn the page again. */
  | { readonly kind: 'later'; readonly release: number }
  | { readonly kind: 'earlier'; readonly release: number }
  /** It says to be of this release, and is not what this release wrote. */
  | { readonly kind: 'altered' }
  /** No page: a redirect, a tombstone, an error. */
  | { readonly kind: 'none'; readonly status: number };

/** What the document's JSON under `/v1/` answers. */
export type ContractAnswer =
  | { readonly kind: 'there' }
  | {
      readonly kind: 'gone';
      readonly at: Instant | null;
      readonly release: number | null;
      readonly movedTo: string | null;
    }
  | { readonly kind: 'moved'; readonly to: string }
  | { readonly kind: 'never' };

/** What one look has found. */
export type Observation =
  | { readonly of: 'receipt'; readonly receipt: Receipt | null }
  | { readonly of: 'page'; readonly served: Served }
  | { readonly of: 'contract'; readonly answer: ContractAnswer }
  | { readonly of: 'status'; readonly site: SiteState | null }
  /** The site asks readers for a password. */
  | { readonly of: 'closed' }
  | { readonly of: 'nothing' };

export interface Look {
  readonly at: 'receipt' | 'page' | 'contract' | 'status';
  readonly after: number;
}

const second = 1_000;
const minute = 60 * second;
/** Publishing takes seconds; who waits longer is told what may be wrong. */
const commitIsLate = minute;
/** Without purging an edge may go on with what it has for a minute and a half. */
const edgeIsLate = 2 * minute;
/** The reconciler comes every quarter of an hour; what is not there then does not come by watching. */
const watchedFor = 20 * minute;
/** The collector deletes receipts after seven days; a day is left for its rounds. */
const receiptsKeptFor = 6 * 24 * 60 * minute;
/** Who waits for longer than a publish usually takes is told how the site stands; then every so often. */
const waitedLong = 3 * second;
const statusEvery = 10 * second;
/** A browser's timer holds some days; an embargo may be longer. */
const longestRest = 60 * minute;

type Known = Exclude<Stage, { readonly kind: 'unreachable' }>;

export function begin(
  subject: Subject,
  { now, isFresh }: { readonly now: number; readonly isFresh: boolean },
): Progress {
  return {
    subject,
    startedAt: now,
    isFresh,
    stage: { kind: 'looking', receiptIsKept: subject.kind === 'revision' },
    since: now,
    looks: 0,
    site: null,
    siteAskedAt: null,
  };
}

/** What is known after a look. */
export function observe(progress: Progress, observation: Observation, now: number): Progress {
  if (observation.of === 'status') {
    return { ...progress, site: observation.site, siteAskedAt: now };
  }
  const before = lastKnown(progress.stage);
  const stage = stageAfter(progress, observation, now);
  const isSame = lastKnown(stage).kind === before.kind;
  return {
    ...progress,
    stage,
    since: isSame ? progress.since : now,
    looks: stage.kind === progress.stage.kind ? progress.looks + 1 : 1,
    // From an embargo on it is the clock that publishes, and nobody waits.
    isFresh: progress.isFresh && (isSame || before.kind !== 'embargoed'),
  };
}

/** Nobody looked for a while, so no seconds can be told. */
export function afterPause(progress: Progress, now: number): Progress {
  return { ...progress, isFresh: false, since: now };
}

function stageAfter(
  progress: Progress,
  observation: Exclude<Observation, { of: 'status' }>,
  now: number,
): Stage {
  const { stage, subject, since } = progress;
  const before = lastKnown(stage);
  switch (observation.of) {
    case 'nothing':
      return { kind: 'unreachable', before };
    case 'closed':
      return { kind: 'closed', receipt: before.kind === 'committed' ? before.receipt : null };
    case 'receipt':
      return observation.receipt === null
        ? withoutReceipt(progress, now)
        : withReceipt(subject, observation.receipt);
    case 'page':
      if (before.kind !== 'committed') return before;
      return isSeen(observation.served)
        ? {
            kind: 'seen',
            receipt: before.receipt,
            release: observation.served.release,
            at: now,
          }
        : { ...before, served: observation.served, late: now - since > edgeIsLate };
    case 'contract':
      if (subject.kind !== 'revision') {
        return withoutDocument(observation.answer, now - since > commitIsLate);
      }
      return subject.mergedInto === null
        ? { kind: 'unkept', answer: observation.answer }
        : {
            kind: 'merged',
            receipt: before.kind === 'merged' ? before.receipt : null,
            answer: observation.answer,
            late: now - since > edgeIsLate,
          };
  }
}

function withoutReceipt({ subject, startedAt }: Progress, now: number): Stage {
  if (subject.kind !== 'revision') return { kind: 'looking', receiptIsKept: false };
  const age = now - Math.min(startedAt, Date.parse(subject.publishedAt));
  if (age <= receiptsKeptFor) return { kind: 'publishing', late: age > commitIsLate };
  return subject.contract === null
    ? { kind: 'unkept', answer: null }
    : { kind: 'looking', receiptIsKept: false };
}

function withReceipt(subject: Subject, receipt: Receipt): Stage {
  const page = subject.kind === 'revision' ? subject.page : null;
  switch (receipt.state) {
    case 'live':
      if (subject.kind === 'revision' && subject.mergedInto !== null) {
        return { kind: 'merged', receipt, answer: null, late: false };
      }
      return page === null || receipt.contentHash === null
        ? { kind: 'used', receipt }
        : { kind: 'committed', receipt, served: null, late: false };
    case 'embargoed':
      return {
        kind: 'embargoed',
        receipt,
        until: subject.kind === 'revision' ? subject.publishAt : null,
      };
    case 'expired':
      return { kind: 'expired', receipt };
    case 'quarantined':
      return {
        kind: 'quarantined',
        receipt,
        stands: subject.contract === null ? null : receipt.contentHash !== null,
      };
    case 'gone':
      return { kind: 'withdrawn', receipt };
  }
}

function isSeen(served: Served): served is Served & { readonly kind: 'same' | 'later' } {
  return served.kind === 'same' || served.kind === 'later';
}

function withoutDocument(answer: ContractAnswer, late: boolean): Stage {
  switch (answer.kind) {
    case 'there':
      return { kind: 'removing', late };
    case 'never':
      return { kind: 'never' };
    case 'gone':
    case 'moved':
      return { kind: 'gone', answer };
  }
}

function lastKnown(stage: Stage): Known {
  return stage.kind === 'unreachable' ? stage.before : stage;
}

/** What to look at next, or null when all is known that watching can tell. */
export function nextLook(progress: Progress, now: number): Look | null {
  const known = lastKnown(progress.stage);
  const at = wantedOf(known, progress.subject);
  if (at === null) return nextLookAtFollowers(progress, known, now);
  if (isLongAwaited(progress, now) && isStatusOld(progress, now)) {
    return { at: 'status', after: 0 };
  }
  if (known.kind === 'embargoed') return atItsInstant(known.until, now);
  return now - progress.since > watchedFor ? null : { at, after: restBefore(progress, now) };
}

function wantedOf(known: Known, { contract }: Subject): Look['at'] | null {
  switch (known.kind) {
    case 'looking':
      return known.receiptIsKept ? 'receipt' : 'contract';
    case 'publishing':
    case 'embargoed':
      return 'receipt';
    case 'committed':
      return 'page';
    case 'removing':
      return 'contract';
    case 'merged': {
      const isLed = known.answer !== null && known.answer.kind !== 'there';
      return contract === null || isLed ? null : 'contract';
    }
    default:
      return null;
  }
}

/** Whether an editor waits for a commit, which usually takes seconds. What an edge keeps is no work of the site. */
function isLongAwaited({ stage, since }: Progress, now: number): boolean {
  switch (stage.kind) {
    case 'publishing':
    case 'removing':
      return now - since > waitedLong && now - since <= watchedFor;
    case 'embargoed':
      return stage.until !== null && now > Date.parse(stage.until) + waitedLong;
    default:
      return false;
  }
}

/** Less and less often, as the other looks are. */
function isStatusOld({ siteAskedAt, since }: Progress, now: number): boolean {
  return siteAskedAt === null || now - siteAskedAt >= Math.max(statusEvery, (now - since) / 2);
}

/** What others show is seen by how the site stands: until its pages have followed. */
function nextLookAtFollowers(progress: Progress, known: Known, now: number): Look | null {
  const { subject, site, since } = progress;
  const isShown = known.kind === 'used' || known.kind === 'seen';
  if (!isShown || subject.kind !== 'revision' || subject.shownOn === 'nothing-else') return null;
  if (progress.siteAskedAt === null) return { at: 'status', after: 0 };
  // Receipt and status are written side by side: this may be the one before.
  const isEarlier = site !== null && site.release < known.receipt.release;
  if (isEarlier && now - since < minute) return { at: 'status', after: 2 * second };
  if (followersOf(progress) === null) return null;
  return { at: 'status', after: now - since > watchedFor ? minute : statusEvery };
}

/** What follows an edit, and has not yet: every page, or so many that show something that was edited. */
export type Followers =
  | { readonly kind: 'every-page'; readonly done: number; readonly total: number }
  | { readonly kind: 'some-pages'; readonly left: number };

/** The pages that show a published document and are still to follow, as far as the site tells. */
export function followersOf({ subject, site }: Progress): Followers | null {
  if (subject.kind !== 'revision' || site === null) return null;
  switch (subject.shownOn) {
    case 'nothing-else':
      return null;
    case 'some-pages':
      return site.dependants === 0 ? null : { kind: 'some-pages', left: site.dependants };
    case 'every-page':
      return site.redraw === null ? null : { kind: 'every-page', ...site.redraw };
  }
}

/** At once at first, then less and less often. */
function restBefore({ stage, looks, since }: Progress, now: number): number {
  if (stage.kind === 'looking') return 0;
  if (stage.kind === 'committed' && stage.served === null) return 0;
  if (stage.kind === 'merged' && stage.answer === null) return 0;
  if (stage.kind === 'unreachable') return Math.min(30 * second, second * 2 ** Math.min(looks, 5));
  if (now - since > 90 * second) return 15 * second;
  return rests[Math.min(looks, rests.length) - 1] ?? 300;
}
const rests = [300, 400, 500, 700, 900, 1_200, 1_600, 2_200, 3_000, 4_000, 5_000] as const;

function atItsInstant(until: Instant | null, now: number): Look | null {
  if (until === null) return null;
  const left = Date.parse(until) - now;
  if (left < -watchedFor) return null;
  // The sweep comes each minute: there is nothing to see the moment an embargo ends.
  const after = left > 0 ? left + 5 * second : Math.min(30 * second, 5 * second - left);
  return { at: 'receipt', after: Math.min(after, longestRest) };
}

/**
 * Seconds until the commit, by the clocks of content lake and publisher: from the press of Publish,
 * or from the instant it was to be published at. Null when the clocks disagree.
 */
export function secondsToCommit(subject: Subject, receipt: Receipt): number | null {
  if (subject.kind !== 'revision') return null;
  const { publishedAt, publishAt } = subject;
  const wasAwaited =
    publishAt !== null && publishAt > publishedAt && publishAt <= receipt.committedAt;
  const from = Date.parse(wasAwaited ? publishAt : publishedAt);
  const seconds = (Date.parse(receipt.committedAt) - from) / second;
  return seconds < 0 ? null : seconds;
}

/** Seconds until a reader got it, by this machine's clock; null when nobody watched from the start. */
export function secondsToEdge({ stage, isFresh, startedAt }: Progress): number | null {
  return stage.kind === 'seen' && isFresh ? (stage.at - startedAt) / second : null;
}
