import { type Command, InvalidArgumentError } from 'commander';
import * as z from 'zod';
import { CannotRun } from './cannot-run.ts';
import { type Run, described } from './command.ts';
import { documentIds } from './document-ids.ts';
import { publishAll } from './drain.ts';
import { planAnswer, planFor, reportLines } from './plan.ts';
import { counted } from './problem-lines.ts';

export const publishCommand = (run: Run): Command =>
  described('publish', 'Brings the site to what the content lake says of these documents.', [
    'pressrun publish briefing-a',
    'pressrun publish --dry-run person-ada-lovelace',
    'pressrun publish --allow-removals 2 briefing-a briefing-b',
  ])
    .argument('<id...>', 'ids of published documents, or of ones that are gone')
    .option(
      '--allow-removals <count>',
      'confirm removals that the guard refused: how many documents are named',
      wholeNumber,
    )
    .option('--dry-run', 'show the plan and write nothing')
    .action(
      run(shape, async ({ options, args }, tools) => {
        const ids = documentIds(args);
        const { allowRemovals } = options;
        if (allowRemovals !== undefined && allowRemovals !== ids.length) {
          throw new CannotRun(
            `--allow-removals ${allowRemovals} confirms as many removals, but ${counted(ids.length, 'document')} are named. Look again, and repeat the number that you mean.`,
          );
        }
        const request = {
          ids,
          ...(allowRemovals === undefined ? {} : { allowRemovals: ids }),
        };
        const { publisher } = await tools.stage();
        if (options.dryRun) return planAnswer(await planFor(publisher, request));
        const { releases, writes, reports } = await publishAll(
          publisher,
          [{ ...request, continuePending: false }],
          tools.progress,
        );
        const asked = reports.filter(({ id }) => ids.includes(id));
        const isStopped = asked.some(
          ({ outcome }) => outcome === 'refused' || outcome === 'removal-refused',
        );
        return {
          problems: isStopped,
          lines: [
            ...asked.flatMap(reportLines),
            `published: ${counted(releases, 'release')}, ${counted(writes, 'object')} written`,
          ],
          data: { releases, writes, documents: asked },
        };
      }),
    );

const shape = z.object({
  allowRemovals: z.number().optional(),
  dryRun: z.boolean().default(false),
});

function wholeNumber(given: string): number {
  if (/^[1-9]\d{0,5}$/.test(given)) return Number(given);
  throw new InvalidArgumentError('Expected how many documents are named, from 1.');
}
