import { commit, readRelease, treeOf, type Publisher } from './publisher.ts';
import { encodeRelease, keyOf, restamped, type Release, type Write } from './release.ts';
import type { SeenRoot } from './root.ts';
import { nodeKey, releaseKey, type Root } from './state.ts';

/**
 * A foreign hand has changed objects that the pending release is to write. Make the same release
 * again under the next number, over what stands there now, in the same order.
 */
export async function rebase(
  publisher: Publisher,
  seen: SeenRoot,
): Promise<{ readonly seq: number; readonly keys: number } | null> {
  const { root } = seen;
  if (root.release === null) return null;
  const pending = await readRelease(publisher, root.release);
  const standing = new Map<string, string | null>();
  await Promise.all(
    pending.writes.map(async (write) => {
      const key = keyOf(write);
      standing.set(key, (await publisher.ports.store.head(key))?.etag ?? null);
    }),
  );
  const seq = root.seq + 1;
  const writes = restamped(pending, seq, standing);
  const tree = await treeOf(publisher, root).with(
    await withViews(publisher, root, writes, seq),
    seq,
  );
  const release: Release = {
    ...pending,
    seq,
    previous: root.lastRelease,
    writes,
    stored: [...tree.nodes.keys()].map(nodeKey).sort(),
    dropped: tree.dropped.map(nodeKey),
  };
  const encoded = encodeRelease(release);
  const name = { seq, hash: encoded.hash };
  const committed = await commit(publisher, seen, {
    root: { ...root, seq, branches: tree.branches, release: name, lastRelease: name },
    release: { release, key: releaseKey(seq, encoded.hash), body: encoded.body },
    stored: new Map([...tree.nodes].map(([hash, text]) => [nodeKey(hash), text])),
    reports: [],
  });
  return committed === null ? null : { seq, keys: writes.length };
}

async function withViews(
  publisher: Publisher,
  root: Root,
  writes: readonly Write[],
  seq: number,
): Promise<ReadonlyMap<string, unknown>> {
  const tree = treeOf(publisher, root);
  const records = new Map<string, unknown>();
  for (const write of writes) {
    const record = records.get(write.owner) ?? (await tree.get(write.owner));
    if (!hasViews(record)) continue;
    const view = record.views[write.object.path];
    records.set(write.owner, {
      ...record,
      views: {
        ...record.views,
        [write.object.path]: { ...(isView(view) ? view : {}), seq, etag: write.etag },
      },
    });
  }
  return records;
}

function hasViews(
  record: unknown,
): record is { readonly views: Readonly<Record<string, unknown>> } {
  return typeof record === 'object' && record !== null && 'views' in record;
}
function isView(view: unknown): view is object {
  return typeof view === 'object' && view !== null;
}
