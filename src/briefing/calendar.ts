import type { CivilDate, CivilMonth, Instant, PartialDate } from './model.ts';

/**
 * Civil arithmetic in the proleptic Gregorian calendar, years 1 to 9999, with no time zone and no
 * locale anywhere: a date of the publication is the same date for every process that reads it.
 */

/** True for a real day written `YYYY-MM-DD`. */
export function isCivilDate(text: string): text is CivilDate {
  return civilDate.test(text) && isRealDay(text);
}

/** True for a month written `YYYY-MM`. */
export function isCivilMonth(text: string): text is CivilMonth {
  return civilMonth.test(text) && yearOf(text) > 0 && isMonth(monthOf(text));
}

/** True for a year, a month or a real day: `1957`, `1957-05`, `1957-05-16`. */
export function isPartialDate(text: string): text is PartialDate {
  return isCivilDate(text) || isCivilMonth(text) || (/^\d{4}$/.test(text) && text !== '0000');
}

/**
 * The instant in the one form the product uses, or null when the text is no real UTC instant.
 * Fractions beyond milliseconds are cut, as the content lake may send microseconds.
 *
 * @example instantFrom('2026-11-23T07:00:00Z') === '2026-11-23T07:00:00.000Z'
 */
export function instantFrom(text: string): Instant | null {
  if (text.length > 30) return null;
  const match = instant.exec(text);
  if (match === null || !isCivilDate(text.slice(0, 10))) return null;
  const [hours, minutes, seconds] = [match[1], match[2], match[3]].map(Number);
  if (hours === undefined || minutes === undefined || seconds === undefined) return null;
  if (hours > 23 || minutes > 59 || seconds > 59) return null;
  return `${text.slice(0, 19)}.${(match[4] ?? '').slice(0, 3).padEnd(3, '0')}Z`;
}

/** Of a date, a month or a partial date. */
export function yearOf(date: PartialDate): number {
  return Number(date.slice(0, 4));
}

/** 1 to 12, of a date or a month; not for a bare year. */
export function monthOf(date: PartialDate): number {
  return Number(date.slice(5, 7));
}

/** 1 to 31. */
export function dayOf(date: CivilDate): number {
  return Number(date.slice(8, 10));
}

/** 0 for Sunday to 6 for Saturday. */
export function weekdayOf(date: CivilDate): number {
  // 1970-01-01 was a Thursday.
  return (((daysSinceEpoch(date) + 4) % 7) + 7) % 7;
}

/** 28 to 31; `month` from 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The month that many months later (or earlier). @example addMonths('2026-11', 3) === '2027-02' */
export function addMonths(month: CivilMonth, count: number): CivilMonth {
  const months = yearOf(month) * 12 + monthOf(month) - 1 + count;
  return civilMonthFrom(Math.floor(months / 12), (((months % 12) + 12) % 12) + 1);
}

/** The date that many days later (or earlier). */
export function addDays(date: CivilDate, count: number): CivilDate {
  return civilDateFromDays(daysSinceEpoch(date) + count);
}

export function civilDateFrom(year: number, month: number, day: number): CivilDate {
  return `${civilMonthFrom(year, month)}-${String(day).padStart(2, '0')}`;
}

/** Days from 1970-01-01, negative before it. */
export function daysSinceEpoch(date: CivilDate): number {
  const month = monthOf(date);
  // Years are counted from March, so that the leap day is the last one of its year.
  const year = yearOf(date) - (month <= 2 ? 1 : 0);
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + dayOf(date) - 1;
  return (
    year * 365 +
    Math.floor(year / 4) -
    Math.floor(year / 100) +
    Math.floor(year / 400) +
    dayOfYear -
    daysFromYearZeroToEpoch
  );
}

/** The inverse of `daysSinceEpoch`. */
export function civilDateFromDays(days: number): CivilDate {
  const fromMarchOfYearZero = days + daysFromYearZeroToEpoch;
  const era = Math.floor(fromMarchOfYearZero / 146_097);
  const dayOfEra = fromMarchOfYearZero - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1_460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear =
    dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const monthFromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * monthFromMarch + 2) / 5) + 1;
  const month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
  return civilDateFrom(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day);
}

const civilDate = /^\d{4}-\d{2}-\d{2}$/;
const civilMonth = /^\d{4}-\d{2}$/;
const instant = /^\d{4}-\d{2}-\d{2}T(\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?Z$/;
const daysFromYearZeroToEpoch = 719_468;

function isRealDay(text: string): boolean {
  const year = yearOf(text);
  const month = monthOf(text);
  return year > 0 && isMonth(month) && dayOf(text) >= 1 && dayOf(text) <= daysInMonth(year, month);
}

function isMonth(month: number): boolean {
  return month >= 1 && month <= 12;
}

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function civilMonthFrom(year: number, month: number): CivilMonth {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}
