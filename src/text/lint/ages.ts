import { ageOf } from '../../briefing/age.ts';
import type { LintFinding } from './finding.ts';
import type { Manuscript } from './manuscript.ts';

/**
 * An age of the person in the prose that is not theirs on the day of the briefing. Only ages that
 * stand right at the person's name are looked at: “Ms Navalnaya, 50, …”, “50-year-old Navalnaya”.
 */
export function agesAgree({ lines, words, date, person }: Manuscript): LintFinding[] {
  if (words === null || words.language !== 'en' || date === null || person === null) return [];
  const range = rangeOf(ageOf({ age: null, date }, person));
  const pattern = patternOf(person.names);
  if (range === null || pattern === null) return [];
  return lines.flatMap((line) =>
    Array.from(line.prose.matchAll(pattern)).flatMap((match) => {
      const written = match.slice(1).find((age) => age !== undefined);
      const years = Number(written);
      if (written === undefined || years > 130 || (years >= range.from && years <= range.to)) {
        return [];
      }
      return [
        line.finding({
          code: 'age-differs',
          at: match.index,
          length: match[0].length,
          message: `The text says ${years}; by the birth date it is ${spell(range)} on the day of the briefing.`,
          fix: 'Correct the text, or the birth date in the person’s record.',
        }),
      ];
    }),
  );
}

function rangeOf(age: ReturnType<typeof ageOf>): { from: number; to: number } | null {
  if (age.kind === 'exact') return { from: age.years, to: age.years };
  if (age.kind === 'between') return { from: age.from, to: age.to };
  return null;
}

function spell({ from, to }: { readonly from: number; readonly to: number }): string {
  return from === to ? String(from) : `${from} or ${to}`;
}

/** Null for names without a part that is long enough. Exported for the checker of patterns, which sees no literal here. */
export function patternOf(names: readonly string[]): RegExp | null {
  const parts = names
    .slice(0, 60)
    .flatMap((name) => name.split(/[\s,]+/))
    .filter((part) => /^\p{Lu}\p{L}{2}/u.test(part))
    .slice(0, 60)
    .map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`));
  if (parts.length === 0) return null;
  const name = String.raw`(?<![\p{L}\p{M}])(?:${[...new Set(parts)].join('|')})(?![\p{L}\p{M}])`;
  return new RegExp(
    [
      String.raw`${name},?\s+\(?aged\s+(\d{1,3})\b`,
      String.raw`${name},\s+(\d{1,3})(?=[,.;])`,
      String.raw`${name}\s+\((\d{1,3})\)`,
      String.raw`${name}\s+is\s+(\d{1,3})(?=[,.;]|\s+(?:years\s+old|and\b))`,
      String.raw`\b(\d{1,3})-year-old\s+(?:\p{Lu}\p{L}+\s+){0,2}${name}`,
    ].join('|'),
    'gu',
  );
}
