import type { IdentityDocument } from '../document.ts';
import type { Problem } from '../model.ts';
import { entryPath, joinPath } from '../problem.ts';
import { periodIsForward } from './period-rules.ts';
import { required } from './required-fields.ts';

/** Identities, a person's own or a briefing's, each with a country and a period that goes forward. */
export function identitiesAreWhole(
  identities: readonly IdentityDocument[] | undefined,
  field: string,
): Problem[] {
  return (identities ?? []).flatMap((identity, index) => {
    const path = entryPath(field, identity, index);
    const problems = periodIsForward(identity, path);
    if (identity.country === undefined) {
      problems.push(
        required(
          joinPath(path, 'country'),
          'The identity names no country.',
          'Choose a country; there are entries for the stateless and for former states.',
        ),
      );
    }
    return problems;
  });
}
