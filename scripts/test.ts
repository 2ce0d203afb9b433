import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { guards, unitTests } from './guards.ts';
import { runParts, type Part } from './parts.ts';

/** Emulators, the functions as they ship, and the whole stack on ports of its own. */
const systemTests: Part = {
  name: 'system tests',
  command: ['vitest', 'run', '--project', 'system'],
  counts: 'vitest',
};

/** Pages as a real browser shows them. */
const browserTests: Part = {
  name: 'browser tests',
  command: ['vitest', 'run', '--project', 'browser'],
  counts: 'vitest',
};

/** The publish protocol under every fault, as many histories as a commit can wait for. */
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

const isThere = existsSync(join(import.meta.dirname, '..', 'tests', 'simulator', 'main.ts'));

// `npm test`: everything that fits into a quarter of an hour on two cores.
process.exitCode = await runParts([
  ...guards,
  unitTests,
  systemTests,
  browserTests,
  ...(isThere ? [simulator] : []),
]);
