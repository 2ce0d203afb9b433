import * as z from 'zod';
import type { SecretReference } from '../src/adapters/secrets.ts';

/** What a function is told when it is deployed. Addresses and names; secrets only by where they are. */
export interface ReceiverEnvironment extends z.output<typeof receiverShape> {}
export interface PublisherEnvironment extends z.output<typeof publisherShape> {}

/** Throws one sentence a variable, with what is expected; never a value. */
export function receiverEnvironment(given: Variables = variables): ReceiverEnvironment {
  return read(receiverShape, given);
}

/** For all functions that publish, sweep or collect. */
export function publisherEnvironment(given: Variables = variables): PublisherEnvironment {
  return read(publisherShape, given);
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** The one place where the process is asked. */
export const variables: Variables = process.env;

const name = (pattern: RegExp, expected: string) => z.string(expected).regex(pattern, expected);
const address = (expected: string) =>
  z.url({ protocol: /^https?$/, error: expected }).transform((url) => url.replace(/\/$/, ''));

const secretReference = z.custom<SecretReference>(
  (value) => typeof value === 'string' && /^(ssm:\/?[\w./-]+|env:[A-Z0-9_]+)$/.test(value),
);
const secretReferences = (expected: string) =>
  z
    .string(expected)
    .transform((list) => list.split(','))
    .pipe(z.tuple([secretReference], secretReference, expected));

const shared = {
  SANITY_PROJECT_ID: name(/^[a-z0-9-]+$/, 'the id of the Sanity project, such as "a1b2c3d4"'),
  SANITY_DATASET: name(/^[a-z0-9_-]+$/, 'the name of the dataset, such as "production"'),
  QUEUE_URL: address('the URL of the FIFO queue'),
  /** Only on the local stack. */
  AWS_ENDPOINT_URL_SQS: address('the address of an SQS endpoint').optional(),
};

const receiverShape = z.object({
  ...shared,
  WEBHOOK_SECRETS: secretReferences(
    'where the webhook secrets are: one or two of ssm:<parameter> or env:<variable>, separated by a comma',
  ),
});

const publisherShape = z
  .object({
    ...shared,
    /** Absent for a public dataset. */
    SANITY_TOKEN: secretReferences(
      'where the read token is: ssm:<parameter> or env:<variable>',
    ).optional(),
    /** Only on the local stack. */
    SANITY_API_HOST: address('the address of a content lake').optional(),
    BUCKET: name(/^[a-z0-9.-]{3,63}$/, 'the name of the bucket'),
    AWS_ENDPOINT_URL_S3: address('the address of an S3 endpoint').optional(),
    BASE_URL: address('the public address of the site, such as "https://briefings.example"'),
    TAG_AUTHORITY: name(
      /^[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?$/,
      'the authority of feed ids, a domain and a date, such as "briefings.example,2026"',
    ),
    EPOCH: z
      .string('the number of the deployment, from 1')
      .regex(/^[1-9]\d{0,8}$/, 'the number of the deployment, from 1')
      .transform(Number),
    PURGE: z.enum(['off', 'tags', 'paths'], 'off, tags or paths').default('off'),
    PURGES_PER_MONTH: z
      .string()
      .regex(/^(0|[1-9]\d{0,6})$/, 'how many items may be purged in a month, such as "1000"')
      .transform(Number)
      .optional(),
    DISTRIBUTION_ID: name(/^[A-Z0-9]+$/, 'the id of the CloudFront distribution').optional(),
  })
  .refine(({ PURGE, DISTRIBUTION_ID }) => PURGE === 'off' || DISTRIBUTION_ID !== undefined, {
    path: ['DISTRIBUTION_ID'],
    error: 'the id of the CloudFront distribution, since PURGE is on',
  });

function read<Shape extends z.ZodType>(shape: Shape, variables: Variables): z.output<Shape> {
  const environment = shape.safeParse(variables);
  if (environment.success) return environment.data;
  const lines = environment.error.issues.map(
    ({ path, message }) => `${String(path[0])}: expected ${message}.`,
  );
  throw new EnvironmentIncomplete(
    `The function's environment is not complete. ${[...new Set(lines)].join(' ')}`,
  );
}

export class EnvironmentIncomplete extends Error {
  override readonly name = 'EnvironmentIncomplete';
}
