import type { Briefing, DocumentId, Instant } from '../briefing/model.ts';
import { referencesOf } from '../briefing/references.ts';
import { fileReferences } from './links.ts';
import type { StepContext } from './step-context.ts';

/** File what is referred to: by what is shown, by what was chosen for it, and by what was refused. */
export async function fileBriefing(
  context: StepContext,
  id: DocumentId,
  shown: Briefing | null,
): Promise<void> {
  const entry = await context.work.entry(id);
  if (entry === undefined) return;
  const related = entry.briefing?.state === 'live' ? (entry.briefing.related ?? []) : [];
  const roles = shown === null ? {} : await rolesOf(context, shown, related);
  const waiting = entry.refused?.references ?? {};
  if (entry.briefing?.state === 'leaving') {
    // Its page still links to what the revision before this one referred to.
    await fileReferences(context, id, { ...waiting, ...roles, ...entry.references }, entry.filed);
    return;
  }
  const bucket = (shown ?? context.waiting.get(id))?.date.slice(0, 7) ?? entry.filed;
  await fileReferences(context, id, { ...waiting, ...roles }, bucket);
}

/** Everything a briefing refers to, each with how. */
export async function rolesOf(
  context: StepContext,
  briefing: Briefing,
  related: readonly DocumentId[],
): Promise<Readonly<Record<DocumentId, string>>> {
  const roles: Record<DocumentId, string> = {};
  const add = (id: DocumentId, role: string): void => {
    const present = roles[id]?.split(' ') ?? [];
    if (id !== briefing.id && !present.includes(role))
      roles[id] = [...present, role].sort().join(' ');
  };
  for (const { id, path } of referencesOf(briefing)) add(id, roleOfPath(path));
  const person = await context.documents.followed(briefing.personId);
  if (person !== null) add(person.id, 'person');
  for (const id of related) add(id, 'chosen');
  return roles;
}

function roleOfPath(path: string): string {
  if (path.startsWith('person')) return 'person';
  if (path.startsWith('countries')) return 'country';
  if (path.startsWith('identities')) return 'identity';
  if (path.startsWith('topics')) return 'topic';
  if (path.startsWith('byline')) return 'contributor';
  if (path.startsWith('related')) return 'manual';
  if (path.startsWith('translationOf')) return 'translation';
  return 'mention';
}

/** Keep the list of removals that wait for a person. */
export async function fileRefusedRemoval(
  context: StepContext,
  id: DocumentId,
  refused: boolean,
): Promise<void> {
  const site = await context.work.site();
  if (refused === site.refusedRemovals.includes(id)) return;
  const others = site.refusedRemovals.filter((each) => each !== id);
  context.work.set('site', {
    ...site,
    refusedRemovals: refused ? [...others, id].sort() : others,
  });
}

/** Keep the due instants of a briefing filed by day. */
export async function fileDue(
  context: StepContext,
  id: DocumentId,
  before: readonly Instant[],
  after: readonly Instant[],
): Promise<void> {
  const { work } = context;
  const days = new Set([...before, ...after].map((instant) => instant.slice(0, 10)));
  for (const day of days) {
    const record = (await work.get(`due:${day}`)) ?? {};
    const { [id]: _, ...rest } = record;
    const instants = after.filter((instant) => instant.startsWith(day));
    const updated = instants.length === 0 ? rest : { ...rest, [id]: instants };
    const earliest = Object.values(updated).flat().sort()[0];
    work.set(`due:${day}`, earliest === undefined ? undefined : updated);
    const site = await work.site();
    const { [day]: __, ...dueDays } = site.dueDays;
    work.set('site', {
      ...site,
      dueDays: earliest === undefined ? dueDays : { ...dueDays, [day]: earliest },
    });
  }
}
