import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files that take ten seconds and more, the longest first; begun last, one of them runs alone at the end. */
export const longest = [
  'tests/limits/limits.test.ts',
  'tests/local/sanity-cli/sanity-cli.test.ts',
  'tests/publishing/planned-edits.test.ts',
  'tests/cli/running-stack.test.ts',
  'tests/lambdas/whole-path.test.ts',
  'tests/stack/main-path.test.ts',
  'tests/publishing/interrupted.test.ts',
  'tests/publishing/growth.test.ts',
  'tests/local/edge/purge.test.ts',
  'tests/studio/verdicts.test.ts',
  'tests/browser/studio-desk.test.ts',
  'tests/browser/studio-first-day.test.ts',
];

/** Vitest goes by size where it has not run before, and a fresh clone never has. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => rank(a) - rank(b));
  }
}

function rank({ moduleId }: TestSpecification): number {
  const place = longest.findIndex((file) => moduleId.endsWith(file));
  return place < 0 ? longest.length : place;
}
