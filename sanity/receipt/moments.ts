import { dayOf, yearOf } from '../../src/briefing/calendar.ts';
import { english } from '../../src/briefing/labels/en.ts';
import type { Instant } from '../../src/briefing/model.ts';
import { civilDateAt, timeOfDayAt } from '../../src/briefing/time-zone.ts';

/** An instant as the desk reads it, in the publication's zone: `24 Nov 2026, 07:30`. */
export function momentAt(instant: Instant, timeZone: string): string {
  const date = civilDateAt(instant, timeZone);
  const month = english.monthName(date).slice(0, 3);
  return `${dayOf(date)} ${month} ${yearOf(date)}, ${timeOfDayAt(instant, timeZone)}`;
}

/** The same to the second, for what has just happened: `07:30:04`. */
export function clockAt(instant: Instant, timeZone: string): string {
  return `${timeOfDayAt(instant, timeZone)}:${instant.slice(17, 19)}`;
}

/** How long something takes: `0.8 s`, `12 s`, `3 min`, `5 h`, `9 days`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3_600) return `${Math.round(seconds / 3_600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}
