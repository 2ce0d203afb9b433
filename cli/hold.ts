import type { Command } from 'commander';
import * as z from 'zod';
import { publish } from '../src/publishing/publish.ts';
import { type Run, described } from './command.ts';
import { changeRoot } from './change-root.ts';

export const holdCommand = (run: Run): Command =>
  described('hold', 'Stops all publishing until "resume"; readers notice nothing.', [
    'pressrun hold "wrong photograph, we are looking into it"',
  ])
    .argument('<reason...>', 'why, for whoever wonders')
    .option('--dry-run', 'say what stands and change nothing')
    .action(
      run(z.object({ dryRun: z.boolean().default(false) }), async ({ options, args }, tools) => {
        const { publisher } = await tools.stage();
        const reason = args.join(' ');
        // What is committed is finished first: a hold must not leave a release half written.
        if (!options.dryRun) await publish(publisher, { ids: [], continuePending: false });
        const since = publisher.ports.clock.now();
        const before = await changeRoot(publisher, options, (root) =>
          root.hold === null ? { ...root, hold: { since, reason } } : null,
        );
        const { hold } = before;
        if (hold !== null) {
          return {
            problems: true,
            lines: [`on hold already, since ${hold.since}: ${hold.reason}`],
            data: { hold },
          };
        }
        return {
          problems: false,
          lines: [options.dryRun ? 'would hold' : 'on hold: run "pressrun resume" to go on'],
          data: { hold: options.dryRun ? null : { since, reason } },
        };
      }),
    );
