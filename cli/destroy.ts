import type { Command } from 'commander';
import * as z from 'zod';
import { parameterNames } from '../cdk/charter/parameters.ts';
import type { Stage } from '../cdk/charter/stages.ts';
import { stageNamed } from './account.ts';
import { CannotRun } from './cannot-run.ts';
import { type Answer, described, type Run, type Tools } from './command.ts';
import { type DeployedStack, deployedStack, outputOf, stackName } from './deployed-stack.ts';
import { shown } from './project-program.ts';
import { inSteps } from './steps.ts';

export const destroyCommand = (run: Run): Command =>
  described('destroy', 'Takes a stage on AWS away, but for its bucket and its secrets.', [
    'pressrun destroy --stage staging --dry-run     (says what goes and what stays)',
    'pressrun destroy --stage staging',
    'pressrun destroy --stage staging --bucket-too',
    'pressrun destroy --stage staging --bucket-too pressrun-staging-sitebucket-abc123   (kept before)',
  ])
    .option(
      '--bucket-too [name]',
      'delete the bucket as well, with every version; its name when the stack is gone already',
    )
    .option('--yes', "do not ask for the stage's name")
    .option('--dry-run', 'say what goes and what stays, and take nothing away')
    .action(
      run(shape, async ({ options }, tools) => {
        const { account } = tools;
        const stage = stageNamed(account, options.stage);
        if (!options.yes && !options.dryRun && tools.ask === null) throw new CannotRun(nobodyToAsk);
        const end = await endOf(stage, options, tools);
        if (options.dryRun) {
          return {
            problems: false,
            lines: [...end.lines, 'dry run: nothing was taken away'],
            data: { ...end.data, destroyed: false },
          };
        }
        end.lines.forEach(tools.tell);
        await confirm(stage, options, tools);
        return takeAway(stage, end, tools);
      }),
    );

const shape = z.object({
  stage: z.string(),
  bucketToo: z.union([z.literal(true), z.string()]).optional(),
  yes: z.boolean().default(false),
  dryRun: z.boolean().default(false),
});
type Options = z.output<typeof shape>;

const nobodyToAsk =
  "Expected somebody at a terminal who can type the stage's name. Without one, look with --dry-run and take away with --yes.";

/** What goes, what stays, and what is to be done by hand. */
interface End {
  readonly stack: DeployedStack | null;
  /** To be deleted; null keeps it. */
  readonly bucket: string | null;
  readonly afterwards: readonly string[];
  readonly lines: readonly string[];
  readonly data: Readonly<Record<string, unknown>>;
}

async function endOf(stage: Stage, { bucketToo }: Options, { account }: Tools): Promise<End> {
  const stack = await deployedStack(account.run, stage);
  if (stack?.isProtected === true) throw new CannotRun(protectedStack(stage));
  const standing = stack === null ? null : (stack.outputs.get('BucketName') ?? null);
  if (stack === null && typeof bucketToo !== 'string') throw new CannotRun(nothingThere(stage));
  if (typeof bucketToo === 'string' && bucketToo !== standing)
    refuseForeign(stage, bucketToo, standing);
  const bucket =
    bucketToo === undefined
      ? null
      : typeof bucketToo === 'string'
        ? bucketToo
        : stack === null
          ? null
          : outputOf(stack, stage, 'BucketName');
  const names = Object.values(parameterNames(stage.name));
  const kinds = await (await account.parameters(stage.region)).kinds(names);
  const parameters = names.filter((name) => kinds.has(name));
  const kept = bucket === null ? standing : null;
  const afterwards = [
    ...(kept === null
      ? []
      : [
          `  bucket ${kept}: pages, state, and ninety days of versions; a later deployment makes another`,
          `    to delete it: pressrun destroy --stage ${stage.name} --bucket-too ${kept}`,
        ]),
    ...(parameters.length === 0
      ? []
      : [
          `  parameters ${parameters.join(', ')}`,
          `    to delete them: aws ssm delete-parameters --region ${stage.region} --names ${parameters.join(' ')}`,
        ]),
    '  at Sanity: the project, its documents, the webhook and the token',
    `    to delete these two: https://www.sanity.io/manage/project/${stage.sanity.projectId}/api`,
    '  CDKToolkit, the stack of "cdk bootstrap": other projects may use it',
  ];
  return {
    stack,
    bucket,
    afterwards,
    lines: [
      `stage ${stage.name}, region ${stage.region}`,
      'goes:',
      ...(stack === null
        ? []
        : [
            `  stack ${stackName(stage)}: the site's address and edge, the functions with their logs, the queue and its`,
            '    dead letters, alarms, budget, and the address of the webhook',
          ]),
      ...(bucket === null
        ? []
        : [`  bucket ${bucket}: every version of every page, and the state, for ever`]),
      'stays:',
      ...afterwards,
    ],
    data: {
      stage: stage.name,
      stack: stack === null ? null : stackName(stage),
      bucket,
      kept,
      parameters,
    },
  };
}

function protectedStack(stage: Stage): string {
  return (
    `The stack ${stackName(stage)} is protected from deletion, as that of a publication should be. Whoever means it says ` +
    `so twice: aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${stackName(stage)} ` +
    `--region ${stage.region}, and then this again.`
  );
}

function nothingThere(stage: Stage): string {
  return (
    `There is no stack ${stackName(stage)} in ${stage.region}: nothing to take away. A bucket that was kept goes with ` +
    '--bucket-too and its name.'
  );
}

/** CloudFormation names a bucket after its stack: another name is of another stage, or of somebody else. */
function refuseForeign(stage: Stage, bucket: string, standing: string | null): void {
  if (standing === null && bucket.startsWith(`${stackName(stage)}-sitebucket-`)) return;
  throw new CannotRun(
    standing === null
      ? `${bucket} is no bucket of stage ${stage.name}: expected a name that begins with ${stackName(stage)}-sitebucket-.`
      : `The bucket of stage ${stage.name} is ${standing}, not ${bucket}. Take the stage away first, or leave the name out.`,
  );
}

async function confirm({ name }: Stage, { yes }: Options, { ask }: Tools): Promise<void> {
  if (yes || ask === null) return;
  const typed = await ask(`Type the name of the stage to take it away: `, { isSecret: false });
  if (typed.trim() !== name) {
    throw new CannotRun(`Nothing was taken away: that was not "${name}".`);
  }
}

async function takeAway(
  stage: Stage,
  { stack, bucket, afterwards, data }: End,
  tools: Tools,
): Promise<Answer> {
  const { account, tell } = tools;
  const again =
    bucket === null
      ? `What is left is taken away by running this again: pressrun destroy --stage ${stage.name}`
      : `What is left is taken away by running this again: pressrun destroy --stage ${stage.name} --bucket-too ${bucket}`;
  const count = (stack === null ? 0 : 1) + (bucket === null ? 0 : 2);
  const step = inSteps({ count, again, tell, clock: account.clock });
  if (stack !== null) {
    // Before the bucket: while the functions are there, they go on writing to it.
    await step('cdk destroy', () => shown(tools, ['cdk', 'destroy', stackName(stage), '--force']));
  }
  let versions = 0;
  if (bucket !== null) {
    const ending = await account.bucket(stage.region, bucket);
    await step('empty the bucket', async () => {
      for (let gone = -1; gone !== 0; versions += gone) {
        gone = await ending.deleteSome();
        if (gone > 0) tell(`    ${versions + gone} versions deleted`);
      }
    });
    await step('delete the bucket', () => ending.remove());
  }
  return {
    problems: false,
    lines: [`destroyed: stage ${stage.name}`, 'stays:', ...afterwards],
    data: { ...data, destroyed: true, versions },
  };
}
