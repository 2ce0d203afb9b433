import type { DocumentId } from '../briefing/model.ts';
import { parseDocument } from '../briefing/parse.ts';
import { referencesOf } from '../briefing/references.ts';
import { redirectIdOf } from './links.ts';
import { isOutage } from './outage.ts';
import type { LakeDocument } from './ports.ts';
import { decide } from './publish.ts';
import { treeOf, type Publisher } from './publisher.ts';
import { readRoot } from './root.ts';
import type { Refusals } from './refuse-and-draw-again.ts';
import { settingsId, SettingsMissing } from './settings-document.ts';
import { isEntry } from './compare.ts';
import type { ProblemNote } from './state.ts';

/** Its problem when deciding and drawing it throws, and when that does not end. */
export const cannotBeDrawn: ProblemNote = { code: 'cannot-be-drawn', path: '' };
export const takesTooLong: ProblemNote = { code: 'takes-too-long', path: '' };

/** Told before each document is tried, so that whoever waits knows whose fault it is that it does not end. */
export type Trying = (id: DocumentId) => void;

/**
 * Which of these documents, of what they refer to and of the settings cannot be drawn: each is read, parsed and
 * decided alone, then all together, and nothing is written. What is known to be refused already is left out.
 * Throws what the store or the lake throws: that is nobody's fault.
 */
export async function tryOut(
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

  const isFit = async (id: DocumentId, among: readonly DocumentId[]): Promise<boolean> => {
    trying(id);
    try {
      const given = new Map(
        [settingsId, ...among].flatMap((each) => {
          const fetched = documents.get(each);
          return fetched === undefined ? [] : [[each, fetched] as const];
        }),
      );
      const request = { ids: among, continuePending: false, refusals };
      await decide(publisher, root, request, given);
      return true;
    } catch (error) {
      if (isOutage(error) || error instanceof SettingsMissing) throw error;
      return false;
    }
  };

  for (const id of order) {
    if (!documents.has(id)) {
      for (const [each, fetched] of await publisher.ports.lake.read([id]))
        documents.set(each, fetched);
    }
    const fetched = documents.get(id);
    if (fetched?.kind !== 'present' || refusals.has(id)) continue;
    const entry = await tree.get(`entry:${id}`);
    // What is shown already is not tried: it was drawn as it is.
    if (isEntry(entry) && entry.present && entry.accepted?.rev === revOf(fetched.document))
      continue;
    trying(id);
    const referred = referredBy(fetched.document);
    if (referred === null || !(await isFit(id, [id]))) {
      refusals.set(id, cannotBeDrawn);
      continue;
    }
    order.push(...referred.filter((each) => !order.includes(each)));
  }
  const [first] = ids;
  if (first !== undefined && !(await isFit(first, order))) refusals.set(first, cannotBeDrawn);
  return refusals;
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

function revOf(document: unknown): unknown {
  return typeof document === 'object' && document !== null && '_rev' in document
    ? document._rev
    : null;
}
