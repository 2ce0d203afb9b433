import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { type FunctionName, functionNames, limits, sparing } from '../cdk/charter/functions.ts';
import { bootstrapFlags } from '../local/functions/bootstrap-flags.ts';
import { bundleEntry } from '../scripts/bundle.ts';

/**
 * Where the time of a cold start goes: `node bench/cold-start.ts` bundles each function, and each part of it
 * that brings a package along, as they ship, and loads them in a fresh process under the flags of Lambda's
 * own bootstrap, one after another in rounds. It prints medians of the processor's time that loading takes,
 * which other work on the machine disturbs less than time by the clock, beside that. For a comparison,
 * `--against` names bundles that `scripts/bundle.ts` has made of other sources.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '15' },
    /** A folder with bundles of other sources, one folder a function, loaded in the same rounds. */
    against: { type: 'string' },
  },
});

/** What a bundle is made of, by the file that brings it in. */
const parts = [
  ['S3 client', 'src/adapters/s3-store.ts'],
  ['SQS client', 'src/adapters/sqs-queue.ts'],
  ['lake client', 'src/adapters/sanity-lake.ts'],
  ['renderers', 'src/publishing/edition.ts'],
  ['environment (zod)', 'lambdas/environment.ts'],
] as const;

const environment = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'KEY',
  AWS_SECRET_ACCESS_KEY: 'SECRET',
  SANITY_PROJECT_ID: 'abc12345',
  SANITY_DATASET: 'production',
  QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/000000000000/publish.fifo',
  WEBHOOK_SECRETS: 'env:SECRET',
  BUCKET: 'bucket',
  BASE_URL: 'https://briefings.example',
  TAG_AUTHORITY: 'briefings.example,2026',
  EPOCH: '1',
};

interface Subject {
  readonly name: string;
  readonly entry: string;
  /** The function under whose flags it is loaded. */
  readonly of: FunctionName;
}

/** Milliseconds that loading a bundle takes a fresh process: of the processor, and by the clock. */
interface Load {
  readonly processor: number;
  readonly clock: number;
}

const run = promisify(execFile);
const directory = await mkdtemp(join(tmpdir(), 'bench-cold-'));
try {
  const subjects: readonly Subject[] = [
    ...functionNames.map((name) => ({ name, entry: `lambdas/${name}.ts`, of: name })),
    ...parts.map(([name, entry]) => ({ name, entry, of: 'publish-briefings' as const })),
  ];
  const bundles = await Promise.all(
    subjects.map(async ({ name, entry, of }, index) => {
      const folder = join(directory, String(index));
      const { eagerBytes } = await bundleEntry({ name: of, entry, directory: folder });
      const size = `${(eagerBytes / 1000).toFixed(0)} kB`;
      return { name, of, size, file: join(folder, 'index.mjs'), loads: new Array<Load>() };
    }),
  );
  const { against } = values;
  if (against !== undefined) {
    for (const of of functionNames) {
      const file = resolve(against, of, 'index.mjs');
      bundles.push({ name: `${of}, other`, of, size: '', file, loads: [] });
    }
  }
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const { file, of, loads } of bundles) loads.push(await load(file, of));
  }
  console.log(
    `median of ${values.rounds} rounds, ${availableParallelism()} processors, node ${process.versions.node}`,
  );
  for (const { name, size, loads } of bundles) {
    const [processor, clock] = [
      median(loads.map((each) => each.processor)),
      median(loads.map((each) => each.clock)),
    ];
    console.log(
      `${name.padEnd(25)} ${size.padStart(7)} ${processor.toFixed(0).padStart(4)} ms of the processor, ${clock.toFixed(0).padStart(4)} ms`,
    );
  }
} finally {
  await rm(directory, { recursive: true });
}

async function load(file: string, name: FunctionName): Promise<Load> {
  const { stdout } = await run(
    process.execPath,
    [
      ...bootstrapFlags(limits[name]),
      '--input-type=module',
      '--eval',
      `const before = process.cpuUsage(), start = performance.now();
       await import(${JSON.stringify(pathToFileURL(file).href)});
       const { user, system } = process.cpuUsage(before);
       console.log(JSON.stringify({ processor: (user + system) / 1000, clock: performance.now() - start }));
       process.exit();`,
    ],
    { env: { ...environment, ...sparing } },
  );
  const { processor, clock }: Load = JSON.parse(stdout);
  return { processor, clock };
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
