import { inParallel } from './parallel.ts';
import { tablesOf, tablesPrefix } from './check-bucket.ts';
import type { ListedObject } from './ports.ts';
import { treeOf, type Publisher } from './publisher.ts';
import { readRoot } from './root.ts';
import { decodeRelease, type Release } from './release.ts';
import { nodeKey, releasesPrefix, rootKey, type Entry, type Root, type Site } from './state.ts';
import { nodeNames, type Tree } from './tree.ts';
import { noDeadline, walkOf, type Deadline } from './walk.ts';

export interface CollectOutcome {
  /** Out of time: what is left is found by the next one, since what was done is gone. */
  readonly kind: 'done' | 'out-of-time';
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
const tablesKeptFor = day;
/** Nothing new is begun with less time than this, in milliseconds. */
const reserve = 5_000;

/**
 * Delete what nothing points to any more: the only code that deletes. It needs no cursor: releases go from the
 * oldest on, each read once in its life, and with each what it stopped naming; what is gone is not found again.
 * A node's name begins with the number of its commit, so it is never written again and collection never races
 * a publisher; every deletion names the ETag that was seen.
 */
export async function collect(
  publisher: Publisher,
  deadline: Deadline = noDeadline,
): Promise<CollectOutcome> {
  const { ports, stage } = publisher;
  const { store, clock } = ports;
  const now = Date.parse(clock.now());
  const isOlder = ({ lastModified }: ListedObject, than: number): boolean =>
    now - Date.parse(lastModified) >= than;
  const done = { nodes: 0, snapshots: 0, bundles: 0, receipts: 0, orphans: 0 };
  const seen = await readRoot(ports, stage.epoch);
  if (seen.etag === null) return { kind: 'done', ...done };
  const remove = async (objects: Iterable<ListedObject>): Promise<number> => {
    const gone = await inParallel(objects, ({ key, etag }) => store.delete(key, { ifMatch: etag }));
    return gone.filter(Boolean).length;
  };

  const tree = treeOf(publisher, seen.root);
  const expired = (bundle: ListedObject): boolean =>
    isOlder(bundle, keptFor) && !isPending(seen.root, bundle.key);
  const named = await tree.hashes();
  for await (const commits of expiredCommits(publisher, seen.root, expired)) {
    if (deadline.remaining() < reserve) return { kind: 'out-of-time', ...done };
    await inParallel(commits, async (commit) => {
      const { nodes, snapshots } = await unneeded(publisher, tree, named, commit);
      const [goneNodes, goneSnapshots] = [await remove(nodes), await remove(snapshots)];
      // Last, so that whoever comes after a kill finds it again; and the winner after those who lost, so that
      // none of them is taken for it.
      const losers = await remove(commit.all.filter(({ key }) => key !== commit.wonAs));
      const winner = await remove(commit.all.filter(({ key }) => key === commit.wonAs));
      // Added when all of it is known: others count meanwhile.
      done.nodes += goneNodes;
      done.snapshots += goneSnapshots;
      done.bundles += losers + winner;
    });
  }
  const old = async (prefix: string, age: number): Promise<readonly ListedObject[]> => {
    const objects: ListedObject[] = [];
    for await (const object of store.list(prefix)) {
      if (isOlder(object, age)) objects.push(object);
      if (objects.length === mostAtOnce) break;
    }
    return objects;
  };
  for (;;) {
    if (deadline.remaining() < reserve) return { kind: 'out-of-time', ...done };
    const receipts = await old('public/v1/receipts/', receiptsKeptFor);
    done.receipts += await remove(receipts);
    if (receipts.length < mostAtOnce) break;
  }
  // A check that stands, on hold perhaps, reads its tables however old they are.
  const checking = walkOf(seen.root, 'deep-check');
  const tables = await old(tablesPrefix, tablesKeptFor);
  await remove(
    tables.filter(({ key }) => checking === null || !key.startsWith(tablesOf(checking))),
  );
  const orphans = siteOrphans(await tree.get('site'));
  for (const [key, etag] of Object.entries(orphans)) {
    if (key === rootKey || !key.startsWith('public/')) continue;
    if (await store.delete(key, { ifMatch: etag })) done.orphans += 1;
  }
  return { kind: 'done', ...done };
}

/** Deleted in one go. */
const mostAtOnce = 1_000;

function isPending({ release }: Root, key: string): boolean {
  return release !== null && key.endsWith(`-${release.hash}`);
}

/** Everything that was stored for one commit: by whoever won it, and by those who lost. */
interface Commit {
  readonly seq: number;
  readonly all: readonly ListedObject[];
  readonly won: Release;
  readonly wonAs: string;
  readonly lost: readonly Release[];
}

/** Commits that are collected side by side. */
const commitsAtOnce = 8;

/**
 * Commits whose release has expired, oldest first, some at a time. One that was raced for is alone: who won it
 * is told by the next one, which must still be there when a kill makes somebody ask again.
 */
async function* expiredCommits(
  publisher: Publisher,
  root: Root,
  expired: (bundle: ListedObject) => boolean,
): AsyncGenerator<readonly Commit[]> {
  let simple: (readonly ListedObject[])[] = [];
  const commitOf = (
    group: readonly ListedObject[],
    next: ListedObject | null,
  ): Promise<Commit | null> => readCommit(publisher, root, group, next);
  for await (const { group, next } of groupsOf(publisher.ports.store.list(releasesPrefix))) {
    if (!group.every(expired)) break;
    if (group.length === 1) simple.push(group);
    if (simple.length > 0 && (simple.length === commitsAtOnce || group.length > 1)) {
      yield present(await inParallel(simple, (each) => commitOf(each, null)));
      simple = [];
    }
    if (group.length > 1) {
      const commit = await commitOf(group, next);
      if (commit === null) return;
      yield [commit];
    }
  }
  yield present(await inParallel(simple, (each) => commitOf(each, null)));
}

/** Bundles of one commit together, with the first of the next one. */
async function* groupsOf(bundles: AsyncIterable<ListedObject>): AsyncGenerator<{
  readonly group: readonly ListedObject[];
  readonly next: ListedObject | null;
}> {
  let group: ListedObject[] = [];
  for await (const bundle of bundles) {
    const [first] = group;
    if (first !== undefined && seqOf(bundle.key) !== seqOf(first.key)) {
      yield { group, next: bundle };
      group = [];
    }
    group.push(bundle);
  }
  if (group.length > 0) yield { group, next: null };
}

async function readCommit(
  publisher: Publisher,
  root: Root,
  group: readonly ListedObject[],
  next: ListedObject | null,
): Promise<Commit | null> {
  const releases = await inParallel(group, ({ key }) => readBundle(publisher, key));
  const hash = await wonBy(publisher, root, group, next);
  const at = group.findIndex(({ key }) => key.endsWith(`-${hash}`));
  const [won, wonAs] = [releases[at], group[at]?.key];
  if (won === undefined || wonAs === undefined) return null;
  const lost = releases.filter((_, index) => index !== at);
  return { seq: won.seq, all: group, won, wonAs, lost };
}

function present(commits: readonly (Commit | null)[]): readonly Commit[] {
  return commits.filter((commit) => commit !== null);
}

/** Which of several releases of one number was committed: whatever comes after it names it. */
async function wonBy(
  publisher: Publisher,
  root: Root,
  group: readonly ListedObject[],
  next: ListedObject | null,
): Promise<string | undefined> {
  const [only] = group;
  if (group.length === 1 && only !== undefined) return hashOf(only.key);
  if (next === null) return root.lastRelease?.hash;
  return (await readBundle(publisher, next.key)).previous?.hash;
}

/** Nodes and snapshots that nothing needs once a commit has expired: what it dropped, and what was lost with it. */
async function unneeded(
  { ports }: Publisher,
  tree: Tree,
  named: ReadonlySet<string>,
  { seq, won, lost }: Commit,
): Promise<{
  readonly nodes: readonly ListedObject[];
  readonly snapshots: readonly ListedObject[];
}> {
  const isNamed = (key: string): boolean => named.has(key.slice(nodeKey('').length));
  const kept = new Set(won.stored);
  const nodes: ListedObject[] = [];
  for await (const node of ports.store.list(nodeKey(nodeNames(seq)))) {
    if (!kept.has(node.key) && !isNamed(node.key)) nodes.push(node);
  }
  const dropped = [...won.dropped, ...lost.flatMap(({ stored }) => stored)].filter(
    (key) => !kept.has(key),
  );
  const standing = await inParallel(
    dropped.filter((key) => !isNamed(key)),
    async (key) => {
      const [, id = '', rev = ''] = /^state\/doc\/(.+)\/([^/]+)$/.exec(key) ?? [];
      if (id !== '' && acceptedRev(await tree.get(`entry:${id}`)) === rev) return null;
      const object = await ports.store.head(key);
      return object === null ? null : { key, etag: object.etag, size: 0, lastModified: '' };
    },
  );
  const found = standing.filter((object) => object !== null);
  const isNode = ({ key }: ListedObject): boolean => key.startsWith(nodeKey(''));
  return {
    nodes: [
      ...new Map([...nodes, ...found.filter(isNode)].map((each) => [each.key, each])).values(),
    ],
    snapshots: found.filter((object) => !isNode(object)),
  };
}

async function readBundle({ ports }: Publisher, key: string): Promise<Release> {
  const object = await ports.store.get(key);
  if (object === null)
    throw new Error(`${key} was listed and is gone: somebody else collects as well`);
  return decodeRelease(object.body);
}

function seqOf(key: string): string {
  return key.slice(releasesPrefix.length).split('-', 1)[0] ?? '';
}

function hashOf(key: string): string {
  return key.slice(key.indexOf('-', releasesPrefix.length) + 1);
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
