import { defineConfig } from 'vitest/config';

/** Unit tests only; the whole-system and simulator suites have projects of their own below. */
export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['tests/**/*.test.ts', 'tests/**/*.test.tsx'],
    environment: 'node',
    maxWorkers: 2,
    testTimeout: 20_000,
  },
});
