import type { DocumentId, Problem } from '../briefing/model.ts';

/** What is wrong with one document, for editors and for `build`'s report. */
export interface DocumentProblems {
  readonly id: DocumentId;
  /** As the document says; null when it does not. */
  readonly type: string | null;
  readonly problems: readonly Problem[];
}
