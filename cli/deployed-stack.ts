import * as z from 'zod';
import type { Stage } from '../cdk/charter/stages.ts';
import { CannotRun } from './cannot-run.ts';
import type { RunProgram } from './program.ts';

/** A stack as CloudFormation knows it. */
export interface DeployedStack {
  readonly status: string;
  readonly isProtected: boolean;
  /** The number of the deployment that its functions were given. */
  readonly epoch: number | null;
  /** By the names in cdk/stack.ts. */
  readonly outputs: ReadonlyMap<string, string>;
}

/** @example stackName({ name: 'prod' }) === 'pressrun-prod' */
export function stackName({ name }: Pick<Stage, 'name'>): string {
  return `pressrun-${name}`;
}

/**
 * Asks CloudFormation, by the AWS CLI, for the stack of a stage. Null: it was never deployed, or is
 * destroyed. Throws CannotRun when it cannot be asked.
 */
export async function deployedStack(
  run: RunProgram,
  stage: Pick<Stage, 'name' | 'region'>,
): Promise<DeployedStack | null> {
  const name = stackName(stage);
  const ended = await run({
    command: [
      'aws',
      ...`cloudformation describe-stacks --stack-name ${name} --region ${stage.region} --output json`.split(
        ' ',
      ),
    ],
  });
  if (ended.kind === 'not-found') throw new CannotRun(awsMissing);
  if (ended.code !== 0) {
    if (ended.err.includes(`Stack with id ${name} does not exist`)) return null;
    throw new CannotRun(
      `CloudFormation was not asked for ${name} in ${stage.region}: ${lastLine(ended.err)} ` +
        'Are there AWS credentials at hand, for the account of the stage ("aws sts get-caller-identity")?',
    );
  }
  const answer = answerShape.safeParse(parseJson(ended.out));
  const stack = answer.success ? answer.data.Stacks[0] : undefined;
  if (stack === undefined) {
    throw new CannotRun(
      `Expected the stack ${name} from "aws cloudformation describe-stacks"; something else came. Is this version 2 of the AWS CLI?`,
    );
  }
  const epoch = Number(
    stack.Parameters.find(({ ParameterKey }) => ParameterKey === 'Epoch')?.ParameterValue,
  );
  return {
    status: stack.StackStatus,
    isProtected: stack.EnableTerminationProtection,
    epoch: Number.isInteger(epoch) ? epoch : null,
    outputs: new Map(stack.Outputs.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue])),
  };
}

/** An output by its name in cdk/stack.ts. Throws CannotRun when the stack has none of this name. */
export function outputOf(
  { outputs }: DeployedStack,
  stage: Pick<Stage, 'name'>,
  name: string,
): string {
  const value = outputs.get(name);
  if (value !== undefined) return value;
  throw new CannotRun(
    `The stack ${stackName(stage)} has no output ${name}: it was deployed by other code, or is not done yet. ` +
      `Deploy with "pressrun deploy --stage ${stage.name}".`,
  );
}

/** What every command says that needs the AWS CLI and does not find it. */
export const awsMissing =
  'The AWS CLI is not installed, or not in PATH: this asks AWS through it. Install version 2 ' +
  '(https://docs.aws.amazon.com/cli/) and log in to the account of the stage.';

/** A program that failed says why at its end. */
export function lastLine(text: string): string {
  return text.trim().split('\n').at(-1)?.trim() ?? '';
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const answerShape = z.object({
  Stacks: z.array(
    z.object({
      StackStatus: z.string(),
      EnableTerminationProtection: z.boolean().default(false),
      Parameters: z
        .array(z.object({ ParameterKey: z.string(), ParameterValue: z.string() }))
        .default([]),
      Outputs: z.array(z.object({ OutputKey: z.string(), OutputValue: z.string() })).default([]),
    }),
  ),
});
