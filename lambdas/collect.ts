import { collect } from '../src/publishing/collect.ts';
import { log } from './console-log.ts';
import { deadlineOf } from './deadline.ts';
import { publisherEnvironment } from './environment.ts';
import { publisherFrom } from './publisher-from.ts';
import { reported } from './reported.ts';

const { current } = publisherFrom(publisherEnvironment(), log);

/** Called at night, under the one role that may delete. */
export const handler = reported(log, async (_event, invocation): Promise<void> => {
  const outcome = await collect(await current(), deadlineOf(invocation));
  const { kind, nodes, snapshots, bundles, receipts, orphans } = outcome;
  log.info('collected', { outcome: kind, nodes, snapshots, bundles, receipts, orphans });
});
