import { publish } from './publish.ts';
import type { Publisher } from './publisher.ts';
import { purgeWithinBudget } from './purge-budget.ts';
import { reconcile, type ReconcileOutcome } from './reconcile.ts';
import { readRoot, swapRoot, type SeenRoot } from './root.ts';

/** What the schedule asks for: due instants each minute, the lake every quarter of an hour, everything at night. */
export type SweepKind = 'due' | 'reconcile' | 'deep';

export interface SweepOutcome {
  readonly kind: 'idle' | 'worked' | 'held' | 'other-epoch';
  readonly releases: number;
  readonly tasksLeft: number;
  readonly reconciled: ReconcileOutcome | null;
}

/** Chunks of a fan-out that one sweep goes on with before it yields to the queue. */
const chunksASweep = 20;

/**
 * What no delivery announces: instants that fall due, a release that nobody finished, fan-outs that
 * are not done. With none of these it is one read of the root.
 */
export async function sweep(publisher: Publisher, kind: SweepKind = 'due'): Promise<SweepOutcome> {
  const { ports, stage } = publisher;
  let releases = 0;
  let tasksLeft = 0;
  let isIdle = true;
  for (let chunk = 0; chunk < chunksASweep; chunk += 1) {
    const seen = await readRoot(ports, stage.epoch);
    const { root, etag } = seen;
    const none = { releases, tasksLeft, reconciled: null };
    if (root.hold !== null) return { kind: 'held', ...none };
    if (root.epoch !== stage.epoch) return { kind: 'other-epoch', ...none };
    const isDue = root.nextDue !== null && root.nextDue <= ports.clock.now();
    const isOwed = root.release !== null || root.pending.length > 0;
    if (etag === null || (!isDue && !isOwed)) {
      if (root.purges.length > 0) {
        isIdle = false;
        await retryPurges(publisher, seen);
      }
      break;
    }
    isIdle = false;
    const outcome = await publish(publisher, { ids: [], continuePending: true });
    if (outcome.kind !== 'done') break;
    releases += outcome.releases;
    ({ tasksLeft } = outcome);
    if (outcome.releases === 0) break;
  }
  const reconciled = kind === 'due' ? null : await reconcile(publisher, { deep: kind === 'deep' });
  return {
    kind: isIdle && reconciled === null ? 'idle' : 'worked',
    releases: releases + (reconciled?.releases ?? 0),
    tasksLeft: reconciled?.tasksLeft ?? tasksLeft,
    reconciled,
  };
}

/** Purges that failed when their release was settled, tried once a sweep: they need no new release. */
async function retryPurges(publisher: Publisher, seen: SeenRoot): Promise<void> {
  const purging = await purgeWithinBudget(publisher, seen.root, []);
  if (purging.purges.length === seen.root.purges.length) return;
  // Lost to somebody else: what the root names then is tried with their release, or the next time.
  await swapRoot(publisher.ports, seen, { ...seen.root, ...purging });
}
