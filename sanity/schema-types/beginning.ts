import type { BriefingDocument } from '../../src/briefing/document.ts';
import type { Instant } from '../../src/briefing/model.ts';
import { civilDateAt, isTimeZone } from '../../src/briefing/time-zone.ts';

/** The settings as far as a new briefing begins with them; each may not be set yet. */
export const beginningQuery =
  '*[_id == "siteSettings"][0]{timeZone, language, "team": defaultTeam._ref}';

/**
 * What a new briefing begins with: today where the publication is, its language, its own team in the
 * byline, and the person if it is written about one. Without settings the day is that of UTC.
 */
export function beginning({
  settings,
  now,
  personId,
}: {
  /** What the lake answered to `beginningQuery`. */
  readonly settings: unknown;
  readonly now: Instant;
  readonly personId?: string | undefined;
}): Pick<BriefingDocument, 'date' | 'language' | 'byline' | 'person'> {
  const timeZone = textOf(settings, 'timeZone');
  const team = textOf(settings, 'team');
  return {
    date: civilDateAt(now, timeZone !== null && isTimeZone(timeZone) ? timeZone : 'UTC'),
    language: textOf(settings, 'language') ?? 'en',
    ...(team === null
      ? {}
      : {
          byline: [
            {
              _key: 'team',
              _type: 'bylineEntry',
              contributor: { _type: 'reference', _ref: team },
            },
          ],
        }),
    ...(personId === undefined ? {} : { person: { _type: 'reference', _ref: personId } }),
  };
}

function textOf(value: unknown, field: string): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const found: unknown = Reflect.get(value, field);
  return typeof found === 'string' ? found : null;
}
