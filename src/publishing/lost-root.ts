import { objectKey, v1 } from '../site/paths.ts';
import type { Ports } from './ports.ts';
import { releaseKey, rootKey } from './state.ts';

/** The root is gone from a bucket that was published from: to begin anew would forget every address. */
export class RootLost extends Error {
  override readonly name = 'RootLost';
}

/**
 * Called when there is no root: throws RootLost when something was published from this bucket
 * before. State nodes and the first release's bundle are no sign of that, since a first publish
 * that was killed before its commit leaves them behind.
 */
export async function refuseLostRoot({ store }: Pick<Ports, 'store'>): Promise<void> {
  // The first release writes the index; a second one is only ever made on top of a first.
  const found =
    (await store.head(objectKey(v1.index))) !== null
      ? objectKey(v1.index)
      : await firstKey(store, 'state/release/', releaseKey(2, ''));
  // Another process may have made the first commit meanwhile.
  if (found === null || (await store.head(rootKey)) !== null) return;
  throw new RootLost(
    `${rootKey} is gone, but ${found} shows that this bucket was published from. Nothing was changed. ` +
      `Restore the newest version of ${rootKey} from the bucket's versions, then reconcile: ` +
      'what was published since is found and made good.',
  );
}

async function firstKey(
  store: Ports['store'],
  prefix: string,
  after: string,
): Promise<string | null> {
  for await (const { key } of store.list(prefix, after)) return key;
  return null;
}
