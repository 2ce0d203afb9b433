import type { Command } from 'commander';
import * as z from 'zod';
import { everything } from '../src/publishing/everything.ts';
import type { PublishRequest } from '../src/publishing/publish.ts';
import { treeOf } from '../src/publishing/publisher.ts';
import { readRoot } from '../src/publishing/root.ts';
import type { Task } from '../src/publishing/state.ts';
import { type Run, described } from './command.ts';
import { publishAll } from './drain.ts';
import { planFor } from './plan.ts';
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
        const { root } = await readRoot(publisher.ports, publisher.stage.epoch);
        const requests = parts(await everything(treeOf(publisher, root)));
        const pages = requests.reduce((sum, { tasks }) => sum + tasks.length, 0);
        tools.progress.begin('rendering, a hundred at a time', requests.length);
        if (options.dryRun) {
          let writes = 0;
          for (const request of requests) {
            writes += (await planFor(publisher, request)).writes.length;
            tools.progress.step();
          }
          return {
            problems: false,
            lines: [`rebuild: would write ${counted(writes, 'object')}; ${pages} were rendered`],
            data: { writes, pages, releases: 0 },
          };
        }
        const { releases, writes } = await publishAll(publisher, requests, tools.progress);
        return {
          problems: false,
          lines: [
            `rebuilt: ${counted(writes, 'object')} written in ${counted(releases, 'release')}; ${pages} were rendered`,
          ],
          data: { writes, pages, releases },
        };
      }),
    );

const shape = z.object({ dryRun: z.boolean().default(false) });

function parts(
  tasks: readonly Task[],
): readonly (PublishRequest & { readonly tasks: readonly Task[] })[] {
  return Array.from({ length: Math.ceil(tasks.length / 100) }, (_, part) => ({
    ids: [],
    continuePending: false,
    tasks: tasks.slice(part * 100, part * 100 + 100),
  }));
}
