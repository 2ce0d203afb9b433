import * as z from 'zod';
import { sweep } from '../src/publishing/sweep.ts';
import { log } from './console-log.ts';
import { deadlineOf } from './deadline.ts';
import { publisherEnvironment } from './environment.ts';
import { publisherFrom } from './publisher-from.ts';
import { reported } from './reported.ts';

const { current } = publisherFrom(publisherEnvironment(), log);

/** What a schedule says: `due` every minute, `reconcile` every 15, `deep` at night. */
const schedule = z.object({ sweep: z.enum(['due', 'reconcile', 'deep']).default('due') });

/** Called by the schedules. Does what no delivery announces, and heals what deliveries lost. */
export const handler = reported(log, async (event, invocation): Promise<void> => {
  const { sweep: kind } = schedule.parse(event);
  const {
    kind: outcome,
    releases,
    tasksLeft,
    reconciled,
  } = await sweep(await current(), kind, deadlineOf(invocation));
  log.info('swept', { reason: kind, outcome, releases, tasksLeft });
  if (reconciled !== null) {
    const { kind: verdict, drift, full, repaired, orphans, older, rolledBack } = reconciled;
    log.info('reconciled', { outcome: verdict, drift, full, repaired, orphans });
    if (older.length > 0) log.warn('lake-older', told(older));
    if (rolledBack.length > 0) log.warn('lake-rolled-back', told(rolledBack));
  }
});

/** A lake that was restored from a backup may give thousands. */
function told(ids: readonly string[]): {
  readonly documents: number;
  readonly ids: readonly string[];
} {
  return { documents: ids.length, ids: ids.slice(0, 20) };
}
