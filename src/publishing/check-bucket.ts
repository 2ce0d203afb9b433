import type { Path } from '../briefing/resolved.ts';
import { objectKey } from '../site/paths.ts';
import { viewsOf } from './ledger.ts';
import { publish } from './publish.ts';
import { treeOf, type Publisher } from './publisher.ts';
import { readRoot } from './root.ts';
import type { Task, View, Views } from './state.ts';

/** What the bucket holds that state does not expect. */
export interface BucketCheck {
  /** Paths whose object differs from what was last written there, or is missing. */
  readonly damaged: readonly Path[];
  /** Keys under `public/` that no view names, with their ETags. */
  readonly orphaned: Readonly<Record<string, string>>;
  readonly repaired: number;
  readonly orphans: number;
}

/** Outside the promise of equality: they tell of time, not of content. */
export const isOutside = (key: string): boolean =>
  key.startsWith('public/v1/receipts/') || key.startsWith('public/status');

/**
 * Compare every public object with what state says was last written: nothing is believed to be
 * there because it once was. With `repair`, what differs is written again over what stands there,
 * and orphans are noted for the collector, which alone may delete.
 */
export async function checkBucket(
  publisher: Publisher,
  { repair }: { readonly repair: boolean },
): Promise<BucketCheck> {
  const { ports } = publisher;
  // The bucket first, then the root: what was published meanwhile is looked at again below.
  const listed = new Map<string, string>();
  for await (const { key, etag } of ports.store.list('public/')) {
    if (!isOutside(key)) listed.set(key, etag);
  }
  const { root } = await readRoot(ports, publisher.stage.epoch);
  const suspects: { readonly path: Path; readonly view: View; readonly owner: string }[] = [];
  for await (const [owner, record] of treeOf(publisher, root).all()) {
    for (const [path, view] of viewsOf(viewsIn(record))) {
      const key = objectKey(path);
      if (listed.get(key) !== view.etag) suspects.push({ path, view, owner });
      listed.delete(key);
    }
  }
  const repairs = new Map<string, string | null>();
  const tasks = new Map<string, Task>();
  const damaged: Path[] = [];
  for (const { path, view, owner } of suspects) {
    const standing = (await ports.store.head(objectKey(path)))?.etag ?? null;
    if (standing === view.etag) continue;
    damaged.push(path);
    repairs.set(path, standing);
    tasks.set(path, await taskFor(publisher, owner));
  }
  const orphaned = Object.fromEntries([...listed].sort(([a], [b]) => (a < b ? -1 : 1)));
  const repaired = repair ? await repairAll(publisher, repairs, tasks) : 0;
  if (repair) await publish(publisher, { ids: [], continuePending: false, orphans: orphaned });
  return { damaged: damaged.sort(), orphaned, repaired, orphans: Object.keys(orphaned).length };
}

/** Write damaged objects again, in the order of a release, a hundred owners at a time. */
async function repairAll(
  publisher: Publisher,
  repairs: ReadonlyMap<string, string | null>,
  tasks: ReadonlyMap<string, Task>,
): Promise<number> {
  const paths = [...repairs.keys()];
  let repaired = 0;
  for (let from = 0; from < paths.length; from += 50) {
    const part = paths.slice(from, from + 50);
    const { kind } = await publish(publisher, {
      ids: [],
      continuePending: false,
      repairs: new Map(part.map((path) => [path, repairs.get(path) ?? null])),
      tasks: [...new Set(part.map((path) => tasks.get(path)).filter((task) => task !== undefined))],
    });
    // Put on hold, or deployed, meanwhile: the next check finds them again.
    if (kind === 'done') repaired += part.length;
  }
  return repaired;
}

/** What draws the objects of a record again. */
async function taskFor(publisher: Publisher, owner: string): Promise<Task> {
  const [kind, name] = [owner.slice(0, owner.indexOf(':')), owner.slice(owner.indexOf(':') + 1)];
  if (kind === 'month') return `month:${name}`;
  const { root } = await readRoot(publisher.ports, publisher.stage.epoch);
  const tree = treeOf(publisher, root);
  if (kind === 'entry') return documentTask(name, await tree.get(owner));
  if (kind === 'address') {
    const last = lastHolder(await tree.get(owner));
    if (last !== null) return documentTask(last, await tree.get(`entry:${last}`));
  }
  return 'site';
}

function documentTask(id: string, entry: unknown): Task {
  const isFacet =
    typeof entry === 'object' && entry !== null && 'facet' in entry && entry.facet !== null;
  return isFacet ? `facet:${id}` : `briefing:${id}`;
}

function lastHolder(record: unknown): string | null {
  if (typeof record !== 'object' || record === null || !('last' in record)) return null;
  return typeof record.last === 'string' ? record.last : null;
}

function viewsIn(record: unknown): Views {
  return isViewed(record) ? record.views : {};
}
function isViewed(record: unknown): record is { readonly views: Views } {
  return typeof record === 'object' && record !== null && 'views' in record;
}
