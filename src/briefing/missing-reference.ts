import type { DocumentId, Problem } from './model.ts';
import { error, quoted } from './problem.ts';

/** What is said of a reference to what a document cannot do without, when that is not published. */
export function missingReference({
  id,
  type,
  path,
}: {
  readonly id: DocumentId;
  /** As an editor calls it, such as “team or author”. */
  readonly type: string;
  readonly path: string;
}): Problem {
  return error({
    code: 'reference-missing',
    path,
    message: `The ${type} ${quoted(id)} is not published, or cannot be published as it is.`,
    fix: `Open the ${type}, mend what is told there and publish it, or choose another.`,
  });
}
