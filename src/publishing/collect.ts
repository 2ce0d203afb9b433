import { treeOf, type Publisher } from './publisher.ts';
import { readRoot } from './root.ts';
import { decodeRelease } from './release.ts';
import { unpackText } from './stored-text.ts';
import { rootKey, type Entry, type Site } from './state.ts';

export interface CollectOutcome {
  readonly nodes: number;
  readonly snapshots: number;
  readonly bundles: number;
  readonly receipts: number;
  readonly orphans: number;
}

const day = 86_400_000;
/** What a release stopped naming is kept this long: a restore needs it. */
const keptFor = 90 * day;
const receiptsKeptFor = 7 * day;
/** A node that was written for a commit that never came. */
const unnamedKeptFor = day;

/**
 * Delete what nothing points to any more: the only code that deletes. A node holds the number of
 * the commit that wrote it, so its hash is never written again and collection never races a
 * publisher; every deletion names the ETag that was seen.
 */
export async function collect(publisher: Publisher): Promise<CollectOutcome> {
  const { ports, stage } = publisher;
  const now = Date.parse(ports.clock.now());
  const age = (lastModified: string): number => now - Date.parse(lastModified);
  const outcome = { nodes: 0, snapshots: 0, bundles: 0, receipts: 0, orphans: 0 };

  // The listing first, then the root: what was written after the listing is not in it.
  const nodes: { readonly key: string; readonly etag: string; readonly lastModified: string }[] =
    [];
  for await (const object of ports.store.list('state/node/')) nodes.push(object);
  const bundles: typeof nodes = [];
  for await (const object of ports.store.list('state/release/')) bundles.push(object);
  const seen = await readRoot(ports, stage.epoch);
  if (seen.etag === null) return outcome;
  const tree = treeOf(publisher, seen.root);
  const named = await tree.hashes();
  const isNamed = (key: string): boolean => named.has(key.slice('state/node/'.length));

  const droppedLately = new Set<string>();
  const droppedLongAgo = new Set<string>();
  const expiredBundles: typeof nodes = [];
  for (const bundle of bundles) {
    const isPending =
      seen.root.release !== null && bundle.key.endsWith(`-${seen.root.release.hash}`);
    const isExpired = age(bundle.lastModified) >= keptFor && !isPending;
    const object = await ports.store.get(bundle.key);
    if (object === null) continue;
    const { dropped } = decodeRelease(object.body);
    for (const key of dropped) (isExpired ? droppedLongAgo : droppedLately).add(key);
    if (isExpired) expiredBundles.push(bundle);
  }

  for (const { key, etag, lastModified } of nodes) {
    if (isNamed(key) || droppedLately.has(key)) continue;
    const isUnnamed = !droppedLongAgo.has(key);
    if (
      isUnnamed &&
      (age(lastModified) < unnamedKeptFor || !(await isPast(publisher, key, seen.root.seq)))
    ) {
      continue;
    }
    if (await ports.store.delete(key, { ifMatch: etag })) outcome.nodes += 1;
  }
  for (const key of droppedLongAgo) {
    const snapshot = /^state\/doc\/(.+)\/([^/]+)$/.exec(key);
    if (snapshot === null || droppedLately.has(key)) continue;
    const [, id = '', rev = ''] = snapshot;
    if (acceptedRev(await tree.get(`entry:${id}`)) === rev) continue;
    const standing = await ports.store.head(key);
    if (standing !== null && (await ports.store.delete(key, { ifMatch: standing.etag }))) {
      outcome.snapshots += 1;
    }
  }
  for (const { key, etag } of expiredBundles) {
    if (await ports.store.delete(key, { ifMatch: etag })) outcome.bundles += 1;
  }
  for await (const receipt of ports.store.list('public/v1/receipts/')) {
    if (age(receipt.lastModified) < receiptsKeptFor) continue;
    if (await ports.store.delete(receipt.key, { ifMatch: receipt.etag })) outcome.receipts += 1;
  }
  const orphans = siteOrphans(await tree.get('site'));
  for (const [key, etag] of Object.entries(orphans)) {
    if (key === rootKey || !key.startsWith('public/')) continue;
    if (await ports.store.delete(key, { ifMatch: etag })) outcome.orphans += 1;
  }
  return outcome;
}

/** Whether the commit that a node was written for is over, won or lost. */
async function isPast(publisher: Publisher, key: string, seq: number): Promise<boolean> {
  const object = await publisher.ports.store.get(key);
  if (object === null) return false;
  const node: unknown = JSON.parse(unpackText(object.body));
  return (
    typeof node === 'object' &&
    node !== null &&
    'seq' in node &&
    typeof node.seq === 'number' &&
    node.seq <= seq
  );
}

function acceptedRev(record: unknown): string | null {
  return isEntry(record) ? (record.accepted?.rev ?? null) : null;
}
function isEntry(record: unknown): record is Entry {
  return typeof record === 'object' && record !== null && 'accepted' in record;
}
function siteOrphans(record: unknown): Site['orphans'] {
  return isSite(record) ? record.orphans : {};
}
function isSite(record: unknown): record is Site {
  return typeof record === 'object' && record !== null && 'orphans' in record;
}
