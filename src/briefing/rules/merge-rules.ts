import type { Problem } from '../model.ts';
import { error } from '../problem.ts';

/** A document that was merged goes on as another. */
export function notMergedIntoItself(document: {
  readonly _id: string;
  readonly mergedInto?: { readonly _ref: string } | undefined;
}): Problem[] {
  if (document.mergedInto?._ref !== document._id) return [];
  return [
    error({
      code: 'self-reference',
      path: 'mergedInto',
      message: 'The document is marked as merged into itself.',
      fix: 'Choose the document that goes on, or clear the field.',
    }),
  ];
}
