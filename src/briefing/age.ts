import { daysInMonth, monthOf, yearOf } from './calendar.ts';
import type { Briefing, CivilDate, PartialDate, Person } from './model.ts';
import type { Age } from './resolved.ts';

/**
 * How old somebody was on the briefing's date: computed from the birth date as it is known today,
 * so a corrected birth date corrects old pages, and a rebuild ten years later prints the same.
 * An override is printed instead and keeps what would have been computed beside it.
 */
export function ageOf(
  briefing: Pick<Briefing, 'age' | 'date'>,
  person: Pick<Person, 'kind' | 'born' | 'died'>,
): Age {
  const computed = computedAge(person, briefing.date);
  if (briefing.age === null) return computed;
  const isKnown = computed.kind !== 'unknown' && computed.kind !== 'not-applicable';
  return {
    kind: 'override',
    years: briefing.age.value,
    reason: briefing.age.reason,
    computed: isKnown ? computed : null,
  };
}

function computedAge(
  { kind, born, died }: Pick<Person, 'kind' | 'born' | 'died'>,
  date: CivilDate,
): Age {
  if (kind !== 'individual') return { kind: 'not-applicable' };
  if (died !== null && hadDied(died, date)) {
    return { kind: 'died', at: born === null ? null : yearsBetween(born, died), on: died };
  }
  const years = born === null ? null : yearsBetween(born, date);
  if (years === null) return { kind: 'unknown' };
  return years.from === years.to
    ? { kind: 'exact', years: years.from }
    : { kind: 'between', from: years.from, to: years.to };
}

/**
 * Certainly dead on that date. Of a death known to the month or year only, that month or year
 * itself is not certain, and a briefing from it was as likely written of a living person.
 */
function hadDied(died: PartialDate, date: CivilDate): boolean {
  return latestDay(died) <= date;
}

/** The fewest and the most full years from one date to another; null when the order is reversed. */
function yearsBetween(born: PartialDate, on: PartialDate): { from: number; to: number } | null {
  const most = fullYears(earliestDay(born), latestDay(on));
  const fewest = fullYears(latestDay(born), earliestDay(on));
  return most < 0 ? null : { from: Math.max(0, fewest), to: most };
}

/** Birthdays counted: one of 29 February comes on 1 March in a common year. */
function fullYears(born: CivilDate, on: CivilDate): number {
  return yearOf(on) - yearOf(born) - (on.slice(5) < born.slice(5) ? 1 : 0);
}

function earliestDay(date: PartialDate): CivilDate {
  if (date.length === 4) return `${date}-01-01`;
  return date.length === 7 ? `${date}-01` : date;
}

function latestDay(date: PartialDate): CivilDate {
  if (date.length === 4) return `${date}-12-31`;
  return date.length === 7 ? `${date}-${daysInMonth(yearOf(date), monthOf(date))}` : date;
}
