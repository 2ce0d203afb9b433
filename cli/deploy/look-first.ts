import * as z from 'zod';
import { limits } from '../../cdk/charter/functions.ts';
import { requiredSecrets } from '../../cdk/charter/parameters.ts';
import { type Stage, unsetOf } from '../../cdk/charter/stages.ts';
import type { Account } from '../account.ts';
import { CannotRun } from '../cannot-run.ts';
import type { Tools } from '../command.ts';
import {
  awsMissing,
  type DeployedStack,
  deployedStack,
  lastLine,
  parseJson,
} from '../deployed-stack.ts';
import { stageValues } from '../doctor/check-stage.ts';
import { checks } from '../doctor/checks.ts';
import { observe } from '../doctor/observe.ts';
import { type ConnectedStage, stageOptions } from '../stage-values.ts';

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
export async function examine(stage: Stage, tools: Tools): Promise<DeployedStack | null> {
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
  const wanted = requiredSecrets(stage).map(({ name }) => name);
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
