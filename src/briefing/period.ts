import type { CivilDate, PartialDate } from './model.ts';

/** From when until when something held; null is open. Both ends belong to it, as far as they are known. */
export interface Period {
  readonly from: PartialDate | null;
  readonly until: PartialDate | null;
}

/** True when it held on a date: until “1991” holds through all of 1991. */
export function holdsOn(period: Period, date: CivilDate): boolean {
  const begun = period.from === null || date.slice(0, period.from.length) >= period.from;
  const ended = period.until !== null && date.slice(0, period.until.length) > period.until;
  return begun && !ended;
}
