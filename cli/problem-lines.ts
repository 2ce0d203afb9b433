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
