import type { Briefing, DocumentId, Instant } from '../briefing/model.ts';
import { cardOf } from '../briefing/resolve.ts';
import type { Card } from '../briefing/resolved.ts';
import { fileBriefing, fileDue, fileRefusedRemoval } from './file-briefing.ts';
import type { Verdict } from './judge-briefing.ts';
import { leave, predecessorsOf, splitViews, take } from './ledger.ts';
import { addLinkers, translationGroup } from './links.ts';
import { relist } from './list-briefing.ts';
import type { BriefingState, Entry } from './state.ts';
import { newEntry, type StepContext } from './step-context.ts';

/** File the verdict: address, lines, references, due instants, and who has to look again. */
export async function placeBriefing(
  context: StepContext,
  id: DocumentId,
  verdict: Verdict,
  claims: readonly string[],
): Promise<void> {
  const { work, touched } = context;
  const entry = (await work.entry(id)) ?? newEntry(id, 'briefing');
  const before = entry.briefing;
  if (before === null) return;
  const nowLive = verdict.state === 'live';
  const wasListed = before.state === 'live';
  const wasLive = wasListed || before.state === 'leaving';
  const oldCard = wasListed ? ((await work.cards(before.date))[id] ?? null) : null;

  let views = entry.views;
  if (before.address !== null && before.address !== verdict.address && nowLive && before.path) {
    const split = splitViews(views, before.path);
    await leave(context, before.address, id, split.under);
    views = split.rest;
  }
  if (nowLive && verdict.address !== null && before.address !== verdict.address) {
    views = { ...views, ...(await take(context, verdict.address, id)) };
  }

  const newCard =
    verdict.resolved === null || verdict.path === null
      ? null
      : { ...cardOf(verdict.resolved, verdict.path), personId: verdict.resolved.person.id };
  await relist(context, id, oldCard, newCard);
  if (!wasListed && nowLive) context.live += 1;
  if (wasListed && !nowLive) context.live -= 1;

  const linkChanged = linked(oldCard) !== linked(newCard);
  const cause = `document:${id}`;
  if (linkChanged) await addLinkers(context, id, cause);
  if (linkChanged && !nowLive) await addLinkersOfPredecessors(context, entry, cause);
  const original = nowLive ? (verdict.accepted?.translationOf ?? null) : null;
  const leftGroups = await leftGroupsOf(context, entry, before, original);
  if (linkChanged || original !== before.original) {
    await addTranslations(context, id, [...leftGroups, before.original, original], cause);
  }

  const accepted = verdict.accepted;
  const due = entry.present ? dueInstants(accepted, entry.refused, context.asOf) : [];
  const current = (await work.entry(id)) ?? entry;
  const formerly =
    current.briefing?.formerly.filter((address) => address !== verdict.address) ?? [];
  const keepsPlace = !nowLive && wasLive;
  work.set(`entry:${id}`, {
    ...current,
    views,
    notes: verdict.notes,
    briefing: {
      ...before,
      state: keepsPlace ? 'leaving' : verdict.state,
      leavesFor: keepsPlace ? verdict.state : null,
      language: accepted?.language ?? before.language,
      date: accepted?.date ?? before.date,
      original,
      leftGroups,
      address: nowLive ? verdict.address : before.address,
      path: nowLive ? verdict.path : before.path,
      claims,
      publishedAt: verdict.publishedAt,
      formerly:
        before.address !== null && nowLive && before.address !== verdict.address
          ? [...formerly.filter((address) => address !== before.address), before.address]
          : formerly,
      gone: nowLive ? null : before.gone,
      removalRefused: verdict.removalRefused,
      due,
    },
  });
  await fileDue(context, id, before.due, due);
  await fileRefusedRemoval(context, id, verdict.removalRefused);
  if (nowLive && accepted !== null) context.relate.set(id, accepted);
  await fileBriefing(context, id, accepted);
  touched.briefings.add(id);
}

/**
 * Groups of translations that may still show this briefing although it has left them: their pages
 * wait among the pending changes, where no removal looks. It asks for them again when it goes, and
 * so waits for them. When nothing was pending before this step, every page was as it should be, but for
 * the group that this step itself has left: a briefing may be looked at twice in one.
 */
async function leftGroupsOf(
  context: StepContext,
  { id }: Entry,
  before: BriefingState,
  original: DocumentId | null,
): Promise<readonly DocumentId[]> {
  const isSettled = context.input.root.pending.length === 0;
  const originally = (await context.work.before(`entry:${id}`))?.briefing?.original;
  const waiting = isSettled
    ? before.leftGroups.filter((group) => group === originally)
    : before.leftGroups;
  const left = before.original === null ? waiting : [...waiting, before.original];
  return [...new Set(left)].filter((group) => group !== original);
}

/**
 * A page that goes waits for those too that lead to its address by whoever held it before: they wait
 * among the pending changes, where no removal looks.
 */
async function addLinkersOfPredecessors(
  context: StepContext,
  entry: Entry,
  cause: string,
): Promise<void> {
  for (const predecessor of await predecessorsOf(context, entry)) {
    await addLinkers(context, predecessor, cause);
    const { leftGroups = [], original = null } =
      (await context.work.entry(predecessor))?.briefing ?? {};
    await addTranslations(context, predecessor, [...leftGroups, original], cause);
  }
}

/** Pages of the same text in other languages show each other: the group that is left, and the one that is joined. */
async function addTranslations(
  context: StepContext,
  id: DocumentId,
  originals: readonly (DocumentId | null)[],
  cause: string,
): Promise<void> {
  for (const original of new Set(originals)) {
    if (original === null) continue;
    for (const member of await translationGroup(context, original)) {
      if (member !== id) context.todo.add(`briefing:${member}`, cause);
    }
  }
}

/** Of a refused revision too: what was too early then is looked at again. */
function dueInstants(
  briefing: Briefing | null,
  refused: Entry['refused'],
  asOf: Instant,
): readonly Instant[] {
  const instants = [briefing?.publishAt, briefing?.unpublishAt, ...(refused?.due ?? [])];
  return [...new Set(instants.filter((instant) => instant != null))]
    .filter((instant) => instant > asOf)
    .sort();
}

function linked(card: Card | null): string {
  return card === null ? '' : JSON.stringify([card.path, card.language, card.date, card.headline]);
}
