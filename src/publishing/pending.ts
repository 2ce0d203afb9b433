import type { Pending, Root, Task } from './state.ts';
import type { StepContext } from './step-context.ts';
import type { Tree } from './tree.ts';

/** Tasks of one frozen list: a node stays below 200 kB. */
const listLength = 1000;
/** Dependants that go into one release, unless the publisher says otherwise. */
export const tasksPerRelease = 100;

/** The part of a fan-out that this step works through. */
export interface FanOut {
  readonly tasks: readonly Task[];
  /** The fan-out afterwards; null when this chunk finishes it, or when none was continued. */
  readonly rest: Pending | null;
}

/** The next tasks of the oldest fan-out: what the publisher must read from the lake for them. */
export async function nextTasks(
  root: Root,
  tree: Tree,
  count = tasksPerRelease,
): Promise<readonly Task[]> {
  const [first] = root.pending;
  const list = first?.lists[0];
  if (first === undefined || list === undefined) return [];
  const tasks = taskList(await tree.get(`list:${list}`));
  return tasks.slice(first.cursor, first.cursor + count);
}

/** Take the next chunk of the oldest fan-out, if this step is to continue it. */
export async function takeChunk(context: StepContext): Promise<FanOut> {
  const { root, continuePending } = context.input;
  const [first] = root.pending;
  if (!continuePending || first === undefined) return { tasks: [], rest: null };
  const [list] = first.lists;
  const tasks = list === undefined ? [] : taskList(await context.work.get(`list:${list}`));
  const taken = tasks.slice(first.cursor, first.cursor + context.input.tasksPerRelease);
  const cursor = first.cursor + taken.length;
  const isListDone = cursor >= tasks.length;
  if (isListDone && list !== undefined) context.work.set(`list:${list}`, undefined);
  const lists = isListDone ? first.lists.slice(1) : first.lists;
  if (lists.length === 0) return { tasks: taken, rest: null };
  return {
    tasks: taken,
    rest: { ...first, lists, cursor: isListDone ? 0 : cursor, left: first.left - taken.length },
  };
}

/** Causes with work left after this step: a removal waits for its own. */
export function causesLeft(context: StepContext, chunk: FanOut): ReadonlySet<string> {
  const { root, continuePending } = context.input;
  const standing = continuePending ? root.pending.slice(1) : root.pending;
  return new Set([
    ...standing.map(({ cause }) => cause),
    ...(chunk.rest === null ? [] : [chunk.rest.cause]),
    ...context.todo.left().keys(),
  ]);
}

/**
 * What this step could not do is frozen into the root: one fan-out for each page that waits for its
 * linkers to change before it goes, and one for everything else, so that the root stays small
 * however much is imported. A fan-out that stands already is replaced: what was left, and what came.
 */
export async function freezeTasks(
  context: StepContext,
  chunk: FanOut,
): Promise<readonly Pending[]> {
  const { root, continuePending } = context.input;
  const standing: Pending[] = [
    ...(continuePending ? (chunk.rest === null ? [] : [chunk.rest]) : root.pending.slice(0, 1)),
    ...root.pending.slice(1),
  ];
  let number = 0;
  for (const [cause, fresh] of await fanOuts(context, standing)) {
    const at = standing.findIndex((each) => each.cause === cause);
    const before = at < 0 ? undefined : standing[at];
    const rest = before === undefined ? [] : await tasksOf(context, before);
    const tasks = [...new Set([...rest, ...fresh])];
    for (const list of before?.lists ?? []) context.work.set(`list:${list}`, undefined);
    const lists: string[] = [];
    for (let from = 0; from < tasks.length; from += listLength) {
      number += 1;
      const name = `${context.seq}.${number}`;
      context.work.set(`list:${name}`, tasks.slice(from, from + listLength));
      lists.push(name);
    }
    const after: Pending = { cause, lists, cursor: 0, left: tasks.length };
    if (at < 0) standing.push(after);
    else standing[at] = after;
  }
  return standing;
}

/** Where tasks go whose cause nothing waits for. */
const everythingElse = 'changes';
/** Where departures go when too many wait for a fan-out of their own: while it stands, all wait. */
export const manyDepartures = 'departures';
/** Fan-outs of their own that the root has room for. */
const mostDepartures = 40;

async function fanOuts(
  context: StepContext,
  standing: readonly Pending[],
): Promise<ReadonlyMap<string, readonly Task[]>> {
  const byCause = new Map<string, Task[]>();
  let departures = standing.filter(({ cause }) => cause.startsWith('document:')).length;
  for (const [cause, tasks] of context.todo.left()) {
    const isStanding = standing.some((each) => each.cause === cause);
    const departs = await isDeparting(context, cause);
    if (departs && !isStanding) departures += 1;
    const own = departs && (isStanding || departures <= mostDepartures);
    const name = own ? cause : departs ? manyDepartures : everythingElse;
    byCause.set(name, [...(byCause.get(name) ?? []), ...tasks]);
  }
  return byCause;
}

async function isDeparting(context: StepContext, cause: string): Promise<boolean> {
  if (!cause.startsWith('document:')) return false;
  const entry = await context.work.entry(cause.slice('document:'.length));
  return entry?.briefing?.state === 'leaving' || entry?.facet?.leaving === true;
}

async function tasksOf(context: StepContext, pending: Pending): Promise<readonly Task[]> {
  const lists = await Promise.all(
    pending.lists.map(async (list) => taskList(await context.work.get(`list:${list}`))),
  );
  return lists.flat().slice(pending.cursor);
}

function taskList(record: unknown): readonly Task[] {
  return Array.isArray(record) ? record.filter(isTask) : [];
}

function isTask(value: unknown): value is Task {
  return (
    typeof value === 'string' &&
    (value === 'site' || /^(?:briefing|facet|read|month|changes):/.test(value))
  );
}
