import type { Briefing, DocumentId } from '../briefing/model.ts';
import type { MonthLine } from './state.ts';
import type { StepContext } from './step-context.ts';

/** How many are chosen. */
export const relatedCount = 3;
/** How many months back a person, country or topic is searched: bounded, whatever the archive. */
export const monthsBack = 3;

/**
 * Related briefings, chosen once, at first publication, from what is live and earlier: manual, then
 * same person, shared country, shared topic; newest first, ties by id. Chosen again only when what
 * the choice was made from changes, or a chosen one is gone. Null: the choice stands.
 */
export async function chooseRelated(
  context: StepContext,
  chosenBefore: {
    readonly related: readonly DocumentId[] | null;
    readonly relatedBasis: string | null;
  },
  briefing: Briefing,
): Promise<{ readonly related: readonly DocumentId[]; readonly basis: string } | null> {
  const basis = basisOf(briefing);
  const before = chosenBefore.related;
  if (before !== null && chosenBefore.relatedBasis === basis) {
    const standing = await Promise.all(before.map((id) => lineOf(context, id)));
    if (!standing.includes(null)) return null;
  }
  const related: DocumentId[] = [];
  const add = (id: DocumentId): void => {
    if (related.length < relatedCount && id !== briefing.id && !related.includes(id))
      related.push(id);
  };
  for (const id of briefing.relatedIds) {
    if ((await lineOf(context, id)) !== null) add(id);
  }
  const person = await context.documents.followed(briefing.personId);
  const sources: readonly (readonly [DocumentId, string])[] = [
    ...(person === null ? [] : [[person.id, 'person'] as const]),
    ...briefing.countryIds.map((id) => [id, 'country'] as const),
    ...briefing.topicIds.map((id) => [id, 'topic'] as const),
  ];
  for (const role of ['person', 'country', 'topic']) {
    if (related.length >= relatedCount) break;
    const found = new Map<DocumentId, MonthLine>();
    for (const [target, ofRole] of sources) {
      if (ofRole !== role) continue;
      for (const [id, line] of await earlierOf(context, target, role, briefing))
        found.set(id, line);
    }
    const order = [...found].sort(([a, x], [b, y]) =>
      x.date === y.date ? (a < b ? -1 : 1) : x.date > y.date ? -1 : 1,
    );
    for (const [id] of order) add(id);
  }
  return before !== null && chosenBefore.relatedBasis === basis && sameList(before, related)
    ? null
    : { related, basis };
}

/** What the choice is made from. */
export function basisOf(briefing: Briefing): string {
  const { personId, countryIds, topicIds, relatedIds } = briefing;
  return JSON.stringify([personId, countryIds, topicIds, relatedIds]);
}

async function earlierOf(
  context: StepContext,
  target: DocumentId,
  role: string,
  briefing: Briefing,
): Promise<readonly (readonly [DocumentId, MonthLine])[]> {
  const entry = await context.work.entry(target);
  const months = (entry?.linkedIn ?? [])
    .filter((bucket) => /^\d{4}-\d{2}$/.test(bucket) && bucket <= briefing.date.slice(0, 7))
    .slice(-monthsBack);
  const found: (readonly [DocumentId, MonthLine])[] = [];
  for (const month of months) {
    const [links, { lines }] = await Promise.all([
      context.work.links(target, month),
      context.work.month(month),
    ]);
    for (const [id, roles] of Object.entries(links)) {
      const line = lines[id];
      if (line === undefined || !roles.split(' ').includes(role)) continue;
      const isEarlier =
        line.date < briefing.date || (line.date === briefing.date && id < briefing.id);
      if (isEarlier) found.push([id, line]);
    }
  }
  return found;
}

/** The list line of a live briefing. */
async function lineOf(context: StepContext, id: DocumentId): Promise<MonthLine | null> {
  const entry = await context.work.entry(id);
  if (entry?.briefing?.state !== 'live') return null;
  const { lines } = await context.work.month(entry.briefing.date.slice(0, 7));
  return lines[id] ?? null;
}

function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}
