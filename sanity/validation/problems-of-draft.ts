import type { Problem } from '../../src/briefing/model.ts';
import { parseDocument } from '../../src/briefing/parse.ts';

/** What the core says of a document of the Studio, as it would be if it were published now. */
export function problemsOfDraft(document: unknown): readonly Problem[] {
  if (typeof document !== 'object' || document === null) return [];
  const known = said.get(document);
  if (known !== undefined) return known;
  const parsed = parseDocument({ ...document, _id: publishedId(Reflect.get(document, '_id')) });
  const problems = parsed.ok ? parsed.warnings : parsed.problems;
  said.set(document, problems);
  return problems;
}

/** Errors and warnings are asked for apart, and a revision is the same object for both. */
const said = new WeakMap<object, readonly Problem[]>();

function publishedId(id: unknown): unknown {
  return typeof id === 'string' ? id.replace(/^(drafts|versions\.[^.]+)\./, '') : id;
}
