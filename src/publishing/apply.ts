import { contentTypes } from '../site/content-types.ts';
import { objectKey } from '../site/paths.ts';
import { cacheControl } from '../site/cache-policy.ts';
import { md5Hex } from './digest.ts';
import { WritesConflicted } from './outage.ts';
import { inParallel } from './parallel.ts';
import type { Ports, PutOutcome, Store, StoredObject } from './ports.ts';
import { keyOf, storedForm, type Receipt, type Release, type Write } from './release.ts';

/** Somebody else's bytes stand where this release wants to write: it is behind, or a foreign hand was here. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
  readonly key: string;
  constructor(key: string, seq: number) {
    super(`${key} holds neither what release ${seq} expects nor what it writes`);
    this.key = key;
  }
}

/**
 * Write a committed release: new targets, pages, indexes and entry points, moves, removals.
 * Every prefix of that order is link-closed. Done again, it changes nothing. Throws Superseded, or
 * the store's own failure; the release then stays in the root for the next run to finish.
 */
export async function applyRelease(ports: Pick<Ports, 'store'>, release: Release): Promise<void> {
  const put = (write: Write): Promise<void> => putWrite(ports.store, write, release.seq);
  // Keys of a phase are independent of each other; the next phase waits for all of them.
  const steps = phases
    .map((phase) => release.writes.filter((write) => write.phase === phase))
    .filter((writes) => writes.length > 0);
  const last = steps.pop() ?? [];
  for (const writes of steps) await writeAll(writes, put);
  // Receipts tell of what is committed, and wait for nothing but the pages before.
  await Promise.all([
    writeAll(last, put),
    writeAll(release.receipts, (receipt) => putReceipt(ports.store, receipt)),
  ]);
}

/** New targets, pages, indexes and entry points, moves, removals. */
const phases = [1, 2, 3, 4, 5] as const;

async function putWrite(store: Store, write: Write, seq: number): Promise<void> {
  const key = keyOf(write);
  const object = storedForm(write.object, write.stamp);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const outcome = await putExpecting(store, key, object, write);
    if (outcome.kind === 'stored') return;
    const standing = await store.head(key);
    // My own write whose answer was lost, or a helper's of the same release.
    if (standing?.etag === write.etag) return;
    if ((standing?.etag ?? null) !== write.prev) throw new Superseded(key, seq);
  }
  throw new WritesConflicted(
    `${key}: five conditional writes of release ${seq} met a conflict; the queue will try again`,
  );
}

function putExpecting(
  store: Store,
  key: string,
  object: StoredObject,
  { prev }: Write,
): Promise<PutOutcome> {
  return store.put(key, object, prev === null ? { ifNoneMatch: '*' } : { ifMatch: prev });
}

/** Receipts tell of time and stand outside the order: the newest simply wins. */
async function putReceipt(store: Store, receipt: Receipt): Promise<void> {
  const key = objectKey(receipt.path);
  const body = new TextEncoder().encode(receipt.body);
  const object: StoredObject = {
    body,
    contentType: contentTypes.json,
    cacheControl: cacheControl('receipt'),
  };
  const etag = md5Hex(body);
  let standing: { readonly etag: string } | null = null;
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const outcome = await store.put(
      key,
      object,
      standing === null ? { ifNoneMatch: '*' } : { ifMatch: standing.etag },
    );
    if (outcome.kind === 'stored') return;
    standing = await store.head(key);
    if (standing?.etag === etag) return;
  }
}

/** What somebody else has overtaken goes before what merely failed: the release is then theirs. */
async function writeAll<Item>(
  items: readonly Item[],
  write: (item: Item) => Promise<void>,
): Promise<void> {
  const failures: unknown[] = [];
  const noting = async (item: Item): Promise<void> => {
    try {
      await write(item);
    } catch (error) {
      failures.push(error);
      throw error;
    }
  };
  try {
    await inParallel(items, noting);
  } catch (error) {
    throw failures.find((failure) => failure instanceof Superseded) ?? error;
  }
}
