import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { writeCorpus } from './corpus.ts';

/**
 * A clean build against the floor that writes the same files, in one run: budgets A1 and A2.
 * `node bench/build.ts --briefings 10000 --rounds 5`. Each round runs both, one after the other, and
 * compares their times; the median of the ratios is the figure. Needs the built command line.
 */
const { values } = parseArgs({
  options: {
    briefings: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '3' },
    /** Where to write; a folder in memory takes the disk out of the figure, for both alike. */
    in: { type: 'string', default: tmpdir() },
    cli: { type: 'string', default: join(import.meta.dirname, '..', 'cli', 'pressrun.mjs') },
  },
});
const scratch = mkdtempSync(join(values.in, 'bench-build-'));

interface Round {
  readonly build: Run;
  readonly floor: Run;
}
interface Run {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMiB: number;
}

function measure(briefings: number, rounds: number): readonly Round[] {
  const corpus = join(scratch, 'corpus.ndjson');
  const sizes = join(scratch, 'sizes.json');
  const out = join(scratch, 'out');
  writeCorpus(corpus, briefings);
  const build = (): Run =>
    timed([
      values.cli,
      'build',
      '--json',
      `--from=${corpus}`,
      `--out=${out}`,
      '--base-url=https://bench.example',
      '--tag-authority=bench.example,2026',
      '--as-of=2026-11-20T00:00:00Z',
    ]);
  const floor = (): Run => timed([join(import.meta.dirname, 'floor.ts'), corpus, sizes, out]);
  build();
  writeFileSync(sizes, JSON.stringify(filesIn(out)));
  return Array.from({ length: rounds }, () => {
    rmSync(out, { recursive: true });
    const first = floor();
    rmSync(out, { recursive: true });
    return { floor: first, build: build() };
  });
}

function filesIn(directory: string): readonly (readonly [string, number])[] {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [relative(directory, file), statSync(file).size]);
}

/** Runs Node on its own, and asks the system what that took. */
function timed(args: readonly string[]): Run {
  const watch = join(scratch, 'usage.json');
  const hook = `data:text/javascript,${encodeURIComponent(usageHook)}`;
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--import', hook, ...args], {
    encoding: 'utf8',
    env: { ...process.env, BENCH_USAGE: watch },
    maxBuffer: 1 << 28,
  });
  const seconds = (performance.now() - started) / 1000;
  if (status !== 0) throw new Error(`${args[0]} ended with ${status}: ${stderr.slice(0, 2000)}`);
  return { seconds, ...readUsage(watch) };
}

/** A line a process: a command may start another one. */
const usageHook = `
import { appendFileSync } from 'node:fs';
process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  appendFileSync(process.env.BENCH_USAGE, (userCPUTime + systemCPUTime) / 1e6 + ' ' + maxRSS / 1024 + '\\n');
});`;

function readUsage(file: string): Pick<Run, 'cpuSeconds' | 'peakMiB'> {
  const processes = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' ').map(Number));
  rmSync(file);
  return {
    cpuSeconds: processes.reduce((sum, [cpu = 0]) => sum + cpu, 0),
    peakMiB: Math.max(...processes.map(([, peak = 0]) => peak)),
  };
}

function report(rounds: readonly Round[]): string {
  const of = (pick: (round: Round) => number): string => median(rounds.map(pick)).toFixed(2);
  return [
    `build  ${of(({ build }) => build.seconds)} s, ${of(({ build }) => build.cpuSeconds)} s of processor, peak ${of(({ build }) => build.peakMiB)} MiB`,
    `floor  ${of(({ floor }) => floor.seconds)} s, ${of(({ floor }) => floor.cpuSeconds)} s of processor, peak ${of(({ floor }) => floor.peakMiB)} MiB`,
    `ratio  ${of(({ build, floor }) => build.seconds / floor.seconds)} of the time, ${of(({ build, floor }) => build.cpuSeconds / floor.cpuSeconds)} of the processor (medians of ${rounds.length})`,
  ].join('\n');
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

try {
  console.log(report(measure(Number(values.briefings), Number(values.rounds))));
} finally {
  rmSync(scratch, { recursive: true });
}
