import { z } from 'zod';

import { isRecord, type JsonRecord } from './documents.ts';
import { mutationRefusal, plainRefusal } from './errors.ts';

/** The operations of a patch, as the mutator understands them. */
export interface PatchOperations {
  set?: JsonRecord;
  setIfMissing?: JsonRecord;
  unset?: string[];
  inc?: Record<string, number>;
  dec?: Record<string, number>;
  diffMatchPatch?: Record<string, string>;
  insert?:
    | { before: string; items: unknown[] }
    | { after: string; items: unknown[] }
    | { replace: string; items: unknown[] };
}

export type Selection = { id: string } | { query: string; params: JsonRecord };

/** One step of a transaction, parsed from a mutate request or translated from an action. */
export type Mutation =
  | { kind: 'create' | 'createIfNotExists' | 'createOrReplace'; document: JsonRecord }
  | { kind: 'delete'; selection: Selection }
  | {
      kind: 'patch';
      selection: Selection;
      ifRevisionId?: string;
      operations: PatchOperations;
    };

export interface MutationRequest {
  mutations: Mutation[];
  transactionId?: string;
}

const jsonObject = z.record(z.string(), z.unknown());
const selection = z.union([
  z.object({ id: z.string() }),
  z.object({ query: z.string(), params: jsonObject.default({}) }),
]);
const operations = z.object({
  set: jsonObject.exactOptional(),
  setIfMissing: jsonObject.exactOptional(),
  unset: z.array(z.string()).exactOptional(),
  inc: z.record(z.string(), z.number()).exactOptional(),
  dec: z.record(z.string(), z.number()).exactOptional(),
  diffMatchPatch: z.record(z.string(), z.string()).exactOptional(),
  insert: z
    .union([
      z.object({ before: z.string(), items: z.array(z.unknown()) }),
      z.object({ after: z.string(), items: z.array(z.unknown()) }),
      z.object({ replace: z.string(), items: z.array(z.unknown()) }),
    ])
    .exactOptional(),
});
const revisionGuard = z.object({ ifRevisionID: z.string().nullish() });

/** Parses the body of `POST /data/mutate`; refuses with 400 and the index of the bad mutation. */
export function parseMutationRequest(body: unknown): MutationRequest {
  if (!isRecord(body) || !Array.isArray(body['mutations'])) {
    throw plainRefusal(400, 'Expected a JSON body {"mutations": […]}');
  }
  const transactionId = body['transactionId'];
  return {
    mutations: body['mutations'].map(parseMutation),
    ...(typeof transactionId === 'string' && { transactionId }),
  };
}

/** Parses the `patch` of an edit action, which names its document elsewhere. */
export function parsePatchOperations(value: unknown, index: number): PatchOperations {
  const parsed = operations.safeParse(value);
  if (!parsed.success) throw malformed(index, 'patch', z.prettifyError(parsed.error));
  return parsed.data;
}

function parseMutation(value: unknown, index: number): Mutation {
  const kinds = isRecord(value) ? Object.keys(value) : [];
  const kind = kinds[0];
  if (!isRecord(value) || kind === undefined || kinds.length !== 1) {
    throw malformed(index, 'mutation', `expected one operation, came [${kinds.join(', ')}]`);
  }
  const body = value[kind];
  switch (kind) {
    case 'create':
    case 'createIfNotExists':
    case 'createOrReplace':
      if (!isRecord(body)) throw malformed(index, kind, 'expected a document');
      return { kind, document: body };
    case 'delete': {
      const parsed = selection.safeParse(body);
      if (!parsed.success) throw malformed(index, kind, z.prettifyError(parsed.error));
      return { kind, selection: parsed.data };
    }
    case 'patch': {
      const selected = selection.safeParse(body);
      const guard = revisionGuard.safeParse(body);
      if (!selected.success) throw malformed(index, kind, z.prettifyError(selected.error));
      if (!guard.success) throw malformed(index, kind, z.prettifyError(guard.error));
      const ifRevisionId = guard.data.ifRevisionID ?? undefined;
      return {
        kind,
        selection: selected.data,
        ...(ifRevisionId !== undefined && { ifRevisionId }),
        operations: parsePatchOperations(body, index),
      };
    }
    default:
      throw malformed(index, kind, 'no such operation');
  }
}

function malformed(index: number, what: string, why: string) {
  return mutationRefusal(400, {
    index,
    type: 'malformedMutationError',
    description: `Malformed ${what}: ${why}`,
  });
}

/** The mutation in the form listeners and the transaction log carry. */
export function encodeMutation(mutation: Mutation): JsonRecord {
  switch (mutation.kind) {
    case 'create':
    case 'createIfNotExists':
    case 'createOrReplace':
      return { [mutation.kind]: mutation.document };
    case 'delete':
      return { delete: mutation.selection };
    case 'patch':
      return {
        patch: {
          ...mutation.selection,
          ...(mutation.ifRevisionId !== undefined && { ifRevisionID: mutation.ifRevisionId }),
          ...mutation.operations,
        },
      };
  }
}
