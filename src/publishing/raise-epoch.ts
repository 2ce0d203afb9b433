import type { Publisher } from './publisher.ts';
import { readRoot, swapRoot } from './root.ts';
import { tellStatus } from './tell-status.ts';
import { beginWalk } from './walk.ts';

export type RaiseOutcome =
  /** The bucket is the new code's from here on, which has so many briefings to draw again. */
  | { readonly kind: 'raised'; readonly from: number; readonly briefings: number }
  /** It was of this epoch already, or nothing was ever published to it. */
  | { readonly kind: 'nothing-to-raise' }
  /** It is of a later one: this code never commits. */
  | { readonly kind: 'too-low'; readonly epoch: number };

const attempts = 12;

/**
 * Rule 9: hands the bucket to the code of another epoch, and has that code draw everything again. Both
 * in one swap of the root: between two, code that is on its way out could take up the new work and
 * draw it as it used to. Nothing is drawn here; the walk waits in the root, for whoever is deployed.
 * Throws what the store throws, and has changed nothing then.
 */
export async function raiseEpoch(publisher: Publisher, epoch: number): Promise<RaiseOutcome> {
  const { ports } = publisher;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (attempt > 0) await ports.clock.sleep(ports.random.next() * 50 * 2 ** Math.min(attempt, 6));
    const seen = await readRoot(ports, epoch);
    if (seen.etag === null || seen.root.epoch === epoch) return { kind: 'nothing-to-raise' };
    if (seen.root.epoch > epoch) return { kind: 'too-low', epoch: seen.root.epoch };
    const { root } = seen;
    const walks = beginWalk(root.walks, 'redraw', ports.clock.now());
    if ((await swapRoot(ports, seen, { ...root, epoch, walks })) !== null) {
      await tellStatus(publisher);
      return { kind: 'raised', from: root.epoch, briefings: root.live };
    }
  }
  throw new Error(`Raising the epoch to ${epoch} lost ${attempts} races in a row; try again`);
}
