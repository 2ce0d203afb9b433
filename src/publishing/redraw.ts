import type { CivilMonth, DocumentId } from '../briefing/model.ts';
import { newestFirst } from './listing.ts';
import type { Entry, MonthLine, Task } from './state.ts';
import type { StepContext } from './step-context.ts';
import { walkOf, type Moved } from './walk.ts';

/** The part of a redraw that this step carries out. */
export interface RedrawSlice {
  readonly tasks: readonly Task[];
  /** Where it goes on afterwards; null when this slice is the last, or when none was asked for. */
  readonly next: Moved;
  readonly isTaken: boolean;
}

/**
 * Everything is drawn again, what readers look at first: month by month from the newest, in each the
 * briefings and then its lists, which are so drawn once; then by key what no month lists: people, and what
 * is gone or not there yet; the entry points last, since they lead to the rest. What somebody edits
 * meanwhile is drawn by that edit, on whichever side of the cursor it stands.
 */
export async function takeRedrawSlice(context: StepContext): Promise<RedrawSlice> {
  const { root, continuePending, tasksPerRelease } = context.input;
  const walk = walkOf(root, 'redraw');
  // Pages that wait for others before they go come first: every slice would have to keep them.
  if (walk === null || !continuePending || root.pending.length > 0) return noSlice;
  const slice = new Slice(tasksPerRelease);
  const place = readCursor(walk.cursor);
  const next =
    place.in === 'months'
      ? ((await takeMonths(context, slice, place)) ?? (await takeKeys(context, slice, 0)))
      : await takeKeys(context, slice, place.from);
  if (next === null) slice.tasks.push('site');
  const done = walk.done + slice.tasks.filter((task) => task.startsWith('briefing:')).length;
  return {
    tasks: slice.tasks,
    next: next === null ? null : { ...walk, cursor: next, done },
    isTaken: true,
  };
}

const noSlice: RedrawSlice = { tasks: [], next: null, isTaken: false };

/** Tasks up to a size. One that is larger than what is left is taken by an empty slice alone. */
class Slice {
  readonly tasks: Task[] = [];
  #room: number;

  constructor(size: number) {
    this.#room = size;
  }

  take(task: Task, size = 1): boolean {
    if (this.tasks.length > 0 && size > this.#room) return false;
    this.tasks.push(task);
    this.#room -= size;
    return true;
  }
}

/** The cursor of a slice that went through months and has not come to their end; else null. */
async function takeMonths(
  { work }: StepContext,
  slice: Slice,
  { month: first, after }: { readonly month: CivilMonth | null; readonly after: string },
): Promise<string | null> {
  const { months } = await work.site();
  const left = months.filter((month) => first === null || month <= first).reverse();
  for (const month of left) {
    const lines = Object.entries((await work.month(month)).lines).sort(newestFirst);
    let last = month === first ? after : '';
    for (const [id, line] of lines) {
      const place = placeOf(id, line);
      if (last !== '' && place >= last) continue;
      if (!slice.take(`briefing:${id}`)) return monthCursor(month, last);
      last = place;
    }
    // Its archive feeds hold all of the month.
    if (!slice.take(`month:${month}`, 1 + lines.length / 10)) return monthCursor(month, last);
  }
  return null;
}

/** What no month lists, leaf by leaf. */
async function takeKeys(
  { input, work }: StepContext,
  slice: Slice,
  from: number,
): Promise<string | null> {
  const { months } = await work.site();
  let leaves = 0;
  for await (const { at, records } of input.tree.leaves(from)) {
    leaves += 1;
    const tasks = Object.entries(records).flatMap(([key, record]) => unlisted(key, record, months));
    if (
      leaves > leavesATask * input.tasksPerRelease ||
      !tasks.every(({ task, size }) => slice.take(task, size))
    ) {
      return keyCursor(at);
    }
  }
  return null;
}

/** Leaves that one slice reads at the most for each document that it may draw: nodes are small, and many hold nothing to draw. */
const leavesATask = 10;

function unlisted(
  key: string,
  record: unknown,
  months: readonly CivilMonth[],
): readonly { readonly task: Task; readonly size: number }[] {
  const name = key.slice(key.indexOf(':') + 1);
  if (key.startsWith('month:') && !months.includes(name)) {
    return [{ task: `month:${name}`, size: 1 }];
  }
  if (key.startsWith('changes:')) return [{ task: `changes:${name}`, size: 1 }];
  if (!key.startsWith('entry:') || !isEntry(record)) return [];
  const { briefing, facet } = record;
  if (briefing !== null && briefing.state !== 'live') {
    return [{ task: `briefing:${name}`, size: 1 }];
  }
  // All years of a person at once.
  return facet === null ? [] : [{ task: `facet:${name}`, size: 1 + facet.months.length / 12 }];
}

function isEntry(record: unknown): record is Entry {
  return typeof record === 'object' && record !== null && 'briefing' in record;
}

type Place =
  | { readonly in: 'months'; readonly month: CivilMonth | null; readonly after: string }
  | { readonly in: 'keys'; readonly from: number };

const monthCursor = (month: CivilMonth, after: string): string => `month ${month} ${after}`;
const keyCursor = (at: number): string => `keys ${at}`;

function readCursor(cursor: string): Place {
  const [, month, after = ''] = /^month (\S+) (.*)$/.exec(cursor) ?? [];
  if (month !== undefined) return { in: 'months', month, after };
  const [, from] = /^keys (\d+)$/.exec(cursor) ?? [];
  return from === undefined
    ? { in: 'months', month: null, after: '' }
    : { in: 'keys', from: Number(from) };
}

/** In the order of the lists; greater is newer. */
function placeOf(id: DocumentId, { date, publishedAt }: MonthLine): string {
  return `${date} ${publishedAt} ${id}`;
}
