import type { LintFinding } from '../../src/text/lint/finding.ts';
import { fieldOf } from '../../src/text/lint/lint-briefing.ts';

/** The findings of each field together, fields in the order in which they come. */
export function groupFindings(
  findings: readonly LintFinding[],
): readonly { readonly field: string; readonly findings: readonly LintFinding[] }[] {
  return [...Map.groupBy(findings, fieldOf)].map(([field, ofField]) => ({
    field,
    findings: ofField,
  }));
}
