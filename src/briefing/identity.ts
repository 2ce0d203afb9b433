import type { Briefing, CivilDate, Identity, Person } from './model.ts';
import { holdsOn } from './period.ts';

/**
 * The Westphalian identities to print: the briefing's own where it overrides, as they stand there;
 * else the person's, those that held on the briefing's date, in the person's order.
 */
export function identitiesOf(
  briefing: Pick<Briefing, 'identities' | 'date'>,
  person: Pick<Person, 'identities'>,
): readonly Identity[] {
  return briefing.identities ?? identitiesOn(person.identities, briefing.date);
}

/** The identities that held on a date. */
function identitiesOn(identities: readonly Identity[], date: CivilDate): readonly Identity[] {
  return identities.filter((identity) => holdsOn(identity, date));
}
