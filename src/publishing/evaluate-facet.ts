import type { DocumentId } from '../briefing/model.ts';
import { personPath } from '../site/paths.ts';
import { claim, leave, personAddress, rivalAt, splitViews, take, unclaim } from './ledger.ts';
import { addLinkers } from './links.ts';
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
  const isMerged = (await context.documents.followed(id))?.id !== id;
  const isShown = before.months.length > 0 && !isMerged;
  const wanted = isShown ? personAddress(person.slug) : null;
  const rival = wanted === null ? null : await rivalAt(context, wanted, person);
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
  const path = address === null ? null : address === wanted ? personPath(person.slug) : before.path;
  const current = (await work.entry(id)) ?? entry;
  const formerly = (current.facet ?? noFacet).formerly.filter((each) => each !== address);
  const hadPage = before.address !== null;
  const facet: FacetState = {
    months: (current.facet ?? noFacet).months,
    address,
    path,
    claim: claimed,
    formerly:
      before.address !== null && before.address !== address
        ? [...formerly.filter((each) => each !== before.address), before.address]
        : formerly,
    gone:
      address !== null ? null : hadPage ? { at: context.asOf, release: context.seq } : before.gone,
  };
  work.set(`entry:${id}`, {
    ...current,
    views,
    facet,
    notes: rival === null ? [] : [{ code: 'slug-taken', path: 'slug', holder: rival }],
  });
  context.touched.facets.add(id);
  for (const former of facet.formerly) context.touched.addresses.add(former);
  if (path !== before.path) {
    context.touched.wholeFacets.add(id);
    await addLinkers(context, id, `document:${id}`);
  }
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
  }
}

async function hasMember(
  context: StepContext,
  person: DocumentId,
  links: Readonly<Record<DocumentId, string>>,
  lines: Readonly<Record<DocumentId, { readonly date: string }>>,
): Promise<boolean> {
  for (const [id, role] of Object.entries(links)) {
    const line = lines[id];
    if (line === undefined || !role.split(' ').includes('person')) continue;
    if ((await context.work.cards(line.date))[id]?.personId === person) return true;
  }
  return false;
}
