import { isDocumentId } from '../../src/briefing/document-id.ts';
import { type DocumentType, documentTypes } from '../../src/briefing/model.ts';
import type { Lake, LakeDocument, Revision } from '../../src/publishing/ports.ts';

/** A document as a lake keeps it. */
export type KeptDocument = {
  readonly _id: string;
  readonly _type: string;
  readonly _rev: string;
  readonly _updatedAt: string;
} & Readonly<Record<string, unknown>>;

/**
 * A lake in memory over a map that the test goes on changing; drafts may be in it, and stay there.
 * It passes the contract that Sanity's passes.
 */
export function memoryLake(documents: ReadonlyMap<string, KeptDocument>): Lake {
  const published = (): readonly (KeptDocument & { readonly _type: DocumentType })[] =>
    [...documents.values()]
      .filter(isOfOurs)
      .filter(({ _id }) => isDocumentId(_id))
      .sort((one, other) => (one._id < other._id ? -1 : 1));
  return {
    async read(ids) {
      const refused = ids.find((id) => !isDocumentId(id));
      if (refused !== undefined) {
        throw new Error(`Expected the id of a published document: ${String(refused)}`);
      }
      const read = new Map<string, LakeDocument>();
      for (const id of ids) {
        const document = documents.get(id);
        read.set(
          id,
          document === undefined
            ? { kind: 'absent' }
            : { kind: 'present', document: structuredClone(document) },
        );
      }
      return read;
    },
    revisions: (filter) => revisions(published(), filter),
    async revisionsOf(ids) {
      const wanted = new Set(ids);
      const found = published().filter(({ _id }) => wanted.has(_id));
      return new Map(found.map((document) => [document._id, revisionOf(document)]));
    },
    async counts() {
      const counts = Object.fromEntries(documentTypes.map((type) => [type, 0]));
      for (const { _type: type } of published()) counts[type] = (counts[type] ?? 0) + 1;
      return counts;
    },
  };
}

async function* revisions(
  documents: readonly (KeptDocument & { readonly _type: DocumentType })[],
  { updatedAfter = '', idAfter = '' }: Parameters<Lake['revisions']>[0] = {},
): AsyncIterable<Revision> {
  for (const document of documents) {
    const { _id, _updatedAt } = document;
    if (_updatedAt > updatedAfter && _id > idAfter) yield revisionOf(document);
  }
}

function revisionOf({
  _id: id,
  _type: type,
  _rev: rev,
  _updatedAt: updatedAt,
}: KeptDocument & { readonly _type: DocumentType }): Revision {
  return { id, type, rev, updatedAt };
}

function isOfOurs(document: KeptDocument): document is KeptDocument & { _type: DocumentType } {
  return documentTypes.some((type) => type === document._type);
}
