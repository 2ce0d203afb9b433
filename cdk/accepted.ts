import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Findings of cdk-nag that stand, each with the reason for which it does. A finding without a reason fails
 * the synthesis.
 */
export function accept(where: IConstruct, reasons: Readonly<Record<string, string>>): void {
  Validations.of(where).acknowledge(
    ...Object.entries(reasons).map(([id, reason]) => ({ id, reason })),
  );
}
