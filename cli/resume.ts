import type { Command } from 'commander';
import * as z from 'zod';
import { type Hold, resume } from '../src/publishing/hold.ts';
import { readRoot } from '../src/publishing/root.ts';
import { CannotRun } from './cannot-run.ts';
import { described, type Run } from './command.ts';
import { tooBusy } from './hold.ts';
import { reconciled } from './reconcile.ts';

export const resumeCommand = (run: Run): Command =>
  described('resume', 'Ends a hold, and publishes what came meanwhile.', ['pressrun resume'])
    .option('--dry-run', 'say what stands and change nothing')
    .action(
      run(z.object({ dryRun: z.boolean().default(false) }), async ({ options }, tools) => {
        const { publisher } = await tools.stage();
        if (options.dryRun) {
          const { hold } = (await readRoot(publisher.ports, publisher.stage.epoch)).root;
          return { problems: false, lines: [spoken(hold)], data: { hold } };
        }
        const outcome = await resume(publisher);
        if (outcome.kind === 'too-busy') throw new CannotRun(tooBusy);
        const ended = outcome.kind === 'resumed' ? outcome.hold : null;
        // Messages that came during the hold were acknowledged: only the lake knows of them.
        const answer = await reconciled(publisher, false, tools);
        return {
          ...answer,
          lines: [spoken(ended), ...answer.lines],
          data: { hold: ended, ...answer.data },
        };
      }),
    );

function spoken(hold: Hold | null): string {
  return hold === null ? 'not on hold' : `was on hold since ${hold.since}: ${hold.reason}`;
}
