import type { PolicyStatement } from '../s3/policy.ts';
import type { Role, StackSecrets } from './secrets.ts';

/** A caller of the S3 and SQS emulators: who it is, and what it may do there. */
export interface Credential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly name: string;
  readonly statements?: readonly PolicyStatement[];
}

/**
 * Each part of the stack has the rights that it has when deployed, so that a right which is missing
 * is missed here. The operator is the account's owner: the command line of the one who runs it.
 */
export function credentialsOf(
  secrets: StackSecrets,
  {
    bucket,
    queueArn,
    distributionArn,
  }: { bucket: string; queueArn: string; distributionArn: string },
): readonly Credential[] {
  const objects = [`arn:aws:s3:::${bucket}/public/*`, `arn:aws:s3:::${bucket}/state/*`];
  const allow = (action: string | string[], resource: string | string[]): PolicyStatement => ({
    Effect: 'Allow',
    Action: action,
    Resource: resource,
  });
  // Without this a key that is missing is a 403 for who asks.
  const list = allow('s3:ListBucket', `arn:aws:s3:::${bucket}`);
  const send = allow('sqs:SendMessage', queueArn);
  const publish = [list, allow(['s3:GetObject', 's3:PutObject'], objects), send];
  const purge = allow('cloudfront:CreateInvalidation', distributionArn);
  const takeFromQueue = [
    'sqs:ReceiveMessage',
    'sqs:DeleteMessage',
    'sqs:ChangeMessageVisibility',
    'sqs:GetQueueAttributes',
  ];
  const rights: Readonly<Record<Role, readonly PolicyStatement[] | 'owner'>> = {
    receiver: [send],
    publisher: [...publish, purge, allow('sqs:ChangeMessageVisibility', queueArn)],
    sweeper: [...publish, purge],
    collector: [...publish, allow('s3:DeleteObject', objects)],
    poller: [allow(takeFromQueue, queueArn)],
    edge: [list, allow('s3:GetObject', `arn:aws:s3:::${bucket}/public/*`)],
    operator: 'owner',
  };
  const credential = (name: Role): Credential => {
    const statements = rights[name];
    return { ...secrets.aws[name], name, ...(statements !== 'owner' && { statements }) };
  };
  return [
    credential('receiver'),
    credential('publisher'),
    credential('sweeper'),
    credential('collector'),
    credential('poller'),
    credential('edge'),
    credential('operator'),
  ];
}
