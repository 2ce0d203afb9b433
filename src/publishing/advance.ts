import type { DocumentId } from '../briefing/model.ts';
import { changeRoot, type RootChange } from './change-root.ts';
import { checkSlice } from './check-bucket.ts';
import { compareSlice, documentsPerPublish } from './compare.ts';
import { isOutage } from './outage.ts';
import { finishOrGiveWay, publish, RacesLost, type PublishOutcome } from './publish.ts';
import type { Publisher } from './publisher.ts';
import { readRoot, swapRoot, type SeenRoot } from './root.ts';
import type { Root, Slice, Walk } from './state.ts';
import { tasksPerRelease } from './pending.ts';
import { nextSlice as nextSliceId } from './try-out.ts';
import {
  moveWalk,
  nextWalk,
  sliceAbandonedAfter,
  sliceTime,
  tryWalk,
  walkOf,
  type Deadline,
  type Moved,
} from './walk.ts';

/** What slices of whole-site work came to. */
export interface Advanced {
  readonly kind:
    /** Nothing is left. */
    | 'done'
    /** No time for another slice: somebody must call again. */
    | 'out-of-time'
    /** Somebody else is at it. */
    | 'busy'
    | 'held'
    | 'other-epoch';
  readonly releases: number;
  readonly found: Found;
}

/** What comparisons and checks found. */
export interface Found {
  readonly drift: number;
  readonly repaired: number;
  readonly orphans: number;
  readonly older: readonly DocumentId[];
  readonly rolledBack: readonly DocumentId[];
}
export const nothingFound: Found = { drift: 0, repaired: 0, orphans: 0, older: [], rolledBack: [] };

/** What a slice of a walk did, besides drawing: where the walk stands, or that it must stop. */
export interface SliceOutcome {
  readonly kind: 'done' | 'held' | 'other-epoch';
  readonly releases: number;
  readonly moved: Moved;
  readonly found: Partial<Found>;
}

/** What the first slice of a kind takes; the next one is twice as large where there was time. */
const firstSize = 10;
/** What a slice aims at: a call in a hundred takes ten times as long, and an edit that goes first has it decide again. */
const aimedAt = 0.4 * sliceTime;

/**
 * Carries on what the root names, slice by slice, as long as there is time for another: fan-outs first, then
 * the walks in their order. Each slice is marked in the root before it begins, so that two do not do the same,
 * and one that was killed twice at one place takes half as much. Throws what a slice threw, once nothing else is
 * left to do.
 */
export async function advance(publisher: Publisher, deadline: Deadline): Promise<Advanced> {
  const { ports, stage } = publisher;
  let releases = 0;
  let found = nothingFound;
  const sizes = new Map<Slice['of'], number>();
  const failures = new Map<Slice['of'], unknown>();
  const result = (kind: Advanced['kind']): Advanced => {
    for (const failure of failures.values()) throw failure;
    return { kind, releases, found };
  };
  for (;;) {
    const seen = await readRoot(ports, stage.epoch);
    const { root } = seen;
    if (root.hold !== null) return result('held');
    if (root.epoch !== stage.epoch) return result('other-epoch');
    if (root.release !== null) {
      if (deadline.remaining() < sliceTime) return result('out-of-time');
      await finishOrGiveWay(publisher, seen);
      continue;
    }
    const next = nextSlice(publisher, root, ports.clock.now(), {
      sizes,
      failed: new Set(failures.keys()),
    });
    if (next === null) return result('done');
    if (next === 'busy') return result('busy');
    if (deadline.remaining() < 2 * sliceTime) return result('out-of-time');
    const begun = await begin(publisher, seen, next);
    if (begun === null) continue;
    const startedAt = Date.parse(ports.clock.now());
    const outcome = await runSlice(publisher, begun, next, deadline).catch(
      async (error: unknown) => {
        failures.set(next.of, error);
        await giveUp(publisher, next);
        return 'failed' as const;
      },
    );
    // One walk's fault is no other's.
    if (outcome === 'failed') continue;
    if (outcome === 'busy') return result('busy');
    releases += outcome.releases;
    found = added(found, outcome.found);
    if (outcome.kind !== 'done') return result(outcome.kind);
    const took = Date.parse(ports.clock.now()) - startedAt;
    sizes.set(next.of, nextSize(next.size, took, publisher.tasksPerRelease ?? tasksPerRelease));
    publisher.notify?.({ kind: 'slice-done', of: next.of, size: next.size, milliseconds: took });
    if (outcome.isStuck) return result('done');
  }
}

/** What is to be begun: the place, how often it was begun there, and how much to take. */
function nextSlice(
  publisher: Publisher,
  root: Root,
  now: string,
  {
    sizes,
    failed,
  }: {
    readonly sizes: ReadonlyMap<Slice['of'], number>;
    /** What has failed in this invocation already. */
    readonly failed: ReadonlySet<Slice['of']>;
  },
): Slice | 'busy' | null {
  const { slice } = root;
  const walk = nextWalk(root.walks.filter(({ cause }) => !failed.has(cause)));
  const [fanOut] = failed.has('fan-out') ? [] : root.pending;
  if (fanOut === undefined && walk === null) return null;
  const isUnderWay = slice.attempts > 0;
  if (isUnderWay && Date.parse(now) - Date.parse(slice.at) < sliceAbandonedAfter) return 'busy';
  const place =
    fanOut === undefined && walk !== null
      ? { of: walk.cause, cursor: walk.cursor, tries: walk.tries }
      : { of: 'fan-out' as const, cursor: placeOf(fanOut), tries: 0 };
  const isSame = slice.of === place.of && slice.cursor === place.cursor;
  const tries = place.of === 'fan-out' && isUnderWay && isSame ? slice.attempts : place.tries;
  const most = publisher.tasksPerRelease ?? tasksPerRelease;
  const known = sizes.get(place.of) ?? (slice.of === place.of ? slice.size : firstSize);
  // One kill may be chance; a second at the same place is not taken for it. What threw was none.
  const isTooMuch = tries > 1 || (tries > 0 && isSame && slice.at === longAgo);
  const size = isTooMuch
    ? Math.max(1, Math.floor(Math.min(most, known) / 2))
    : Math.min(most, known);
  return { of: place.of, cursor: place.cursor, at: now, attempts: tries + 1, size };
}

function placeOf(fanOut: Root['pending'][number] | undefined): string {
  return `${fanOut?.lists[0] ?? ''} ${fanOut?.cursor ?? 0}`;
}

async function begin({ ports }: Publisher, seen: SeenRoot, slice: Slice): Promise<SeenRoot | null> {
  const { walks } = seen.root;
  const root: Root = {
    ...seen.root,
    slice,
    walks: slice.of === 'fan-out' ? walks : tryWalk(walks, slice.of),
  };
  const etag = await swapRoot(ports, seen, root);
  return etag === null ? null : { root, etag };
}

/** Nobody waits for a slice that failed; that it was tried here is remembered. */
async function giveUp(publisher: Publisher, { of, at }: Slice): Promise<void> {
  try {
    await changeRoot(publisher, ({ slice, ...root }) =>
      slice.of === of && slice.at === at ? { ...root, slice: { ...slice, at: longAgo } } : null,
    );
  } catch {
    // The store is what failed, perhaps: then everybody waits until the slice is taken for abandoned.
  }
}

const longAgo = '1970-01-01T00:00:00.000Z';

type Ran = Omit<SliceOutcome, 'moved'> & { readonly isStuck?: boolean };

async function runSlice(
  publisher: Publisher,
  seen: SeenRoot,
  slice: Slice,
  deadline: Deadline,
): Promise<Ran | 'busy'> {
  const sized: Publisher = { ...publisher, tasksPerRelease: slice.size };
  try {
    if (slice.of === 'fan-out' || slice.of === 'redraw') return await drawSlice(sized, slice);
    const walk = walkOf(seen.root, slice.of);
    if (walk === null) return { kind: 'done', releases: 0, found: {} };
    const outcome =
      walk.cause === 'comparison'
        ? await compareSlice(publisher, seen.root, walk, { size: comparedBy(slice), deadline })
        : await checkSlice(publisher, seen.root, walk, slice.size);
    if (outcome.kind !== 'done') return outcome;
    const { kind } = await move(publisher, walk, slice, outcome);
    if (kind === 'too-busy') return 'busy';
    return { ...outcome, kind: kind === 'held' || kind === 'other-epoch' ? kind : 'done' };
  } catch (error) {
    if (error instanceof RacesLost) return 'busy';
    throw error;
  }
}

/**
 * A slice that is drawn in a step moves its cursor with its commit. One of a single document that was killed
 * here before, or throws, is tried apart: what cannot be drawn is passed over and stays as it stands, for the
 * rest of the site does not wait for it.
 */
async function drawSlice(publisher: Publisher, { size, attempts }: Slice): Promise<Ran> {
  const request = { ids: [], continuePending: true };
  const isSuspect = size === 1 && attempts > 2;
  if (isSuspect && (await isUnfit(publisher))) {
    return drawn(await publish(publisher, { ...request, passesOver: true }));
  }
  try {
    return drawn(await publish(publisher, request));
  } catch (error) {
    if (size > 1 || isOutage(error) || !(await isUnfit(publisher))) throw error;
    return drawn(await publish(publisher, { ...request, passesOver: true }));
  }
}

async function isUnfit(publisher: Publisher): Promise<boolean> {
  const unfit = (await publisher.tryOut?.([]))?.get(nextSliceId) !== undefined;
  if (unfit) publisher.notify?.({ kind: 'slice-unfit' });
  return unfit;
}

function drawn(outcome: PublishOutcome): Ran {
  if (outcome.kind !== 'done') {
    return { kind: outcome.kind === 'stale' ? 'done' : outcome.kind, releases: 0, found: {} };
  }
  // What waits for something that only a delivery brings is not carried on here.
  return { kind: 'done', releases: outcome.releases, found: {}, isStuck: outcome.releases === 0 };
}

/**
 * The cursor of a walk that no step moves. Of a slice that took so long that somebody else has begun another,
 * nothing is believed: the other may keep less under the same name, and is still at it.
 */
async function move(
  publisher: Publisher,
  walk: Walk,
  begun: Slice,
  { moved, found }: SliceOutcome,
): Promise<RootChange> {
  return changeRoot(publisher, (root) => {
    if (root.slice.of !== begun.of || root.slice.at !== begun.at) return null;
    const slice = { ...root.slice, attempts: 0 };
    const standing = walkOf(root, walk.cause);
    if (standing?.since !== walk.since || standing.cursor !== walk.cursor) {
      return { ...root, slice };
    }
    const walks = moveWalk(root.walks, walk.cause, moved);
    const isCompared = moved === null && walk.cause === 'comparison';
    const drift = walk.found + (found.drift ?? 0);
    const compared = { at: publisher.ports.clock.now(), drift };
    return { ...root, slice, walks, ...(isCompared && { compared }) };
  });
}

/** Comparing is a tenth of drawing; what one publish takes is not split, but after a kill. */
function comparedBy({ size, attempts }: Slice): number {
  return Math.max(attempts > 1 ? 1 : documentsPerPublish, 10 * size);
}

/** So much that the next slice takes what it aims at; at most twice as much as this one. */
function nextSize(size: number, took: number, most: number): number {
  const fitting = took <= 0 ? 2 * size : Math.round((size * aimedAt) / took);
  return Math.max(1, Math.min(most, 2 * size, fitting));
}

export function added(sum: Found, more: Partial<Found>): Found {
  return {
    drift: sum.drift + (more.drift ?? 0),
    repaired: sum.repaired + (more.repaired ?? 0),
    orphans: sum.orphans + (more.orphans ?? 0),
    older: [...sum.older, ...(more.older ?? [])],
    rolledBack: [...sum.rolledBack, ...(more.rolledBack ?? [])],
  };
}
