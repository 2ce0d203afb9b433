import type { Path } from '../briefing/resolved.ts';
import { objectKey } from '../site/paths.ts';
import { viewsOf } from './ledger.ts';
import { publish } from './publish.ts';
import { treeOf, type Publisher } from './publisher.ts';
import { readRoot } from './root.ts';
import type { RecordKey, Task, View, Views } from './state.ts';
import type { Tree } from './tree.ts';

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
  // With nothing left to draw again, what bears an older epoch is drawn by nobody any more.
  const isDrawnAgain = root.pending.length === 0 && root.release === null;
  const suspects: Suspect[] = [];
  const tree = treeOf(publisher, root);
  for await (const [owner, record] of tree.all()) {
    if (!ownsViews(owner)) continue;
    for (const [path, view] of viewsOf(viewsIn(record))) {
      const key = objectKey(path);
      const isDropped = isDrawnAgain && view.epoch !== root.epoch;
      if (listed.get(key) !== view.etag || isDropped)
        suspects.push({ path, view, owner, isDropped });
      listed.delete(key);
    }
  }
  const mends: Mend[] = [];
  for (const { path, view, owner, isDropped } of suspects) {
    const standing = (await ports.store.head(objectKey(path)))?.etag ?? null;
    const isDamaged = standing !== view.etag;
    if (!isDamaged && !isDropped) continue;
    mends.push({ path, owner, task: await taskFor(tree, owner), standing, isDamaged, isDropped });
  }
  const orphaned = Object.fromEntries([...listed].sort(([a], [b]) => (a < b ? -1 : 1)));
  const repaired = repair ? await mendAll(publisher, mends) : 0;
  if (repair) await publish(publisher, { ids: [], continuePending: false, orphans: orphaned });
  const damaged = mends.filter(({ isDamaged }) => isDamaged).map(({ path }) => path);
  return { damaged: damaged.sort(), orphaned, repaired, orphans: Object.keys(orphaned).length };
}

interface Suspect {
  readonly path: Path;
  readonly view: View;
  readonly owner: RecordKey;
  /** Drawn by the code before the one that is deployed, and not by this. */
  readonly isDropped: boolean;
}
interface Mend extends Omit<Suspect, 'view'> {
  readonly task: Task;
  /** ETag of what stands there. */
  readonly standing: string | null;
  readonly isDamaged: boolean;
}

/** Write again what is damaged, and take down what was dropped, fifty addresses a release. */
async function mendAll(publisher: Publisher, mends: readonly Mend[]): Promise<number> {
  let mended = 0;
  for (let from = 0; from < mends.length; from += 50) {
    const part = mends.slice(from, from + 50);
    const { kind } = await publish(publisher, {
      ids: [],
      continuePending: false,
      repairs: new Map(
        part.filter(({ isDamaged }) => isDamaged).map(({ path, standing }) => [path, standing]),
      ),
      dropped: new Map(
        part.filter(({ isDropped }) => isDropped).map(({ path, owner }) => [path, owner]),
      ),
      tasks: [...new Set(part.map(({ task }) => task))],
    });
    // Put on hold, or deployed, meanwhile: the next check finds them again.
    if (kind === 'done') mended += part.length;
  }
  return mended;
}

/** What draws the objects of a record again. */
async function taskFor(tree: Tree, owner: RecordKey): Promise<Task> {
  const [kind, name] = [owner.slice(0, owner.indexOf(':')), owner.slice(owner.indexOf(':') + 1)];
  if (kind === 'month') return `month:${name}`;
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

/** Records that hold views of public objects. */
function ownsViews(key: string): key is RecordKey {
  return /^(?:site$|entry:|month:|address:|changes:)/.test(key);
}

function viewsIn(record: unknown): Views {
  return isViewed(record) ? record.views : {};
}
function isViewed(record: unknown): record is { readonly views: Views } {
  return typeof record === 'object' && record !== null && 'views' in record;
}
