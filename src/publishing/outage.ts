/**
 * Something outside did not answer, or others were quicker: what was to be done is as good as it was, nothing
 * is half done, and trying again later will do. It says nothing about any document.
 */
export interface Outage {
  readonly isOutage: true;
}

export function isOutage(error: unknown): error is Error & Outage {
  return error instanceof Error && 'isOutage' in error && error.isOutage === true;
}

/** A conditional write met another one again and again. */
export class WritesConflicted extends Error implements Outage {
  override readonly name = 'WritesConflicted';
  readonly isOutage = true;
}
