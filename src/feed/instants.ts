import { civilDateFrom, dayOf, monthOf, weekdayOf, yearOf } from '../briefing/calendar.ts';
import type { Instant } from '../briefing/model.ts';

/** An instant as RSS wants it, in UTC: `Mon, 23 Nov 2026 07:05:00 GMT`. */
export function rssDate(instant: Instant): string {
  const [year, month, day] = [yearOf(instant), monthOf(instant), dayOf(instant)];
  const weekday = weekdays[weekdayOf(civilDateFrom(year, month, day))] ?? '';
  return `${weekday}, ${instant.slice(8, 10)} ${months[month - 1] ?? ''} ${instant.slice(0, 4)} ${instant.slice(11, 19)} GMT`;
}

// Words of the format, not of a language.
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;
const months = [
  'Jan',
  'Feb',
  'Mar',
  'Apr',
  'May',
  'Jun',
  'Jul',
  'Aug',
  'Sep',
  'Oct',
  'Nov',
  'Dec',
] as const;
