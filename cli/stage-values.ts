import { type Command, Option } from 'commander';
import * as z from 'zod';
import { parameterNames } from '../cdk/charter/parameters.ts';
import { type Stage, unsetOf } from '../cdk/charter/stages.ts';
import { SecretMissing, type SecretReference, secrets } from '../src/adapters/secrets.ts';
import type { Account } from './account.ts';
import { CannotRun, messageOf } from './cannot-run.ts';
import { deployedStack } from './deployed-stack.ts';
import { readStackFile } from './stack-file.ts';

/** What connecting a project must know of a stage: names and addresses, nothing secret. */
export interface StageValues {
  readonly projectId: string;
  readonly dataset: string;
  /** Whether the dataset is meant to be read without a token; null when nobody has said. */
  readonly visibility: 'public' | 'private' | null;
  /** A content lake elsewhere than at Sanity: the local one. */
  readonly lakeUrl: string | null;
  /** Where the webhook rings. */
  readonly webhookUrl: string | null;
  /** The public address of the site; no slash at the end. */
  readonly siteUrl: string | null;
  /** Where editors open the Studio. */
  readonly studioUrl: string | null;
  /** Values of the stage that nobody has set yet, as `cdk/charter/stages.ts` names them. */
  readonly unset: readonly string[];
}

/** What must never be printed. Null where it is not known. */
export interface StageSecrets {
  /** What deliveries are signed with. */
  readonly webhook: string | null;
  /** The publisher's token. */
  readonly readToken: string | null;
  /** A token that may look at and change the project's settings: an administrator's. */
  readonly manageToken: string | null;
  /** What opens a stage that is closed to readers. */
  readonly readerPassword: string | null;
}

/** A stage to be connected, with what is secret of it. */
export interface ConnectedStage {
  readonly values: StageValues;
  readonly secrets: StageSecrets;
}

/**
 * Says where a stage is: by options, by variables, or by the file of the running local stack. Secrets are
 * told by where they are and never by what they are: options end up in the history of a shell.
 */
export function withStageOptions(
  command: Command,
  wanted: readonly StageOptionName[] = [...named, ...secretOptions].map(({ option }) => option),
): Command {
  for (const { option, variable, what } of named.filter(isWanted)) {
    command.addOption(new Option(`--${option} <value>`, `${what} (or ${variable})`));
  }
  for (const { option, what, fallback } of secretOptions.filter(isWanted)) {
    command.addOption(
      new Option(
        `--${option} <where>`,
        `${what}: ssm:<parameter> or env:<variable> (or ${fallback})`,
      ),
    );
  }
  return command;

  function isWanted({ option }: { readonly option: StageOptionName }): boolean {
    return wanted.includes(option);
  }
}

export type StageOptionName = (typeof named | typeof secretOptions)[number]['option'];

/** The options above, as the parser gives them. */
export type StageOptions = z.output<typeof stageOptions>;
export type Environment = Readonly<Record<string, string | undefined>>;

const named = [
  {
    option: 'project',
    field: 'project',
    variable: 'SANITY_PROJECT_ID',
    what: 'the Sanity project',
  },
  { option: 'dataset', field: 'dataset', variable: 'SANITY_DATASET', what: 'its dataset' },
  {
    option: 'visibility',
    field: 'visibility',
    variable: 'SANITY_VISIBILITY',
    what: 'public or private: what the dataset is meant to be',
  },
  {
    option: 'webhook-url',
    field: 'webhookUrl',
    variable: 'WEBHOOK_URL',
    what: 'the address of receive-webhook',
  },
  { option: 'site-url', field: 'siteUrl', variable: 'BASE_URL', what: 'the address of the site' },
  {
    option: 'studio-url',
    field: 'studioUrl',
    variable: 'STUDIO_URL',
    what: 'where editors open the Studio',
  },
  {
    option: 'api-host',
    field: 'apiHost',
    variable: 'SANITY_API_HOST',
    what: 'a content lake elsewhere than at Sanity',
  },
] as const;

const secretOptions = [
  {
    option: 'webhook-secret',
    what: 'where the webhook secret is',
    fallback: "WEBHOOK_SECRET, with --stage the stage's parameter",
  },
  {
    option: 'read-token',
    what: "where the publisher's token is",
    fallback: "SANITY_READ_TOKEN, with --stage the stage's parameter",
  },
  {
    option: 'manage-token',
    what: "where an administrator's token is",
    fallback: 'SANITY_MANAGE_TOKEN',
  },
] as const;

const exactAddress = z.url({
  protocol: /^https?$/,
  error: 'expected an address such as "https://briefings.example"',
});
const address = exactAddress.transform((url) => url.replace(/(?<!\/)\/+$/, ''));
const secretReference = z.custom<SecretReference>(
  (value) => typeof value === 'string' && /^(ssm:\/?[\w./-]+|env:[A-Z0-9_]+)$/.test(value),
  'expected where it is, ssm:<parameter> or env:<variable>, and never the secret itself',
);

/** For a command's own shape: the options that say where a stage is. */
export const stageOptions = z.object({
  project: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'expected the id of a Sanity project, such as "abc12345"')
    .optional(),
  dataset: z
    .string()
    .regex(/^[a-z0-9_-]+$/, 'expected the name of a dataset, such as "production"')
    .optional(),
  visibility: z.enum(['public', 'private'], 'expected public or private').optional(),
  webhookUrl: exactAddress.optional(),
  siteUrl: address.optional(),
  studioUrl: address.optional(),
  apiHost: address.optional(),
  webhookSecret: secretReference.optional(),
  readToken: secretReference.optional(),
  manageToken: secretReference.optional(),
});

/**
 * The stage that `--stage` names, with whatever options say otherwise; else the one that options and
 * variables name, else the local stack of a file. With `--stage` no variable is read but the administrator's
 * token: what a shell still has of another stage must not get between.
 * Throws CannotRun when none of them is there.
 */
export async function readStage({
  options,
  environment,
  stackFile,
  stage,
  account,
}: {
  readonly options: StageOptions;
  readonly environment: Environment;
  readonly stackFile: string;
  /** What `--stage` names; null without it. */
  readonly stage: Stage | null;
  readonly account: Account;
}): Promise<ConnectedStage> {
  const given = stageOptions.safeParse({
    ...(stage === null && variablesOf(environment)),
    ...defined(options),
  });
  if (!given.success) {
    throw new CannotRun(
      given.error.issues.map(({ path, message }) => `${nameOf(path)}: ${message}`).join('\n'),
    );
  }
  if (stage !== null) return stageOnAws({ given: given.data, environment, stage, account });
  const { project, dataset, visibility, webhookUrl, siteUrl, studioUrl, apiHost } = given.data;
  if (project === undefined) return localStage(stackFile);
  if (dataset === undefined) {
    throw new CannotRun(
      `Expected the dataset of project ${project} in --dataset or SANITY_DATASET.`,
    );
  }
  return {
    values: {
      projectId: project,
      dataset,
      visibility: visibility ?? null,
      lakeUrl: apiHost ?? null,
      webhookUrl: webhookUrl ?? null,
      siteUrl: siteUrl ?? null,
      studioUrl: studioUrl ?? null,
      unset: [],
    },
    secrets: await readSecrets(given.data, { environment, fetchParameters: valuesIn(account) }),
  };
}

/** What the charter says of it, where its stack is once it is deployed, and what its parameters hold. */
async function stageOnAws({
  given,
  environment,
  stage,
  account,
}: {
  readonly given: StageOptions;
  readonly environment: Environment;
  readonly stage: Stage;
  readonly account: Account;
}): Promise<ConnectedStage> {
  const { project, dataset, visibility, webhookUrl, siteUrl, studioUrl, apiHost } = given;
  const { sanity, domain } = stage;
  const unset = unsetOf(stage).filter(
    (name) => name !== 'sanity.projectId' || project === undefined,
  );
  // A stage that nobody has filled in was never deployed: nothing of it is looked for in an account.
  const outputs = unset.length > 0 ? undefined : (await deployedStack(account.run, stage))?.outputs;
  return {
    values: {
      projectId: project ?? sanity.projectId,
      dataset: dataset ?? sanity.dataset,
      visibility: visibility ?? (sanity.isPrivate ? 'private' : 'public'),
      lakeUrl: apiHost ?? null,
      webhookUrl: webhookUrl ?? outputs?.get('WebhookUrl') ?? null,
      siteUrl:
        siteUrl ??
        (domain === null || outputs === undefined ? null : `https://${domain.name}`) ??
        outputs?.get('SiteAddress') ??
        null,
      studioUrl: studioUrl ?? null,
      unset,
    },
    secrets:
      unset.length > 0
        ? { webhook: null, readToken: null, manageToken: null, readerPassword: null }
        : await readSecrets(given, {
            environment,
            fetchParameters: valuesIn(account, stage.region),
            stage,
          }),
  };
}

type FetchParameters = (names: readonly string[]) => Promise<ReadonlyMap<string, string>>;

/** Without a stage the region is the one of the credentials at hand. */
function valuesIn(account: Account, region?: string): FetchParameters {
  return async (names) => (await account.parameters(region)).values(names);
}

async function readSecrets(
  given: StageOptions,
  {
    environment,
    fetchParameters,
    stage = null,
  }: {
    readonly environment: Environment;
    readonly fetchParameters: FetchParameters;
    readonly stage?: Stage | null;
  },
): Promise<StageSecrets> {
  const store = secrets({ environment, now: Date.now, fetchParameters });
  const read = async (reference: SecretReference, wasAskedFor: boolean): Promise<string | null> => {
    const name = reference.slice('env:'.length);
    // A variable may be missing: then what it takes is not looked at. A parameter was asked for.
    if (reference.startsWith('env:') && (environment[name] ?? '') === '') return null;
    try {
      return (await store.read([reference]))[0];
    } catch (cause) {
      // Before "secrets init" a stage has none: that is for the checks to say.
      if (cause instanceof SecretMissing && !wasAskedFor) return null;
      const [why] = messageOf(cause).split('\n');
      throw new CannotRun(
        `The secret at ${reference} could not be read (${why}). Are there AWS credentials at hand, for the ` +
          'account and region of the stage, with ssm:GetParameters for it?',
        { cause },
      );
    }
  };
  const either = async (
    asked: SecretReference | undefined,
    otherwise: SecretReference | null,
  ): Promise<string | null> => {
    const reference = asked ?? otherwise;
    return reference === null ? null : read(reference, asked !== undefined);
  };
  const { webhookSecret, readToken, manageToken } = given;
  const ofStage = referencesOf(stage);
  return {
    webhook: await either(webhookSecret, ofStage.webhook),
    readToken: await either(readToken, ofStage.readToken),
    manageToken: await either(manageToken, 'env:SANITY_MANAGE_TOKEN'),
    readerPassword: await either(undefined, ofStage.readerPassword),
  };
}

/** Where the secrets are when no option says so. */
function referencesOf(stage: Stage | null): {
  readonly webhook: SecretReference;
  readonly readToken: SecretReference | null;
  readonly readerPassword: SecretReference | null;
} {
  if (stage === null) {
    return {
      webhook: 'env:WEBHOOK_SECRET',
      readToken: 'env:SANITY_READ_TOKEN',
      readerPassword: null,
    };
  }
  const { webhookSecret, lakeToken, readerPassword } = parameterNames(stage.name);
  return {
    webhook: `ssm:${webhookSecret}`,
    readToken: stage.sanity.isPrivate ? `ssm:${lakeToken}` : null,
    readerPassword: stage.isClosed ? `ssm:${readerPassword}` : null,
  };
}

/** The running local stack says everything of itself. */
function localStage(stackFile: string): ConnectedStage {
  const { site, studio, lake, functions, webhook } = readStackFile(stackFile, localShape, {
    otherwise: 'Or name a Sanity project with --project and --dataset.',
  });
  return {
    values: {
      projectId: lake.projectId,
      dataset: lake.dataset,
      visibility: 'public',
      lakeUrl: lake.url,
      webhookUrl: functions.webhookUrl,
      siteUrl: site.url,
      studioUrl: studio?.url ?? null,
      unset: [],
    },
    secrets: {
      webhook: webhook.secret,
      readToken: lake.tokens.viewer,
      manageToken: lake.tokens.editor,
      readerPassword: null,
    },
  };
}

const localShape = z.object({
  version: z.literal(1),
  site: z.object({ url: z.string() }),
  studio: z.object({ url: z.string() }).nullable(),
  lake: z.object({
    url: z.string(),
    projectId: z.string(),
    dataset: z.string(),
    tokens: z.object({ viewer: z.string(), editor: z.string() }),
  }),
  functions: z.object({ webhookUrl: z.string() }),
  webhook: z.object({ secret: z.string() }),
});

function variablesOf(environment: Environment): Readonly<Record<string, string>> {
  return Object.fromEntries(
    named.flatMap(({ field, variable }) => {
      const value = environment[variable];
      return value === undefined || value === '' ? [] : [[field, value]];
    }),
  );
}

function defined(options: StageOptions): Partial<StageOptions> {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function nameOf(path: readonly PropertyKey[]): string {
  const known = named.find(({ field }) => field === path[0]);
  return known === undefined ? String(path[0]) : `--${known.option} or ${known.variable}`;
}
