import type { DocumentId } from '../briefing/model.ts';
import { parseDocument } from '../briefing/parse.ts';
import { referencesOf } from '../briefing/references.ts';
import { redirectIdOf } from './links.ts';
import { isOutage } from './outage.ts';
import type { LakeDocument } from './ports.ts';
import { decide, type PublishRequest } from './publish.ts';
import { treeOf, type Publisher } from './publisher.ts';
import { readRoot } from './root.ts';
import type { Refusals } from './refuse-and-draw-again.ts';
import { revisionKey } from './step-context.ts';
import { settingsId, SettingsMissing } from './settings-document.ts';
import { isEntry } from './compare.ts';
import type { ProblemNote, Root } from './state.ts';

/** Its problem when deciding and drawing it throws, and when that does not end. */
export const cannotBeDrawn: ProblemNote = { code: 'cannot-be-drawn', path: '' };
export const takesTooLong: ProblemNote = { code: 'takes-too-long', path: '' };

/** Stands for whatever the next slice of whole-site work would draw; no revision is called so. */
export const nextSlice = '*slice';

/** Told before each revision is tried, by its key, so that whoever waits knows whose fault it is that it does not end. */
export type Trying = (revision: string) => void;

/**
 * Which of these documents, of what they refer to and of the settings cannot be drawn: each is read, parsed and
 * decided alone, then all together, and nothing is written. What is known to be refused already is left out.
 * Of no documents at all the next slice of whole-site work is tried, as large as the publisher says.
 * Throws what the store or the lake throws: that is nobody's fault.
 */
export async function tryOut(
  publisher: Publisher,
  ids: readonly DocumentId[],
  known: Refusals,
  trying: Trying,
): Promise<Refusals> {
  try {
    return await tryEach(publisher, ids, known, trying);
  } catch (error) {
    // Without settings nothing can be drawn, and so nothing be said of anybody.
    if (error instanceof SettingsMissing) return known;
    throw error;
  }
}

async function tryEach(
  publisher: Publisher,
  ids: readonly DocumentId[],
  known: Refusals,
  trying: Trying,
): Promise<Refusals> {
  const { root } = await readRoot(publisher.ports, publisher.stage.epoch);
  const tree = treeOf(publisher, root);
  const refusals = new Map(known);
  const documents = new Map<DocumentId, LakeDocument>();
  const asked = ids.flatMap((id) => [id, redirectIdOf(id)]).filter((id) => id !== settingsId);
  const order: DocumentId[] = [settingsId, ...asked];

  const isFit = async (revision: string, among: readonly DocumentId[]): Promise<boolean> => {
    trying(revision);
    const given = new Map(
      [settingsId, ...among].flatMap((each) => {
        const fetched = documents.get(each);
        return fetched === undefined ? [] : [[each, fetched] as const];
      }),
    );
    return decides(publisher, root, { ids: among, continuePending: false, refusals }, given);
  };

  for (const id of order) {
    if (!documents.has(id)) {
      for (const [each, fetched] of await publisher.ports.lake.read([id]))
        documents.set(each, fetched);
    }
    const fetched = documents.get(id);
    if (fetched?.kind !== 'present') continue;
    const rev = revOf(fetched.document);
    const revision = revisionKey(id, rev);
    const entry = await tree.get(`entry:${id}`);
    // What is shown already is not tried: it was drawn as it is.
    const isShown = isEntry(entry) && entry.present && entry.accepted?.rev === rev;
    if (isShown || refusals.has(revision)) continue;
    trying(revision);
    const referred = referredBy(fetched.document);
    if (referred === null || !(await isFit(revision, [id]))) {
      refusals.set(revision, cannotBeDrawn);
      continue;
    }
    order.push(...referred.filter((each) => !order.includes(each)));
  }
  if (ids.length === 0) {
    // Known already when whoever tried it before was stopped at it.
    if (refusals.has(nextSlice)) return refusals;
    trying(nextSlice);
    const request = { ids, continuePending: true, refusals };
    const isFitSlice = await decides(publisher, root, request, documents);
    if (!isFitSlice) refusals.set(nextSlice, cannotBeDrawn);
    return refusals;
  }
  const [first] = ids.map((id) => ({ id, fetched: documents.get(id) }));
  if (first?.fetched?.kind !== 'present') return refusals;
  const revision = revisionKey(first.id, revOf(first.fetched.document));
  if (!(await isFit(revision, order))) refusals.set(revision, cannotBeDrawn);
  return refusals;
}

/** Whether something can be decided and drawn. Throws for what is nobody's fault. */
async function decides(
  publisher: Publisher,
  root: Root,
  request: PublishRequest,
  documents: ReadonlyMap<DocumentId, LakeDocument>,
): Promise<boolean> {
  try {
    await decide(publisher, root, request, documents);
    return true;
  } catch (error) {
    if (isOutage(error) || error instanceof SettingsMissing) throw error;
    return false;
  }
}

/** What a document needs to be drawn; null when parsing it throws. */
function referredBy(document: unknown): readonly DocumentId[] | null {
  try {
    const parsed = parseDocument(document);
    if (!parsed.ok) return [];
    return referencesOf(parsed.value).flatMap(({ id, weak }) => (weak ? [] : [id]));
  } catch {
    return null;
  }
}

function revOf(document: unknown): string {
  const hasOne = typeof document === 'object' && document !== null && '_rev' in document;
  return hasOne ? String(document._rev) : '';
}
