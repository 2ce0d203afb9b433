import type { LintFinding } from './finding.ts';
import type { Manuscript } from './manuscript.ts';

/** A briefing whose answers point to no source at all. */
export function sourcesAreCited({ answers }: Manuscript): LintFinding[] {
  const isWritten = answers.some(({ lines }) => lines.length > 0);
  if (!isWritten || answers.some(({ cites }) => cites)) return [];
  return [
    {
      code: 'no-source',
      path: 'citations',
      at: 0,
      message: 'No sentence points to a source.',
      fix: 'Add the source to the citations, then mark the words it supports.',
      excerpt: null,
    },
  ];
}
