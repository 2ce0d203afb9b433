import { isCivilDate } from '../../src/briefing/calendar.ts';
import type { Instant } from '../../src/briefing/model.ts';
import { civilDateAt, instantOf, timeOfDayAt } from '../../src/briefing/time-zone.ts';

/** A day and a time of day as they are typed, in the publication's zone. */
export interface TypedMoment {
  readonly date: string;
  readonly time: string;
}

export type ReadMoment =
  | { readonly ok: true; readonly instant: Instant; readonly note: string | null }
  | { readonly ok: false; readonly reason: string };

/** The instant that was typed, or why a briefing cannot be published at it. */
export function readMoment(
  { date, time }: TypedMoment,
  { timeZone, now }: { readonly timeZone: string; readonly now: Instant },
): ReadMoment {
  if (!isCivilDate(date)) return { ok: false, reason: 'Choose a day.' };
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) {
    return { ok: false, reason: 'Write the time as hours and minutes, such as 07:30.' };
  }
  const instant = instantOf(date, time, timeZone);
  if (instant <= now) {
    return {
      ok: false,
      reason: 'That has passed. To publish now, close this and press Publish.',
    };
  }
  if (Number(date.slice(0, 4)) > 2999) return { ok: false, reason: 'Choose a day before 3000.' };
  return { ok: true, instant, note: noteOn({ date, time }, instant, timeZone) };
}

/** The next full hour but one: soon, and not by mistake. */
export function proposedMoment(now: Instant, timeZone: string): TypedMoment {
  const hour = 3_600_000;
  const soon = new Date(Math.ceil(Date.parse(now) / hour) * hour + hour).toISOString();
  return momentOf(soon, timeZone);
}

export function momentOf(instant: Instant, timeZone: string): TypedMoment {
  return { date: civilDateAt(instant, timeZone), time: timeOfDayAt(instant, timeZone) };
}

/** Clocks skip some times and show others twice. */
function noteOn({ time }: TypedMoment, instant: Instant, timeZone: string): string | null {
  const shown = timeOfDayAt(instant, timeZone);
  if (shown !== time)
    return `Clocks go forward that night: ${time} does not exist, so it is ${shown}.`;
  const hourLater = new Date(Date.parse(instant) + 3_600_000).toISOString();
  return timeOfDayAt(hourLater, timeZone) === time
    ? `Clocks go back that night: ${time} comes twice, and this is the first.`
    : null;
}
