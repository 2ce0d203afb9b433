import {
  isDraftId,
  isVersionId,
  publishedIdOf,
  releaseOf,
  type DocumentChange,
  type JsonRecord,
  type LakeDocument,
} from './documents.ts';
import type { Dataset } from './dataset.ts';
import { editorsOnly } from './hooks-routes.ts';
import { json } from './http.ts';
import { datasetOf, type LakeRequest, type Route } from './router.ts';
import type { Revision, Storage, TransactionRecord } from './storage.ts';

/** What the history pane of the Studio reads: transactions, events, and documents as they were. */
export function historyRoutes({
  datasets,
  storage,
}: {
  datasets: ReadonlyMap<string, Dataset>;
  storage: Storage;
}): Route[] {
  return [
    {
      name: 'history',
      methods: ['GET'],
      path: '/data/history/:dataset/transactions/:ids',
      handle(request) {
        editorsOnly(request);
        const { name } = datasetOf(datasets, request);
        const revisions = storage.revisionsOf(name, idsOf(request));
        return { kind: 'lines', lines: transactionLines(revisions, request.url.searchParams) };
      },
    },
    {
      name: 'history',
      methods: ['GET'],
      path: '/data/history/:dataset/events/documents/:ids',
      handle(request) {
        editorsOnly(request);
        const { name } = datasetOf(datasets, request);
        const events = idsOf(request).map((id) => {
          const publishedId = publishedIdOf(id);
          const group = storage.revisionsOf(name, [
            ...new Set([publishedId, `drafts.${publishedId}`, id]),
          ]);
          return [id, groupEvents(publishedId, group).filter((event) => concerns(id, event))];
        });
        return json({ events: Object.fromEntries(events), nextCursor: '' });
      },
    },
    {
      name: 'history',
      methods: ['GET'],
      path: '/data/history/:dataset/documents/:ids',
      handle(request) {
        editorsOnly(request);
        const { name } = datasetOf(datasets, request);
        const { searchParams } = request.url;
        const revision = searchParams.get('revision');
        const sequence = revision === null ? undefined : storage.sequenceOf(name, revision);
        if (revision !== null && sequence === undefined) return json({ documents: [] });
        const documents = idsOf(request).flatMap((id) => {
          const found = documentAt(storage.revisionsOf(name, [id]), { searchParams, sequence });
          return found === null ? [] : [found];
        });
        return json({ documents });
      },
    },
  ];
}

/**
 * A change as the Studio's diff code wants it. Opcode 0 of the Mendoza format replaces the whole
 * value, so no encoder is needed and the differences shown are the same.
 */
export function effectsOf({ before, after }: Pick<DocumentChange, 'before' | 'after'>): JsonRecord {
  return { apply: [0, withoutRevision(after)], revert: [0, withoutRevision(before)] };
}

function withoutRevision(document: LakeDocument | null): JsonRecord | null {
  if (document === null) return null;
  const { _rev, ...content } = document;
  return content;
}

function idsOf({ path }: LakeRequest): string[] {
  return (path['ids'] ?? '').split(',').filter((id) => id !== '');
}

interface TransactionLine extends Omit<TransactionRecord, 'mutations'> {
  documentIDs: string[];
  effects: Record<string, JsonRecord>;
  mutations?: unknown[];
}

function transactionLines(
  revisions: readonly Revision[],
  searchParams: URLSearchParams,
): TransactionLine[] {
  const lines = new Map<string, TransactionLine>();
  for (const { documentId, document, transaction, before } of withPredecessors(revisions)) {
    const { mutations, ...head } = transaction;
    const line = lines.get(head.id) ?? {
      ...head,
      documentIDs: [],
      effects: {},
      ...(searchParams.get('excludeMutations') !== 'true' && { mutations }),
    };
    line.documentIDs.push(documentId);
    if (searchParams.get('excludeContent') !== 'true' || searchParams.has('effectFormat')) {
      line.effects[documentId] = effectsOf({ before, after: document });
    }
    lines.set(head.id, line);
  }
  let selected = [...lines.values()];
  const from = searchParams.get('fromTransaction');
  const to = searchParams.get('toTransaction');
  const fromTime = searchParams.get('fromTime');
  const toTime = searchParams.get('toTime');
  const position = (id: string) => selected.findIndex((line) => line.id === id);
  if (to !== null && position(to) >= 0) selected = selected.slice(0, position(to) + 1);
  if (from !== null && position(from) >= 0) selected = selected.slice(position(from));
  if (fromTime !== null) selected = selected.filter(({ timestamp }) => timestamp >= fromTime);
  if (toTime !== null) selected = selected.filter(({ timestamp }) => timestamp <= toTime);
  if (searchParams.get('reverse') === 'true') selected.reverse();
  const limit = Number(searchParams.get('limit') ?? 100);
  return selected.slice(0, Number.isInteger(limit) && limit > 0 ? limit : 100);
}

function withPredecessors(
  revisions: readonly Revision[],
): (Revision & { before: LakeDocument | null })[] {
  const latest = new Map<string, LakeDocument | null>();
  return revisions.map((revision) => {
    const before = latest.get(revision.documentId) ?? null;
    latest.set(revision.documentId, revision.document);
    return { ...revision, before };
  });
}

/** The document as a place in the log (or a moment, or its last revision) left it. */
function documentAt(
  revisions: readonly Revision[],
  { searchParams, sequence }: { searchParams: URLSearchParams; sequence: number | undefined },
): LakeDocument | null {
  if (searchParams.get('lastRevision') === 'true') {
    return revisions.findLast(({ document }) => document !== null)?.document ?? null;
  }
  const time = searchParams.get('time');
  const isBefore = (revision: Revision) =>
    (sequence === undefined || revision.sequence <= sequence) &&
    (time === null || revision.transaction.timestamp <= time);
  return revisions.findLast(isBefore)?.document ?? null;
}

/** A published document's history does not tell of drafts that were begun and thrown away. */
function concerns(id: string, event: JsonRecord): boolean {
  const isOfVersion =
    event['type'] === 'createDocumentVersion' || event['type'] === 'deleteDocumentVersion';
  return isDraftId(id) || isVersionId(id) || !isOfVersion;
}

/**
 * The life of a document and its draft in the Studio's words, newest first: one event for each
 * transaction that created, published, unpublished, discarded or deleted; edits of a draft are
 * read from the transactions instead.
 */
function groupEvents(publishedId: string, revisions: readonly Revision[]): JsonRecord[] {
  const bySequence = Map.groupBy(withPredecessors(revisions), ({ sequence }) => sequence);
  return [...bySequence.values()].flatMap((changes) => eventOf(publishedId, changes)).reverse();
}

function eventOf(
  documentId: string,
  changes: readonly (Revision & { before: LakeDocument | null })[],
): JsonRecord[] {
  const published = changes.find((change) => change.documentId === documentId);
  const version = changes.find(({ documentId: id }) => isDraftId(id) || isVersionId(id));
  const { transaction } = changes[0] ?? {};
  if (transaction === undefined) return [];
  const event = (type: string, more: JsonRecord): JsonRecord => ({
    type,
    id: transaction.id,
    timestamp: transaction.timestamp,
    author: transaction.author,
    documentId,
    ...more,
  });
  const versionFacts = version && {
    versionId: version.documentId,
    versionRevisionId: version.before?._rev ?? transaction.id,
    ...(isVersionId(version.documentId) && { releaseId: releaseOf(version.documentId) }),
  };

  if (published?.document && version?.document === null) {
    return [
      event('publishDocumentVersion', {
        ...versionFacts,
        revisionId: transaction.id,
        publishCause: isDraftId(version.documentId) ? 'document.publish' : 'release.publish',
      }),
    ];
  }
  if (published?.document === null && version?.document) {
    return [event('unpublishDocument', { ...versionFacts, versionRevisionId: transaction.id })];
  }
  if (published?.document === null) return [event('deleteDocumentGroup', {})];
  if (published?.document) {
    return [
      event(published.before === null ? 'createLiveDocument' : 'updateLiveDocument', {
        revisionId: transaction.id,
      }),
    ];
  }
  if (version?.document === null) return [event('deleteDocumentVersion', versionFacts ?? {})];
  if (version?.document && version.before === null) {
    return [event('createDocumentVersion', { ...versionFacts, versionRevisionId: transaction.id })];
  }
  return [];
}
