import {
  civilDateFrom,
  daysInMonth,
  daysSinceEpoch,
  weekdayOf,
  yearOf,
} from '../../briefing/calendar.ts';
import type { Catalogue } from '../../briefing/labels/catalogue.ts';
import type { CivilDate } from '../../briefing/model.ts';
import type { LintFinding } from './finding.ts';
import type { Line, Manuscript } from './manuscript.ts';

/** A weekday that is written beside a date and is not the one of that date. */
export function weekdaysAgree({ lines, words, date }: Manuscript): LintFinding[] {
  if (words === null || words.language !== 'en') return [];
  const pattern = patternOf(words);
  return lines.flatMap((line) =>
    Array.from(line.prose.matchAll(pattern)).flatMap((match) =>
      finding({ match, line, words, briefingDate: date }),
    ),
  );
}

/**
 * “Tuesday, 24 November 2026”, “Tuesday (November 24th)”, “24 November 2026, a Tuesday”. Exported for the checker
 * of patterns, which sees no literal here.
 */
export function patternOf({ weekdayNames, monthNames }: Catalogue): RegExp {
  const weekday = weekdayNames.join('|');
  const month = monthNames.join('|');
  const day = String.raw`(\d{1,2})(?:st|nd|rd|th)?`;
  const year = String.raw`(?:,?\s+(\d{4})\b)?`;
  const dayFirst = String.raw`(?:the\s+)?${day}\s+(?:of\s+)?(${month})`;
  const monthFirst = String.raw`(${month})\s+(?:the\s+)?${day}(?!\d)`;
  return new RegExp(
    String.raw`\b(${weekday}),?\s+\(?(?:${dayFirst}|${monthFirst})${year}` +
      String.raw`|\b(?:${dayFirst}|${monthFirst})${year},?\s+(?:\(|a\s+|was\s+a\s+|is\s+a\s+)(${weekday})\b`,
    'gu',
  );
}

function finding(of: {
  readonly match: RegExpExecArray;
  readonly line: Line;
  readonly words: Catalogue;
  readonly briefingDate: CivilDate | null;
}): LintFinding[] {
  const { match, line, words, briefingDate } = of;
  const weekday = words.weekdayNames.indexOf(match[1] ?? match[12] ?? '');
  const month = 1 + words.monthNames.indexOf(match[3] ?? match[4] ?? match[8] ?? match[9] ?? '');
  const day = Number(match[2] ?? match[5] ?? match[7] ?? match[10]);
  const year = match[6] ?? match[11];
  const date = dateFrom({
    year: year === undefined ? null : Number(year),
    month,
    day,
    briefingDate,
  });
  if (date === null || weekdayOf(date) === weekday) return [];
  const right = words.weekdayNames[weekdayOf(date)] ?? '';
  return [
    line.finding({
      code: 'weekday-differs',
      at: match.index,
      length: match[0].length,
      message: `${words.date(date)} is a ${right}, not a ${words.weekdayNames[weekday] ?? ''}.`,
      fix: 'Correct the weekday or the date.',
    }),
  ];
}

/** The day that is meant; without a year, the one nearest to the day of the briefing. */
function dateFrom(of: {
  readonly year: number | null;
  readonly month: number;
  readonly day: number;
  readonly briefingDate: CivilDate | null;
}): CivilDate | null {
  const { year, month, day, briefingDate } = of;
  const real = (candidate: number): CivilDate | null =>
    candidate >= 1 && day >= 1 && day <= daysInMonth(candidate, month)
      ? civilDateFrom(candidate, month, day)
      : null;
  if (year !== null) return real(year);
  if (briefingDate === null) return null;
  const distance = (date: CivilDate): number =>
    Math.abs(daysSinceEpoch(date) - daysSinceEpoch(briefingDate));
  return (
    [-1, 0, 1]
      .map((offset) => real(yearOf(briefingDate) + offset))
      .filter((date) => date !== null)
      .toSorted((one, other) => distance(one) - distance(other))[0] ?? null
  );
}
