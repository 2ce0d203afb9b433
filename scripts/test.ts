import { guards, unitTests } from './guards.ts';
import { runParts, type Part } from './parts.ts';

/** Emulators, the functions as they ship, and the whole stack on ports of its own. */
const system = ['--project', 'system'] as const;
/** The Studio's schema, rules and plans, without a browser. */
const studio = ['--project', 'studio', '--project', 'schema'] as const;
/** Pages and the Studio as a real browser shows them. */
const browser = ['--project', 'browser'] as const;

/** One run: stacks wait for each other and browsers compute, so together they leave nothing idle. */
const systemTests: Part = {
  name: 'system, Studio and browser tests',
  command: ['vitest', 'run', ...system, ...studio, ...browser],
  counts: 'vitest',
};

/** How soon an editor sees a page, and is told so. */
const receipts: Part = {
  name: 'receipts',
  command: ['vitest', 'run', '--project', 'receipts', '--maxWorkers', '1'],
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
    '2000',
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

/** Every pattern that anybody's text can meet, judged: none may take more than time linear in it. */
const patterns: Part = {
  name: 'patterns',
  command: ['node', '--import', './scripts/tsx.ts', 'tests/linear/patterns/main.ts'],
  counts: 'as one',
};

// `npm test`: everything that fits into 27 minutes on two cores.
process.exitCode = await runParts([
  guards,
  unitTests,
  systemTests,
  // Alone, and one after another: they look at the clock.
  receipts,
  // These only compute.
  [simulator, mutants, costOfAPublish, patterns],
]);
