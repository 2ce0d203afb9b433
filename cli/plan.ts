import type { Command } from 'commander';
import * as z from 'zod';
import { planOf, type Plan } from '../src/publishing/plan.ts';
import { decide, readLake, type PublishRequest } from '../src/publishing/publish.ts';
import type { Publisher } from '../src/publishing/publisher.ts';
import { readRoot } from '../src/publishing/root.ts';
import { type Answer, type Run, described } from './command.ts';
import { documentIds } from './document-ids.ts';
import { counted } from './problem-lines.ts';

export const planCommand = (run: Run): Command =>
  described('plan', 'What publishing documents would write, counted, without writing.', [
    'pressrun plan person-ada-lovelace',
    'pressrun plan briefing-a briefing-b --json',
  ])
    .argument('<id...>', 'ids of published documents, or of ones that are gone')
    .action(
      run(z.object({}), async ({ args }, tools) => {
        const { publisher } = await tools.stage();
        return planAnswer(await planFor(publisher, { ids: documentIds(args) }));
      }),
    );

/** Decides as publishing would, from what the lake says now, and keeps its hands still. */
export async function planFor(publisher: Publisher, request: PublishRequest): Promise<Plan> {
  const { root } = await readRoot(publisher.ports, publisher.stage.epoch);
  const asked = { ...request, continuePending: false };
  const documents = await readLake(publisher, root, asked);
  return planOf(root, await decide(publisher, root, asked, documents));
}

/** The plan in lines; refused documents and refused removals are problems. */
export function planAnswer(plan: Plan): Answer {
  const { release, counts, bytes, dependants, receipts, purge, documents, refusedRemovals } = plan;
  const refused = documents.filter(({ outcome }) => outcome === 'refused');
  const words = [
    ...(counts.new > 0 ? [`${counts.new} new`] : []),
    ...(counts.changed > 0 ? [`${counts.changed} changed`] : []),
    ...(counts.moved > 0 ? [`${counts.moved} moved`] : []),
    ...(counts.gone > 0 ? [`${counts.gone} gone`] : []),
  ];
  const tasks = dependants.reduce((sum, each) => sum + each.tasks, 0);
  return {
    problems: refused.length + refusedRemovals.length > 0,
    lines: [
      ...documents.filter(({ outcome }) => outcome !== 'unchanged').flatMap(reportLines),
      ...plan.writes.map((write) =>
        write.what === 'moved'
          ? `  moved    ${write.path} → ${write.location}`
          : `  ${write.what.padEnd(7)}  ${write.path}`,
      ),
      ...dependants.map(({ cause, tasks }) => `  later    ${counted(tasks, 'page')} for ${cause}`),
      release === null
        ? 'plan: nothing would change'
        : `plan: release ${release} would write ${counted(plan.writes.length, 'object')} (${words.join(', ') || 'none'}), ` +
          `${bytes} bytes, ${counted(receipts, 'receipt')}, ${counted(purge.length, 'purge')}, ` +
          `and leave ${counted(tasks, 'page')} for later releases`,
    ],
    data: { ...plan },
  };
}

/** What became of a document, and what stops it. */
export function reportLines({ id, rev, outcome, problems }: Plan['documents'][number]): string[] {
  const advice =
    outcome === 'removal-refused'
      ? ' (too many removals in an hour: confirm with "pressrun publish --allow-removals N ID…")'
      : '';
  return [
    `${outcome}: ${id}${rev === null ? '' : ` at ${rev}`}${advice}`,
    ...problems.map(
      ({ code, path, holder }) =>
        `  ${path}: ${code}${holder === undefined ? '' : ` (held by ${holder})`}`,
    ),
  ];
}
