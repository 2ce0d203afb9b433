import type { DocumentId, DocumentType, Instant } from '../briefing/model.ts';

/** The world outside the core, brought in by the arm. Each has an in-memory fake and a real adapter under one contract test. */
export interface Ports {
  readonly store: Store;
  readonly lake: Lake;
  readonly queue: Queue;
  readonly purge: Purge;
  readonly clock: Clock;
  readonly random: Random;
}

/** An object as S3 keeps it. */
export interface StoredObject {
  readonly body: Uint8Array;
  readonly contentType: string;
  readonly cacheControl?: string;
  /** User metadata: lower-case ASCII names, ASCII values. */
  readonly metadata?: Readonly<Record<string, string>>;
}

/** Every write is conditional: nobody overwrites what they have not seen. */
export type Condition = { readonly ifNoneMatch: '*' } | { readonly ifMatch: string };

export type PutOutcome =
  | { readonly kind: 'stored'; readonly etag: string }
  /** 412: something else is there. */
  | { readonly kind: 'precondition-failed' }
  /** 404: `ifMatch` on a key that does not exist. */
  | { readonly kind: 'missing' }
  /** 409: a concurrent conditional write was under way; the same call may succeed. */
  | { readonly kind: 'conflict' };

export interface ListedObject {
  readonly key: string;
  readonly etag: string;
  readonly size: number;
  readonly lastModified: Instant;
}

/** One bucket. ETags are unquoted MD5 of the body (single PUT, SSE-S3). Faults throw. */
export interface Store {
  get(key: string): Promise<(StoredObject & { readonly etag: string }) | null>;
  head(key: string): Promise<{ readonly etag: string } | null>;
  put(key: string, object: StoredObject, condition: Condition): Promise<PutOutcome>;
  /** Keys in UTF-8 binary order, after `after` (exclusive) when given. */
  list(prefix: string, after?: string): AsyncIterable<ListedObject>;
  /** The collector's right alone. False when the object has changed or is gone. */
  delete(key: string, condition: { readonly ifMatch: string }): Promise<boolean>;
}

export type LakeDocument =
  | { readonly kind: 'present'; readonly document: unknown }
  /** Only `omitted: existence` is absence. */
  | { readonly kind: 'absent' };

export interface Revision {
  readonly id: DocumentId;
  readonly type: DocumentType;
  readonly rev: string;
  readonly updatedAt: Instant;
}

/** The content lake, published documents only. */
export interface Lake {
  /** A strong read by id; an entry for every id asked. Throws on refusal (`permission`), 429 after retries, 5xx and time-outs. */
  read(ids: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, LakeDocument>>;
  /** Revisions from a query (may lag), in order of id: all, those updated after an instant, or from an id on. */
  revisions(filter?: {
    readonly updatedAfter?: Instant;
    readonly idAfter?: DocumentId;
  }): AsyncIterable<Revision>;
  /** Revisions of these from a query (may lag); absent for those that it does not find. */
  revisionsOf(ids: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, Revision>>;
  /** How many published documents of each type there are, from a query (may lag). */
  counts(): Promise<Readonly<Partial<Record<DocumentType, number>>>>;
}

/** A message of the FIFO queue: ids to look at, or none: work that the root already names. */
export interface QueueMessage {
  readonly ids: readonly DocumentId[];
  /** The delivery's hint; only a reason to read again. */
  readonly updatedAt?: Instant;
}

export interface Queue {
  send(message: QueueMessage, deduplicationId: string): Promise<void>;
}

export interface PurgeItem {
  readonly path: string;
  readonly tag: string;
}

/** Purging is only speed: the TTL does the work that a purge did not. */
export interface Purge {
  /** Never throws for an outage: what could not be purged comes back, to be tried again. */
  purge(items: readonly PurgeItem[]): Promise<PurgeOutcome>;
}

export interface PurgeOutcome {
  /** How many items count: what CloudFront would bill. */
  readonly purged: number;
  readonly failed: readonly PurgeItem[];
}

export interface Clock {
  now(): Instant;
  sleep(milliseconds: number): Promise<void>;
}

export interface Random {
  /** In [0, 1). */
  next(): number;
}
