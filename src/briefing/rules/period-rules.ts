import type { Problem } from '../model.ts';
import { error, joinPath } from '../problem.ts';

/** A period that ends before it begins. */
export function periodIsForward(
  period: { readonly from?: string | undefined; readonly until?: string | undefined },
  path: string,
): Problem[] {
  const { from, until } = period;
  if (from === undefined || until === undefined || !isBefore(until, from)) return [];
  return [
    error({
      code: 'period-reversed',
      path: joinPath(path, 'until'),
      message: `The period ends (${until}) before it begins (${from}).`,
      fix: 'Correct one of the two dates.',
    }),
  ];
}

/** True when a partial date is certainly before another. */
export function isBefore(earlier: string, later: string): boolean {
  const length = Math.min(earlier.length, later.length);
  return earlier.slice(0, length) < later.slice(0, length);
}
