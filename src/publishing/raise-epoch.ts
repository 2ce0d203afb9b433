import { everything } from './everything.ts';
import { decide, finishOrGiveWay } from './publish.ts';
import { commit, treeOf, type Publisher } from './publisher.ts';
import { readRoot, swapRoot } from './root.ts';

export type RaiseOutcome =
  /** The bucket is the new code's from here on, which has so many tasks to draw again. */
  | { readonly kind: 'raised'; readonly from: number; readonly tasks: number }
  /** It was of this epoch already, or nothing was ever published to it. */
  | { readonly kind: 'nothing-to-raise' }
  /** It is of a later one: this code never commits. */
  | { readonly kind: 'too-low'; readonly epoch: number };

const attempts = 12;

/**
 * Rule 9: hands the bucket to the code of another epoch, and has that code draw everything again. Both
 * in one swap of the root: between two, code that is on its way out could take up the new work and
 * draw it as it used to. Nothing is drawn here; the tasks wait in the root, for whoever is deployed.
 * Throws what the store throws, and has changed nothing then.
 */
export async function raiseEpoch(publisher: Publisher, epoch: number): Promise<RaiseOutcome> {
  const { ports } = publisher;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (attempt > 0) await ports.clock.sleep(ports.random.next() * 50 * 2 ** Math.min(attempt, 6));
    const seen = await readRoot(ports, epoch);
    if (seen.etag === null || seen.root.epoch === epoch) return { kind: 'nothing-to-raise' };
    if (seen.root.epoch > epoch) return { kind: 'too-low', epoch: seen.root.epoch };
    // Rule 1: what the code before has committed, any code may finish.
    const settled = await finishOrGiveWay(publisher, seen);
    if (settled === null) continue;
    const { root } = settled;
    // No document is received and nothing falls due, a month's end say: that would be drawn here.
    const drawsNothing: Publisher = {
      ...publisher,
      ports: { ...ports, clock: { ...ports.clock, now: () => root.asOf } },
      tasksPerRelease: 0,
    };
    const tasks = await everything(treeOf(publisher, root));
    const request = { ids: [], continuePending: false, tasks };
    const { next } = await decide(drawsNothing, root, request, new Map());
    const raised = { ...(next?.root ?? root), epoch };
    const isDone =
      next === null
        ? (await swapRoot(ports, settled, raised)) !== null
        : (await commit(publisher, settled, { ...next, root: raised })) !== null;
    if (isDone) {
      const left = raised.pending.reduce((sum, each) => sum + each.left, 0);
      return { kind: 'raised', from: root.epoch, tasks: left };
    }
  }
  throw new Error(`Raising the epoch to ${epoch} lost ${attempts} races in a row; try again`);
}
