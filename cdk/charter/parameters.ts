import type { Stage, StageName } from './stages.ts';

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
  /** Of a stage that is closed to readers. No function reads it: the edge is given a hash of it. */
  readonly readerPassword: string;
} {
  return {
    webhookSecret: `/pressrun/${stage}/webhook-secret`,
    nextWebhookSecret: `/pressrun/${stage}/webhook-secret-next`,
    lakeToken: `/pressrun/${stage}/lake-token`,
    readerPassword: `/pressrun/${stage}/reader-password`,
  };
}

/** A parameter that a stage cannot be deployed without, and whether it is made here or somebody else's. */
export interface RequiredSecret {
  readonly name: string;
  readonly from: 'made' | 'given';
}

/** What must be there before a first deployment. A second webhook secret belongs to a rotation. */
export function requiredSecrets({
  name,
  sanity,
  isClosed,
}: Pick<Stage, 'name' | 'sanity' | 'isClosed'>): readonly RequiredSecret[] {
  const { webhookSecret, lakeToken, readerPassword } = parameterNames(name);
  return [
    { name: webhookSecret, from: 'made' },
    ...(sanity.isPrivate ? [{ name: lakeToken, from: 'given' } as const] : []),
    ...(isClosed ? [{ name: readerPassword, from: 'made' } as const] : []),
  ];
}
