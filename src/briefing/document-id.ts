import type { DocumentId } from './model.ts';

/** True for the id of a published document: a draft's or a version's id never is one. */
export function isDocumentId(text: string): text is DocumentId {
  return (
    text.length <= 128 && /^[A-Za-z0-9_][A-Za-z0-9._-]*$/.test(text) && !isDraftOrVersionId(text)
  );
}

export function isDraftOrVersionId(text: string): boolean {
  return text.startsWith('drafts.') || text.startsWith('versions.');
}
