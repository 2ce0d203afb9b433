import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import * as z from 'zod';
import { buildSite } from '../src/publishing/build.ts';
import { checkBucket } from '../src/publishing/reconcile.ts';
import { gatherHistory } from '../src/publishing/history.ts';
import { treeOf } from '../src/publishing/publisher.ts';
import type { SeenRoot } from '../src/publishing/root.ts';
import { driftOf, isEqual, type Verification, verifyBucket } from '../src/publishing/verify.ts';
import { type Answer, type Run, described, type Tools, waitOption } from './command.ts';
import { openDataset } from './dataset.ts';
import { compareEdge } from './edge.ts';
import { driftSentence } from './export.ts';
import { writeLakeDocuments } from './lake-documents.ts';
import { counted } from './problem-lines.ts';
import { whileQuiet } from './quiet.ts';
import type { RunningStage } from './running-stage.ts';
import { historyAt, presentIds } from './state-history.ts';

export const verifyCommand = (run: Run): Command =>
  described('verify', 'Proves that the bucket equals a clean build from the content lake.', [
    'pressrun verify',
    'pressrun verify --headers          (reads every object: types, cache rules, status and tags too)',
    'pressrun verify --edge             (asks the edge for every address as well)',
    'pressrun verify --repair           (writes damaged objects again, deletes foreign ones)',
  ])
    .option('--headers', 'read every object and compare what is said of it, not only its bytes')
    .option('--edge', 'ask the edge too: what readers get is what the bucket holds')
    .option('--repair', 'mend what differs, delete what is foreign, and verify again')
    .option('--dry-run', 'with --repair: say what it would do')
    .addOption(waitOption(60))
    .action(
      run(shape, async ({ options }, tools) => {
        const stage = await tools.stage();
        const first = await verified(stage, options, tools);
        let last = answerOf(first);
        if (options.repair && !isEqual(first.found)) {
          if (options.dryRun) return dryRun(first);
          for (const line of last.lines) tools.tell(line);
          await repair(stage, first.found, tools);
          last = answerOf(await verified(stage, options, tools));
        }
        return options.edge ? withEdge(last, await compareEdge(stage, tools.progress)) : last;
      }),
    );

const shape = z.object({
  edge: z.boolean().default(false),
  headers: z.boolean().default(false),
  repair: z.boolean().default(false),
  dryRun: z.boolean().default(false),
  wait: z.number(),
});

interface Verified {
  readonly found: Verification;
  readonly drift: readonly string[];
  /** Still live, although the lake has them no more: the removal guard refused. */
  readonly refusedRemovals: readonly string[];
  readonly seen: SeenRoot;
}

async function verified(
  stage: RunningStage,
  options: z.output<typeof shape>,
  tools: Tools,
): Promise<Verified> {
  const scratch = mkdtempSync(join(tmpdir(), 'pressrun-'));
  const { progress } = tools;
  try {
    return await whileQuiet(stage, { progress, withinSeconds: options.wait }, (seen, attempt) =>
      compare(stage, { seen, attempt, file: join(scratch, 'lake'), ...options }, tools),
    );
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

async function compare(
  { publisher }: RunningStage,
  {
    seen,
    attempt,
    file,
    headers,
  }: {
    readonly seen: SeenRoot;
    readonly attempt: number;
    readonly file: string;
    readonly headers: boolean;
  },
  { progress }: Tools,
): Promise<Verified | 'look again'> {
  const { ports, stage, renderers } = publisher;
  const tree = treeOf(publisher, seen.root);
  const known = await presentIds(tree);
  await writeLakeDocuments(ports.lake, file, { known, progress });
  const documents = openDataset(file);
  try {
    const drift = await driftOf(documents, tree);
    if (drift.length > 0 && seen.root.hold === null && attempt < attemptsForDrift) {
      // A webhook is perhaps still on its way.
      await ports.clock.sleep(500);
      return 'look again';
    }
    const history = await gatherHistory(historyAt(publisher, seen.root));
    const { objects } = await buildSite({
      documents,
      history,
      baseUrl: stage.baseUrl,
      tagAuthority: stage.tagAuthority,
      renderers,
      now: seen.root.asOf,
    });
    progress.begin('comparing', history.stamps.size * (headers ? 2 : 1));
    const found = await verifyBucket({
      store: ports.store,
      expected: objects,
      headers,
      onObject: () => progress.step(),
    });
    const refusedRemovals = [...history.briefings.values()]
      .filter(({ removalRefused }) => removalRefused)
      .map(({ id }) => id)
      .sort();
    return { found, drift, refusedRemovals, seen };
  } finally {
    documents.close();
  }
}

const attemptsForDrift = 4;

function answerOf({ found, drift, refusedRemovals, seen }: Verified): Answer {
  const { objects, root, differing, missing, foreign } = found;
  const equal = isEqual(found);
  const lines = [
    ...differing.map(({ key, what }) => `differs in its ${what}: ${key}`),
    ...missing.map((key) => `missing: ${key}`),
    ...[...foreign.keys()].map((key) => `foreign: ${key}`),
    ...(drift.length === 0 ? [] : [driftSentence(drift)]),
    ...(refusedRemovals.length === 0 ? [] : [refusedRemovalsSentence(refusedRemovals)]),
    equal
      ? `equal: ${counted(objects, 'object')}, root ${root}`
      : `not equal: ${differing.length} differ, ${missing.length} missing, ${foreign.size} foreign, of ${objects}; ` +
        'run "pressrun verify --repair" to mend',
  ];
  return {
    problems: !equal || drift.length > 0,
    lines,
    data: {
      equal,
      objects,
      root,
      release: seen.root.seq,
      differing,
      missing,
      foreign: [...foreign.keys()],
      drift,
      refusedRemovals,
    },
  };
}

function refusedRemovalsSentence(ids: readonly string[]): string {
  const [are, them] = ids.length === 1 ? ['is', 'it'] : ['are', 'them'];
  return (
    `${counted(ids.length, 'briefing')} ${are} gone from the lake and still live, because too many removals came ` +
    `within an hour. To take ${them} down: pressrun publish --allow-removals ${ids.length} ${ids.join(' ')}`
  );
}

function withEdge(
  answer: Answer,
  { asked, differing }: Awaited<ReturnType<typeof compareEdge>>,
): Answer {
  return {
    problems: answer.problems || differing.length > 0,
    lines: [
      ...differing.map(({ path, what }) => `the edge differs at ${path}: ${what}`),
      `edge: ${asked} addresses asked, ${differing.length} differ`,
      ...answer.lines,
    ],
    data: { ...answer.data, edge: { asked, differing } },
  };
}

function dryRun(verified: Verified): Answer {
  const { differing, missing, foreign } = verified.found;
  const answer = answerOf(verified);
  return {
    ...answer,
    lines: [
      ...answer.lines,
      `would write ${differing.length + missing.length} again and delete ${foreign.size}`,
    ],
  };
}

/** Foreign objects go by the operator's own right; what is damaged is written again as a release. */
async function repair(
  { publisher }: RunningStage,
  { foreign }: Verification,
  { progress, tell }: Tools,
): Promise<void> {
  progress.begin('deleting foreign objects', foreign.size);
  for (const [key, etag] of foreign) {
    // Only what was seen: if it has changed since, the second look names it again.
    await publisher.ports.store.delete(key, { ifMatch: etag });
    progress.step();
  }
  progress.begin('writing damaged objects again');
  const { repaired } = (await checkBucket(publisher)).found;
  tell(
    `deleted ${counted(foreign.size, 'foreign object')}, wrote ${counted(repaired, 'object')} again`,
  );
}
