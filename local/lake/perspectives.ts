import {
  isDraftId,
  isVersionId,
  publishedIdOf,
  releaseOf,
  type LakeDocument,
} from './documents.ts';
import { plainRefusal } from './errors.ts';

/** Which revision of a document a query sees. A stack lists releases, the most important first. */
export type Perspective =
  | { kind: 'raw' }
  | { kind: 'published' }
  | { kind: 'stack'; layers: readonly string[] };

/** Since this API version an unnamed perspective means published; before, raw. */
const publishedByDefaultSince = '2025-02-19';

/** Reads the `perspective` parameter; refuses with 400 a combination that has no meaning. */
export function parsePerspective(value: string | undefined, apiVersion: string): Perspective {
  if (value === undefined || value === '') {
    const isNew = apiVersion === 'X' || apiVersion >= publishedByDefaultSince;
    return { kind: isNew ? 'published' : 'raw' };
  }
  if (value === 'raw' || value === 'published') return { kind: value };
  const layers = value.split(',').map((layer) => (layer === 'previewDrafts' ? 'drafts' : layer));
  if (layers.includes('raw') || layers.some((layer) => layer === '')) {
    throw plainRefusal(400, `Invalid perspective "${value}": "raw" cannot be part of a stack`);
  }
  return { kind: 'stack', layers: layers.filter((layer) => layer !== 'published') };
}

/**
 * The documents a query in this perspective runs over. Above published ones, each layer's documents
 * stand under their published id, with `_originalId` telling where they came from.
 */
export function viewThrough(
  perspective: Perspective,
  documents: ReadonlyMap<string, LakeDocument>,
): ReadonlyMap<string, LakeDocument> {
  if (perspective.kind === 'raw') return documents;
  const view = new Map<string, LakeDocument>();
  for (const [id, document] of documents) {
    if (isDraftId(id) || isVersionId(id)) continue;
    view.set(
      id,
      perspective.kind === 'published' ? document : { ...document, _originalId: document._id },
    );
  }
  if (perspective.kind === 'published') return view;
  for (const layer of perspective.layers.toReversed()) {
    for (const [id, document] of documents) {
      if (layerOf(id) !== layer) continue;
      const publishedId = publishedIdOf(id);
      view.set(publishedId, { ...document, _id: publishedId, _originalId: id });
    }
  }
  return view;
}

function layerOf(id: string): string | undefined {
  return isDraftId(id) ? 'drafts' : releaseOf(id);
}
