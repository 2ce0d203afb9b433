import type { Command } from 'commander';
import * as z from 'zod';
import type { Stage } from '../cdk/charter/stages.ts';
import { raiseEpoch } from '../src/publishing/raise-epoch.ts';
import { readRoot } from '../src/publishing/root.ts';
import { parameterNames } from '../cdk/charter/parameters.ts';
import { sha256Hex } from '../src/publishing/digest.ts';
import { readerAuthorization } from '../src/site/admission.ts';
import { parameter, stageNamed, whileOpen } from './account.ts';
import { CannotRun } from './cannot-run.ts';
import { type Answer, described, type Run, type Tools } from './command.ts';
import { type DeployedStack, deployedStack, outputOf, stackName } from './deployed-stack.ts';
import { canary } from './deploy/canary.ts';
import { assembly, prepare } from './deploy/prepare.ts';
import { sweepOnce } from './deploy/sweep-once.ts';
import { counted } from './problem-lines.ts';
import { shown } from './project-program.ts';
import { inSteps } from './steps.ts';
import { stageOptions } from './stage-values.ts';

export const deployCommand = (run: Run): Command =>
  described(
    'deploy',
    'Brings a stage on AWS to what is checked out here: looks first, asks, looks again.',
    [
      'pressrun deploy --stage staging --dry-run      (ends after the difference)',
      'pressrun deploy --stage staging',
      'pressrun deploy --stage prod --yes             (in a pipeline, where nobody can be asked)',
    ],
  )
    .option('--yes', 'do not ask before anything is changed')
    .option('--dry-run', 'end after the difference: nothing in the account is changed')
    .action(
      run(shape, async ({ options }, tools) => {
        const stage = stageNamed(tools.account, options.stage);
        if (!options.yes && !options.dryRun && tools.ask === null) throw new CannotRun(nobodyToAsk);
        return options.dryRun ? rehearse(stage, tools) : deploy(stage, options, tools);
      }),
    );

const shape = z.object({
  stage: z.string(),
  yes: z.boolean().default(false),
  dryRun: z.boolean().default(false),
});

const nobodyToAsk =
  'Expected somebody at a terminal who can be asked before anything is changed. Without one, look with --dry-run ' +
  'and deploy with --yes.';

const again = (stage: Stage): string =>
  `Nothing is half done that running this again does not finish: pressrun deploy --stage ${stage.name}`;

async function rehearse(stage: Stage, tools: Tools): Promise<Answer> {
  const { account, tell } = tools;
  const step = inSteps({ count: 4, again: again(stage), tell, clock: account.clock });
  const { epoch } = await prepare(stage, tools, step);
  return {
    problems: false,
    lines: [`stage ${stage.name}: ${intention(epoch)}`, 'dry run: nothing was deployed'],
    data: { stage: stage.name, deployed: false, epoch },
  };
}

async function deploy(stage: Stage, { yes }: { yes: boolean }, tools: Tools): Promise<Answer> {
  const { account, tell, ask } = tools;
  const step = inSteps({ count: 8, again: again(stage), tell, clock: account.clock });
  const { epoch } = await prepare(stage, tools, step);
  tell(`stage ${stage.name}: ${intention(epoch)}`);
  if (!yes && ask !== null) {
    const answer = await ask(`Deploy this to ${stage.name}? (yes or no) `, { isSecret: false });
    if (!['y', 'yes'].includes(answer.trim().toLowerCase())) {
      throw new CannotRun(`Nothing was deployed: the answer was not "yes".`);
    }
  }

  const stack = await step('cdk deploy', () => deployStack(stage, epoch, tools));
  const connected = await tools.connected(stageOptions.parse({}));
  return whileOpen(account, stage, stack, async (running) => {
    const sweep = (kind: 'due' | 'reconcile') => sweepOnce(account.run, stage, kind);
    const number = running.publisher.stage.epoch;
    const seen = await readRoot(running.publisher.ports, number);
    const isBehind = seen.etag !== null && seen.root.epoch < number;

    await step('canary', async () => {
      const edge = `https://${outputOf(stack, stage, 'EdgeName')}`;
      const lines = await canary(
        // By the edge's own name: a domain may not lead there yet.
        { ...connected, values: { ...connected.values, siteUrl: edge } },
        {
          fetch: account.fetch,
          clock: account.clock,
          sweep: () => sweep('due'),
          isBeforeRaising: isBehind,
        },
      );
      lines.forEach(tell);
    });
    await step('epoch', async () => tell(`    ${await raise(running.publisher, number)}`));
    const swept = await step('first sweep', async () => {
      const { failed, outcome, releases, tasksLeft } = await sweep('reconcile');
      if (failed !== null && failed !== 'SettingsMissing') {
        throw new CannotRun(
          `  sweep: reconciling failed with ${failed}.\n    fix: docs/runbook.md#sweep-silent`,
        );
      }
      tell(
        failed === null
          ? `    sweep: ${outcome ?? 'ran'}, ${counted(releases, 'release')}, ${counted(tasksLeft, 'part')} left for the next`
          : '    sweep: ran; the dataset has no published settings yet, and without them nothing is published',
      );
      return { releases, tasksLeft };
    });
    const { values } = connected;
    return {
      problems: false,
      lines: [
        `deployed: stage ${stage.name}, deployment ${number}`,
        `  site     ${values.siteUrl}`,
        ...(stage.domain === null
          ? []
          : [
              `           a CNAME of ${stage.domain.name} leads to ${outputOf(stack, stage, 'EdgeName')}`,
            ]),
        `  webhook  ${values.webhookUrl}`,
        ...(swept.tasksLeft > 0
          ? [
              `${counted(swept.tasksLeft, 'part')} of the site are still to be drawn again: each minute's sweep goes on by itself`,
            ]
          : []),
        `next: pressrun webhook apply --stage ${stage.name}, and pressrun doctor --stage ${stage.name}`,
      ],
      data: {
        stage: stage.name,
        deployed: true,
        epoch: number,
        site: values.siteUrl,
        webhook: values.webhookUrl,
        ...swept,
      },
    };
  });
}

function intention(epoch: number | null): string {
  return epoch === null
    ? 'what draws pages is unchanged, so the deployment keeps its number and no page is drawn again'
    : epoch === 1
      ? 'this will be its first deployment'
      : `what draws pages has changed: this will be deployment ${epoch}, and every page is drawn again`;
}

async function deployStack(
  stage: Stage,
  epoch: number | null,
  tools: Tools,
): Promise<DeployedStack> {
  const { readerPassword } = parameterNames(stage.name);
  const readers = stage.isClosed
    ? sha256Hex(readerAuthorization(await parameter(tools.account, stage, readerPassword)))
    : null;
  await shown(tools, [
    'cdk',
    'deploy',
    stackName(stage),
    ...assembly,
    // It was asked above, with the whole difference in view.
    ...'--require-approval never --progress events --outputs-file dist/cdk-outputs.json'.split(' '),
    ...(epoch === null ? [] : ['--parameters', `${stackName(stage)}:Epoch=${epoch}`]),
    ...(readers === null ? [] : ['--parameters', `${stackName(stage)}:Readers=${readers}`]),
  ]);
  const stack = await deployedStack(tools.account.run, stage);
  if (stack !== null) return stack;
  throw new CannotRun(
    '  The stack was deployed, and CloudFormation does not know it. Look at the account.',
  );
}

async function raise(publisher: Parameters<typeof raiseEpoch>[0], epoch: number): Promise<string> {
  const raised = await raiseEpoch(publisher, epoch);
  switch (raised.kind) {
    case 'raised':
      return `raised from ${raised.from} to ${epoch}; ${counted(raised.briefings, 'briefing')} to be drawn again`;
    case 'nothing-to-raise':
      return `nothing to raise: the bucket is of deployment ${epoch}, or still empty`;
    case 'too-low':
      throw new CannotRun(
        `  The bucket is of deployment ${raised.epoch}, and the stack of ${epoch}: it publishes nothing.\n` +
          '    fix: run this again, which chooses a higher number',
      );
  }
}
