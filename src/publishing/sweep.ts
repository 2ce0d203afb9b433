import { advance } from './advance.ts';
import { publish } from './publish.ts';
import type { Publisher } from './publisher.ts';
import { purgeWithinBudget } from './purge-budget.ts';
import { reconcile, type ReconcileOutcome } from './reconcile.ts';
import { readRoot, swapRoot, type SeenRoot } from './root.ts';
import { tellStatus } from './tell-status.ts';
import { noDeadline, workLeft, type Deadline } from './walk.ts';

/** What the schedule asks for: due instants each minute, the lake every quarter of an hour, everything at night. */
export type SweepKind = 'due' | 'reconcile' | 'deep';

export interface SweepOutcome {
  readonly kind: 'idle' | 'worked' | 'held' | 'other-epoch';
  readonly releases: number;
  readonly tasksLeft: number;
  readonly reconciled: ReconcileOutcome | null;
}

/**
 * What no delivery announces: instants that fall due, a release that nobody finished, fan-outs and walks that
 * are not done, as far as there is time. With none of these it is one read of the root.
 */
export async function sweep(
  publisher: Publisher,
  kind: SweepKind = 'due',
  deadline: Deadline = noDeadline,
): Promise<SweepOutcome> {
  const { ports, stage } = publisher;
  const seen = await readRoot(ports, stage.epoch);
  const { root, etag } = seen;
  const none = { releases: 0, tasksLeft: 0, reconciled: null };
  if (root.hold !== null) {
    // Nothing is compared, and yet it is no dead sweep.
    if (kind !== 'due') await tellStatus(publisher);
    return { kind: 'held', ...none };
  }
  if (root.epoch !== stage.epoch) return { kind: 'other-epoch', ...none };
  const isDue = root.nextDue !== null && root.nextDue <= ports.clock.now();
  const isOwed = root.release !== null || root.pending.length > 0 || root.walks.length > 0;
  let outcome: SweepOutcome = { kind: 'idle', ...none };
  if (etag !== null && isDue) {
    const published = await publish(publisher, { ids: [], continuePending: false });
    const releases = published.kind === 'done' ? published.releases : 0;
    outcome = { ...outcome, kind: 'worked', releases };
  }
  if (etag !== null && !isDue && !isOwed && root.purges.length > 0) {
    await retryPurges(publisher, seen);
    outcome = { ...outcome, kind: 'worked' };
  }
  if (kind !== 'due') {
    const reconciled = await reconcile(publisher, { deep: kind === 'deep', deadline });
    return {
      kind: 'worked',
      releases: outcome.releases + reconciled.releases,
      tasksLeft: reconciled.tasksLeft,
      reconciled,
    };
  }
  if (etag === null || !(isDue || isOwed)) return outcome;
  const { releases } = await advance(publisher, deadline);
  const after = await readRoot(ports, stage.epoch);
  return {
    kind: 'worked',
    releases: outcome.releases + releases,
    tasksLeft: workLeft(after.root),
    reconciled: null,
  };
}

/** Purges that failed when their release was settled, tried once a sweep: they need no new release. */
async function retryPurges(publisher: Publisher, seen: SeenRoot): Promise<void> {
  const purging = await purgeWithinBudget(publisher, seen.root, []);
  if (purging.purges.length === seen.root.purges.length) return;
  // Lost to somebody else: what the root names then is tried with their release, or the next time.
  await swapRoot(publisher.ports, seen, { ...seen.root, ...purging });
}
