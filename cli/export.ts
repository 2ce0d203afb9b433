import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import * as z from 'zod';
import { canonicalJson } from '../src/publishing/digest.ts';
import type { HistoryRecord } from '../src/publishing/history.ts';
import { treeOf } from '../src/publishing/publisher.ts';
import type { SeenRoot } from '../src/publishing/root.ts';
import { driftOf, pathInTree } from '../src/publishing/verify.ts';
import { CannotRun } from './cannot-run.ts';
import { type Run, described, type Tools, waitOption } from './command.ts';
import { openDataset } from './dataset.ts';
import { writeLakeDocuments } from './lake-documents.ts';
import { counted } from './problem-lines.ts';
import { publicObjects } from './public-objects.ts';
import { TreeWriter } from './public-tree.ts';
import { whileQuiet } from './quiet.ts';
import type { RunningStage } from './running-stage.ts';
import { historyAt, presentIds } from './state-history.ts';

export const exportCommand = (run: Run): Command =>
  described('export', 'The public part of the bucket as files, and what a build needs.', [
    'pressrun export --out exported --state S.ndjson --lake L.ndjson',
    'pressrun build --from L.ndjson --state S.ndjson --images exported --out built',
    'pressrun diff exported built',
  ])
    .requiredOption('--out <dir>', 'where the tree goes, as "build" would write it')
    .option('--state <file>', 'where the state-history goes: what cannot be derived again')
    .option('--lake <file>', 'where the published documents go, one a line')
    .addOption(waitOption(120))
    .option('--force', 'replace what is in the folder')
    .action(
      run(shape, async ({ options }, tools) => {
        const stage = await tools.stage();
        // Before anything is waited for, so that a folder in the way is told at once.
        const tree = new TreeWriter(tools.path(options.out), options);
        const scratch = mkdtempSync(join(tmpdir(), 'pressrun-'));
        try {
          const files = {
            tree,
            state: options.state === undefined ? null : tools.path(options.state),
            lake: options.lake === undefined ? join(scratch, 'lake') : tools.path(options.lake),
          };
          const { progress } = tools;
          const taken = await whileQuiet(
            stage,
            { progress, withinSeconds: options.wait },
            (seen, attempt) => take(stage, seen, attempt, files, tools),
          );
          return {
            problems: false,
            lines: [
              `exported: ${taken.objects} objects, root ${taken.root}`,
              `at release ${taken.release}, with ${counted(taken.documents, 'document')} in the lake`,
            ],
            data: taken,
          };
        } finally {
          rmSync(scratch, { recursive: true });
        }
      }),
    );

const shape = z.object({
  out: z.string(),
  state: z.string().optional(),
  lake: z.string().optional(),
  wait: z.number(),
  force: z.boolean().default(false),
});

interface Taken {
  readonly [fact: string]: string | number;
  readonly objects: number;
  readonly root: string;
  readonly release: number;
  readonly documents: number;
}

async function take(
  stage: RunningStage,
  { root }: SeenRoot,
  attempt: number,
  files: { readonly tree: TreeWriter; readonly state: string | null; readonly lake: string },
  { progress }: Tools,
): Promise<Taken | 'look again'> {
  const { publisher } = stage;
  const tree = treeOf(publisher, root);
  const documents = await writeLakeDocuments(publisher.ports.lake, files.lake, {
    known: await presentIds(tree),
    progress,
  });
  const dataset = openDataset(files.lake);
  const drift = await driftOf(dataset, tree).finally(() => dataset.close());
  if (drift.length > 0 && root.hold === null) {
    // A webhook is perhaps still on its way.
    if (attempt >= attemptsForDrift) throw new CannotRun(driftSentence(drift));
    await publisher.ports.clock.sleep(500);
    return 'look again';
  }
  if (files.state !== null) await writeHistory(files.state, historyAt(publisher, root));
  files.tree.restart();
  progress.begin('reading objects');
  for await (const [key, object] of publicObjects(publisher.ports.store)) {
    if (object === null) return 'look again';
    files.tree.put(pathInTree(key), object);
    progress.step();
  }
  return { ...files.tree.finish(), release: root.seq, documents };
}

const attemptsForDrift = 10;

/** What a person should do when the lake and the bucket know different revisions. */
export function driftSentence(drift: readonly string[]): string {
  const named = drift.slice(0, 5).join(', ') + (drift.length > 5 ? ', …' : '');
  return (
    `The bucket has not seen the newest revision of ${counted(drift.length, 'document')} (${named}): ` +
    'webhooks were lost. Run "pressrun reconcile" first.'
  );
}

async function writeHistory(file: string, records: AsyncIterable<HistoryRecord>): Promise<void> {
  const stream = createWriteStream(file);
  for await (const record of records) {
    if (!stream.write(`${canonicalJson(record)}\n`)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
}
