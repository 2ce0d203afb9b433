import type { DocumentId } from '../briefing/model.ts';
import { WritesConflicted } from './outage.ts';
import type { Ports } from './ports.ts';
import type { Refusals } from './refuse-and-draw-again.ts';
import { packText, storedTextType, unpackText } from './stored-text.ts';
import { decodeRelease, type Release } from './release.ts';
import type { Renderers } from './renderers.ts';
import { swapRoot, type SeenRoot } from './root.ts';
import { nodeKey, releaseKey, type Root } from './state.ts';
import type { Next } from './step.ts';
import type { Stage } from './step-context.ts';
import { Tree } from './tree.ts';
import { workLeft } from './walk.ts';

/** What a publisher is made of, besides the world. */
export interface Publisher {
  readonly ports: Ports;
  readonly stage: Stage;
  readonly renderers: Renderers;
  /** Dependants that go into one release; more wait in the root. */
  readonly tasksPerRelease?: number;
  /** Items that may be purged in a calendar month (UTC); what is free unless it says otherwise. */
  readonly purgesPerMonth?: number;
  /** Remembers immutable state between runs, by key; a plain Map will do. */
  readonly nodes: NodeCache;
  /**
   * Decides apart what publishing documents would come to, where it can be stopped: the revisions of which
   * deciding throws or takes too long. Absent where nobody waits, as for a command.
   */
  readonly tryOut?: (ids: readonly DocumentId[]) => Promise<Refusals>;
  /** Told of every step, for logs and measurements. Never given content. */
  readonly notify?: (event: PublishEvent) => void;
}

export interface NodeCache {
  get(key: string): string | undefined;
  set(key: string, text: string): void;
}

export type PublishEvent =
  | {
      readonly kind: 'committed';
      readonly seq: number;
      readonly writes: number;
      readonly receipts: number;
      readonly tasksLeft: number;
    }
  | { readonly kind: 'applied'; readonly seq: number }
  /** A release that somebody left unfinished: killed, or still at it. */
  | { readonly kind: 'finishing-for-another'; readonly seq: number }
  | { readonly kind: 'lost-the-race'; readonly seq: number }
  | { readonly kind: 'superseded'; readonly key: string }
  | { readonly kind: 'rebased'; readonly seq: number; readonly keys: number }
  | {
      readonly kind: 'slice-done';
      readonly of: string;
      readonly size: number;
      readonly milliseconds: number;
    }
  /** What a slice of one would draw cannot be drawn: it was passed over. */
  | { readonly kind: 'slice-unfit' }
  /** What stands at an address cannot be drawn again: it stays as it stands, whatever the deep check found. */
  | { readonly kind: 'mend-unfit'; readonly key: string }
  | { readonly kind: 'purge-budget-spent'; readonly count: number }
  /** `/status.json` is behind until the next change, or the next comparison. */
  | { readonly kind: 'status-lost'; readonly error: string };

/** The tree at a root, reading nodes through the publisher's cache. */
export function treeOf(publisher: Pick<Publisher, 'ports' | 'nodes'>, root: Root): Tree {
  return new Tree(root.branches, (hash) => readState(publisher, nodeKey(hash)));
}

/** A node or a snapshot: immutable, so the publisher's memory will do. */
export async function readState(
  publisher: Pick<Publisher, 'ports' | 'nodes'>,
  key: string,
): Promise<string> {
  const known = publisher.nodes.get(key);
  if (known !== undefined) return known;
  const text = await mustRead(publisher, key);
  publisher.nodes.set(key, text);
  return text;
}

/** A state object that must be there. Throws, naming the key, when it is not. */
export async function mustRead(publisher: Pick<Publisher, 'ports'>, key: string): Promise<string> {
  const object = await publisher.ports.store.get(key);
  if (object === null) throw new Error(`${key} is named by state but is not in the bucket`);
  return unpackText(object.body);
}

/** Store what the next root names, then swap the root: the commit. Null when somebody else was first. */
export async function commit(
  publisher: Publisher,
  seen: SeenRoot,
  next: Next,
): Promise<SeenRoot | null> {
  const { ports } = publisher;
  const puts = [...next.stored].map(([key, text]) =>
    putOnce(publisher, key, packText(text), storedTextType),
  );
  if (next.release !== null) {
    puts.push(putOnce(publisher, next.release.key, next.release.body, storedTextType));
  }
  await Promise.all(puts);
  const etag = await swapRoot(ports, seen, next.root);
  if (etag === null) return null;
  for (const [key, text] of next.stored) publisher.nodes.set(key, text);
  publisher.notify?.({
    kind: 'committed',
    seq: next.root.seq,
    writes: next.release?.release.writes.length ?? 0,
    receipts: next.release?.release.receipts.length ?? 0,
    tasksLeft: workLeft(next.root),
  });
  return { root: next.root, etag };
}

/** Content-addressed: a repeat is no write. */
async function putOnce(
  publisher: Publisher,
  key: string,
  body: Uint8Array,
  contentType: string,
): Promise<void> {
  const outcome = await publisher.ports.store.put(key, { body, contentType }, { ifNoneMatch: '*' });
  if (outcome.kind === 'conflict') {
    throw new WritesConflicted(
      `${key}: another conditional write was under way; the queue will try again`,
    );
  }
}

/** The bytes of a committed release. */
export async function readRelease(
  publisher: Pick<Publisher, 'ports'>,
  name: NonNullable<Root['release']>,
): Promise<Release> {
  const key = releaseKey(name.seq, name.hash);
  const object = await publisher.ports.store.get(key);
  if (object === null)
    throw new Error(`${key} is committed but not in the bucket; restore it from its versions`);
  return decodeRelease(object.body);
}
