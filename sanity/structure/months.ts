import { addMonths } from '../../src/briefing/calendar.ts';
import { english } from '../../src/briefing/labels/en.ts';
import type { CivilDate, CivilMonth } from '../../src/briefing/model.ts';

/** A month of the archive: how it is called, and its days from the first to before the next. */
export interface ArchiveMonth {
  readonly month: CivilMonth;
  readonly title: string;
  readonly first: CivilDate;
  readonly next: CivilDate;
}

/** Asks for the days between which the archive lies; whatever it holds, two documents answer. */
export const spanQuery = `{
  "first": *[_type == "briefing" && defined(date)] | order(date asc)[0].date,
  "last": *[_type == "briefing" && defined(date)] | order(date desc)[0].date
}`;

/** Every month from the last to the first, newest first. */
export function monthsBetween(first: CivilDate, last: CivilDate): readonly ArchiveMonth[] {
  const months: ArchiveMonth[] = [];
  for (let month = last.slice(0, 7); month >= first.slice(0, 7); month = addMonths(month, -1)) {
    months.push(archiveMonth(month));
  }
  return months;
}

export function archiveMonth(month: CivilMonth): ArchiveMonth {
  return {
    month,
    title: english.month(month),
    first: `${month}-01`,
    next: `${addMonths(month, 1)}-01`,
  };
}

/** Asks how many briefings each month has, all at once. */
export function countsQuery(months: readonly ArchiveMonth[]): string {
  const counts = months.map(
    ({ month, first, next }) =>
      `"${month}": count(*[_type == "briefing" && date >= "${first}" && date < "${next}"])`,
  );
  return `{${counts.join(', ')}}`;
}
