import type { DocumentId, Instant, LanguageTag } from '../briefing/model.ts';
import type { Path } from '../briefing/resolved.ts';
import { briefingPath, personPath } from '../site/paths.ts';
import type { Address, Entry, View, Views } from './state.ts';
import type { StepContext } from './step-context.ts';

/**
 * The ledger of slug addresses. Live beats moved beats gone; the live holder keeps an address;
 * among claimants of a free one the oldest wins. Nothing that was ever public is forgotten.
 */

export const briefingAddress = (language: LanguageTag, slug: string): string =>
  `briefing/${language}/${slug}`;
export const personAddress = (slug: string): string => `person/${slug}`;

/** The page that stands at an address. */
export function pathOfAddress(address: string, publicationLanguage: LanguageTag): Path {
  const [kind = '', first = '', second = ''] = address.split('/');
  return kind === 'briefing'
    ? briefingPath({ language: first, slug: second, publicationLanguage })
    : personPath(first);
}

/** Who keeps a document from an address, or null when it may have it. */
export async function rivalAt(
  context: StepContext,
  address: string,
  claimant: { readonly id: DocumentId; readonly createdAt: Instant },
): Promise<DocumentId | null> {
  const record = await context.work.address(address);
  if (record.holder !== null) return record.holder === claimant.id ? null : record.holder;
  const older = record.claims.find((claim) => claim.id !== claimant.id && isOlder(claim, claimant));
  return older?.id ?? null;
}

/** Note that a refused document wants an address. */
export async function claim(
  context: StepContext,
  address: string,
  claimant: { readonly id: DocumentId; readonly createdAt: Instant },
): Promise<void> {
  const record = await context.work.address(address);
  const claims = [
    ...record.claims.filter(({ id }) => id !== claimant.id),
    { id: claimant.id, createdAt: claimant.createdAt },
  ].sort((a, b) => (isOlder(a, b) ? -1 : 1));
  context.work.set(`address:${address}`, { ...record, claims });
  wakeClaimants(context, address, { ...record, claims }, claimant.id);
}

/** Take back a claim: the document has gone elsewhere. */
export async function unclaim(
  context: StepContext,
  address: string,
  id: DocumentId,
): Promise<void> {
  const record = await context.work.address(address);
  if (!record.claims.some((each) => each.id === id)) return;
  const after = { ...record, claims: record.claims.filter((each) => each.id !== id) };
  context.work.set(`address:${address}`, after);
  wakeClaimants(context, address, after, id);
}

/**
 * Move in. Returns the views of what stood there, moved or gone: they are the new holder's now,
 * so that its first write there expects them.
 */
export async function take(context: StepContext, address: string, id: DocumentId): Promise<Views> {
  const record = await context.work.address(address);
  if (record.last !== null && record.last !== id) await forget(context, record.last, address);
  const last = record.last === null ? [] : [record.last];
  const before = [...standingPredecessors(context, address, record), ...last];
  context.work.set(`address:${address}`, {
    holder: id,
    last: id,
    ...withPredecessors(before.filter((each) => each !== id)),
    claims: record.claims.filter((each) => each.id !== id),
    views: {},
  });
  return record.views;
}

/** Move out: what stood there is the ledger's from now on, and claimants may come. */
export async function leave(
  context: StepContext,
  address: string,
  id: DocumentId,
  views: Views,
): Promise<void> {
  const record = await context.work.address(address);
  const after: Address = {
    holder: null,
    last: id,
    ...withPredecessors(standingPredecessors(context, address, record)),
    claims: record.claims,
    views,
  };
  context.work.set(`address:${address}`, after);
  context.touched.addresses.add(address);
  wakeClaimants(context, address, after, id);
}

/**
 * Who was here before and may still be linked to. When nothing was pending before this step, and the
 * step has not moved anybody here yet, every page is as it should be.
 */
function standingPredecessors(
  context: StepContext,
  address: string,
  { predecessors = [] }: Address,
): readonly DocumentId[] {
  const isSettled =
    context.input.root.pending.length === 0 && !context.touched.addresses.has(address);
  return isSettled ? [] : predecessors;
}

function withPredecessors(ids: readonly DocumentId[]): Pick<Address, 'predecessors'> {
  return ids.length === 0 ? {} : { predecessors: [...new Set(ids)] };
}

/** Who held the addresses of a document before it: pages that are still to change lead to it by them. */
export async function predecessorsOf(
  context: StepContext,
  { briefing, facet }: Entry,
): Promise<readonly DocumentId[]> {
  const { address, formerly } = briefing ?? facet ?? nowhere;
  const held = address === null ? formerly : [address, ...formerly];
  const records = await Promise.all(held.map((each) => context.work.address(each)));
  return [...new Set(records.flatMap(({ predecessors = [] }) => predecessors))];
}

const nowhere = { address: null, formerly: [] };

function wakeClaimants(
  context: StepContext,
  address: string,
  record: Address,
  but: DocumentId,
): void {
  if (record.holder !== null) return;
  for (const { id } of record.claims) {
    if (id === but) continue;
    const cause = `address:${address}`;
    if (address.startsWith('person/')) {
      context.todo.add(`facet:${id}`, cause);
    } else {
      // Its newest revision may want the address, or the accepted one behind a refused newer one.
      context.todo.add(`read:${id}`, cause);
      context.todo.add(`briefing:${id}`, cause);
    }
  }
}

/** An address that somebody else holds now is no longer a former one of its last holder. */
async function forget(context: StepContext, id: DocumentId, address: string): Promise<void> {
  const entry = await context.work.entry(id);
  if (entry === undefined) return;
  const without = (formerly: readonly string[]): readonly string[] =>
    formerly.filter((each) => each !== address);
  context.work.set(`entry:${id}`, {
    ...entry,
    briefing: entry.briefing && { ...entry.briefing, formerly: without(entry.briefing.formerly) },
    facet: entry.facet && { ...entry.facet, formerly: without(entry.facet.formerly) },
  });
}

function isOlder(
  a: { readonly id: DocumentId; readonly createdAt: Instant },
  b: { readonly id: DocumentId; readonly createdAt: Instant },
): boolean {
  return a.createdAt === b.createdAt ? a.id < b.id : a.createdAt < b.createdAt;
}

/** The views at or under a page, and the rest. */
export function splitViews(
  views: Views,
  page: Path,
): { readonly under: Views; readonly rest: Views } {
  const under: Record<Path, View> = {};
  const rest: Record<Path, View> = {};
  for (const [path, view] of viewsOf(views)) (path.startsWith(page) ? under : rest)[path] = view;
  return { under, rest };
}

/** Views as pairs, with paths as paths. */
export function viewsOf(views: Views): [Path, View][] {
  const pairs: [Path, View][] = [];
  for (const [path, view] of Object.entries(views)) {
    if (isPath(path)) pairs.push([path, view]);
  }
  return pairs;
}

export function isPath(text: string): text is Path {
  return text.startsWith('/');
}
