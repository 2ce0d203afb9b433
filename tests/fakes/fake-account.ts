import type { Account } from '../../cli/account.ts';
import type { Program } from '../../cli/program.ts';
import { type Stage, type StageName, stages } from '../../cdk/charter/stages.ts';
import { ssmParameters } from '../../src/adapters/parameter-store.ts';
import type { FakeSsm } from './fake-ssm.ts';

/** What CloudFormation keeps of a stack. */
export interface FakeStack {
  readonly parameters: Readonly<Record<string, string>>;
  readonly outputs: Readonly<Record<string, string>>;
  readonly isProtected: boolean;
}

/** An account at AWS, as `aws` speaks of it. */
export interface FakeAccount extends Account {
  readonly stacks: Map<string, FakeStack>;
  /** Every command that was run, as it would be typed. */
  readonly ran: string[];
  /** Set it, and `aws` says this and fails. */
  refusal: string | null;
}

/** A publication that has said what is its own. */
export const ourStages: Readonly<Record<StageName, Stage>> = {
  dev: { ...stages.dev, ...ours('dev') },
  staging: { ...stages.staging, ...ours('staging') },
  prod: { ...stages.prod, ...ours('production') },
};

function ours(dataset: string): Pick<Stage, 'sanity' | 'tagAuthority'> {
  return {
    sanity: { projectId: 'abc12345', dataset, isPrivate: true },
    tagAuthority: 'daily.example,2026',
  };
}

export function fakeAccount(ssm: FakeSsm | null = null): FakeAccount {
  const account: FakeAccount = {
    stages: ourStages,
    stacks: new Map(),
    ran: [],
    refusal: null,
    async parameters() {
      if (ssm === null) throw new Error('There is no SSM here');
      return ssmParameters(ssm.client);
    },
    async run({ command }: Program) {
      account.ran.push(command.join(' '));
      if (account.refusal !== null) return failed(account.refusal);
      if (command[0] === 'aws' && command[2] === 'describe-stacks') {
        const name = optionOf(command, '--stack-name');
        const stack = account.stacks.get(name);
        return stack === undefined
          ? failed(
              `\nAn error occurred (ValidationError) when calling the DescribeStacks operation: Stack with id ${name} does not exist\n`,
            )
          : done(JSON.stringify({ Stacks: [described(name, stack)] }));
      }
      throw new Error(`Nobody here knows "${command.join(' ')}"`);
    },
  };
  return account;
}

const done = (out = '') => ({ kind: 'ended', code: 0, out, err: '' }) as const;
const failed = (err: string, code = 254) => ({ kind: 'ended', code, out: '', err }) as const;

function optionOf(command: readonly string[], option: string): string {
  return command[command.indexOf(option) + 1] ?? '';
}

function described(StackName: string, { parameters, outputs, isProtected }: FakeStack): object {
  return {
    StackName,
    StackStatus: 'UPDATE_COMPLETE',
    EnableTerminationProtection: isProtected,
    Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
    Outputs: Object.entries(outputs).map(([OutputKey, OutputValue]) => ({
      OutputKey,
      OutputValue,
    })),
  };
}
