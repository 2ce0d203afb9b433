import type { DocumentId } from '../briefing/model.ts';
import { inParallel } from './parallel.ts';
import type { Entry, Task } from './state.ts';
import type { StepContext } from './step-context.ts';

type Read = () => Promise<unknown>;

/**
 * Reads what these tasks will most likely ask for, side by side, in four waits instead of thousands: decisions
 * are made one after another and ask for one record at a time. The tree and the documents remember what they
 * have read. That is all that this does: it decides nothing, and a step without it comes to the same.
 */
export async function readAhead(context: StepContext, tasks: readonly Task[]): Promise<void> {
  const { work, documents } = context;
  const entriesOf = (ids: Iterable<DocumentId>): Promise<(Entry | undefined)[]> =>
    inParallel(new Set(ids), (id) => work.entry(id));
  const [own, referredTo] = [new Set<Read>(), new Set<DocumentId>()];
  const named = present(await entriesOf(tasks.map((task) => task.slice(task.indexOf(':') + 1))));
  const decided = new Set(tasks);
  for (const entry of named) {
    const isDecided = decided.has(`briefing:${entry.id}`) || decided.has(`facet:${entry.id}`);
    if (!isDecided) continue;
    for (const read of ownReads(context, entry)) own.add(read);
    for (const target of Object.keys(entry.references)) referredTo.add(target);
  }
  const [targets] = await Promise.all([entriesOf(referredTo), inParallel(own, (read) => read())]);
  const shown = present(targets);
  await inParallel(
    shown.flatMap((entry) => shownReads(context, entry)),
    (read) => read(),
  );
  // Of people, their countries.
  const further = new Set(
    shown
      .filter(({ type }) => type !== 'briefing')
      .flatMap(({ references }) => Object.keys(references)),
  );
  await inParallel(further, (id) => documents.get(id));
}

/** Of a document that is decided about: what it says, where it stands, who refers to it, and its person's list. */
function ownReads({ work, documents }: StepContext, entry: Entry): readonly Read[] {
  const { id, briefing, facet, linkedIn, references, filed } = entry;
  const people = Object.keys(references).filter((target) => references[target] === 'person');
  const address = (briefing ?? facet)?.address ?? null;
  return [
    () => documents.get(id),
    ...linkedIn.map((bucket) => () => work.links(id, bucket)),
    ...people.map((person) => () => work.links(person, filed)),
    ...(address === null ? [] : [() => work.address(address)]),
    ...(briefing === null ? [] : listReads(work, briefing)),
    ...(facet === null ? [] : facet.months.map((month) => () => work.month(month))),
  ];
}

/** Of a document that is shown: of a briefing its line alone, of others all that they say. */
function shownReads(
  { work, documents }: StepContext,
  { id, briefing, facet }: Entry,
): readonly Read[] {
  const address = (briefing ?? facet)?.address ?? null;
  return [
    ...(address === null ? [] : [() => work.address(address)]),
    ...(briefing === null ? [() => documents.get(id)] : listReads(work, briefing)),
  ];
}

function listReads(
  work: StepContext['work'],
  { date }: NonNullable<Entry['briefing']>,
): readonly Read[] {
  // Of one that was never accepted nobody knows the day.
  return date === '' ? [] : [() => work.cards(date), () => work.month(date.slice(0, 7))];
}

function present(entries: readonly (Entry | undefined)[]): readonly Entry[] {
  return entries.filter((entry) => entry !== undefined);
}
