import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

/** Something too long for `npm test`. Its result is dated and kept in `docs/results`. */
interface LongTask {
  readonly name: string;
  readonly what: string;
  /** The file that is run, through the JSX hook, and its arguments. */
  readonly entry: string;
  readonly arguments: readonly string[];
  /** Node's own options, where its defaults will not do. */
  readonly node?: readonly string[];
}

/** The epoch draws everything once more, which is another half hour: it is a task of its own. */
const everythingButEpoch = 'settings,collector,comparison,deep check';

const tasks: readonly LongTask[] = [
  {
    name: 'simulator',
    what: '50,000 histories of edits under every fault',
    entry: 'tests/simulator/main.ts',
    arguments: ['--histories', '50000'],
  },
  {
    name: 'mutants',
    what: 'every rule of the publish protocol taken away once, and caught',
    entry: 'tests/simulator/main.ts',
    arguments: ['--mutants'],
  },
  {
    name: 'publish-100000',
    what: 'writes, reads and sizes of one publish at 100,000 briefings',
    entry: 'bench/publish.ts',
    arguments: ['--sizes', '100,10000,100000'],
    // The whole bucket and the lake are in memory.
    node: ['--max-old-space-size=10000', '--max-semi-space-size=64'],
  },
  {
    name: 'growth',
    what: 'every kind of text in every field, from 8 k characters to 128 k',
    entry: 'tests/linear/main.ts',
    arguments: [],
  },
  {
    name: 'site-100000',
    what: 'whole-site work at 100,000 briefings in virtual time; begun again, it goes on where it was',
    entry: 'bench/site.ts',
    arguments: ['--sizes', '1000,100000', '--resume', '--only', everythingButEpoch],
    // The state of the whole bucket and the lake are in memory.
    node: ['--max-old-space-size=12000', '--max-semi-space-size=64'],
  },
  {
    name: 'epoch-100000',
    what: 'a new epoch at 100,000 briefings in virtual time',
    entry: 'bench/site.ts',
    arguments: ['--sizes', '1000,100000', '--resume', '--only', 'epoch'],
    node: ['--max-old-space-size=12000', '--max-semi-space-size=64'],
  },
  {
    name: 'limits',
    what: 'the local stack with 500 briefings under the limits of the cloud, with slow services',
    entry: 'tests/limits/main.ts',
    arguments: [],
  },
  {
    name: 'soak',
    what: 'random edits by two clients while the content lake is killed and started again, 30 minutes',
    entry: 'tests/soak/main.ts',
    arguments: [],
  },
];

const root = join(import.meta.dirname, '..');
const lastLines = 60;

process.exitCode = await main(process.argv.slice(2));

/** All tasks, or those that are named; `--list` names them. */
async function main(wanted: readonly string[]): Promise<number> {
  const here = tasks.filter(({ entry }) => existsSync(join(root, entry)));
  if (wanted.includes('--list')) {
    for (const { name, what } of here) console.log(`${name.padEnd(16)} ${what}`);
    return 0;
  }
  const unknown = wanted.filter((name) => here.every((task) => task.name !== name));
  if (unknown.length > 0) {
    const known = here.map(({ name }) => name).join(', ');
    console.error(`There is no long test ${unknown.join(', ')}; expected some of ${known}`);
    return 2;
  }
  let failed = 0;
  const chosen = here.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
  for (const task of chosen) if (!(await run(task))) failed += 1;
  console.log(`${chosen.length - failed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

async function run(task: LongTask): Promise<boolean> {
  const startedAt = new Date();
  const state = stateOfTheCode();
  console.log(`\n${task.name}: ${task.what}\n`);
  const given = [
    ...(task.node ?? []),
    '--import',
    './scripts/tsx.ts',
    task.entry,
    ...task.arguments,
  ];
  const { code, lines } = await watch(given);
  const seconds = Math.round((Date.now() - startedAt.getTime()) / 1000);
  const results = join(root, 'docs', 'results');
  mkdirSync(results, { recursive: true });
  const day = startedAt.toISOString().slice(0, 10);
  writeFileSync(
    join(results, `${day}-${task.name}.md`),
    [
      `# ${task.what}`,
      '',
      `${startedAt.toISOString().slice(0, 16)}Z · ${state} · Node ${process.versions.node} · ` +
        `${availableParallelism()} cores · ${seconds} s · ${code === 0 ? 'passed' : 'FAILED'}`,
      '',
      '```',
      `node ${given.join(' ')}`,
      ...lines,
      '```',
      '',
    ].join('\n'),
  );
  return code === 0;
}

/** The commit that is run, as a reader of the result can check it out. */
function stateOfTheCode(): string {
  const git = (...given: readonly string[]): string =>
    execFileSync('git', given, { cwd: root, encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--untracked-files=no') !== '';
  return `commit ${git('rev-parse', '--short', 'HEAD')}${changed ? ' and changes' : ''}`;
}

/** Shows the output as it comes and keeps its end. */
function watch(given: readonly string[]): Promise<{ code: number; lines: readonly string[] }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, given, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    child.stdout.on('data', (text: Buffer) => {
      process.stdout.write(text);
      output += text.toString();
    });
    child.once('close', (code) => {
      const lines = output.trimEnd().split('\n');
      resolve({ code: code ?? 1, lines: lines.slice(-lastLines) });
    });
  });
}
