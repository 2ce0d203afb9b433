import type { LintFinding } from './finding.ts';
import type { Manuscript } from './manuscript.ts';

/** Hyphens that stand where a dash is meant. */
export function dashesAreDashes({ lines }: Manuscript): LintFinding[] {
  return lines.flatMap((line) => [
    ...Array.from(line.prose.matchAll(betweenSpaces), ({ index, 0: found }) =>
      line.finding({ ...hyphen, at: index, length: found.length }),
    ),
    ...Array.from(line.prose.matchAll(afterWord))
      .filter(({ index, 0: found }) => !isSuspended(line.prose.slice(index + found.length)))
      .map(({ index, 0: found }) => line.finding({ ...hyphen, at: index, length: found.length })),
    ...Array.from(line.prose.matchAll(beforeWord), ({ index, 0: found }) =>
      line.finding({ ...hyphen, at: index, length: found.length }),
    ),
  ]);
}

const hyphen = {
  code: 'hyphen-for-dash',
  message: 'A hyphen stands where a dash is meant.',
  fix: 'Write a dash (– or —) in its place.',
} as const;

/** “word - word” and “word -- word”, but not a sum. */
const betweenSpaces =
  /(?<=[\p{L}\p{N}.,;:!?)”’"']) --? (?=[\p{L}“‘"'(])|(?<=[\p{L}.,!?]) ?-- ?(?=\p{L})/gu;
/** “night- and” */
const afterWord = /(?<=\p{L})- +(?=\p{L})/gu;
/** “night -and” */
const beforeWord = /(?<=\p{L}) -(?=\p{Ll}{2})/gu;

/** True for “two- and three-year terms”, where the hyphen waits for its word, as far as is usual. */
function isSuspended(after: string): boolean {
  return (
    /^(?:and|or|to|und|oder|et|ou|rather than|versus|as well as)\s+(?:\S+\s+){0,2}?\S*\p{L}-\p{L}/u.test(
      after.slice(0, 80),
    ) ||
    /^(?:and|or|to|und|oder)\s+\p{L}+(?:ed|ing|ly|side|hand|term|time|year|day|level|war)\b/u.test(
      after.slice(0, 40),
    )
  );
}
