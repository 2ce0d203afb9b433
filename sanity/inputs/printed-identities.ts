import type { CivilDate, Country, LanguageTag } from '../../src/briefing/model.ts';
import { isPartialDate } from '../../src/briefing/calendar.ts';
import { holdsOn } from '../../src/briefing/period.ts';
import { childOf } from '../../src/briefing/problem.ts';
import { textOrNull } from '../../src/briefing/unicode.ts';
import { demonymIn } from './countries.ts';

/** What will be printed of a list of identities. */
export function printedIdentities(of: {
  readonly identities: unknown;
  readonly countries: readonly Country[];
  /** Only what held on this date; null prints all. */
  readonly date: CivilDate | null;
  readonly language: LanguageTag;
  readonly publicationLanguage: LanguageTag;
}): readonly string[] {
  if (!Array.isArray(of.identities)) return [];
  const byId = new Map(of.countries.map((country) => [country.id, country]));
  return of.identities.flatMap((identity: unknown) => {
    const id = childOf(childOf(identity, 'country'), '_ref');
    const country = typeof id === 'string' ? byId.get(id) : undefined;
    const period = {
      from: dateAt(identity, 'from'),
      until: dateAt(identity, 'until'),
    };
    if (country === undefined || (of.date !== null && !holdsOn(period, of.date))) return [];
    const own = textOrNull(textAt(identity, 'demonym'));
    const note = textOrNull(textAt(identity, 'note'));
    const demonym = own ?? demonymIn(country, of);
    return [note === null ? demonym : `${demonym} ${note}`];
  });
}

function dateAt(record: unknown, field: string): string | null {
  const text = textAt(record, field);
  return text !== undefined && isPartialDate(text) ? text : null;
}

function textAt(record: unknown, field: string): string | undefined {
  const text = childOf(record, field);
  return typeof text === 'string' ? text : undefined;
}
