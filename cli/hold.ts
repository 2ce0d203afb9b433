import type { Command } from 'commander';
import * as z from 'zod';
import { type Hold, hold } from '../src/publishing/hold.ts';
import { readRoot } from '../src/publishing/root.ts';
import { CannotRun } from './cannot-run.ts';
import { type Answer, type Run, described } from './command.ts';

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
        if (options.dryRun) {
          const { root } = await readRoot(publisher.ports, publisher.stage.epoch);
          if (root.hold !== null) return heldAlready(root.hold);
          return { problems: false, lines: ['would hold'], data: { hold: null } };
        }
        const outcome = await hold(publisher, reason);
        if (outcome.kind === 'held-already') return heldAlready(outcome.hold);
        if (outcome.kind === 'too-busy') throw new CannotRun(tooBusy);
        return {
          problems: false,
          lines: ['on hold: run "pressrun resume" to go on'],
          data: { hold: { since: outcome.since, reason } },
        };
      }),
    );

function heldAlready(already: Hold): Answer {
  return {
    problems: true,
    lines: [`on hold already, since ${already.since}: ${already.reason}`],
    data: { hold: already },
  };
}

/** What `hold` and `resume` say when the root does not stand still for them. */
export const tooBusy =
  'Others changed the root again and again: a lot is being published. Try again.';
