import type { Briefing, DocumentId, Instant } from '../../briefing/model.ts';
import type { ParseDocument } from '../../briefing/parse-once.ts';
import type { Path } from '../../briefing/resolved.ts';
import { v1 } from '../../site/paths.ts';
import type { CleanSite } from '../clean-site.ts';
import { noHistory, type History, type HistoryRecord } from '../history.ts';
import { briefingAddress, personAddress } from '../ledger.ts';
import { likelyRelated } from '../likely-related.ts';
import type { Edit, Neighbourhood } from '../neighbourhood.ts';
import { basisOf } from '../related.ts';

/** What the clean build must be told besides the lake, as far as the public contract says it. */
export function historyOf(
  around: Neighbourhood,
  edit: Edit,
  { now, parse }: { readonly now: Instant; readonly parse: ParseDocument },
): History {
  const briefings = new Map<DocumentId, Past>();
  const addresses = new Map<string, { holder: DocumentId | null; last: DocumentId | null }>();
  for (const id of around.subjects) {
    if (edit.has(id) || around.briefings.has(id)) continue;
    // Chosen already, and not to be chosen anew: what it was makes no difference to what changes.
    briefings.set(id, past(id, null, []));
  }
  for (const id of edit.keys()) {
    // First published when the button is pressed.
    if (!around.briefings.has(id)) briefings.set(id, past(id, now, null));
  }
  for (const { id, path, language, publishedAt, related } of around.briefings.values()) {
    const isChosenAnew =
      edit.has(id) && !choosesFromTheSame(around.documents.get(id), edit.get(id), parse);
    briefings.set(id, past(id, publishedAt, isChosenAnew ? null : (related ?? [])));
    const address = briefingAddress(language, slugOf(path));
    addresses.set(address, { holder: id, last: id });
  }
  for (const { id, path } of around.people.values()) {
    addresses.set(personAddress(slugOf(path)), { holder: id, last: id });
  }
  return { ...noHistory, briefings, addresses };
}

type Past = Extract<HistoryRecord, { readonly kind: 'briefing' }>;

function past(
  id: DocumentId,
  publishedAt: Instant | null,
  related: readonly DocumentId[] | null,
): Past {
  const nothing = { formerly: [], gone: null, removalRefused: false };
  return { kind: 'briefing', id, publishedAt, related, ...nothing };
}

/** What is chosen as related for an edited briefing that chooses, or chooses from something else. */
export function chosenAnew(
  edit: Edit,
  decided: CleanSite,
  {
    documents,
    history,
    parse,
  }: {
    readonly documents: ReadonlyMap<DocumentId, unknown>;
    readonly history: History;
    readonly parse: ParseDocument;
  },
): ReadonlyMap<DocumentId, Past> {
  const chosen = new Map<DocumentId, Past>();
  const outlines = briefingsIn(documents, parse);
  for (const id of edit.keys()) {
    const [briefing, before] = [outlines.get(id), history.briefings.get(id)];
    if (briefing === undefined || (before !== undefined && before.related !== null)) continue;
    const related = likelyRelated(briefing, outlines, decided.live);
    chosen.set(id, past(id, before?.publishedAt ?? null, related));
  }
  return chosen;
}

function briefingsIn(
  documents: ReadonlyMap<DocumentId, unknown>,
  parse: ParseDocument,
): ReadonlyMap<DocumentId, Briefing> {
  const briefings = new Map<DocumentId, Briefing>();
  for (const [id, document] of documents) {
    const briefing = briefingIn(document, parse);
    if (briefing !== null) briefings.set(id, briefing);
  }
  return briefings;
}

/** Addresses that stood before and that nobody holds afterwards: they lead on, or say what went. */
export function addressesLeft(
  before: CleanSite,
  after: CleanSite,
  around: Neighbourhood,
): ReadonlyMap<string, { readonly holder: null; readonly last: DocumentId }> {
  const left = new Map<string, { readonly holder: null; readonly last: DocumentId }>();
  const held = new Set<string>([
    ...[...after.live.values()].map(({ path }) => path),
    ...[...after.people.values()].map(({ path }) => path),
  ]);
  for (const [id, { path, card }] of before.live) {
    if (!held.has(path))
      left.set(briefingAddress(card.language, slugOf(path)), { holder: null, last: id });
  }
  for (const [id, { path }] of [...before.people, ...around.people]) {
    if (!held.has(path)) left.set(personAddress(slugOf(path)), { holder: null, last: id });
  }
  return left;
}

/** The slug in the path of a page: its last segment. */
export function slugOf(path: Path): string {
  return path.split('/').at(-2) ?? '';
}

/** Tombstones that say where to go instead: they are written again when that moves. */
export function goneStamps({ gone }: Neighbourhood): Map<Path, number> {
  return new Map([...gone].map((id) => [v1.briefing(id), 1]));
}

function choosesFromTheSame(before: unknown, after: unknown, parse: ParseDocument): boolean {
  const [a, b] = [briefingIn(before, parse), briefingIn(after, parse)];
  return a !== null && b !== null && basisOf(a) === basisOf(b);
}

function briefingIn(document: unknown, parse: ParseDocument): Briefing | null {
  const parsed = parse(document);
  return parsed.ok && parsed.value.type === 'briefing' ? parsed.value : null;
}
