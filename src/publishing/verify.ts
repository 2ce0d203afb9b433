import type { DocumentId } from '../briefing/model.ts';
import { objectKey } from '../site/paths.ts';
import type { BuiltObject, PublishedDocuments } from './build.ts';
import { isOutside } from './check-bucket.ts';
import { canonicalJson, sha256 } from './digest.ts';
import type { Store, StoredObject } from './ports.ts';
import { storedForm } from './release.ts';
import type { Entry } from './state.ts';
import type { Tree } from './tree.ts';

/** What a comparison of the bucket with a clean build found. Keys are in order. */
export interface Verification {
  /** Objects of the clean build. */
  readonly objects: number;
  /** Merkle root of the clean build: two trees with one root are equal to the byte. */
  readonly root: string;
  readonly differing: readonly Difference[];
  readonly missing: readonly string[];
  /** Keys under `public/` that a clean build does not have, with their ETags. */
  readonly foreign: ReadonlyMap<string, string>;
}

export interface Difference {
  readonly key: string;
  readonly what: 'bytes' | 'headers';
}

/**
 * Compares every public object with a clean build. Bytes are compared by the ETags of the listing,
 * and read where these differ; with `headers` every object is read, and its type, cache rule, status
 * and tags are compared as well. Reads only. Throws what the store throws.
 */
export async function verifyBucket({
  store,
  expected,
  headers = false,
  onObject = () => {},
}: {
  readonly store: Pick<Store, 'get' | 'list'>;
  readonly expected: AsyncIterable<BuiltObject>;
  readonly headers?: boolean;
  /** Told of each object of the clean build, and with `headers` of each that was read. */
  readonly onObject?: () => void;
}): Promise<Verification> {
  const wanted = new Map<string, { readonly etag: string; readonly leaf: string }>();
  for await (const { object, stamp } of expected) {
    const stored = storedForm(object, stamp);
    const key = objectKey(object.path);
    wanted.set(key, { etag: stored.etag, leaf: leafHash(pathInTree(key), stored) });
    onObject();
  }
  const foreign = new Map<string, string>();
  const suspects: string[] = [];
  const found = new Set<string>();
  for await (const { key, etag } of store.list('public/')) {
    if (isOutside(key)) continue;
    const want = wanted.get(key);
    if (want === undefined) foreign.set(key, etag);
    else found.add(key);
    if (want !== undefined && (headers || want.etag !== etag)) suspects.push(key);
  }
  const keys = [...wanted.keys()].sort();
  const missing = keys.filter((key) => !found.has(key));
  const differing: Difference[] = [];
  for (const key of suspects) {
    const standing = await store.get(key);
    const want = wanted.get(key);
    onObject();
    if (want === undefined) continue;
    if (standing === null) missing.push(key);
    else if (leafHash(pathInTree(key), standing) !== want.leaf) {
      differing.push({ key, what: standing.etag === want.etag ? 'headers' : 'bytes' });
    }
  }
  return {
    objects: keys.length,
    root: merkleRoot(keys.map((key) => wanted.get(key)?.leaf ?? '')),
    differing,
    missing: missing.sort(),
    foreign,
  };
}

/** Whether nothing differs, is missing or is foreign. */
export function isEqual({ differing, missing, foreign }: Verification): boolean {
  return differing.length === 0 && missing.length === 0 && foreign.size === 0;
}

/** The path of a key in a tree of files. */
export function pathInTree(key: string): string {
  return key.slice('public/'.length);
}

/** The leaf of an object: its path, everything that is said of it, and its bytes. */
export function leafHash(
  path: string,
  object: Omit<StoredObject, 'body'> & { readonly body: string | Uint8Array },
): string {
  const { body, contentType, cacheControl = '', metadata = {} } = object;
  return sha256(`${canonicalJson([path, contentType, cacheControl, metadata])} ${sha256(body)}`);
}

/** One hash for all: leaves in the order of their paths, joined in pairs, an odd one moving up alone. */
export function merkleRoot(leaves: readonly string[]): string {
  let level = leaves;
  while (level.length > 1) {
    const above: string[] = [];
    for (let left = 0; left < level.length; left += 2) {
      const pair = level.slice(left, left + 2);
      above.push(pair.length === 1 ? pair.join('') : sha256(`pair ${pair.join(' ')}`));
    }
    level = above;
  }
  return level[0] ?? sha256('');
}

/** Documents of which the lake and the state know different revisions: what a reconcile would publish. */
export async function driftOf(
  documents: PublishedDocuments,
  tree: Tree,
): Promise<readonly DocumentId[]> {
  const drift: DocumentId[] = [];
  for (const [id, document] of documents) {
    const entry = await tree.get(`entry:${id}`);
    const isKnown =
      isEntry(entry) &&
      entry.present &&
      (entry.refused?.rev ?? entry.accepted?.rev) === revisionOf(document);
    if (!isKnown) drift.push(id);
  }
  for await (const [key, record] of tree.all()) {
    if (!key.startsWith('entry:') || !isEntry(record)) continue;
    if (record.present && !documents.has(record.id)) drift.push(record.id);
  }
  return drift.sort();
}

function revisionOf(document: unknown): unknown {
  return typeof document === 'object' && document !== null && '_rev' in document
    ? document._rev
    : undefined;
}

function isEntry(record: unknown): record is Entry {
  return (
    typeof record === 'object' && record !== null && 'accepted' in record && 'present' in record
  );
}
