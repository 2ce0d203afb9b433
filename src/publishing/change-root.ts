import { finishOrGiveWay } from './publish.ts';
import type { Publisher } from './publisher.ts';
import { readRoot, swapRoot } from './root.ts';
import type { Root } from './state.ts';
import { isToldOtherwise } from './status.ts';
import { standingStatus, tellStatus } from './tell-status.ts';

export type RootChange =
  | { readonly kind: 'changed' }
  /** There was nothing to change, or nothing was ever published. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'held'; readonly reason: string }
  | { readonly kind: 'other-epoch'; readonly epoch: number }
  /** Others changed the root again and again. */
  | { readonly kind: 'too-busy' };

const attempts = 20;

/**
 * Changes what the root says of work, without a release: null for nothing to change. What is committed is
 * finished first, whoever committed it. Throws what the store throws.
 */
export async function changeRoot(
  publisher: Publisher,
  change: (root: Root) => Root | null,
): Promise<RootChange> {
  const { ports, stage } = publisher;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (attempt > 0) await ports.clock.sleep(ports.random.next() * 200);
    const looking = standingStatus(ports);
    const seen = await readRoot(ports, stage.epoch);
    if (seen.root.hold !== null) return { kind: 'held', reason: seen.root.hold.reason };
    if (seen.root.epoch !== stage.epoch) return { kind: 'other-epoch', epoch: seen.root.epoch };
    if (seen.etag === null) return { kind: 'unchanged' };
    const settled = seen.root.release === null ? seen : await finishOrGiveWay(publisher, seen);
    if (settled === null) continue;
    const changed = change(settled.root);
    if (changed === null) return { kind: 'unchanged' };
    const standing = await looking;
    if ((await swapRoot(ports, settled, changed)) === null) continue;
    if (isToldOtherwise(settled.root, changed)) {
      await tellStatus(publisher, { standing, root: changed });
    }
    return { kind: 'changed' };
  }
  return { kind: 'too-busy' };
}
