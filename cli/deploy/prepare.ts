import { readFile } from 'node:fs/promises';
import type { Stage } from '../../cdk/charter/stages.ts';
import { stylesheetsContext } from '../../cdk/charter/stylesheets.ts';
import { isDrawnBy } from '../../src/publishing/drawn-by.ts';
import { readRoot } from '../../src/publishing/root.ts';
import { type Account, whileOpen } from '../account.ts';
import { CannotRun } from '../cannot-run.ts';
import type { Tools } from '../command.ts';
import {
  awsMissing,
  type DeployedStack,
  lastLine,
  parseJson,
  stackName,
} from '../deployed-stack.ts';
import { shown, succeed } from '../project-program.ts';
import type { Step } from '../steps.ts';
import { drawingCode, nextEpoch } from './drawing-code.ts';
import { examine } from './look-first.ts';
import { standingStylesheets } from './standing-stylesheets.ts';

/** Everything that can be known before the account is changed; the difference is shown. */
export async function prepare(
  stage: Stage,
  tools: Tools,
  step: Step,
): Promise<{ readonly epoch: number | null }> {
  const { account } = tools;
  const before = await step('doctor', () => examine(stage, tools));
  await step('build', () => build(tools));
  const { deployed, template } = await step('synth', async () => {
    const deployed = before === null ? null : await templateOf(account, stage);
    const stylesheets =
      before === null
        ? []
        : await standingStylesheets({
            stage: stage.name,
            template: deployed,
            isAllOfDeployment: () => isAllOfDeployment(account, stage, before),
          });
    return { deployed, template: await synthesize(stage, tools, stylesheets) };
  });
  return step('diff', async () => {
    await shown(tools, ['cdk', 'diff', stackName(stage), ...assembly, '--method', 'template']);
    const isSameCode = before !== null && drawingCode(template) === drawingCode(deployed);
    return {
      epoch: nextEpoch({
        deployed: before?.epoch ?? null,
        ofBucket: before === null ? null : await epochOfBucket(account, stage, before),
        isSameCode,
      }),
    };
  });
}

/** The bundles, and this command line: what raises the epoch must be of the code that is deployed. */
async function build({ account, show }: Tools): Promise<void> {
  const before = await account.ownCode();
  await succeed({ account, show }, ['node', 'scripts/prepare.mjs']);
  if ((await account.ownCode()) === before) return;
  throw new CannotRun(
    '  This command line was older than its source. It has been built anew: run it again.',
  );
}

/** All that follows is of this very assembly: what is shown is what is deployed. */
export const assembly = ['--app', 'dist/cdk'] as const;

async function synthesize(
  stage: Stage,
  tools: Tools,
  stylesheets: readonly string[],
): Promise<unknown> {
  await succeed(tools, [
    'cdk',
    'synth',
    stackName(stage),
    '--strict',
    '--quiet',
    ...(stylesheets.length === 0 ? [] : ['-c', `${stylesheetsContext}=${stylesheets.join(' ')}`]),
  ]);
  const file = tools.path(`dist/cdk/${stackName(stage)}.template.json`);
  return JSON.parse(await readFile(file, 'utf8'));
}

async function templateOf({ run }: Account, stage: Stage): Promise<unknown> {
  const asked = `cloudformation get-template --stack-name ${stackName(stage)} --region ${stage.region}`;
  const ended = await run({
    command: ['aws', ...asked.split(' '), '--query', 'TemplateBody', '--output', 'json'],
  });
  if (ended.kind === 'not-found') throw new CannotRun(awsMissing);
  if (ended.code === 0) return parseJson(ended.out);
  throw new CannotRun(`  CloudFormation did not give the template: ${lastLine(ended.err)}`);
}

async function isAllOfDeployment(
  account: Account,
  stage: Stage,
  stack: DeployedStack,
): Promise<boolean> {
  return whileOpen(account, stage, stack, ({ publisher }) =>
    isDrawnBy(publisher, publisher.stage.epoch),
  );
}

async function epochOfBucket(
  account: Account,
  stage: Stage,
  stack: DeployedStack,
): Promise<number | null> {
  return whileOpen(account, stage, stack, async ({ publisher }) => {
    const { root, etag } = await readRoot(publisher.ports, publisher.stage.epoch);
    return etag === null ? null : root.epoch;
  });
}
