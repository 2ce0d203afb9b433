import { ownsViews, viewsIn } from './check-bucket.ts';
import { viewsOf } from './ledger.ts';
import { treeOf, type Publisher } from './publisher.ts';
import { readRoot } from './root.ts';

/**
 * Whether all that stands in the bucket was drawn by the deployment of this number. Reads the whole state,
 * until it finds something that was not. What a release has committed and not yet written to its end may
 * still stand there as it was.
 */
export async function isDrawnBy(publisher: Publisher, epoch: number): Promise<boolean> {
  const { root } = await readRoot(publisher.ports, publisher.stage.epoch);
  if (root.release !== null) return false;
  for await (const [owner, record] of treeOf(publisher, root).all()) {
    if (!ownsViews(owner)) continue;
    if (viewsOf(viewsIn(record)).some(([, view]) => view.epoch !== epoch)) return false;
  }
  return true;
}
