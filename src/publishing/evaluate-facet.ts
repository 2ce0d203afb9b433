import type { DocumentId } from '../briefing/model.ts';
import { personPath } from '../site/paths.ts';
import {
  claim,
  leave,
  personAddress,
  predecessorsOf,
  rivalAt,
  splitViews,
  take,
  unclaim,
} from './ledger.ts';
import { addLinkers, linkersOf } from './links.ts';
import type { FacetState } from './state.ts';
import { noFacet, type StepContext } from './step-context.ts';

/**
 * Decide whether a person has a page, and where: while a live briefing is about them and they have
 * not been merged into another. An address that somebody else holds leaves them without a page
 * until it is free; their briefings show the name unlinked.
 */
export async function evaluateFacet(context: StepContext, id: DocumentId): Promise<void> {
  const { work } = context;
  const entry = await work.entry(id);
  const person = await context.documents.person(id);
  if (entry === undefined || person === null) return;
  const before = entry.facet ?? noFacet;
  context.touched.facets.add(id);
  const isMerged = (await context.documents.followed(id))?.id !== id;
  if (before.months.length === 0 || isMerged) {
    if (before.claim !== null) await unclaim(context, before.claim, id);
    const current = (await work.entry(id)) ?? entry;
    const leaving = before.address !== null;
    const facet = { ...(current.facet ?? noFacet), claim: null, leaving };
    work.set(`entry:${id}`, { ...current, facet, notes: [] });
    noteFormer(context, facet);
    // Whoever shows the name linked draws it otherwise first.
    if (leaving && !before.leaving) {
      for (const shown of [id, ...(await predecessorsOf(context, current))]) {
        await addLinkers(context, shown, `document:${id}`);
      }
    }
    return;
  }
  const wanted = personAddress(person.slug);
  const rival = await rivalAt(context, wanted, person);
  const address = rival === null ? wanted : before.address;
  const claimed = rival === null ? null : wanted;
  if (before.claim !== null && before.claim !== claimed) await unclaim(context, before.claim, id);
  if (claimed !== null) await claim(context, claimed, person);

  let views = ((await work.entry(id)) ?? entry).views;
  if (before.address !== null && before.address !== address && before.path !== null) {
    const split = splitViews(views, before.path);
    await leave(context, before.address, id, split.under);
    views = split.rest;
  }
  if (address !== null && address !== before.address) {
    views = { ...views, ...(await take(context, address, id)) };
  }
  const path = address === wanted ? personPath(person.slug) : before.path;
  const current = (await work.entry(id)) ?? entry;
  const standing = current.facet ?? noFacet;
  const facet: FacetState = {
    months: standing.months,
    address,
    path,
    claim: claimed,
    leaving: false,
    formerly: formerAddresses(standing.formerly, before.address, address),
    gone: address === null ? before.gone : null,
  };
  const notes = rival === null ? [] : [{ code: 'slug-taken', path: 'slug', holder: rival }];
  work.set(`entry:${id}`, { ...current, views, facet, notes });
  noteFormer(context, facet);
  if (path !== before.path) {
    context.touched.wholeFacets.add(id);
    await addLinkers(context, id, `document:${id}`);
  }
}

/** Take a person's pages down. */
export async function departFacet(context: StepContext, id: DocumentId): Promise<void> {
  const entry = await context.work.entry(id);
  const facet = entry?.facet;
  if (entry === undefined || !facet?.leaving) return;
  if (facet.address === null || facet.path === null) return;
  const split = splitViews(entry.views, facet.path);
  await leave(context, facet.address, id, split.under);
  const gone: FacetState = {
    ...facet,
    address: null,
    path: null,
    leaving: false,
    formerly: formerAddresses(facet.formerly, facet.address, null),
    gone: { at: context.asOf, release: context.seq },
  };
  context.work.set(`entry:${id}`, { ...entry, views: split.rest, facet: gone });
  context.touched.facets.add(id);
  noteFormer(context, gone);
  // Whoever was merged into this person led here until now.
  for (const [linker] of await linkersOf(context, id)) {
    const merged = await context.work.entry(linker);
    if (merged?.facet == null) continue;
    context.touched.facets.add(linker);
    noteFormer(context, merged.facet);
  }
}

function formerAddresses(
  formerly: readonly string[],
  before: string | null,
  after: string | null,
): readonly string[] {
  const others = formerly.filter((each) => each !== after && each !== before);
  return before !== null && before !== after ? [...others, before] : others;
}

/** Former addresses say where the page is now, so they are looked at with it. */
function noteFormer(context: StepContext, facet: FacetState): void {
  for (const address of facet.formerly) context.touched.addresses.add(address);
}

/** Bring `months` of the people up to date whose briefings came, went or moved in this step. */
export async function refreshFacetMonths(context: StepContext): Promise<void> {
  for (const pair of context.facetMonths) {
    const [id = '', month = ''] = pair.split(' ');
    const entry = await context.work.entry(id);
    if (entry?.type !== 'person') continue;
    const facet = entry.facet ?? noFacet;
    const [links, { lines }] = await Promise.all([
      context.work.links(id, month),
      context.work.month(month),
    ]);
    const isMember = await hasMember(context, id, links, lines);
    const months = isMember
      ? [...new Set([...facet.months, month])].sort()
      : facet.months.filter((each) => each !== month);
    context.work.set(`entry:${id}`, { ...entry, facet: { ...facet, months } });
    context.touched.facets.add(id);
    // Decided before this month came or went: decide again.
    if (months.join() !== facet.months.join()) context.evaluatedFacets.delete(id);
  }
}

async function hasMember(
  context: StepContext,
  person: DocumentId,
  links: Readonly<Record<DocumentId, string>>,
  lines: Readonly<Record<DocumentId, { readonly date: string }>>,
): Promise<boolean> {
  const members = await Promise.all(
    Object.entries(links).map(async ([id, role]) => {
      const line = lines[id];
      if (line === undefined || !role.split(' ').includes('person')) return false;
      return (await context.work.cards(line.date))[id]?.personId === person;
    }),
  );
  return members.includes(true);
}
