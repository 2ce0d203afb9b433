import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { writeCorpus } from '../../bench/corpus.ts';
import { openRunningStage } from '../../cli/running-stage.ts';
import { calls } from '../../cdk/charter/times.ts';
import { openScene, type Scene } from '../../demo/scene.ts';
import type { FunctionLog } from '../../local/functions/invocation.ts';
import { type Stack, startStack } from '../../local/stack/stack.ts';
import { writeStackFile } from '../../local/stack/stack-file.ts';
import { rootKey } from '../../src/publishing/state.ts';
import { runIn } from '../cli/press.ts';
import { bundlePlantedFunctions } from './planted-functions.ts';

/** A local stack with an archive, under the limits of the cloud. */
export interface LimitedPress extends Scene {
  readonly stack: Stack;
  readonly s3: S3Client;
  readonly briefings: number;
  /** Whom to tell what was measured. */
  readonly tell: (line: string) => void;
  root(): Promise<z.output<typeof rootShape>>;
  /** Lifts the limits and compares the bucket with a clean build. Resolves to what the command says, and whether they are the same. */
  verify(): Promise<{ readonly same: boolean; readonly said: string }>;
  /** What functions and the host said last: for whoever looks for the reason of a failure. */
  lastLines(): readonly string[];
  close(): Promise<void>;
}

/** What S3 takes for a read in these stories, in milliseconds. */
export const readOfS3 = 20;

/**
 * Starts a stack with functions that have a planted defect, fills its lake with so many briefings and publishes
 * them by reconciling; only then the limits are in force.
 */
export async function startLimitedPress({
  briefings,
  tell,
}: {
  readonly briefings: number;
  readonly tell: (line: string) => void;
}): Promise<LimitedPress> {
  const directory = await mkdtemp(join(tmpdir(), 'limits-'));
  const lines: string[] = [];
  const log = ({ functionName, source, text }: FunctionLog) => {
    lines.push(`${new Date().toISOString()} ${functionName} ${source} ${text.slice(0, 600)}`);
    if (lines.length > 400) lines.shift();
  };
  const bundles = join(directory, 'lambdas');
  await bundlePlantedFunctions(bundles);
  const stack = await startStack({ bundles, log });
  const { file } = stack;
  const { endpoint, region, bucket } = file.s3;
  const s3 = new S3Client({ endpoint, region, credentials: file.s3, forcePathStyle: true });
  const root = async () => {
    const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: rootKey }));
    return rootShape.parse(JSON.parse((await body?.transformToString()) ?? 'null'));
  };
  const close = async () => {
    s3.destroy();
    await stack.close();
    await rm(directory, { recursive: true });
  };
  try {
    const started = performance.now();
    await fill(stack, root, { directory, briefings });
    tell(`${briefings} briefings published in ${seconds(performance.now() - started)}`);
    stack.setLimits({
      slow: {
        s3: { ...calls.s3, get: readOfS3, head: readOfS3 },
        lake: calls.lake,
        queue: calls.queue,
      },
      processor: true,
    });
  } catch (error) {
    await close();
    throw new Error(`The archive was not published:\n${lines.join('\n')}`, { cause: error });
  }
  return {
    ...openScene(file, 'limits'),
    stack,
    s3,
    briefings,
    tell,
    root,
    async verify() {
      stack.setLimits({});
      writeStackFile(directory, file);
      const { exit, out, err } = await runIn(directory, 'verify --stack stack.json', () =>
        openRunningStage(join(directory, 'stack.json')),
      );
      return { same: exit === 0, said: (out === '' ? err : out).trim() };
    },
    lastLines: () => lines,
    close,
  };
}

const rootShape = z.object({
  live: z.number(),
  release: z.unknown().nullable(),
  walks: z.array(z.object({ cause: z.string(), cursor: z.string() })),
});

/** Nobody rings: one round of reconcile after the other finds everything. */
async function fill(
  stack: Stack,
  root: LimitedPress['root'],
  { directory, briefings }: { directory: string; briefings: number },
): Promise<void> {
  const corpus = join(directory, 'corpus.ndjson');
  writeCorpus(corpus, briefings);
  await inSilence(stack, async () => (await stack.seed(corpus)).documents);
  for (let round = 1; ; round += 1) {
    await stack.invoke('sweep', { sweep: 'reconcile' });
    const live = await root().then(
      (found) => found.live,
      () => 0,
    );
    if (live === briefings) break;
    if (round === 20) throw new Error(`${live} of ${briefings} briefings are live after 20 rounds`);
  }
  await stack.settled(300);
}

/** Does something of which no webhook tells. It resolves to how many webhooks there would have been. */
export async function inSilence(stack: Stack, act: () => Promise<number>): Promise<void> {
  stack.setFaults({ webhooks: { drop: 1 } });
  const before = await droppedBy(stack);
  const silenced = await act();
  while ((await droppedBy(stack)) < before + silenced) await wait(50);
  stack.setFaults({});
}

async function droppedBy({ file: { lake } }: Stack): Promise<number> {
  const answer = await fetch(`${lake.url}/_local/state`, {
    headers: { authorization: `Bearer ${lake.tokens.editor}` },
  });
  return stateShape.parse(await answer.json()).webhooks.dropped;
}

const stateShape = z.object({ webhooks: z.object({ dropped: z.number() }) });

/** What was promised, and what was seen. */
export interface Measured {
  readonly what: string;
  /** Infinity when it was not seen a minute after it was promised. */
  readonly seconds: number;
  readonly promised: number;
}

/** Waits until something is seen, counting from now, and tells it. */
export async function measure(
  { tell }: Pick<LimitedPress, 'tell'>,
  what: string,
  promised: number,
  isSeen: () => Promise<boolean>,
): Promise<Measured> {
  const started = performance.now();
  for (;;) {
    const isThere = await isSeen();
    const passed = (performance.now() - started) / 1000;
    if (isThere || passed > promised + 60) {
      const measured = { what, seconds: isThere ? passed : Number.POSITIVE_INFINITY, promised };
      tell(line(measured));
      return measured;
    }
    await wait(100);
  }
}

function line({ what, seconds: taken, promised }: Measured): string {
  const seen = Number.isFinite(taken) ? seconds(taken * 1000) : 'never';
  const verdict = taken <= promised ? '' : '  LATE';
  return `  ${what.padEnd(46)} ${seen.padStart(8)}  of ${promised} s${verdict}`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
