import type * as z from 'zod';
import type { Problem } from './model.ts';
import { childOf, describe, error, pathThrough } from './problem.ts';

/** What zod found, as problems that an editor can act on; `document` is what zod was given. */
export function problemsOfIssues(
  issues: readonly z.core.$ZodIssue[],
  document: unknown,
): Problem[] {
  return issues.map((issue) => problemOf(issue, document));
}

function problemOf(issue: z.core.$ZodIssue, document: unknown): Problem {
  const path = pathThrough(document, issue.path);
  if (issue.code === 'custom') {
    return error({
      code: textOf(issue.params?.['code'], 'invalid'),
      path,
      message: issue.message,
      fix: textOf(issue.params?.['fix'], 'Fill in this field again.'),
    });
  }
  const found = describe(issue.path.reduce(childOf, document));
  if (issue.code === 'invalid_value') {
    const values = issue.values.map((value) => String(value)).join(', ');
    return error({
      code: 'bad-choice',
      path,
      message: `Expected one of ${values}; found ${found} that is none of them.`,
      fix: `Choose one of ${values}.`,
    });
  }
  const expected = issue.code === 'invalid_type' ? expectedWord(issue.expected) : 'something else';
  return error({
    code: found === 'nothing' ? 'required' : 'wrong-type',
    path,
    message: `Expected ${expected}; found ${found}.`,
    fix: 'Clear this field and fill it in again in the form.',
  });
}

function expectedWord(expected: string): string {
  if (expected === 'string') return 'text';
  if (expected === 'number') return 'a number';
  if (expected === 'boolean') return 'a yes or a no';
  if (expected === 'array') return 'a list';
  return 'a group of fields';
}

function textOf(value: unknown, otherwise: string): string {
  return typeof value === 'string' ? value : otherwise;
}
