import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import * as z from 'zod';
import { limits } from '../cdk/charter/functions.ts';
import { parameterNames } from '../cdk/charter/parameters.ts';
import { type Stage, unsetOf } from '../cdk/charter/stages.ts';
import { raiseEpoch } from '../src/publishing/raise-epoch.ts';
import { readRoot, type SeenRoot } from '../src/publishing/root.ts';
import { type Account, lakeTokenOf, stageNamed } from './account.ts';
import { CannotRun } from './cannot-run.ts';
import { type Answer, described, type Run, type Tools } from './command.ts';
import {
  awsMissing,
  type DeployedStack,
  deployedStack,
  lastLine,
  outputOf,
  parseJson,
  stackName,
} from './deployed-stack.ts';
import { canary } from './deploy/canary.ts';
import { drawingCode, nextEpoch } from './deploy/drawing-code.ts';
import { sweepOnce } from './deploy/sweep-once.ts';
import { stageValues } from './doctor/check-stage.ts';
import { checks } from './doctor/checks.ts';
import { observe } from './doctor/observe.ts';
import { counted } from './problem-lines.ts';
import { inSteps } from './steps.ts';
import { type ConnectedStage, stageOptions } from './stage-values.ts';

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
  return onRunning(account, stage, stack, async (running) => {
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

type Step = ReturnType<typeof inSteps>;

/** Everything that can be known before the account is changed; the difference is shown. */
async function prepare(
  stage: Stage,
  tools: Tools,
  step: Step,
): Promise<{ readonly epoch: number | null }> {
  const { account } = tools;
  const before = await step('doctor', () => examine(stage, tools));
  await step('build', () => build(tools));
  const template = await step('synth', () => synthesize(stage, tools));
  return step('diff', async () => {
    await shown(tools, ['cdk', 'diff', stackName(stage), ...assembly, '--method', 'template']);
    const isSameCode =
      before !== null && drawingCode(template) === drawingCode(await templateOf(account, stage));
    return {
      epoch: nextEpoch({
        deployed: before?.epoch ?? null,
        ofBucket: before === null ? null : await epochOfBucket(account, stage, before),
        isSameCode,
      }),
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

/** Findings that a deployment would not mend, and with which it would be for nothing. */
const stopping = [
  'sanity-silent',
  'project-unknown',
  'dataset-missing',
  'dataset-public',
  'dataset-private',
  'read-token-missing',
  'read-token-unknown',
  'read-token-weak',
  'read-token-writes',
];

/** What can be looked at. Before a first deployment that is Sanity, the secrets and the account's limit. */
async function examine(stage: Stage, tools: Tools): Promise<DeployedStack | null> {
  const { account, tell } = tools;
  const [unset] = unsetOf(stage).length > 0 ? stageValues(await connect(tools)) : [];
  if (unset !== undefined)
    throw new CannotRun(`  ${unset.code}: ${unset.what}\n    fix: ${unset.fix}`);
  await requireSecrets(account, stage);
  const stack = await deployedStack(account.run, stage);
  if (stack?.status.endsWith('_IN_PROGRESS') === true && stack.outputs.size > 0) {
    throw new CannotRun(
      `  The stack is ${stack.status}: somebody else is deploying, or it has not come to rest. Wait, and run this again.`,
    );
  }
  // One that never came up has no outputs: it is deployed as if there were none.
  const before = stack === null || stack.outputs.size === 0 ? null : stack;
  if (before === null) await requireConcurrency(account, stage);

  const seen = await observe(await connect(tools), {
    fetch: account.fetch,
    now: () => Date.parse(account.clock.now()),
  });
  const findings = checks.flatMap(({ blind, find }) => (blind(seen) === null ? find(seen) : []));
  const lines = (codes: typeof findings) =>
    codes.flatMap(({ code, what, fix }) => [`  ${code}: ${what}`, `    fix: ${fix}`]);
  const stops = findings.filter(({ code }) => stopping.includes(code));
  if (stops.length > 0) throw new CannotRun(lines(stops).join('\n'));
  for (const line of lines(findings)) tell(`  ${line}`);
  for (const { of, blind } of checks) {
    const why = blind(seen);
    if (why !== null && before !== null) tell(`    not looked at: ${of}, since there is ${why}`);
  }
  if (before === null)
    tell('    not deployed yet: receiver, webhook and site are looked at afterwards');
  return before;
}

function connect(tools: Tools): Promise<ConnectedStage> {
  return tools.connected(stageOptions.parse({}));
}

async function requireSecrets(account: Account, stage: Stage): Promise<void> {
  const { webhookSecret, lakeToken } = parameterNames(stage.name);
  const wanted = [webhookSecret, ...(stage.sanity.isPrivate ? [lakeToken] : [])];
  const kinds = await (await account.parameters(stage.region)).kinds(wanted);
  const missing = wanted.filter((name) => kinds.get(name) !== 'SecureString');
  if (missing.length === 0) return;
  throw new CannotRun(
    `  There is no SecureString at ${missing.join(' or ')}.\n    fix: pressrun secrets init --stage ${stage.name}`,
  );
}

/** AWS wants a hundred left beside what is reserved, and gives a new account ten. */
async function requireConcurrency(account: Account, { region }: Stage): Promise<void> {
  const ended = await account.run({
    command: ['aws', ...`lambda get-account-settings --region ${region} --output json`.split(' ')],
  });
  if (ended.kind === 'not-found') throw new CannotRun(awsMissing);
  const answer = z
    .object({ AccountLimit: z.object({ UnreservedConcurrentExecutions: z.number() }) })
    .safeParse(parseJson(ended.out));
  if (ended.code !== 0 || !answer.success) {
    throw new CannotRun(`  Lambda was not asked for the account's limits: ${lastLine(ended.err)}`);
  }
  const free = answer.data.AccountLimit.UnreservedConcurrentExecutions;
  const reserved = Object.values(limits).reduce((sum, { concurrency }) => sum + concurrency, 0);
  if (free - reserved >= 100) return;
  throw new CannotRun(
    `  The account may run ${free} functions at once; a stage reserves ${reserved}, and AWS wants 100 left.\n` +
      `    fix: ask for ${reserved + 100} or more at Service Quotas, Lambda, "Concurrent executions", in ${region}, and wait for it`,
  );
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
const assembly = ['--app', 'dist/cdk'] as const;

async function synthesize(stage: Stage, tools: Tools): Promise<unknown> {
  await succeed(tools, ['cdk', 'synth', stackName(stage), '--strict', '--quiet']);
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

async function epochOfBucket(
  account: Account,
  stage: Stage,
  stack: DeployedStack,
): Promise<number | null> {
  return onRunning(account, stage, stack, async ({ publisher }) => {
    const { root, etag }: SeenRoot = await readRoot(publisher.ports, publisher.stage.epoch);
    return etag === null ? null : root.epoch;
  });
}

async function onRunning<Result>(
  account: Account,
  stage: Stage,
  stack: DeployedStack,
  act: (running: Awaited<ReturnType<Account['open']>>) => Promise<Result>,
): Promise<Result> {
  const running = await account.open({ stage, stack, token: await lakeTokenOf(account, stage) });
  try {
    return await act(running);
  } finally {
    await running.close();
  }
}

async function deployStack(
  stage: Stage,
  epoch: number | null,
  tools: Tools,
): Promise<DeployedStack> {
  await shown(tools, [
    'cdk',
    'deploy',
    stackName(stage),
    ...assembly,
    // It was asked above, with the whole difference in view.
    ...'--require-approval never --progress events --outputs-file dist/cdk-outputs.json'.split(' '),
    ...(epoch === null ? [] : ['--parameters', `${stackName(stage)}:Epoch=${epoch}`]),
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
      return `raised from ${raised.from} to ${epoch}; ${counted(raised.tasks, 'part')} of the site to be drawn again`;
    case 'nothing-to-raise':
      return `nothing to raise: the bucket is of deployment ${epoch}, or still empty`;
    case 'too-low':
      throw new CannotRun(
        `  The bucket is of deployment ${raised.epoch}, and the stack of ${epoch}: it publishes nothing.\n` +
          '    fix: run this again, which chooses a higher number',
      );
    case 'held':
      throw new CannotRun(
        `  Publishing is on hold (${raised.reason}) in the middle of a release.\n    fix: pressrun resume, then run this again`,
      );
  }
}

/** Runs it with all that it says in view. */
function shown({ account, show }: Pick<Tools, 'account' | 'show'>, command: Line): Promise<void> {
  return finish(account.run({ command, shows: show }), command);
}

/** Runs it in silence; what it said is shown when it fails. */
async function succeed(
  { account, show }: Pick<Tools, 'account' | 'show'>,
  command: Line,
): Promise<void> {
  const running = account.run({ command });
  const ended = await running;
  if (ended.kind === 'ended' && ended.code !== 0) show(ended.out + ended.err);
  return finish(running, command);
}

type Line = readonly [string, ...string[]];

async function finish(running: ReturnType<Account['run']>, command: Line): Promise<void> {
  const ended = await running;
  const [name, verb] = command;
  if (ended.kind === 'not-found') {
    throw new CannotRun(
      `  There is no ${name} here: run this in the folder of the project, after "npm install".`,
    );
  }
  if (ended.code === 0) return;
  throw new CannotRun(`  ${name} ${verb} ended with ${ended.code}: ${lastLine(ended.err)}`);
}
