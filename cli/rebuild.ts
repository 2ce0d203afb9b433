import type { Command } from 'commander';
import * as z from 'zod';
import type { Publisher } from '../src/publishing/publisher.ts';
import { beginRebuild, planRebuild } from '../src/publishing/rebuild.ts';
import { readRoot } from '../src/publishing/root.ts';
import { CannotRun } from './cannot-run.ts';
import { type Answer, type Run, described, type Tools } from './command.ts';
import { publishAll } from './drain.ts';
import { tooBusy } from './hold.ts';
import { onHold, otherDeployment } from './may-not-publish.ts';
import { counted } from './problem-lines.ts';

export const rebuildCommand = (run: Run): Command =>
  described('rebuild', 'Renders every page again, and writes what differs.', [
    'pressrun rebuild --dry-run',
    'pressrun rebuild',
  ])
    .option('--dry-run', 'count what would be written and write nothing')
    .action(
      run(shape, async ({ options }, tools) => {
        const { publisher } = await tools.stage();
        return options.dryRun ? planned(publisher, tools) : rebuilt(publisher, tools);
      }),
    );

const shape = z.object({ dryRun: z.boolean().default(false) });

async function planned(publisher: Publisher, { progress }: Tools): Promise<Answer> {
  const { root } = await readRoot(publisher.ports, publisher.stage.epoch);
  progress.begin('rendering', root.live);
  let [writes, done] = [0, 0];
  for await (const slice of planRebuild(publisher)) {
    writes += slice.writes;
    progress.step(slice.done - done);
    ({ done } = slice);
  }
  return {
    problems: false,
    lines: [
      `rebuild: would write ${counted(writes, 'object')}; ${counted(root.live, 'briefing')} were rendered`,
    ],
    data: { writes, briefings: root.live, releases: 0 },
  };
}

async function rebuilt(publisher: Publisher, { progress }: Tools): Promise<Answer> {
  const outcome = await beginRebuild(publisher);
  switch (outcome.kind) {
    case 'held':
      throw new CannotRun(onHold(outcome.reason));
    case 'other-epoch':
      throw new CannotRun(otherDeployment(publisher, outcome.epoch));
    case 'too-busy':
      throw new CannotRun(tooBusy);
    case 'changed':
    case 'unchanged':
  }
  const { releases, writes } = await publishAll(publisher, [], progress);
  const { root } = await readRoot(publisher.ports, publisher.stage.epoch);
  return {
    problems: false,
    lines: [
      `rebuilt: ${counted(writes, 'object')} written in ${counted(releases, 'release')}; ${counted(root.live, 'briefing')} were rendered`,
    ],
    data: { writes, briefings: root.live, releases },
  };
}
