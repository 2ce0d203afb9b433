import type { Command } from 'commander';
import * as z from 'zod';
import { changeRoot } from './change-root.ts';
import { type Run, described } from './command.ts';
import { reconciled } from './reconcile.ts';

export const resumeCommand = (run: Run): Command =>
  described('resume', 'Ends a hold, and publishes what came meanwhile.', ['pressrun resume'])
    .option('--dry-run', 'say what stands and change nothing')
    .action(
      run(z.object({ dryRun: z.boolean().default(false) }), async ({ options }, tools) => {
        const { publisher } = await tools.stage();
        const { hold } = await changeRoot(publisher, options, (root) =>
          root.hold === null ? null : { ...root, hold: null },
        );
        const held =
          hold === null ? 'not on hold' : `was on hold since ${hold.since}: ${hold.reason}`;
        if (options.dryRun) return { problems: false, lines: [held], data: { hold } };
        // Messages that came during the hold were acknowledged: only the lake knows of them.
        const answer = await reconciled(publisher, false, tools);
        return {
          ...answer,
          lines: [held, ...answer.lines],
          data: { hold, ...answer.data },
        };
      }),
    );
