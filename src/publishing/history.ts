import type { DocumentId, Instant } from '../briefing/model.ts';
import type { Path } from '../briefing/resolved.ts';
import type { ChangeEntry } from '../feed/changes.ts';
import { viewsOf } from './ledger.ts';
import type { Address, Entry, Month, ProblemNote, Root, Site, Views } from './state.ts';
import type { Tree } from './tree.ts';

/**
 * What a clean build must be told besides the lake: what was decided once and cannot be derived
 * again. Nothing of what the site shows, no hashes, no lists.
 */
export type HistoryRecord =
  /** Where the bucket is read: a stage's configuration, added by who exports. */
  | { readonly kind: 'stage'; readonly baseUrl: string; readonly tagAuthority: string }
  | {
      readonly kind: 'publication';
      readonly asOf: Instant;
      readonly epoch: number;
      readonly seq: number;
      readonly changes: readonly ChangeEntry[];
      readonly chunks: number;
    }
  | {
      readonly kind: 'briefing';
      readonly id: DocumentId;
      readonly publishedAt: Instant | null;
      readonly related: readonly DocumentId[] | null;
      readonly formerly: readonly string[];
      readonly gone: { readonly at: Instant; readonly release: number } | null;
      readonly removalRefused: boolean;
    }
  | {
      readonly kind: 'person';
      readonly id: DocumentId;
      readonly formerly: readonly string[];
      readonly gone: { readonly at: Instant; readonly release: number } | null;
    }
  | {
      readonly kind: 'address';
      readonly address: string;
      readonly holder: DocumentId | null;
      readonly last: DocumentId | null;
    }
  /** The release that last changed a path. */
  | { readonly kind: 'stamp'; readonly path: Path; readonly seq: number }
  | { readonly kind: 'changes'; readonly number: number; readonly entries: readonly ChangeEntry[] }
  /** A revision that was refused for what came of drawing it, and by which deployment's code. */
  | {
      readonly kind: 'refusal';
      readonly id: DocumentId;
      readonly rev: string;
      readonly epoch: number;
      readonly problems: readonly ProblemNote[];
    }
  /** The revision of a document that was judged and accepted: it is not judged again by rules that came later. */
  | { readonly kind: 'accepted'; readonly id: DocumentId; readonly rev: string }
  /** The last valid version of a document whose newest one is not shown. */
  | { readonly kind: 'snapshot'; readonly id: DocumentId; readonly document: unknown };

/** The history in one piece, by what it is looked up by. */
export interface History {
  readonly stage: { readonly baseUrl: string; readonly tagAuthority: string } | null;
  readonly asOf: Instant | null;
  readonly epoch: number;
  readonly changes: readonly ChangeEntry[];
  readonly chunks: ReadonlyMap<number, readonly ChangeEntry[]>;
  readonly briefings: ReadonlyMap<
    DocumentId,
    Extract<HistoryRecord, { readonly kind: 'briefing' }>
  >;
  readonly people: ReadonlyMap<DocumentId, Extract<HistoryRecord, { readonly kind: 'person' }>>;
  readonly addresses: ReadonlyMap<
    string,
    { readonly holder: DocumentId | null; readonly last: DocumentId | null }
  >;
  readonly stamps: ReadonlyMap<Path, number>;
  readonly refusals: ReadonlyMap<DocumentId, Extract<HistoryRecord, { readonly kind: 'refusal' }>>;
  /** Revisions by the documents they are of. */
  readonly accepted: ReadonlyMap<DocumentId, string>;
  readonly snapshots: ReadonlyMap<DocumentId, unknown>;
}

/** The state-history of a bucket at a root, record by record, in tree order. */
export async function* exportHistory(
  root: Root,
  tree: Tree,
  readSnapshot: (id: DocumentId, rev: string) => Promise<unknown>,
): AsyncGenerator<HistoryRecord> {
  for await (const [key, record] of tree.all()) {
    const [kind, name] = [key.slice(0, key.indexOf(':')), key.slice(key.indexOf(':') + 1)];
    if (key === 'site' && isRecord<Site>(record)) {
      yield {
        kind: 'publication',
        asOf: root.asOf,
        epoch: root.epoch,
        seq: root.seq,
        changes: record.changes,
        chunks: record.chunks,
      };
      yield* stamps(record.views);
    } else if (kind === 'entry' && isRecord<Entry>(record)) {
      yield* entryHistory(record, readSnapshot);
    } else if (kind === 'address' && isRecord<Address>(record)) {
      yield { kind: 'address', address: name, holder: record.holder, last: record.last };
      yield* stamps(record.views);
    } else if (kind === 'month' && isRecord<Month>(record)) {
      yield* stamps(record.views);
    } else if (
      kind === 'changes' &&
      isRecord<{ entries: readonly ChangeEntry[]; views: Views }>(record)
    ) {
      yield { kind: 'changes', number: Number(name), entries: record.entries };
      yield* stamps(record.views);
    }
  }
}

async function* entryHistory(
  entry: Entry,
  readSnapshot: (id: DocumentId, rev: string) => Promise<unknown>,
): AsyncGenerator<HistoryRecord> {
  const { id, briefing, facet, accepted } = entry;
  if (briefing !== null && (briefing.publishedAt !== null || briefing.formerly.length > 0)) {
    const { publishedAt, related, formerly, gone, removalRefused } = briefing;
    yield { kind: 'briefing', id, publishedAt, related, formerly, gone, removalRefused };
  }
  if (facet !== null && (facet.gone !== null || facet.formerly.length > 0)) {
    yield { kind: 'person', id, formerly: facet.formerly, gone: facet.gone };
  }
  yield* stamps(entry.views);
  if (accepted !== null) yield { kind: 'accepted', id, rev: accepted.rev };
  const { refused } = entry;
  if (refused?.epoch !== undefined) {
    const { rev, epoch, problems } = refused;
    yield { kind: 'refusal', id, rev, epoch, problems };
  }
  const isSuperseded = refused !== null || !entry.present;
  if (accepted !== null && isSuperseded) {
    yield { kind: 'snapshot', id, document: await readSnapshot(id, accepted.rev) };
  }
}

function* stamps(views: Views): Generator<HistoryRecord> {
  for (const [path, view] of viewsOf(views)) yield { kind: 'stamp', path, seq: view.seq };
}

/** Gather exported records, in any order. */
export async function gatherHistory(
  records: AsyncIterable<HistoryRecord> | Iterable<HistoryRecord>,
): Promise<History> {
  const history = {
    stage: null as History['stage'],
    asOf: null as Instant | null,
    epoch: 1,
    changes: [] as readonly ChangeEntry[],
    chunks: new Map<number, readonly ChangeEntry[]>(),
    briefings: new Map<DocumentId, Extract<HistoryRecord, { kind: 'briefing' }>>(),
    people: new Map<DocumentId, Extract<HistoryRecord, { kind: 'person' }>>(),
    addresses: new Map<string, { holder: DocumentId | null; last: DocumentId | null }>(),
    stamps: new Map<Path, number>(),
    refusals: new Map<DocumentId, Extract<HistoryRecord, { kind: 'refusal' }>>(),
    accepted: new Map<DocumentId, string>(),
    snapshots: new Map<DocumentId, unknown>(),
  };
  for await (const record of records) {
    switch (record.kind) {
      case 'stage':
        history.stage = { baseUrl: record.baseUrl, tagAuthority: record.tagAuthority };
        break;
      case 'publication':
        history.asOf = record.asOf;
        history.epoch = record.epoch;
        history.changes = record.changes;
        break;
      case 'briefing':
        history.briefings.set(record.id, record);
        break;
      case 'person':
        history.people.set(record.id, record);
        break;
      case 'address':
        history.addresses.set(record.address, { holder: record.holder, last: record.last });
        break;
      case 'stamp':
        history.stamps.set(record.path, record.seq);
        break;
      case 'changes':
        history.chunks.set(record.number, record.entries);
        break;
      case 'refusal':
        history.refusals.set(record.id, record);
        break;
      case 'accepted':
        history.accepted.set(record.id, record.rev);
        break;
      case 'snapshot':
        history.snapshots.set(record.id, record.document);
        break;
    }
  }
  return history;
}

/** The history of a publication that has none: its first build. */
export const noHistory: History = {
  stage: null,
  asOf: null,
  epoch: 1,
  changes: [],
  chunks: new Map(),
  briefings: new Map(),
  people: new Map(),
  addresses: new Map(),
  stamps: new Map(),
  refusals: new Map(),
  accepted: new Map(),
  snapshots: new Map(),
};

// Records are our own bytes, addressed by their hash; the key says which kind it is.
function isRecord<Kind>(record: unknown): record is Kind {
  return typeof record === 'object' && record !== null;
}
