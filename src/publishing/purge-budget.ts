import type { CivilMonth } from '../briefing/model.ts';
import type { Publisher } from './publisher.ts';
import type { Root } from './state.ts';
import type { PurgeItem } from './ports.ts';

/** What CloudFront gives an account for nothing each month. */
const freePurges = 1_000;

/** Failed purges that the root keeps, to be tried again; beyond them the TTL does it. */
const keptFailures = 50;

/**
 * Purges these, and what failed before, as far as the month's budget goes: the newest first, since the
 * TTL has soon done the work of the others. What is over the budget is told and forgotten. Returns what
 * the next root says of it. A run that is killed before that root is stored purges once more, uncounted.
 */
export async function purgeWithinBudget(
  { ports, notify, purgesPerMonth = freePurges }: Publisher,
  root: Root,
  items: readonly PurgeItem[],
): Promise<Pick<Root, 'purges' | 'purged'>> {
  const month: CivilMonth = ports.clock.now().slice(0, 7);
  const before = root.purged?.month === month ? root.purged.items : 0;
  const asked = [...root.purges, ...items];
  const allowed = lastOf(asked, purgesPerMonth - before);
  if (allowed.length < asked.length) {
    notify?.({ kind: 'purge-budget-spent', count: asked.length - allowed.length });
  }
  if (allowed.length === 0) return { purges: [], purged: root.purged };
  const { purged, failed } = await ports.purge.purge(allowed);
  return {
    purges: lastOf(failed, keptFailures),
    purged: purged === 0 ? root.purged : { month, items: before + purged },
  };
}

function lastOf<Item>(items: readonly Item[], count: number): readonly Item[] {
  return count <= 0 ? [] : items.slice(-count);
}
