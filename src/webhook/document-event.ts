import * as z from 'zod';
import { isDocumentId } from '../briefing/document-id.ts';
import {
  type DocumentId,
  type DocumentType,
  documentTypes,
  type Instant,
} from '../briefing/model.ts';

/**
 * What is left of a delivery: which document to look at, and how new it was said to be.
 * Nothing else of a body goes any further.
 */
export interface DocumentEvent {
  readonly ids: readonly [DocumentId];
  /** Only a reason to read again when what comes is older. */
  readonly updatedAt?: Instant;
}

export type EventReading =
  | {
      readonly kind: 'event';
      readonly event: DocumentEvent;
      /** Names the change itself; null when the body does not say enough to tell two of them apart. */
      readonly change: string | null;
    }
  | {
      readonly kind: 'ignored';
      readonly reason:
        | 'not-json'
        | 'wrong-shape'
        | 'draft-or-version'
        | 'unusable-id'
        | 'unknown-type';
    }
  | { readonly kind: 'foreign'; readonly reason: 'wrong-project' | 'wrong-dataset' };

/** Reads a body that has been verified. Total: any bytes give one of the three. */
export function readEvent({
  body,
  project,
  dataset,
}: {
  body: Uint8Array;
  project: string;
  dataset: string;
}): EventReading {
  const json = parseJson(body);
  if (json === undefined) return { kind: 'ignored', reason: 'not-json' };
  const delivery = deliveryShape.safeParse(json);
  if (!delivery.success) return { kind: 'ignored', reason: 'wrong-shape' };
  const { _id: id, _type: type, _rev: revision, _updatedAt: updatedAt, operation } = delivery.data;
  // The names in the headers are not signed, so only those in the body count.
  if (delivery.data.project !== project) return { kind: 'foreign', reason: 'wrong-project' };
  if (delivery.data.dataset !== dataset) return { kind: 'foreign', reason: 'wrong-dataset' };
  if (id.startsWith('drafts.') || id.startsWith('versions.')) {
    return { kind: 'ignored', reason: 'draft-or-version' };
  }
  if (!isDocumentId(id)) return { kind: 'ignored', reason: 'unusable-id' };
  if (!isDocumentType(type)) return { kind: 'ignored', reason: 'unknown-type' };
  // A revision is the name of its transaction; a deletion tells of the revision that it ends.
  const change =
    revision === undefined || operation === undefined
      ? null
      : JSON.stringify([id, revision, operation]);
  const redirected = type === 'redirect' ? redirectedId(id) : null;
  // The time belongs to the redirect: the document it is about may well be older.
  if (redirected !== null) return { kind: 'event', event: { ids: [redirected] }, change };
  return {
    kind: 'event',
    event: { ids: [id], ...(updatedAt !== undefined && { updatedAt }) },
    change,
  };
}

/** The projection of the webhook sends more; what is not named here is never looked at. */
const deliveryShape = z.object({
  _id: z.string().min(1).max(1_000),
  _type: z.string(),
  // Kept as the lake writes it, since it is compared with what the lake writes. A hint that cannot be
  // used is none.
  _updatedAt: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/)
    .optional()
    .catch(undefined),
  _rev: z.string().min(1).optional().catch(undefined),
  operation: z.enum(['create', 'update', 'delete']).optional().catch(undefined),
  project: z.string(),
  dataset: z.string(),
});

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    return undefined;
  }
}

/**
 * The document a redirect is about. Null when its id does not say: those of long ids are named by
 * a hash, and are read themselves.
 */
function redirectedId(id: DocumentId): DocumentId | null {
  const rest = /^redirect-(.+)$/.exec(id)?.[1];
  if (rest === undefined || rest.startsWith('redirect-') || /^[0-9a-f]{64}$/.test(rest))
    return null;
  return isDocumentId(rest) ? rest : null;
}

function isDocumentType(type: string): type is DocumentType {
  return documentTypes.some((each) => each === type);
}
