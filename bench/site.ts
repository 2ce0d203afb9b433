import { execFileSync } from 'node:child_process';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { rootKey } from '../src/publishing/state.ts';
import { unpackText } from '../src/publishing/stored-text.ts';
import { layOutArchive } from './archive.ts';
import { brokenGates, slicesOf, median, type Sizes } from './site-gates.ts';
import type { TimedWorld } from './timed-world.ts';
import { measure, works, type Measured } from './whole-site.ts';

const { values } = parseArgs({
  options: {
    sizes: { type: 'string', default: '100,1000,10000' },
    memory: { type: 'string' },
    only: { type: 'string', default: works.flat().join(',') },
    resume: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(
    'npm run bench:site -- [--sizes 100,1000,10000,100000] [--memory 512] [--only epoch,collector] [--resume]\n\n' +
      'Whole-site work in virtual time, by cdk/charter/times.ts and the limits of cdk/charter/functions.ts: waits,\n' +
      'calls, processor, invocations, time, dollars, and unrelated edits in the middle of it. Ends with the gates;\n' +
      'exit 1 when one is broken. A collector alone finds little. --memory: as if every function had so many MB. --resume: what was measured of\n' +
      'this commit before is not measured again.',
  );
} else {
  await main(values.sizes.split(',').map(Number));
}

async function main(sizes: readonly number[]): Promise<void> {
  const chosen = values.only.split(',');
  const unknown = chosen.filter((name) => works.flat().every((work) => work !== name));
  if (unknown.length > 0) {
    throw new Error(
      `No work is called ${unknown.join(', ')}; expected some of ${works.flat().join(', ')}`,
    );
  }
  const memoryMb = values.memory === undefined ? null : Number(values.memory);
  const known = values.resume ? readKnown() : [];
  const measured: Measured[] = [];
  const state: Sizes[] = [];
  for (const briefings of sizes) {
    let world: TimedWorld | null = null;
    for (const all of works) {
      const together = all.filter((name) => chosen.includes(name));
      const before = known.filter(
        (each) =>
          each.briefings === briefings &&
          each.memoryMb === memoryMb &&
          together.some((name) => name === each.name),
      );
      if (before.length === together.length) {
        measured.push(...before);
        continue;
      }
      // Within the last ten seconds before a minute nothing but the sweep begins.
      world ??= await layOutArchive(briefings, '2026-02-20T12:00:10.000Z');
      for (const name of together) {
        const one = await measure(world, name, briefings, memoryMb);
        measured.push(one);
        tell(one);
        if (values.resume) remember(one);
      }
    }
    if (world !== null) state.push({ briefings, ...sizesOf(world) });
  }
  for (const { briefings, root, largestNode } of state) {
    console.log(`\nAt ${briefings} the root has ${root} bytes, the largest node ${largestNode}.`);
  }
  console.log('');
  const broken = brokenGates(measured, state, (name, holds) =>
    console.log(`${holds ? 'holds ' : 'BROKEN'}  ${name}`),
  );
  process.exitCode = broken === 0 ? 0 : 1;
}

function tell(one: Measured): void {
  const { name, briefings, took, waits, calls, processor, invocations, dollars, edits } = one;
  const slices = slicesOf(one);
  const reads = (calls.get ?? 0) + (calls.head ?? 0) + (calls.list ?? 0);
  const writes = (calls.put ?? 0) + (calls.delete ?? 0);
  const lake = (calls['lake read'] ?? 0) + (calls['lake query'] ?? 0);
  const count = Object.values(invocations).reduce((sum, each) => sum + each, 0);
  const longest = Math.max(0, ...one.slices.map(({ milliseconds }) => milliseconds));
  console.log(
    `\n${name} of ${briefings}: ${seconds(took)}, ${waits} waits, ${reads} reads, ${writes} writes, ${lake} of the lake, ` +
      `${seconds(processor)} of processor, ${count} invocations, $${dollars.toFixed(4)}`,
  );
  console.log(
    `  ${one.slices.length} slices, the longest ${seconds(longest)}, ${median(slices.map((each) => each.waits))} waits ` +
      `and ${median(slices.map(({ size }) => size))} documents in the middle` +
      `; unrelated edits ${edits.map(seconds).join(', ')}` +
      (name === 'settings' && one.homeAfter !== null
        ? `; home after ${seconds(one.homeAfter)}`
        : ''),
  );
  for (const failure of new Set(one.failures)) console.log(`  FAILED ${failure}`);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(1)} s`;
}

function sizesOf(world: TimedWorld): { readonly root: number; readonly largestNode: number } {
  let largestNode = 0;
  for (const [, { body }] of world.bucket.entries('state/node/')) {
    // Packed it is a fifth to a tenth of that.
    if (body.length > 1_000) largestNode = Math.max(largestNode, unpackText(body).length);
  }
  return { root: world.bucket.get(rootKey)?.body.length ?? 0, largestNode };
}

/** Where results stand while a long run goes on, one a line. */
function resultsFile(): string {
  const root = join(import.meta.dirname, '..');
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: root,
    encoding: 'utf8',
  });
  return join(root, '.local', `bench-site-${commit.trim()}.ndjson`);
}

function readKnown(): readonly Measured[] {
  const file = resultsFile();
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const known = lines.map((line): Measured => JSON.parse(line));
  for (const one of known) tell(one);
  return known;
}

function remember(one: Measured): void {
  const file = resultsFile();
  mkdirSync(dirname(file), { recursive: true });
  appendFileSync(file, `${JSON.stringify(one)}\n`);
}
