import type { Patch } from '@sanity/client';

export function draftOf(id: string): string {
  return `drafts.${id}`;
}

/** A patch that changes nothing, and makes its transaction fail when the document has another revision. */
export function ifStill(rev: string): (patch: Patch) => Patch {
  return (patch) => patch.ifRevisionId(rev).unset(['_pressrun_guard']);
}

/** What went wrong with a transaction, for whoever pressed the button. */
export function failureOf(error: unknown): string {
  if (error instanceof Error && isReferredTo(error.message)) {
    return 'Other documents refer to this one, so it cannot be taken away. Change those first.';
  }
  if (statusOf(error) === 409) {
    return 'Somebody has changed this document in the meantime. Look at what they did, then try again.';
  }
  if (statusOf(error) === 403 || statusOf(error) === 401) {
    return 'Your account may not do this. Ask whoever manages the project.';
  }
  return `The content lake could not be reached or refused this, and nothing was changed. Try again. (${
    error instanceof Error ? error.message.slice(0, 200) : 'no reason was given'
  })`;
}

/** What the lake says of a document that others refer to strongly. */
function isReferredTo(message: string): boolean {
  return /cannot be deleted/i.test(message) && /references/i.test(message);
}

function statusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return null;
  return typeof error.statusCode === 'number' ? error.statusCode : null;
}
