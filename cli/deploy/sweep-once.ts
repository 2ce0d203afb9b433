import * as z from 'zod';
import type { Stage } from '../../cdk/charter/stages.ts';
import { CannotRun } from '../cannot-run.ts';
import { awsMissing, lastLine, parseJson, stackName } from '../deployed-stack.ts';
import type { RunProgram } from '../program.ts';
import type { SweepKind } from '../../src/publishing/sweep.ts';

/** What a sweep said of itself, in its log. */
export interface Swept {
  /** `idle`, `worked`, `held` or `other-epoch`; null when the line was not in what AWS showed of the log. */
  readonly outcome: string | null;
  /** The error's name when it failed. */
  readonly failed: string | null;
  readonly releases: number;
  readonly tasksLeft: number;
}

/**
 * Has the deployed sweep run once, as its schedule does: always safe, and it shows that the code starts,
 * has its variables, and may read the bucket. Throws CannotRun when it could not be called.
 */
export async function sweepOnce(
  run: RunProgram,
  stage: Pick<Stage, 'name' | 'region'>,
  kind: SweepKind,
): Promise<Swept> {
  const name = `${stackName(stage)}-sweep`;
  const ended = await run({
    command: [
      'aws',
      ...`lambda invoke --function-name ${name} --region ${stage.region}`.split(' '),
      '--payload',
      JSON.stringify({ sweep: kind }),
      ...'--cli-binary-format raw-in-base64-out --log-type Tail --output json /dev/null'.split(' '),
    ],
  });
  if (ended.kind === 'not-found') throw new CannotRun(awsMissing);
  if (ended.code !== 0) {
    throw new CannotRun(
      `${name} could not be called: ${lastLine(ended.err)} One sweep runs at a time: if it was throttled, try again in a minute.`,
    );
  }
  const { FunctionError: failure, LogResult: tail } = answerShape.parse(parseJson(ended.out));
  const lines = messagesOf(tail);
  const swept = lines.find(({ event }) => event === 'swept');
  const error = lines.find(({ event }) => event === 'function-failed')?.error;
  return {
    outcome: swept?.outcome ?? null,
    failed: failure === undefined ? null : (error ?? failure),
    releases: swept?.releases ?? 0,
    tasksLeft: swept?.tasksLeft ?? 0,
  };
}

const answerShape = z
  .object({ FunctionError: z.string().optional(), LogResult: z.string().default('') })
  .catch({ LogResult: '' });

const lineShape = z.object({
  message: z.object({
    event: z.string(),
    outcome: z.string().optional(),
    error: z.string().optional(),
    releases: z.number().optional(),
    tasksLeft: z.number().optional(),
  }),
});

/** Of the last four kilobytes of a log in JSON; the first line may be half of one. */
function messagesOf(tail: string): readonly z.output<typeof lineShape>['message'][] {
  return Buffer.from(tail, 'base64')
    .toString()
    .split('\n')
    .flatMap((line) => {
      const parsed = lineShape.safeParse(parseJson(line));
      return parsed.success ? [parsed.data.message] : [];
    });
}
