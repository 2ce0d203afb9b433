import { isDocumentId, isDraftOrVersionId } from '../src/briefing/document-id.ts';
import type { DocumentId } from '../src/briefing/model.ts';
import { CannotRun } from './cannot-run.ts';

/** Ids as given, as ids to publish; a redirect's id means the document it stands for. */
export function documentIds(given: readonly string[]): readonly DocumentId[] {
  return [...new Set(given.map(documentId))];
}

function documentId(given: string): DocumentId {
  if (isDraftOrVersionId(given)) {
    throw new CannotRun(
      `${given} is a draft: only what is published in the Studio goes to the site. Publish it there, then use its id without the prefix.`,
    );
  }
  const isOne: boolean = isDocumentId(given);
  if (!isOne) {
    throw new CannotRun(
      `${JSON.stringify(given.slice(0, 140))} is no document id: expected letters, digits, ".", "_" and "-", as the Studio shows it.`,
    );
  }
  return given.startsWith('redirect-') ? given.slice('redirect-'.length) : given;
}
