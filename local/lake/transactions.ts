import { randomUUID } from 'node:crypto';

import { Mutation as MutatorMutation } from '@sanity/mutator';

import {
  isLakeDocument,
  isRecord,
  isValidDocumentId,
  type DocumentChange,
  type JsonRecord,
  type LakeDocument,
} from './documents.ts';
import { mutationRefusal } from './errors.ts';
import { encodeMutation, type Mutation, type PatchOperations } from './mutations.ts';

/** What a transaction is computed from; nothing is written here. */
export interface TransactionInput {
  transactionId: string;
  timestamp: string;
  mutations: readonly Mutation[];
  autoGenerateArrayKeys: boolean;
  read(id: string): LakeDocument | undefined;
  /** Ids a query selects in the dataset as this transaction has left it so far. */
  select(
    query: string,
    params: JsonRecord,
    pending: ReadonlyMap<string, LakeDocument | null>,
  ): Promise<string[]>;
}

export interface TransactionOutcome {
  changes: DocumentChange[];
  results: MutationResult[];
  /** By document: the mutations that touched it, selections resolved to ids. */
  mutationsByDocument: Map<string, JsonRecord[]>;
}

export interface MutationResult {
  id: string;
  operation: 'create' | 'update' | 'delete' | 'none';
  document: LakeDocument | null;
}

/**
 * Applies mutations in order to a private copy of the documents they name.
 * Throws a `LakeError` (400, 404 or 409, with the index of the mutation) and changes nothing.
 */
export async function computeTransaction(input: TransactionInput): Promise<TransactionOutcome> {
  const pending = new Map<string, LakeDocument | null>();
  const results: MutationResult[] = [];
  const mutationsByDocument = new Map<string, JsonRecord[]>();
  const current = (id: string) => {
    const changed = pending.get(id);
    return changed === undefined ? (input.read(id) ?? null) : changed;
  };

  for (const [index, mutation] of input.mutations.entries()) {
    for (const single of await resolveSelection(mutation)) {
      const id = single.id;
      const before = current(id);
      const after = applyToDocument({ ...single, before, index, input });
      pending.set(id, after);
      const touching = mutationsByDocument.get(id) ?? [];
      touching.push(encodeMutation(single.mutation));
      mutationsByDocument.set(id, touching);
      results.push({ id, operation: operationOf(before, after), document: after });
    }
  }

  const changes = [...pending].flatMap(([id, after]) => {
    const before = input.read(id) ?? null;
    return before === after ? [] : [{ id, before, after }];
  });
  return { changes, results, mutationsByDocument };

  async function resolveSelection(
    mutation: Mutation,
  ): Promise<{ id: string; mutation: Mutation }[]> {
    if (mutation.kind === 'delete' || mutation.kind === 'patch') {
      if ('id' in mutation.selection) return [{ id: mutation.selection.id, mutation }];
      const { query, params } = mutation.selection;
      const ids = await input.select(query, params, pending);
      return ids.map((id) => ({ id, mutation: { ...mutation, selection: { id } } }));
    }
    const given = mutation.document['_id'];
    const id =
      typeof given !== 'string' || given === ''
        ? randomUUID()
        : given.endsWith('.')
          ? given + randomUUID()
          : given;
    return [{ id, mutation: { ...mutation, document: { ...mutation.document, _id: id } } }];
  }
}

function applyToDocument({
  id,
  mutation,
  before,
  index,
  input,
}: {
  id: string;
  mutation: Mutation;
  before: LakeDocument | null;
  index: number;
  input: TransactionInput;
}): LakeDocument | null {
  if (!isValidDocumentId(id)) {
    throw mutationRefusal(400, {
      index,
      type: 'validationError',
      description: `Invalid document ID "${id}": expected 1–128 letters, digits, "_", "-" or inner "."`,
    });
  }
  const stamp = (document: JsonRecord) => stamped(document, { index, input });
  switch (mutation.kind) {
    case 'create':
      if (before !== null) {
        throw mutationRefusal(409, {
          index,
          type: 'documentAlreadyExistsError',
          id,
          description: `Document by ID "${id}" already exists`,
        });
      }
      return stamp(mutation.document);
    case 'createIfNotExists':
      return before ?? stamp(mutation.document);
    case 'createOrReplace':
      return stamp(mutation.document);
    case 'delete':
      return null;
    case 'patch': {
      if (before === null) {
        throw mutationRefusal(409, {
          index,
          type: 'documentNotFoundError',
          id,
          description: `The document with the ID "${id}" was not found`,
        });
      }
      if (mutation.ifRevisionId !== undefined && mutation.ifRevisionId !== before._rev) {
        throw mutationRefusal(409, {
          index,
          type: 'documentRevisionIDDoesNotMatchError',
          id,
          currentRevisionID: before._rev,
          expectedRevisionID: mutation.ifRevisionId,
          description: `Document "${id}" has unexpected revision ID "${before._rev}", expected "${mutation.ifRevisionId}"`,
        });
      }
      return patched(before, mutation.operations, { index, input });
    }
  }
}

/** A document as it is first stored: system attributes are ours, except a given creation time. */
function stamped(
  document: JsonRecord,
  { index, input }: { index: number; input: TransactionInput },
): LakeDocument {
  const { _rev: _ignored, ...content } = document;
  const createdAt = content['_createdAt'];
  const stored: JsonRecord = {
    ...content,
    _createdAt: typeof createdAt === 'string' ? createdAt : input.timestamp,
    _updatedAt: input.timestamp,
    _rev: input.transactionId,
  };
  if (input.autoGenerateArrayKeys) addArrayKeys(stored);
  if (!isLakeDocument(stored) || stored._type === '') {
    throw mutationRefusal(400, {
      index,
      type: 'validationError',
      description: `Document "${String(content['_id'])}" needs a "_type" string`,
    });
  }
  return stored;
}

/** The same patch code as the Studio runs in the browser, so both sides agree on the result. */
function patched(
  before: LakeDocument,
  operations: PatchOperations,
  { index, input }: { index: number; input: TransactionInput },
): LakeDocument {
  try {
    const after = new MutatorMutation({
      mutations: [{ patch: { id: before._id, ...structuredClone(operations) } }],
      transactionId: input.transactionId,
      resultRev: input.transactionId,
      timestamp: input.timestamp,
    }).apply(before);
    const document: unknown = structuredClone(after);
    if (input.autoGenerateArrayKeys) addArrayKeys(document);
    if (isLakeDocument(document) && document._id === before._id) return document;
  } catch (cause) {
    throw mutationRefusal(409, {
      index,
      type: 'patchError',
      id: before._id,
      description: `Cannot patch "${before._id}": ${cause instanceof Error ? cause.message : String(cause)}`,
    });
  }
  throw mutationRefusal(400, {
    index,
    type: 'validationError',
    id: before._id,
    description: `The patch would change a system attribute of "${before._id}"`,
  });
}

function operationOf(
  before: LakeDocument | null,
  after: LakeDocument | null,
): MutationResult['operation'] {
  if (before === after) return 'none';
  if (after === null) return 'delete';
  return before === null ? 'create' : 'update';
}

function addArrayKeys(value: unknown): void {
  const members = Array.isArray(value) ? value : isRecord(value) ? Object.values(value) : [];
  for (const member of members) {
    if (Array.isArray(value) && isRecord(member) && typeof member['_key'] !== 'string') {
      member['_key'] = randomUUID().replaceAll('-', '').slice(0, 12);
    }
    addArrayKeys(member);
  }
}
