import { readFile } from 'node:fs/promises';
import { type Stage, type StageName, stageNames, stages } from '../cdk/charter/stages.ts';
import { systemClock } from '../src/adapters/system-clock.ts';
import type { VersionedBucket } from '../src/adapters/versioned-bucket.ts';
import { sha256 } from '../src/publishing/digest.ts';
import type { Clock } from '../src/publishing/ports.ts';
import type { ParameterStore } from '../src/adapters/parameter-store.ts';
import { parameterNames } from '../cdk/charter/parameters.ts';
import { CannotRun } from './cannot-run.ts';
import { type DeployedStack, deployedStack } from './deployed-stack.ts';
import { type RunProgram, programsIn } from './program.ts';
import type { RunningStage, StageOnAws } from './running-stage.ts';

/** What commands need of stages on AWS, and how they reach the account. Nothing is asked until it is needed. */
export interface Account {
  readonly stages: Readonly<Record<StageName, Stage>>;
  readonly run: RunProgram;
  /** Without a region it is the one of the credentials at hand. */
  readonly parameters: (region: string | undefined) => Promise<ParameterStore>;
  readonly open: (stage: StageOnAws) => Promise<RunningStage>;
  /** A bucket that is to go. */
  readonly bucket: (region: string, name: string) => Promise<VersionedBucket>;
  readonly clock: Clock;
  readonly fetch: typeof globalThis.fetch;
  /** A hash of the program that runs here: another one after a build was older than its source. */
  readonly ownCode: () => Promise<string>;
}

/** The account that the credentials at hand are of; `aws` and `cdk` run in the project's folder. */
export function ownAccount(directory: string, environment: NodeJS.ProcessEnv): Account {
  return {
    stages,
    run: programsIn(directory, environment),
    async parameters(region) {
      const { ssmClient, ssmParameters } = await import('../src/adapters/parameter-store.ts');
      return ssmParameters(ssmClient(region === undefined ? {} : { region }));
    },
    async bucket(region, name) {
      const [{ s3Client }, { versionedBucket }] = await Promise.all([
        import('../src/adapters/s3-store.ts'),
        import('../src/adapters/versioned-bucket.ts'),
      ]);
      return versionedBucket({ client: s3Client({ region }), bucket: name });
    },
    clock: systemClock,
    fetch,
    ownCode: async () => sha256(await readFile(import.meta.filename)),
    open: async (stage) => (await import('./running-stage.ts')).openStageOnAws(stage),
  };
}

/** Throws CannotRun for a name that no stage has. */
export function stageNamed({ stages: all }: Pick<Account, 'stages'>, name: string): Stage {
  const known = stageNames.find((each) => each === name);
  if (known !== undefined) return all[known];
  throw new CannotRun(
    `--stage: there is no stage "${name}"; cdk/charter/stages.ts has ${stageNames.join(', ')}`,
  );
}

/** Opens a stage for commands that work on it. Throws CannotRun when it is not deployed, or has no token. */
export async function openDeployed(account: Account, stage: Stage): Promise<RunningStage> {
  const stack = await deployedStack(account.run, stage);
  if (stack === null) {
    throw new CannotRun(
      `Stage ${stage.name} is not deployed to ${stage.region}: run "pressrun deploy --stage ${stage.name}" first, ` +
        'or log in to its account.',
    );
  }
  return account.open({ stage, stack, ...(await secretsOf(account, stage)) });
}

/** Nulls for a public dataset, and for a stage that is open. Throws CannotRun when one is missing. */
async function secretsOf(
  account: Account,
  stage: Stage,
): Promise<Pick<StageOnAws, 'token' | 'readerPassword'>> {
  const { lakeToken, readerPassword } = parameterNames(stage.name);
  return {
    token: stage.sanity.isPrivate ? await parameter(account, stage, lakeToken) : null,
    readerPassword: stage.isClosed ? await parameter(account, stage, readerPassword) : null,
  };
}

/** Throws CannotRun when a stage does not have it. */
export async function parameter(account: Account, stage: Stage, name: string): Promise<string> {
  const value = (await (await account.parameters(stage.region)).values([name])).get(name);
  if (value !== undefined) return value;
  throw new CannotRun(
    `There is no parameter ${name}: run "pressrun secrets init --stage ${stage.name}" first.`,
  );
}

/** Works on a stage, and closes it whatever happens. */
export async function whileOpen<Result>(
  account: Account,
  stage: Stage,
  stack: DeployedStack,
  act: (running: RunningStage) => Promise<Result>,
): Promise<Result> {
  const running = await account.open({ stage, stack, ...(await secretsOf(account, stage)) });
  try {
    return await act(running);
  } finally {
    await running.close();
  }
}
