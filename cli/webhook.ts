import { writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import * as z from 'zod';
import { desiredHook, type Hook } from '../src/webhook/hook.ts';
import { CannotRun } from './cannot-run.ts';
import { type Answer, described, onStage, type Run, type Tools } from './command.ts';
import { stageValues } from './doctor/check-stage.ts';
import { type FoundHook, type HookDifference, type HookPlan, planHook } from './hook-plan.ts';
import { type HookService, hookService } from './hook-service.ts';
import { counted } from './problem-lines.ts';
import { managePage } from './sanity-api.ts';
import { blueprintOf } from './blueprint.ts';
import {
  stageOptions,
  type StageOptionName,
  type StageOptions,
  type StageValues,
  withStageOptions,
} from './stage-values.ts';

export const webhookCommand = (run: Run): Command =>
  described('webhook', 'The webhook of a Sanity project: looked at, and made as it should be.', [
    'pressrun webhook plan                 (of the running local stack)',
    'pressrun webhook plan --stage staging',
    'pressrun webhook check --project abc12345 --dataset production --webhook-url https://….on.aws/',
  ])
    .addCommand(onStage(withStageOptions(planCommand(run), hookOptions)))
    .addCommand(onStage(withStageOptions(applyCommand(run), hookOptions)))
    .addCommand(onStage(withStageOptions(checkCommand(run), hookOptions)))
    .addCommand(onStage(withStageOptions(blueprintCommand(run), addressOptions)))
    .helpCommand(false);

const addressOptions: readonly StageOptionName[] = ['project', 'dataset', 'webhook-url'];
const hookOptions: readonly StageOptionName[] = [
  ...addressOptions,
  'api-host',
  'webhook-secret',
  'manage-token',
];

const planCommand = (run: Run): Command =>
  described('plan', 'Says field by field what "apply" would change, and changes nothing.', [
    'pressrun webhook plan',
    'pressrun webhook plan --project abc12345 --dataset production --webhook-url https://….on.aws/',
  ]).action(
    run(stageOptions, async ({ options }, tools) => {
      const { desired, plan, values } = await look(options, tools);
      return {
        problems: false,
        lines: [
          subject(values),
          ...changeLines(plan),
          ...notCompared(desired),
          ...twinLines(plan, values),
          wouldLine(plan),
        ],
        data: dataOf(plan, values),
      };
    }),
  );

const applyCommand = (run: Run): Command =>
  described('apply', 'Makes the webhook, or changes it to what it should be. Twice is once.', [
    'pressrun webhook apply',
    'pressrun webhook apply --dry-run',
    'pressrun webhook apply --stage prod',
  ])
    .option('--dry-run', 'say what would change and change nothing: as "webhook plan" does')
    .action(
      run(applyShape, async ({ options }, tools) => {
        const { desired, plan, values, service } = await look(options, tools);
        if (desired.secret === undefined) throw new CannotRun(secretMissing);
        const told = [subject(values), ...changeLines(plan)];
        if (options.dryRun) {
          return {
            problems: false,
            lines: [...told, ...twinLines(plan, values), wouldLine(plan)],
            data: dataOf(plan, values),
          };
        }
        const done = await carryOut(service, desired, plan);
        const after = done === 'nothing' ? plan : planHook(desired, await service.list());
        return {
          problems: isAnythingLeft(after),
          lines: [
            ...told,
            ...leftLines(after, values),
            ...twinLines(after, values),
            `webhook: ${done}`,
          ],
          data: { ...dataOf(after, values), done },
        };
      }),
    );

const applyShape = stageOptions.extend({ dryRun: z.boolean().default(false) });

const checkCommand = (run: Run): Command =>
  described('check', 'Names whatever is not as it should be, and how to mend it.', [
    'pressrun webhook check',
    'pressrun webhook check --json',
  ]).action(
    run(stageOptions, async ({ options }, tools) => {
      const { desired, plan, values } = await look(options, tools);
      const isFine = !isAnythingLeft(plan);
      return {
        problems: !isFine,
        lines: [
          subject(values),
          ...changeLines(plan),
          ...(plan.ours === null || plan.differences.some(isMendedByApply)
            ? ['  to mend it: pressrun webhook apply']
            : []),
          ...(plan.differences.some(isBlocked) ? [blockedLine(values)] : []),
          ...notCompared(desired),
          ...twinLines(plan, values),
          isFine ? 'webhook: as it should be' : 'webhook: not as it should be',
        ],
        data: dataOf(plan, values),
      };
    }),
  );

const blueprintCommand = (run: Run): Command =>
  described(
    'blueprint',
    'Writes the webhook as a Sanity Blueprint, for who keeps settings that way.',
    ['pressrun webhook blueprint --out sanity.blueprint.ts'],
  )
    .requiredOption('--out <file>', 'where it goes; it holds no secret and may be committed')
    .action(
      run(blueprintShape, async ({ options }, tools) => {
        const { values } = await tools.connected(options);
        const text = blueprintOf(hookOf(values, undefined));
        writeFileSync(tools.path(options.out), text);
        return {
          problems: false,
          lines: [`written: ${options.out}`],
          data: { out: options.out },
        };
      }),
    );

const blueprintShape = stageOptions.extend({ out: z.string() });

interface Look {
  readonly values: StageValues;
  readonly desired: Hook;
  readonly plan: HookPlan;
  readonly service: HookService;
}

async function look(options: StageOptions, tools: Tools): Promise<Look> {
  const stage = await tools.connected(options);
  const [unset] = stageValues(stage);
  if (unset !== undefined) throw new CannotRun(`${unset.what} ${unset.fix}`);
  const desired = hookOf(stage.values, stage.secrets.webhook ?? undefined);
  const service = hookService(stage, fetch);
  return { values: stage.values, desired, plan: planHook(desired, await service.list()), service };
}

function hookOf({ webhookUrl, dataset }: StageValues, secret: string | undefined): Hook {
  if (webhookUrl !== null) return desiredHook({ url: webhookUrl, dataset, secret });
  throw new CannotRun(
    'Expected the address of receive-webhook in --webhook-url or WEBHOOK_URL; the stack prints it when it is deployed, and --stage finds it there.',
  );
}

const secretMissing =
  'Expected the webhook secret that the functions know; there is none. Put it into WEBHOOK_SECRET, or say ' +
  'where it is with --webhook-secret ssm:<parameter>. A hook without one is refused by receive-webhook.';

/** One call at most. What Sanity made of it is looked at afterwards. */
async function carryOut(
  service: HookService,
  desired: Hook,
  { ours, differences }: HookPlan,
): Promise<'created' | 'changed' | 'nothing'> {
  if (ours === null) {
    await service.create(desired);
    return 'created';
  }
  if (!differences.some(isMendedByApply)) return 'nothing';
  await service.patch(ours.id, desired);
  return 'changed';
}

function isAnythingLeft({ ours, differences, twins }: HookPlan): boolean {
  return ours === null || differences.length > 0 || twins.length > 0;
}

function isBlocked({ field }: HookDifference): boolean {
  return field === 'blocked';
}

function isMendedByApply(difference: HookDifference): boolean {
  return !isBlocked(difference);
}

function subject({ projectId, dataset, lakeUrl }: StageValues): string {
  return `project ${projectId}, dataset ${dataset}${lakeUrl === null ? '' : ` at ${lakeUrl}`}`;
}

function changeLines({ ours, differences }: HookPlan): readonly string[] {
  if (ours === null) return ['  there is no webhook of this name or address'];
  return differences
    .filter(isMendedByApply)
    .map(({ field, is, wanted }) => `  ${field}: ${is} → ${wanted}`);
}

function leftLines(plan: HookPlan, values: StageValues): readonly string[] {
  const { ours, differences } = plan;
  const kept = differences.filter(isMendedByApply);
  return [
    ...(ours === null
      ? ['  Sanity took the webhook and does not list it: look again in a moment']
      : []),
    ...kept.map(
      ({ field, is }) =>
        `  Sanity kept ${field} at ${is}: change it at ${managePage(values, 'webhooks')}`,
    ),
    ...(differences.some(isBlocked) ? [blockedLine(values)] : []),
  ];
}

function blockedLine(values: StageValues): string {
  return (
    '  Sanity itself has switched the webhook off, which no command undoes: ' +
    `switch it on at ${managePage(values, 'webhooks')}, or delete it there and run "pressrun webhook apply"`
  );
}

function notCompared({ secret }: Hook): readonly string[] {
  return secret === undefined
    ? ['  secret: not compared, since none was given in WEBHOOK_SECRET or --webhook-secret']
    : [];
}

function twinLines({ twins }: HookPlan, values: StageValues): readonly string[] {
  return twins.map(
    ({ id, name, url, dataset, type }) =>
      `  another webhook has its name or address: "${name}" (${id}, ${type}) of ${dataset} rings at ${url}. ` +
      `It is left alone; delete it at ${managePage(values, 'webhooks')} if nobody needs it`,
  );
}

function wouldLine({ ours, differences }: HookPlan): string {
  if (ours === null) return 'webhook: would be created';
  const changes = differences.filter(isMendedByApply).length;
  return changes === 0
    ? 'webhook: nothing to change'
    : `webhook: would be changed, ${counted(changes, 'field')}`;
}

function dataOf({ ours, differences, twins }: HookPlan, values: StageValues): Answer['data'] {
  const named = ({ id, name, url, dataset }: FoundHook) => ({ id, name, url, dataset });
  return {
    project: values.projectId,
    dataset: values.dataset,
    webhook: ours === null ? null : named(ours),
    differences,
    twins: twins.map(named),
  };
}
