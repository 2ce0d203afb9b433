import type { StageName } from './stages.ts';

/**
 * Where the secrets of a stage are, as names of SSM parameters. CloudFormation cannot make a SecureString,
 * and no secret belongs into a template: they are written before the first deployment, with the key that
 * AWS keeps for SSM.
 */
export function parameterNames(stage: StageName): {
  readonly webhookSecret: string;
  /** Exists while one secret replaces another: both are accepted then. */
  readonly nextWebhookSecret: string;
  readonly lakeToken: string;
} {
  return {
    webhookSecret: `/pressrun/${stage}/webhook-secret`,
    nextWebhookSecret: `/pressrun/${stage}/webhook-secret-next`,
    lakeToken: `/pressrun/${stage}/lake-token`,
  };
}
