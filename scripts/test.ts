import { guards } from './guards.ts';
import { runParts, type Part } from './parts.ts';

/**
 * Functions and pages; emulators, the functions as they ship, and the whole stack on ports of its own; the
 * Studio's schema, rules and plans. In one run, so that no core rests while the last file of one ends.
 */
const testsWithoutBrowser: Part = {
  name: 'tests',
  command: ['vitest', 'run', '--project', 'unit', '--project', 'system', '--project', 'studio'],
  counts: 'vitest',
};

/** Pages as a real browser shows them, and how soon an editor sees one. */
const browserTests: Part = {
  name: 'browser tests',
  command: ['vitest', 'run', '--project', 'browser'],
  counts: 'vitest',
};

/** The publish protocol under every fault, in as many histories as a commit can wait for. */
const simulator: Part = {
  name: 'simulator',
  command: [
    'node',
    '--import',
    './scripts/tsx.ts',
    'tests/simulator/main.ts',
    '--histories',
    '1000',
  ],
  counts: 'as one',
};

/** Each rule of the protocol taken away once: the simulator must notice. */
const mutants: Part = {
  name: 'mutants',
  command: ['node', '--import', './scripts/tsx.ts', 'tests/simulator/main.ts', '--mutants'],
  counts: 'as one',
};

/** One publish beside a hundred briefings and beside ten thousand: the same objects, within budget. */
const costOfAPublish: Part = {
  name: 'publish cost',
  command: ['node', '--import', './scripts/tsx.ts', 'bench/publish.ts', '--sizes', '100,10000'],
  counts: 'as one',
};

// `npm test`: everything that fits into a quarter of an hour on two cores.
process.exitCode = await runParts([
  guards,
  testsWithoutBrowser,
  // Alone: they measure how soon an editor sees a page.
  browserTests,
  // These only compute, and nobody looks at the clock.
  [simulator, mutants, costOfAPublish],
]);
