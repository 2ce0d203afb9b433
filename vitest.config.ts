import { defineConfig } from 'vitest/config';
import { LongestFirst } from './scripts/longest-first.ts';

/** Suites that start servers or processes; `npm run check` leaves them to `npm test`. */
const system = [
  'tests/{local,stack,conformance,simulator,lambdas,cli,adapters}/**/*.test.{ts,tsx}',
];
/** The Studio's schema and rules: loading `sanity` takes seconds. */
const studio = ['tests/studio/**/*.test.{ts,tsx}'];
const browser = ['tests/browser/**/*.test.{ts,tsx}'];

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    environment: 'node',
    maxWorkers: 2,
    sequence: { sequencer: LongestFirst },
    testTimeout: 20_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: [...system, ...studio, ...browser],
        },
      },
      { extends: true, test: { name: 'system', include: system, hookTimeout: 60_000 } },
      {
        extends: true,
        test: {
          name: 'studio',
          include: studio,
          hookTimeout: 60_000,
          // What a deployed Studio must know; nothing of it is ever called.
          env: {
            SANITY_STUDIO_PROJECT_ID: 'localdev',
            SANITY_STUDIO_BASE_URL: 'http://127.0.0.1:8080',
            SANITY_STUDIO_TAG_AUTHORITY: 'localhost,2026',
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: browser,
          globalSetup: ['tests/browser/build-studio.ts', 'tests/browser/unpack-chromium.ts'],
          // A Studio takes seconds to open, and minutes where the machine has other work.
          testTimeout: 180_000,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
