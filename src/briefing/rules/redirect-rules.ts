import type { RedirectDocument } from '../document.ts';
import type { Problem } from '../model.ts';
import { error, quoted } from '../problem.ts';

/** A redirect is found by the id it is of, and leads to another document. */
export function redirectLeadsElsewhere({ _id, from, to }: RedirectDocument): Problem[] {
  if (from === undefined) return [];
  const problems: Problem[] = [];
  // A long id is hashed; whether the hash is the right one is for whoever reads redirects by id.
  const isHashed = from.length + 'redirect-'.length > 128 && /^redirect-[0-9a-f]{64}$/.test(_id);
  if (_id !== `redirect-${from}` && !isHashed) {
    problems.push(
      error({
        code: 'bad-id',
        path: '_id',
        message: `The redirect of ${quoted(from)} must have the id redirect-${from}.`,
        fix: 'Unpublish the briefing again with a target, which writes the redirect.',
      }),
    );
  }
  if (to?._ref === from) {
    problems.push(
      error({
        code: 'self-reference',
        path: 'to',
        message: 'The redirect leads to the briefing that is gone.',
        fix: 'Choose another briefing, or clear the field to lead home.',
      }),
    );
  }
  return problems;
}
