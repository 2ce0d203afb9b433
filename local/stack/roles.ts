import { edgePrincipal } from '../../cdk/charter/bucket-policy.ts';
import type { FunctionName } from '../../cdk/charter/functions.ts';
import { rightsOf } from '../../cdk/charter/rights.ts';
import type { PolicyStatement } from '../s3/policy.ts';
import { account, region } from '../sqs/queue-table.ts';
import type { PurgeSetting } from './functions.ts';
import type { Role, StackSecrets } from './secrets.ts';

/** A caller of the S3, SQS and CloudFront emulators: who it is, and what it may do there. */
export interface Credential {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly name: string;
  /** Absent for the account's owner. */
  readonly statements?: readonly PolicyStatement[];
  /** What conditions of a policy may ask about the caller. */
  readonly context?: Readonly<Record<string, string>>;
}

/** The functions whose role a caller has. */
export const roleOf = {
  'receive-webhook': 'receiver',
  'publish-briefings': 'publisher',
  sweep: 'sweeper',
  collect: 'collector',
} as const satisfies Readonly<Record<FunctionName, Role>>;

/**
 * Each function has the statements of its deployed role, so that a right which is missing is missed here.
 * The edge is let in by the bucket's policy alone. The operator is the account's owner: the command line
 * of the one who runs it.
 */
export function credentialsOf(
  secrets: StackSecrets,
  {
    bucketArn,
    queueArn,
    distributionArn,
    purge,
  }: { bucketArn: string; queueArn: string; distributionArn: string; purge: PurgeSetting },
): readonly Credential[] {
  const places = {
    bucketArn,
    queueArn,
    purgedDistributionArn: purge === 'off' ? null : distributionArn,
    webhookSecretArns: ['webhook-secret', 'webhook-secret-next'].map(parameterArn),
    lakeTokenArn: parameterArn('lake-token'),
    logGroupArn: (name: FunctionName) => `${inAccount('logs')}:log-group:/aws/lambda/${name}:*`,
  };
  const functionCredential = (name: FunctionName): Credential => ({
    ...secrets.aws[roleOf[name]],
    name: roleOf[name],
    statements: rightsOf(name, places),
  });
  return [
    functionCredential('receive-webhook'),
    functionCredential('publish-briefings'),
    functionCredential('sweep'),
    functionCredential('collect'),
    {
      ...secrets.aws.edge,
      name: edgePrincipal,
      statements: [],
      context: { 'aws:sourcearn': distributionArn },
    },
    { ...secrets.aws.operator, name: 'operator' },
  ];
}

const inAccount = (service: string): string => `arn:aws:${service}:${region}:${account}`;

const parameterArn = (name: string): string =>
  `${inAccount('ssm')}:parameter/pressrun/local/${name}`;
