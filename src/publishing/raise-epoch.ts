import { everything } from './everything.ts';
import { decide, publish, readLake } from './publish.ts';
import { commit, treeOf, type Publisher } from './publisher.ts';
import { readRoot, swapRoot } from './root.ts';

export type RaiseOutcome =
  /** The bucket is the new code's from here on, which has so many tasks to draw again. */
  | { readonly kind: 'raised'; readonly from: number; readonly tasks: number }
  /** It was of this epoch already, or nothing was ever published to it. */
  | { readonly kind: 'nothing-to-raise' }
  /** It is of a later one: this code never commits. */
  | { readonly kind: 'too-low'; readonly epoch: number }
  /** On hold with a release half written. */
  | { readonly kind: 'held'; readonly reason: string };

const attempts = 12;

/**
 * Rule 9: hands the bucket to the code of another epoch, and has that code draw everything again. Both
 * in one swap of the root: between two, code that is on its way out could take up the new work and
 * draw it as it used to. Nothing is drawn here; the tasks wait in the root, for whoever is deployed.
 * Throws what the store and the lake throw, and has changed nothing then.
 */
export async function raiseEpoch(publisher: Publisher, epoch: number): Promise<RaiseOutcome> {
  const { ports } = publisher;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (attempt > 0) await ports.clock.sleep(ports.random.next() * 50 * 2 ** Math.min(attempt, 6));
    const seen = await readRoot(ports, epoch);
    const { root } = seen;
    if (seen.etag === null || root.epoch === epoch) return { kind: 'nothing-to-raise' };
    if (root.epoch > epoch) return { kind: 'too-low', epoch: root.epoch };

    // As the code before: what that has committed, any code may finish.
    const before: Publisher = {
      ...publisher,
      stage: { ...publisher.stage, epoch: root.epoch },
      tasksPerRelease: 0,
    };
    if (root.release !== null) {
      if (root.hold !== null) return { kind: 'held', reason: root.hold.reason };
      await publish(before, { ids: [], continuePending: false });
      continue;
    }
    const request = {
      ids: [],
      continuePending: false,
      tasks: await everything(treeOf(before, root)),
    };
    const documents = await readLake(before, root, request);
    const { next } = await decide(before, root, request, documents);
    const raised = { ...(next?.root ?? root), epoch };
    const isDone =
      next === null
        ? (await swapRoot(ports, seen, raised)) !== null
        : (await commit(before, seen, { ...next, root: raised })) !== null;
    if (isDone) {
      const tasks = raised.pending.reduce((sum, { left }) => sum + left, 0);
      return { kind: 'raised', from: root.epoch, tasks };
    }
  }
  throw new Error(`Raising the epoch to ${epoch} lost ${attempts} races in a row; try again`);
}
