import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** One thing that `npm run check` or `npm test` looks at. */
export interface Part {
  readonly name: string;
  /** A command of `node_modules/.bin`, or `node`, and its arguments. */
  readonly command: readonly [string, ...string[]];
  /** How its tests are counted: a Vitest run by its own report, anything else as one. */
  readonly counts: 'vitest' | 'as one';
}

/** What came of a part. */
export interface Outcome {
  readonly name: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
}

const root = join(import.meta.dirname, '..');
const reports = join(root, '.local', 'reports');

/**
 * Runs the parts one after another, those of an inner list side by side, and prints what came of them;
 * the last line is `N passed, N failed`. A part that fails does not stop the next. Resolves to the exit
 * code.
 */
export async function runParts(parts: readonly (Part | readonly Part[])[]): Promise<number> {
  const outcomes: Outcome[] = [];
  for (const together of parts) {
    const those = 'name' in together ? [together] : together;
    await Promise.all(
      those.map(async (part) => {
        const outcome = await runPart(part);
        outcomes.push(outcome);
        console.log(describe(outcome));
      }),
    );
  }
  console.log(`\n${outcomes.map(describe).join('\n')}\n`);
  const sum = (count: (outcome: Outcome) => number) =>
    outcomes.reduce((total, outcome) => total + count(outcome), 0);
  const skipped = sum((outcome) => outcome.skipped);
  if (skipped > 0) console.log(`${skipped} skipped`);
  const failed = sum((outcome) => outcome.failed);
  console.log(`${sum((outcome) => outcome.passed)} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

async function runPart(part: Part): Promise<Outcome> {
  const started = performance.now();
  const report = join(reports, `${part.name.replaceAll(' ', '-')}.json`);
  const [command, ...given] = part.command;
  const isVitest = part.counts === 'vitest';
  if (isVitest) {
    mkdirSync(reports, { recursive: true });
    rmSync(report, { force: true });
  }
  const reporting = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const { code, output } = await run(command, isVitest ? [...given, ...reporting] : given, {
    isShown: isVitest,
  });
  if (code !== 0 && !isVitest) console.log(`\n${part.command.join(' ')}\n${output}`);
  const counted = isVitest ? readReport(report) : { passed: 0, failed: 0, skipped: 0 };
  const isOne = counted.passed + counted.failed + counted.skipped === 0;
  return {
    name: part.name,
    ...counted,
    ...(isOne && code === 0 && { passed: 1 }),
    // A run that ends badly without a failed test (a file that does not load, an error that nobody
    // caught) is a failure all the same.
    ...(code !== 0 && counted.failed === 0 && { failed: 1 }),
    seconds: (performance.now() - started) / 1000,
  };
}

function run(
  command: string,
  given: readonly string[],
  { isShown }: { isShown: boolean },
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const path = [join(root, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter);
    const child = spawn(command === 'node' ? process.execPath : command, given, {
      cwd: root,
      env: { ...process.env, PATH: path },
      stdio: isShown ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (text: Buffer) => {
      output += text.toString();
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.once('error', (error) => resolve({ code: 1, output: `${output}${error.message}\n` }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

function readReport(file: string): Pick<Outcome, 'passed' | 'failed' | 'skipped'> {
  let report: unknown;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { passed: 0, failed: 0, skipped: 0 };
  }
  const count = (name: string): number => {
    const value: unknown =
      typeof report === 'object' && report !== null
        ? Object.entries(report).find(([key]) => key === name)?.[1]
        : undefined;
    return typeof value === 'number' ? value : 0;
  };
  return {
    passed: count('numPassedTests'),
    failed: count('numFailedTests'),
    skipped: count('numPendingTests') + count('numTodoTests'),
  };
}

function describe({ name, passed, failed, seconds }: Outcome): string {
  const verdict = failed > 0 ? `FAILED (${failed})` : passed > 1 ? `ok (${passed})` : 'ok';
  return `  ${name.padEnd(33)} ${verdict.padEnd(14)} ${seconds.toFixed(1).padStart(6)} s`;
}
