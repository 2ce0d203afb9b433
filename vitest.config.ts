import { defineConfig } from 'vitest/config';

/** Suites that start servers or processes; `npm run check` leaves them to `npm test`. */
const system = [
  'tests/{local,stack,conformance,simulator,lambdas,cli,adapters}/**/*.test.{ts,tsx}',
];

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    environment: 'node',
    maxWorkers: 2,
    testTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['tests/**/*.test.{ts,tsx}'], exclude: system },
      },
      { extends: true, test: { name: 'system', include: system, hookTimeout: 60_000 } },
    ],
  },
});
