import { defineConfig } from 'vitest/config';
import { LongestFirst } from './scripts/longest-first.ts';

/** Suites that start servers or processes; `npm run check` leaves them to `npm test`. */
const system = [
  'tests/{local,stack,limits,conformance,simulator,lambdas,cli,adapters}/**/*.test.{ts,tsx}',
];
/** The Studio's rules, plans and views: loading `sanity` takes seconds. */
const studio = ['tests/studio/**/*.test.{ts,tsx}'];
/** Its schema as Sanity extracts it: in a process where no Studio was opened, which changes the type of slugs. */
const schema = ['tests/studio/schema.test.ts'];
const browser = ['tests/browser/**/*.test.{ts,tsx}'];
/** Of these, what measures how soon an editor sees a page: nothing else may run beside it. */
const receipts = ['tests/browser/receipts-*.test.ts'];

/** What a deployed Studio must know; nothing of it is ever called. */
const deployed = {
  SANITY_STUDIO_PROJECT_ID: 'localdev',
  SANITY_STUDIO_BASE_URL: 'http://127.0.0.1:8080',
  SANITY_STUDIO_TAG_AUTHORITY: 'localhost,2026',
};

const inBrowser = {
  globalSetup: 'tests/browser/set-up.ts',
  // A Studio takes seconds to open, and minutes where the machine has other work.
  testTimeout: 180_000,
  hookTimeout: 300_000,
};

/*
 * `isolate: false`: our modules hold nothing that changes, so one process can load them once for many files
 * of tests. Loading them anew for each took a third of the time.
 */
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
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: system,
          globalSetup: 'tests/bundle-functions.ts',
          hookTimeout: 60_000,
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'studio',
          include: studio,
          exclude: schema,
          isolate: false,
          hookTimeout: 60_000,
          env: deployed,
        },
      },
      { extends: true, test: { name: 'schema', include: schema, env: deployed } },
      {
        extends: true,
        test: {
          name: 'browser',
          include: browser,
          exclude: receipts,
          ...inBrowser,
        },
      },
      {
        extends: true,
        test: { name: 'receipts', include: receipts, ...inBrowser },
      },
    ],
  },
});
