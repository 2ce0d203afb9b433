import { type Stage, type StageName, stageNames, stages } from '../cdk/charter/stages.ts';
import type { ParameterStore } from '../src/adapters/parameter-store.ts';
import { CannotRun } from './cannot-run.ts';
import { type RunProgram, programsIn } from './program.ts';

/** What commands need of stages on AWS, and how they reach the account. Nothing is asked until it is needed. */
export interface Account {
  readonly stages: Readonly<Record<StageName, Stage>>;
  readonly run: RunProgram;
  /** Without a region it is the one of the credentials at hand. */
  readonly parameters: (region: string | undefined) => Promise<ParameterStore>;
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
