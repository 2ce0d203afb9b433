import { join } from 'node:path';
import { type FunctionName, limits, sparing } from '../../cdk/charter/functions.ts';
import type { PurgeMode } from '../../src/adapters/cloudfront-purge.ts';
import type { FunctionDefinition } from '../functions/invocation.ts';
import type { Role, StackSecrets } from './secrets.ts';

/** Where the other parts of the stack are, and what the stage is called. */
export interface Surroundings {
  readonly lakeUrl: string;
  readonly projectId: string;
  readonly dataset: string;
  readonly s3Endpoint: string;
  readonly bucket: string;
  readonly sqsEndpoint: string;
  readonly queueUrl: string;
  readonly baseUrl: string;
  readonly tagAuthority: string;
  readonly epoch: number;
  readonly purge: PurgeSetting;
  /** Where invalidations are asked for, and of what. */
  readonly cloudfrontEndpoint: string;
  readonly distributionId: string;
}

/** How a stage speeds up what the TTL does anyway; `off` unless it says otherwise, as when deployed. */
export type PurgeSetting = PurgeMode['kind'];
export const purgeSettings = ['off', 'paths', 'tags'] as const satisfies readonly PurgeSetting[];
export const defaultPurge: PurgeSetting = 'off';

/** The bundles that ship, with the limits and the environment that a deployment gives them. */
export function functionDefinitions({
  bundles,
  secrets,
  surroundings,
}: {
  /** The folder with one folder a function. */
  bundles: string;
  secrets: StackSecrets;
  surroundings: Surroundings;
}): readonly (FunctionDefinition & { readonly name: FunctionName })[] {
  const shared = {
    SANITY_PROJECT_ID: surroundings.projectId,
    SANITY_DATASET: surroundings.dataset,
    QUEUE_URL: surroundings.queueUrl,
    AWS_ENDPOINT_URL_SQS: surroundings.sqsEndpoint,
  };
  const publishing = {
    ...shared,
    SANITY_API_HOST: surroundings.lakeUrl,
    SANITY_TOKEN: 'env:LAKE_TOKEN',
    LAKE_TOKEN: secrets.lake.viewer,
    BUCKET: surroundings.bucket,
    AWS_ENDPOINT_URL_S3: surroundings.s3Endpoint,
    BASE_URL: surroundings.baseUrl,
    TAG_AUTHORITY: surroundings.tagAuthority,
    EPOCH: String(surroundings.epoch),
    PURGE: surroundings.purge,
    DISTRIBUTION_ID: surroundings.distributionId,
    AWS_ENDPOINT_URL_CLOUDFRONT: surroundings.cloudfrontEndpoint,
  };
  const definition = (
    name: FunctionName,
    role: Role,
    environment: Readonly<Record<string, string>>,
  ) => ({
    name,
    bundleDirectory: join(bundles, name),
    ...limits[name],
    environment: {
      ...environment,
      ...sparing,
      AWS_ACCESS_KEY_ID: secrets.aws[role].accessKeyId,
      AWS_SECRET_ACCESS_KEY: secrets.aws[role].secretAccessKey,
    },
  });
  return [
    definition('receive-webhook', 'receiver', {
      ...shared,
      WEBHOOK_SECRETS: 'env:WEBHOOK_SECRET',
      WEBHOOK_SECRET: secrets.webhook,
    }),
    definition('publish-briefings', 'publisher', publishing),
    definition('sweep', 'sweeper', publishing),
    definition('collect', 'collector', publishing),
  ];
}
