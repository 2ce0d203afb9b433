import type { DocumentProblems } from '../src/publishing/problems.ts';

/** Problems as an editor reads them: the document, then each field with what is wrong and what to do. */
export function problemLines(found: readonly DocumentProblems[]): readonly string[] {
  return found.flatMap(({ id, type, problems }) => [
    `${type ?? 'document'} ${id}`,
    ...problems.map(
      ({ severity, path, message, fix }) => `  ${severity}  ${path}: ${message} ${fix}`,
    ),
  ]);
}

/**
 * The same for who watches a long run: of the documents with errors the first hundred, of those with
 * warnings alone the first ten. `kept` is where all of it stands.
 */
export function someProblemLines(
  found: readonly DocumentProblems[],
  kept: string,
): readonly string[] {
  const refused = found.filter(({ problems }) => problems.some(isError));
  const warned = found.filter(({ problems }) => !problems.some(isError));
  return [
    ...first(warned, 10, 'warnings', kept),
    // Last, next to the sentence that counts them.
    ...first(refused, 100, 'errors', kept),
  ];
}

function first(
  found: readonly DocumentProblems[],
  count: number,
  what: string,
  kept: string,
): readonly string[] {
  const left = found.length - count;
  return [
    ...problemLines(found.slice(0, count)),
    ...(left > 0 ? [`… and ${counted(left, 'more document')} with ${what}: ${kept} has all`] : []),
  ];
}

/** How many there are, in a sentence. */
export function tally(found: readonly DocumentProblems[]): {
  readonly errors: number;
  readonly warnings: number;
  readonly sentence: string;
} {
  const all = found.flatMap(({ problems }) => problems);
  const errors = all.filter(({ severity }) => severity === 'error').length;
  const warnings = all.length - errors;
  const refused = found.filter(({ problems }) => problems.some(isError)).length;
  return {
    errors,
    warnings,
    sentence:
      errors === 0
        ? `no errors, ${counted(warnings, 'warning')}`
        : `${counted(errors, 'error')} in ${counted(refused, 'document')}, ${counted(warnings, 'warning')}`,
  };
}

/** @example counted(1, 'error') === '1 error' */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

function isError({ severity }: DocumentProblems['problems'][number]): boolean {
  return severity === 'error';
}
