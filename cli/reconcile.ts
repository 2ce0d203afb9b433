import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import * as z from 'zod';
import type { DocumentId } from '../src/briefing/model.ts';
import { treeOf, type Publisher } from '../src/publishing/publisher.ts';
import { reconcile } from '../src/publishing/reconcile.ts';
import { readRoot } from '../src/publishing/root.ts';
import { driftOf } from '../src/publishing/verify.ts';
import { CannotRun } from './cannot-run.ts';
import { type Answer, type Run, described, type Tools } from './command.ts';
import { openDataset } from './dataset.ts';
import { publishAll } from './drain.ts';
import { writeLakeDocuments } from './lake-documents.ts';
import { onHold, otherDeployment } from './may-not-publish.ts';
import type { Progress } from './progress.ts';
import { counted } from './problem-lines.ts';
import { presentIds } from './state-history.ts';

export const reconcileCommand = (run: Run): Command =>
  described('reconcile', 'Publishes whatever the bucket has not seen of the content lake.', [
    'pressrun reconcile --dry-run',
    'pressrun reconcile',
    'pressrun reconcile --deep          (the bucket too: what is damaged is written again)',
  ])
    .option('--deep', 'compare every document, and every object with what was last written')
    .option('--dry-run', 'name the documents that differ and write nothing')
    .action(
      run(shape, async ({ options }, tools) => {
        const { publisher } = await tools.stage();
        return options.dryRun
          ? dryRun(publisher, tools)
          : reconciled(publisher, options.deep, tools);
      }),
    );

const shape = z.object({
  deep: z.boolean().default(false),
  dryRun: z.boolean().default(false),
});

/** Reconciles and works through what that leaves. Throws CannotRun while publishing is on hold. */
export async function reconciled(
  publisher: Publisher,
  deep: boolean,
  { progress }: Pick<Tools, 'progress'>,
): Promise<Answer> {
  progress.begin('comparing with the content lake');
  const outcome = await reconcile(publisher, { deep });
  if (outcome.kind === 'held') throw new CannotRun(onHold());
  if (outcome.kind === 'other-epoch') throw new CannotRun(otherDeployment(publisher));
  const rest = await publishAll(publisher, [], progress);
  const { drift, full, repaired, orphans, older, rolledBack } = outcome;
  const releases = outcome.releases + rest.releases;
  return {
    problems: false,
    lines: [
      `reconciled: ${counted(drift, 'document')} differed, ${counted(releases, 'release')}` +
        (full ? ', every document compared' : '') +
        (deep ? `, ${counted(repaired, 'object')} repaired, ${orphans} foreign` : ''),
      ...rolledBack.map((id) => `went back to an older revision, as the lake has: ${id}`),
      ...older.map((id) => `older in the lake than on the site: ${id}`),
      ...(older.length > 0 ? [askedAgain] : []),
    ],
    data: { drift, releases, full, repaired, orphans, older, rolledBack },
  };
}

const askedAgain =
  'If the lake was restored from a backup, run "pressrun reconcile --deep" again in a quarter of an hour: ' +
  'what it gives twice is taken. The nightly check does so by itself.';

async function dryRun(publisher: Publisher, { progress }: Tools): Promise<Answer> {
  const drift = await currentDrift(publisher, progress);
  return {
    problems: drift.length > 0,
    lines: [
      ...drift.map((id) => `differs: ${id}`),
      `reconcile: would publish ${counted(drift.length, 'document')}`,
    ],
    data: { drift },
  };
}

async function currentDrift(
  publisher: Publisher,
  progress: Progress,
): Promise<readonly DocumentId[]> {
  const scratch = mkdtempSync(join(tmpdir(), 'pressrun-'));
  try {
    const file = join(scratch, 'lake');
    const { root } = await readRoot(publisher.ports, publisher.stage.epoch);
    const tree = treeOf(publisher, root);
    const known = await presentIds(tree);
    await writeLakeDocuments(publisher.ports.lake, file, { known, progress });
    const dataset = openDataset(file);
    return await driftOf(dataset, tree).finally(() => dataset.close());
  } finally {
    rmSync(scratch, { recursive: true });
  }
}
