import type { DocumentId } from '../briefing/model.ts';
import type { SliceOutcome } from './advance.ts';
import { inParallel } from './parallel.ts';
import { publishGuarded } from './publish-guarded.ts';
import type { PublishOutcome, PublishRequest } from './publish.ts';
import { treeOf, type Publisher } from './publisher.ts';
import type { Entry, Root, Walk } from './state.ts';
import type { Deadline } from './walk.ts';

/** Documents that one publish takes in. */
export const documentsPerPublish = 100;

/**
 * A slice of the comparison of everything that the root knows with the content lake. Leaf by leaf, so that
 * each is read once, the lake is asked for the revisions of what is there: this finds what was changed or
 * deleted. Only when the lake has more documents than were found so, its ids are gone through for those that
 * nobody has heard of. What differs is published at once.
 */
export async function compareSlice(
  publisher: Publisher,
  root: Root,
  walk: Walk,
  { size, deadline }: { readonly size: number; readonly deadline: Deadline },
): Promise<SliceOutcome> {
  const looked = walk.cursor.startsWith(newOnes)
    ? await lookForNewOnes(publisher, root, walk, size)
    : await lookAtKnownOnes(publisher, root, walk, size);
  const brought = await publishAll(publisher, looked.differing, walk, deadline);
  const { older, rolledBack, releases } = brought;
  return {
    kind: brought.kind,
    releases,
    // What there was no time for still differs when the same leaves are looked at again.
    moved: brought.isWhole
      ? looked.next && { ...looked.next, found: walk.found + looked.differing.length }
      : walk,
    found: { drift: brought.published, older, rolledBack },
  };
}

interface Looked {
  readonly differing: readonly DocumentId[];
  readonly next: Pick<Walk, 'cursor' | 'done'> | null;
}

const knownOnes = 'leaf ';
const newOnes = 'after ';
/** Leaves that one slice reads at the most for each document that it may look at: many hold none. */
const leavesADocument = 1;

async function lookAtKnownOnes(
  publisher: Publisher,
  root: Root,
  walk: Walk,
  size: number,
): Promise<Looked> {
  const entries = new Map<DocumentId, Entry>();
  let next: string | null = null;
  let leaves = 0;
  for await (const { at, records } of treeOf(publisher, root).leaves(leafOf(walk.cursor))) {
    leaves += 1;
    if (entries.size >= size || leaves > leavesADocument * size) {
      next = `${knownOnes}${at}`;
      break;
    }
    for (const record of Object.values(records)) {
      if (isEntry(record) && record.present) entries.set(record.id, record);
    }
  }
  const revisions = await publisher.ports.lake.revisionsOf([...entries.keys()]);
  const { epoch } = publisher.stage;
  const differing = [...entries.values()]
    .filter((entry) => {
      const revision = revisions.get(entry.id);
      const isSettled = revision !== undefined && isKnown(entry, revision.rev, epoch);
      // One that was older a while ago, and is not any more, is forgotten with the publish.
      return !isSettled || entry.older !== undefined;
    })
    .map(({ id }) => id);
  const done = walk.done + revisions.size;
  if (next !== null) return { differing, next: { cursor: next, done } };
  const counts = Object.values(await publisher.ports.lake.counts());
  const hasMore = counts.reduce((sum, count) => sum + count, 0) > done;
  return { differing, next: hasMore ? { cursor: newOnes, done } : null };
}

async function lookForNewOnes(
  publisher: Publisher,
  root: Root,
  walk: Walk,
  size: number,
): Promise<Looked> {
  const ids: DocumentId[] = [];
  const after = walk.cursor.slice(newOnes.length);
  for await (const { id } of publisher.ports.lake.revisions({ idAfter: after })) {
    ids.push(id);
    if (ids.length >= size) break;
  }
  const tree = treeOf(publisher, root);
  const isNew = await inParallel(ids, async (id) => {
    const entry = await tree.get(`entry:${id}`);
    return !isEntry(entry) || !entry.present;
  });
  const last = ids.length < size ? undefined : ids.at(-1);
  return {
    differing: ids.filter((_, index) => isNew[index]),
    next: last === undefined ? null : { cursor: `${newOnes}${last}`, done: walk.done },
  };
}

interface Brought {
  readonly kind: SliceOutcome['kind'];
  /** Documents that were published, or found to be older in the lake. */
  readonly published: number;
  readonly isWhole: boolean;
  readonly releases: number;
  readonly older: readonly DocumentId[];
  readonly rolledBack: readonly DocumentId[];
}

async function publishAll(
  publisher: Publisher,
  ids: readonly DocumentId[],
  { takesOlder }: Pick<Walk, 'takesOlder'>,
  deadline: Deadline,
): Promise<Brought> {
  let [published, releases] = [0, 0];
  const older: DocumentId[] = [];
  const rolledBack: DocumentId[] = [];
  for (const part of parts(ids)) {
    if (published > 0 && deadline.remaining() < longestPublish) {
      return { kind: 'done', published, isWhole: false, releases, older, rolledBack };
    }
    const request = { takesOlder: takesOlder ?? false, ofSlice: true };
    const outcome = await publishButStale(publisher, part, request);
    if (outcome.kind !== 'done') {
      return { kind: outcome.kind, published, isWhole: false, releases, older, rolledBack };
    }
    published += part.length;
    releases += outcome.releases;
    for (const report of outcome.reports) {
      if (report.outcome === 'older-noted') older.push(report.id);
      if (report.isRolledBack === true) rolledBack.push(report.id);
    }
  }
  return { kind: 'done', published, isWhole: true, releases, older, rolledBack };
}

/** Milliseconds that publishing a hundred documents may take. */
const longestPublish = 8_000;

/** Publishes these; what the lake gives as it was before waits, and holds up none of the others. */
export async function publishButStale(
  publisher: Publisher,
  ids: readonly DocumentId[],
  asked: Pick<PublishRequest, 'takesOlder' | 'ofSlice'>,
): Promise<Exclude<PublishOutcome, { kind: 'stale' }> & { readonly stale: readonly DocumentId[] }> {
  const request = { continuePending: false, ...asked };
  const stale: DocumentId[] = [];
  for (;;) {
    const rest = ids.filter((id) => !stale.includes(id));
    const outcome = await publishGuarded(publisher, { ...request, ids: rest });
    if (outcome.kind !== 'stale') return { ...outcome, stale };
    stale.push(...outcome.ids);
  }
}

export function* parts(ids: readonly DocumentId[]): Generator<readonly DocumentId[]> {
  for (let from = 0; from < ids.length; from += documentsPerPublish) {
    yield ids.slice(from, from + documentsPerPublish);
  }
}

/** Whether the newest revision that was received of a document is this one. */
export function isKnown({ refused, accepted }: Entry, rev: string, epoch: number): boolean {
  // What other code could not draw, this code may.
  if (refused?.epoch !== undefined && refused.epoch !== epoch) return false;
  return (refused?.rev ?? accepted?.rev) === rev;
}

export function isEntry(record: unknown): record is Entry {
  return (
    typeof record === 'object' && record !== null && 'accepted' in record && 'present' in record
  );
}

function leafOf(cursor: string): number {
  return cursor.startsWith(knownOnes) ? Number(cursor.slice(knownOnes.length)) : 0;
}
