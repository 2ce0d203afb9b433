import { Arn, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { parameterNames } from './charter/parameters.ts';
import type { Stage } from './charter/stages.ts';

/**
 * The secrets of a stage, by name: nothing of them is made here. Functions get references, which are no
 * secrets, and their roles the right to read exactly those.
 */
export class Secrets extends Construct {
  /** For the receiver's environment, and for its role. */
  readonly webhook: { readonly references: string; readonly arns: readonly string[] };
  /** Null for a public dataset. */
  readonly lakeToken: { readonly reference: string; readonly arn: string } | null;

  constructor(scope: Construct, id: string, { stage }: { stage: Stage }) {
    super(scope, id);
    const names = parameterNames(stage.name);
    const webhook = [names.webhookSecret, names.nextWebhookSecret];
    this.webhook = {
      references: webhook.map((name) => `ssm:${name}`).join(','),
      arns: webhook.map((name) => this.#arnOf(name)),
    };
    this.lakeToken = stage.sanity.isPrivate
      ? { reference: `ssm:${names.lakeToken}`, arn: this.#arnOf(names.lakeToken) }
      : null;
  }

  #arnOf(name: string): string {
    return Arn.format(
      { service: 'ssm', resource: 'parameter', resourceName: name.slice(1) },
      Stack.of(this),
    );
  }
}
