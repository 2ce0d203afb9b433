import { addMonths, civilDateFromDays, daysSinceEpoch } from './calendar.ts';
import type { CivilDate, CivilMonth, Instant } from './model.ts';

/**
 * The one door to `Intl` in the core, and all it may ask there is how far a zone is from UTC at an
 * instant, read from numeric parts: no name, no locale's order, no default zone ever comes through.
 */

/** The civil date in a zone at an instant. */
export function civilDateAt(instant: Instant, timeZone: string): CivilDate {
  return localTime(instant, timeZone).date;
}

/** The civil month in a zone at an instant. */
export function civilMonthAt(instant: Instant, timeZone: string): CivilMonth {
  return civilDateAt(instant, timeZone).slice(0, 7);
}

/** The time of day in a zone at an instant, `HH:mm`. */
export function timeOfDayAt(instant: Instant, timeZone: string): string {
  return localTime(instant, timeZone).time;
}

/**
 * The instant of a civil date and a time of day (`HH:mm`) in a zone. Where clocks go forward over
 * that time, it is that much later (02:30 becomes what clocks then call 03:30); where they go back
 * over it, it is the first of the two.
 */
export function instantOf(date: CivilDate, time: string, timeZone: string): Instant {
  const local =
    daysSinceEpoch(date) * millisecondsInDay +
    (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * 60_000;
  // Zones change at most once in two days, so a day to each side shows what was and what will be.
  const before = offsetAt(local - millisecondsInDay, timeZone);
  const after = offsetAt(local + millisecondsInDay, timeZone);
  const fits = [before, after].find((offset) => offsetAt(local - offset, timeZone) === offset);
  return new Date(local - (fits ?? before)).toISOString();
}

/** When a month is over in a zone: the first instant of the next one. */
export function monthEnds(month: CivilMonth, timeZone: string): Instant {
  return instantOf(`${addMonths(month, 1)}-01`, '00:00', timeZone);
}

/** True for the name of a zone of the IANA database, such as `Europe/London`, or `UTC`. */
export function isTimeZone(name: string): boolean {
  if (!zoneName.test(name)) return false;
  try {
    return formatOf(name) !== undefined;
  } catch {
    return false;
  }
}

const zoneName = /^(?:UTC|[A-Za-z]{2,20}(?:\/[A-Za-z0-9_+-]{1,30}){1,2})$/;
const millisecondsInDay = 86_400_000;
/** No zone changes its offset inside a quarter of an hour that begins at a full quarter UTC. */
const quarter = 900_000;
const rememberedOffsets = 20_000;

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, Map<number, number>>();

function localTime(instant: Instant, timeZone: string): { date: CivilDate; time: string } {
  const utc = Date.parse(instant);
  const local = utc + offsetAt(utc, timeZone);
  const days = Math.floor(local / millisecondsInDay);
  const minutes = Math.floor((local - days * millisecondsInDay) / 60_000);
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60];
  return {
    date: civilDateFromDays(days),
    time: `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`,
  };
}

/** Milliseconds that clocks of the zone are ahead of UTC. */
function offsetAt(utc: number, timeZone: string): number {
  const start = Math.floor(utc / quarter) * quarter;
  const known = offsets.get(timeZone)?.get(start);
  if (known !== undefined) return known;
  const offset = askOffset(start, timeZone);
  const remembered = offsets.get(timeZone) ?? new Map<number, number>();
  if (remembered.size >= rememberedOffsets) remembered.clear();
  offsets.set(timeZone, remembered.set(start, offset));
  return offset;
}

function askOffset(utc: number, timeZone: string): number {
  const parts = new Map<string, number>();
  for (const part of formatOf(timeZone).formatToParts(utc))
    parts.set(part.type, Number(part.value));
  const [year, month, day] = [parts.get('year'), parts.get('month'), parts.get('day')];
  const [hour, minute, second] = [parts.get('hour'), parts.get('minute'), parts.get('second')];
  if (
    year === undefined ||
    month === undefined ||
    day === undefined ||
    hour === undefined ||
    minute === undefined ||
    second === undefined
  ) {
    throw new Error(
      `Expected year to second for ${timeZone}; Intl gave ${[...parts.keys()].join(', ')}`,
    );
  }
  const date = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return (
    daysSinceEpoch(date) * millisecondsInDay + ((hour * 60 + minute) * 60 + second) * 1000 - utc
  );
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-US-u-ca-gregory-nu-latn', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(timeZone, format);
  return format;
}
