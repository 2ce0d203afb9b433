import { type App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag';

/**
 * Has an app held against two sets of cdk-nag at synthesis, beside CloudFormation's own schema: a finding
 * without a reason (`accepted.ts`) ends it.
 */
export function checked(app: App): void {
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app));
}
