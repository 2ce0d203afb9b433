import type { Judgement } from '../../src/briefing/admission.ts';
import { isRecord } from '../../src/briefing/problem.ts';
import { parseDocument } from '../../src/briefing/parse.ts';
import type { Receipt } from '../receipt/progress.ts';
import { type ToldProblem, tellProblems } from '../receipt/problem-words.ts';

/** What is published and not in order. */
export interface Concern {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  /** `refused`: readers do not get this revision. `shown`: they do, with something to mend. */
  readonly kind: 'refused' | 'shown';
  /** Whether readers get an earlier version; null when that is not known. */
  readonly earlierStands: boolean | null;
  readonly problems: readonly ToldProblem[];
}

/** How far an examination has come. */
export interface Examination {
  readonly looked: number;
  readonly total: number;
  readonly concerns: readonly Concern[];
  /** Receipts that were asked for in vain: the site does not answer. */
  readonly siteIsSilent: boolean;
  readonly isDone: boolean;
}

/** A published document as it is fetched. */
export type Fetched = Readonly<Record<string, unknown>>;

/** What an examination needs of the world. */
export interface Examined {
  count(): Promise<number>;
  /** So many published documents, the most recently changed first, after one of them. */
  page(after: Fetched | null, size: number): Promise<readonly Fetched[]>;
  /** The receipt of a revision, null when there is none. Rejects when the site does not answer. */
  receipt(id: string, rev: string): Promise<Receipt | null>;
}

const pageSize = 100;
/** Of the most recent, receipts are read even when the rules find nothing: only the site knows of a taken address. */
const recent = 40;
/** A broken import must not make the Studio ask for thousands of receipts. */
const mostReceipts = 120;
const receiptsAtOnce = 6;

/**
 * Examines what is published, most recently changed first, page by page, and tells after each page how far
 * it has come. The rules run here; the site is asked for the receipts of what looks wrong and of the most
 * recent. Ends after `most` documents, unless there are fewer.
 */
export async function* examine(
  world: Examined,
  { most, isWanted }: { readonly most: number; readonly isWanted: () => boolean },
): AsyncGenerator<Examination> {
  const total = await world.count();
  const concerns: Concern[] = [];
  let looked = 0;
  let receipts = 0;
  let siteIsSilent = false;
  let last: Fetched | null = null;
  while (looked < Math.min(total, most) && isWanted()) {
    const page = await world.page(last, Math.min(pageSize, most - looked));
    if (page.length === 0) break;
    const judged = page.map((document, index) => ({
      document,
      errors: errorsOf(document, 'new'),
      isRecent: looked + index < recent,
    }));
    const asked = siteIsSilent
      ? []
      : judged
          .filter(({ errors, isRecent }) => isRecent || errors.length > 0)
          .slice(0, mostReceipts - receipts);
    receipts += asked.length;
    const found = await receiptsOf(
      asked.map(({ document }) => document),
      world,
    );
    siteIsSilent ||= found === 'silent';
    for (const { document, errors } of judged) {
      const receipt = found === 'silent' ? undefined : found.get(document);
      const concern = concernOf(document, errors, receipt ?? null);
      if (concern !== null) concerns.push(concern);
    }
    looked += page.length;
    last = page.at(-1) ?? null;
    yield { looked, total, concerns: [...concerns], siteIsSilent, isDone: false };
  }
  yield { looked, total, concerns: [...concerns], siteIsSilent, isDone: true };
}

async function receiptsOf(
  documents: readonly Fetched[],
  world: Examined,
): Promise<ReadonlyMap<Fetched, Receipt | null> | 'silent'> {
  const found = new Map<Fetched, Receipt | null>();
  const waiting = [...documents];
  const reader = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      found.set(next, await world.receipt(textIn(next, '_id'), textIn(next, '_rev')));
    }
  };
  try {
    await Promise.all(Array.from({ length: receiptsAtOnce }, reader));
    return found;
  } catch {
    return 'silent';
  }
}

function errorsOf(document: Fetched, judgement: Judgement): readonly ToldProblem[] {
  const parsed = parseDocument(document, judgement);
  if (parsed.ok) return [];
  return parsed.problems
    .filter(({ severity }) => severity === 'error')
    .map(({ code, path, message, fix }) => ({ code, path, message, fix, other: null }));
}

/** The receipt says what has become of it; without one, the rules say what will. */
function concernOf(
  document: Fetched,
  errors: readonly ToldProblem[],
  receipt: Receipt | null,
): Concern | null {
  const facts = {
    id: textIn(document, '_id'),
    type: textIn(document, '_type'),
    title: titleOf(document),
  };
  if (receipt !== null && receipt.problems.length > 0) {
    const isRefused = receipt.state === 'quarantined';
    return {
      ...facts,
      kind: isRefused ? 'refused' : 'shown',
      earlierStands: isRefused ? earlierStands(document, receipt) : null,
      problems: tellProblems(receipt.problems, document),
    };
  }
  if (receipt?.state === 'quarantined') {
    return {
      ...facts,
      kind: 'refused',
      earlierStands: earlierStands(document, receipt),
      problems: errors,
    };
  }
  // With a receipt it was accepted, and without one it may have been long ago: what only the rules of today
  // would refuse is told at its next edit.
  const broken = receipt === null && errors.length > 0 ? errorsOf(document, 'accepted') : [];
  if (broken.length === 0) return null;
  return { ...facts, kind: 'refused', earlierStands: null, problems: broken };
}

/** A receipt knows of a page; of what only others show it cannot tell. */
function earlierStands(document: Fetched, receipt: Receipt): boolean | null {
  const hasPage = ['briefing', 'person'].includes(textIn(document, '_type'));
  return hasPage ? receipt.contentHash !== null : null;
}

function titleOf(document: Fetched): string {
  for (const field of ['headline', 'name', 'title', 'from']) {
    const text = textIn(document, field).trim();
    if (text !== '') return text;
  }
  return 'Without a title';
}

function textIn(document: Fetched, field: string): string {
  const value = isRecord(document) ? document[field] : undefined;
  return typeof value === 'string' ? value : '';
}
