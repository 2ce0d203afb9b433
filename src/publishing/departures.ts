import type { DocumentId } from '../briefing/model.ts';
import { departBriefing } from './depart-briefing.ts';
import { departFacet } from './evaluate-facet.ts';
import { predecessorsOf } from './ledger.ts';
import { linkersOf, translationGroup } from './links.ts';
import type { Entry } from './state.ts';
import type { StepContext } from './step-context.ts';

/**
 * Take down what has no linkers left. A removed document is out of the lists at once, but its page
 * stays until every page that links to it has changed, in this release or an earlier one; pages
 * that only linked to each other go together.
 */
export async function finishDepartures(
  context: StepContext,
  isWaitedFor: (cause: string) => boolean,
): Promise<void> {
  const leaving = new Map<DocumentId, Entry>();
  const candidates = new Set([
    ...(await context.work.site()).leaving,
    ...context.touched.briefings,
    ...context.touched.facets,
  ]);
  for (const id of candidates) {
    const entry = await context.work.entry(id);
    if (entry !== undefined && isLeaving(entry)) leaving.set(id, entry);
  }
  const going = new Set([...leaving.keys()].filter((id) => !isWaitedFor(`document:${id}`)));
  // Whoever stays for a while keeps what it links to.
  for (let changed = true; changed;) {
    changed = false;
    for (const id of going) {
      if (!(await isHeldBack(context, id, going))) continue;
      going.delete(id);
      changed = true;
    }
  }
  for (const id of going) {
    await departBriefing(context, id);
    await departFacet(context, id);
  }
  const stay = [...leaving.keys()].filter((id) => !going.has(id)).sort();
  const site = await context.work.site();
  if (stay.join() !== site.leaving.join()) context.work.set('site', { ...site, leaving: stay });
}

function isLeaving({ briefing, facet }: Entry): boolean {
  return briefing?.state === 'leaving' || facet?.leaving === true;
}

/** Whether a page that stays for a while links to this one. */
async function isHeldBack(
  context: StepContext,
  id: DocumentId,
  going: ReadonlySet<DocumentId>,
): Promise<boolean> {
  for (const linker of await shownBy(context, id)) {
    const entry = await context.work.entry(linker);
    if (entry !== undefined && isLeaving(entry) && !going.has(linker)) return true;
  }
  return false;
}

/** Whose pages may lead to one: those that show it, or whoever had its addresses before it. */
async function shownBy(context: StepContext, id: DocumentId): Promise<readonly DocumentId[]> {
  const entry = await context.work.entry(id);
  const before = entry === undefined ? [] : await predecessorsOf(context, entry);
  const showing = await Promise.all([id, ...before].map((each) => showingOne(context, each)));
  return showing.flat().filter((each) => each !== id);
}

/** Whose pages may show one: its linkers, and the translations among which it is or was. */
async function showingOne(context: StepContext, id: DocumentId): Promise<readonly DocumentId[]> {
  const { original, leftGroups } = (await context.work.entry(id))?.briefing ?? noGroups;
  const groups = [...leftGroups, original].filter((group) => group !== null);
  const translations = await Promise.all(groups.map((group) => translationGroup(context, group)));
  const linkers = (await linkersOf(context, id)).map(([linker]) => linker);
  return [...linkers, ...translations.flat()];
}

const noGroups = { original: null, leftGroups: [] };
