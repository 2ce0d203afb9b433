import type { Instant } from '../briefing/model.ts';
import { walkCauses, type Root, type Walk, type WalkCause } from './state.ts';

/** How long whoever works may go on: what an invocation has left. */
export interface Deadline {
  /** Milliseconds until nothing new should be begun; negative when that is past. */
  remaining(): number;
}

/** A slice is to be over in so many milliseconds. */
export const sliceTime = 5_000;
/** Editors' edits go first for so long; then they wait for the slice, so that it is not overtaken for ever. */
const editsFirstFor = 5_000;
/** After this whoever began a slice is dead: no edit waits longer, and somebody else begins it again. */
export const sliceAbandonedAfter = editsFirstFor + 2 * sliceTime;

/** Whether an edit lets the slice that is under way go first. */
export function isSlicesTurn({ slice }: Pick<Root, 'slice'>, now: Instant): boolean {
  const since = Date.parse(now) - Date.parse(slice.at);
  return slice.attempts > 0 && since >= editsFirstFor && since < sliceAbandonedAfter;
}

/**
 * Whether what is committed is being applied by whoever began the slice. To help would be to write all of it a
 * second time, and to be overtaken by the next slice meanwhile.
 */
export function isBeingApplied(
  { slice, release }: Pick<Root, 'slice' | 'release'>,
  now: Instant,
): boolean {
  return release !== null && Date.parse(now) - Date.parse(slice.at) < sliceTime;
}

/** For whoever may take the time it takes: a command, a test. */
export const noDeadline: Deadline = { remaining: () => Number.POSITIVE_INFINITY };

/**
 * The walks with one begun. Two of one cause become one: a redraw begins again, since what it has drawn is
 * not the newest any more; the others go on, unless this one looks closer. What was found in the bucket is
 * worth nothing once everything is drawn again, so a deep check begins again with a redraw.
 */
export function beginWalk(
  walks: readonly Walk[],
  cause: WalkCause,
  since: Instant,
  { takesOlder }: Pick<Walk, 'takesOlder'> = {},
): readonly Walk[] {
  const begun: Walk = {
    cause,
    since,
    cursor: '',
    done: 0,
    found: 0,
    tries: 0,
    ...(takesOlder && { takesOlder }),
  };
  const standing = walks.find((walk) => walk.cause === cause);
  const goesOn =
    standing !== undefined && cause !== 'redraw' && (standing.takesOlder ?? !takesOlder);
  if (goesOn) return walks;
  const others = walks
    .filter((walk) => walk.cause !== cause)
    .map((walk) => (cause === 'redraw' && walk.cause === 'deep-check' ? fromTheStart(walk) : walk));
  return inOrder([...others, begun]);
}

/** What a slice leaves of its walk; null when it has come to its end. */
export type Moved = Pick<Walk, 'cursor' | 'done' | 'found'> | null;

/** The walks with one at another cursor, or without it. */
export function moveWalk(walks: readonly Walk[], cause: WalkCause, moved: Moved): readonly Walk[] {
  return walks.flatMap((walk) => {
    if (walk.cause !== cause) return [walk];
    return moved === null ? [] : [{ ...walk, ...moved, tries: 0 }];
  });
}

/** A slice of it was begun, and perhaps is never ended. */
export function tryWalk(walks: readonly Walk[], cause: WalkCause): readonly Walk[] {
  return walks.map((walk) => (walk.cause === cause ? { ...walk, tries: walk.tries + 1 } : walk));
}

/** The walk to be carried on: the first in order, but one that fails again and again lets the others go first. */
export function nextWalk(walks: readonly Walk[]): Walk | null {
  const patient = walks.filter(({ tries }) => tries <= patience);
  const [first] = patient.length > 0 ? patient : [...walks].sort((a, b) => a.tries - b.tries);
  return first ?? null;
}

/** Kills that may be chance. */
const patience = 2;

export function walkOf({ walks }: Pick<Root, 'walks'>, cause: WalkCause): Walk | null {
  return walks.find((walk) => walk.cause === cause) ?? null;
}

/** What fan-outs and a redraw have left, in documents; at least one for each while it is under way. */
export function workLeft(root: Root): number {
  const redraw = walkOf(root, 'redraw');
  const fanOuts = root.pending.reduce((sum, { left }) => sum + left, 0);
  return fanOuts + (redraw === null ? 0 : Math.max(1, root.live - redraw.done));
}

function fromTheStart(walk: Walk): Walk {
  return { ...walk, cursor: '', done: 0, found: 0, tries: 0 };
}

function inOrder(walks: readonly Walk[]): readonly Walk[] {
  return walkCauses.flatMap((cause) => walks.filter((walk) => walk.cause === cause));
}
