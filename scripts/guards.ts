import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { Part } from './parts.ts';

/**
 * Named, since the type-aware linter would otherwise walk whatever lies in the checkout,
 * linked folders included.
 */
const lintedFolders = [
  'src',
  'lambdas',
  'local',
  'cdk',
  'sanity',
  'cli',
  'scripts',
  'demo',
  'tests',
  'bench',
  'vitest.config.ts',
];

/** What holds for the text of the program, before any of it runs. */
export const guards: readonly Part[] = [
  { name: 'format', command: ['oxfmt', '--check', '.'], counts: 'as one' },
  {
    name: 'lint',
    command: ['oxlint', '--type-aware', '--deny-warnings', ...lintedFolders.filter(isThere)],
    counts: 'as one',
  },
  { name: 'types', command: ['tsc', '--noEmit', '-p', 'tsconfig.json'], counts: 'as one' },
  {
    name: 'Studio types',
    command: ['tsc', '--noEmit', '-p', 'sanity/tsconfig.json'],
    counts: 'as one',
  },
  { name: 'unused', command: ['knip'], counts: 'as one' },
];

/** Functions and pages, without servers; and the import rules with their planted violations. */
export const unitTests: Part = {
  name: 'unit tests',
  command: ['vitest', 'run', '--project', 'unit'],
  counts: 'vitest',
};

function isThere(folder: string): boolean {
  return existsSync(join(import.meta.dirname, '..', folder));
}
