import { collect } from '../src/publishing/collect.ts';
import { log } from './console-log.ts';
import { publisherEnvironment } from './environment.ts';
import { publisherFrom } from './publisher-from.ts';
import { reported } from './reported.ts';

const currentPublisher = publisherFrom(publisherEnvironment(), log);

/** Called at night, under the one role that may delete. */
export const handler = reported(log, async (): Promise<void> => {
  const { nodes, snapshots, bundles, receipts, orphans } = await collect(await currentPublisher());
  log.info('collected', { nodes, snapshots, bundles, receipts, orphans });
});
