import { randomBytes } from 'node:crypto';

import type { DocumentChange, JsonRecord, LakeDocument } from './documents.ts';
import { plainRefusal } from './errors.ts';
import { checkIntegrity, createReferenceIndex } from './integrity.ts';
import { encodeMutation, type Mutation } from './mutations.ts';
import { selectIds } from './query.ts';
import type { Storage } from './storage.ts';
import { computeTransaction, type MutationResult } from './transactions.ts';

/** One committed transaction, as listeners and webhooks hear of it. */
export interface Commit {
  dataset: string;
  transactionId: string;
  timestamp: string;
  author: string;
  changes: readonly DocumentChange[];
  mutationsByDocument: ReadonlyMap<string, JsonRecord[]>;
}

export interface CommitRequest {
  mutations: readonly Mutation[];
  author: string;
  transactionId?: string;
  dryRun?: boolean;
  autoGenerateArrayKeys?: boolean;
}

/** One dataset: its documents, its log, and a way to change both together. */
export interface Dataset {
  name: string;
  documents: ReadonlyMap<string, LakeDocument>;
  /** Applies all of the mutations or none; resolves when they are on disk. */
  commit(request: CommitRequest): Promise<{ transactionId: string; results: MutationResult[] }>;
  onCommit(hear: (commit: Commit) => void): () => void;
  /** The documents as a query that lags behind would still see them. */
  documentsAsOf(instant: number): ReadonlyMap<string, LakeDocument>;
  referrersOf(id: string): ReadonlySet<string>;
  transactionCount(): number;
  /** Removes every document and the whole history. */
  clear(): Promise<void>;
}

const undoLimit = 5_000;

/** Opens a dataset over what `storage` holds; commits run one after another. */
export function openDataset({
  name,
  storage,
  clock,
}: {
  name: string;
  storage: Storage;
  clock: () => number;
}): Dataset {
  const documents = new Map(
    storage.loadDocuments(name).map((document) => [document._id, document]),
  );
  const references = createReferenceIndex();
  references.record(
    [...documents.values()].map((after) => ({ id: after._id, before: null, after })),
  );
  const hearers = new Set<(commit: Commit) => void>();
  const undo: { at: number; changes: readonly DocumentChange[] }[] = [];
  let last: Promise<unknown> = Promise.resolve();

  function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    const result = last.then(work);
    last = result.catch(() => undefined);
    return result;
  }

  async function commitNow(request: CommitRequest) {
    const transactionId = request.transactionId ?? newTransactionId();
    if (storage.sequenceOf(name, transactionId) !== undefined) {
      throw plainRefusal(409, `Transaction ID "${transactionId}" is already used`);
    }
    const now = clock();
    const timestamp = new Date(now).toISOString();
    const { changes, results, mutationsByDocument } = await computeTransaction({
      transactionId,
      timestamp,
      mutations: request.mutations,
      autoGenerateArrayKeys: request.autoGenerateArrayKeys ?? false,
      read: (id) => documents.get(id),
      select: (query, params, pending) =>
        selectIds({ query, params, documents: overlay(documents, pending), now }),
    });
    checkIntegrity({ changes, read: (id) => documents.get(id), index: references });
    if (request.dryRun === true || changes.length === 0) return { transactionId, results };

    const { author } = request;
    const mutations = request.mutations.map(encodeMutation);
    storage.appendTransaction(name, { id: transactionId, timestamp, author, mutations }, changes);
    for (const { id, after } of changes) {
      if (after === null) documents.delete(id);
      else documents.set(id, after);
    }
    references.record(changes);
    undo.push({ at: now, changes });
    if (undo.length > undoLimit) undo.shift();
    const commit = {
      dataset: name,
      transactionId,
      timestamp,
      author,
      changes,
      mutationsByDocument,
    };
    for (const hear of hearers) hear(commit);
    return { transactionId, results };
  }

  return {
    name,
    documents,
    commit: (request) => oneAtATime(() => commitNow(request)),
    onCommit(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
    documentsAsOf(instant) {
      const past = new Map(documents);
      for (const { at, changes } of undo.toReversed()) {
        if (at <= instant) break;
        for (const { id, before } of changes) {
          if (before === null) past.delete(id);
          else past.set(id, before);
        }
      }
      return past;
    },
    referrersOf: (id) => references.referrersOf(id),
    transactionCount: () => storage.countTransactions(name),
    clear: () =>
      oneAtATime(async () => {
        storage.clearDataset(name);
        documents.clear();
        references.clear();
        undo.length = 0;
      }),
  };
}

function overlay(
  documents: ReadonlyMap<string, LakeDocument>,
  pending: ReadonlyMap<string, LakeDocument | null>,
): ReadonlyMap<string, LakeDocument> {
  if (pending.size === 0) return documents;
  const result = new Map(documents);
  for (const [id, document] of pending) {
    if (document === null) result.delete(id);
    else result.set(id, document);
  }
  return result;
}

function newTransactionId(): string {
  return randomBytes(18).toString('base64url').replaceAll(/[-_]/g, 'x').slice(0, 22);
}
