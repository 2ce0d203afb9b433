import { randomBytes } from 'node:crypto';
import type { Command } from 'commander';
import * as z from 'zod';
import { requiredSecrets } from '../cdk/charter/parameters.ts';
import type { Stage } from '../cdk/charter/stages.ts';
import { stageNamed } from './account.ts';
import { CannotRun } from './cannot-run.ts';
import { type Answer, described, onOneStage, type Run, type Tools } from './command.ts';

export const secretsCommand = (run: Run): Command =>
  described('secrets', 'The secrets of a stage: SSM parameters, which no stack can make.', [
    'pressrun secrets init --stage staging',
  ])
    .addCommand(onOneStage(initCommand(run)))
    .helpCommand(false);

const initCommand = (run: Run): Command =>
  described('init', 'Writes the secrets that a stage does not have yet; never over one it has.', [
    'pressrun secrets init --stage staging --dry-run',
    'pressrun secrets init --stage staging          (asks for the token, and does not show it)',
    'pressrun secrets init --stage prod --lake-token env:SANITY_READ_TOKEN',
  ])
    .option(
      '--lake-token <where>',
      'the variable with the token that reads the dataset: env:<variable>; else it is asked for',
    )
    .option('--dry-run', 'say what is there and what would be written, and write nothing')
    .action(
      run(shape, async ({ options }, tools) => {
        const stage = stageNamed(tools.account, options.stage);
        const parameters = await tools.account.parameters(stage.region);
        const wanted = requiredSecrets(stage);
        tools.progress.begin('looking at the parameters');
        const kinds = await parameters.kinds(wanted.map(({ name }) => name));
        tools.progress.end();
        const missing = wanted.filter(({ name }) => !kinds.has(name));
        if (options.dryRun) {
          return told(
            stage,
            wanted.map(({ name }) => outcomeOf(name, kinds, 'would be written')),
          );
        }
        // All values before the first write: whoever gives up at the question leaves nothing half done.
        const values: { readonly name: string; readonly value: string }[] = [];
        for (const { name, from } of missing) {
          const value = from === 'made' ? madeHere() : await lakeToken(options.lakeToken, tools);
          values.push({ name, value });
        }
        const written = new Set<string>();
        for (const { name, value } of values) {
          if ((await parameters.create(name, value)) === 'written') written.add(name);
        }
        return told(
          stage,
          wanted.map(({ name }) =>
            outcomeOf(name, kinds, written.has(name) ? 'written' : 'exists'),
          ),
        );
      }),
    );

const shape = z.object({
  stage: z.string(),
  lakeToken: z
    .string()
    .regex(
      /^env:[A-Z0-9_]+$/,
      'expected the variable that has it, as env:<variable>, and never the token itself',
    )
    .optional(),
  dryRun: z.boolean().default(false),
});

/** 256 bits, as text that survives every shell and header. */
function madeHere(): string {
  return randomBytes(32).toString('base64url');
}

async function lakeToken(
  reference: string | undefined,
  { ask, environment }: Pick<Tools, 'ask' | 'environment'>,
): Promise<string> {
  const given = await (reference === undefined ? askFor(ask) : variable(reference, environment));
  const token = given.trim();
  if (/^[\x21-\x7e]{20,}$/.test(token)) return token;
  throw new CannotRun(
    token === ''
      ? 'Expected a token, and there is none. Nothing was written.'
      : 'What was given is no token of Sanity: expected one long word. Nothing was written.',
  );
}

function askFor(ask: Tools['ask']): Promise<string> {
  if (ask !== null) return ask('Token that reads the dataset (not shown): ', { isSecret: true });
  throw new CannotRun(
    'Expected somebody at a terminal who can be asked for the token. Without one, put it into a variable and ' +
      'say which with --lake-token env:<variable>. Nothing was written.',
  );
}

async function variable(reference: string, environment: Tools['environment']): Promise<string> {
  const name = reference.slice('env:'.length);
  const value = environment[name] ?? '';
  if (value !== '') return value;
  throw new CannotRun(
    `Expected the token in the variable ${name}, which is empty. Nothing was written.`,
  );
}

type Outcome = 'written' | 'would be written' | 'exists' | 'not secure';
interface Told {
  readonly name: string;
  readonly outcome: Outcome;
}

function outcomeOf(name: string, kinds: ReadonlyMap<string, string>, otherwise: Outcome): Told {
  const kind = kinds.get(name);
  if (kind === undefined) return { name, outcome: otherwise };
  return { name, outcome: kind === 'SecureString' ? 'exists' : 'not secure' };
}

const sentences = {
  written: 'written',
  'would be written': 'would be written',
  exists: 'exists already, left as it is',
  'not secure':
    'exists and is no SecureString: whoever may list parameters reads it. Delete it with the AWS CLI, treat what ' +
    'was in it as known, and run this again',
} as const satisfies Record<Outcome, string>;

function told({ name: stage, region }: Stage, parameters: readonly Told[]): Answer {
  const count = (outcome: Outcome) => parameters.filter((each) => each.outcome === outcome).length;
  const isOpen = count('not secure') > 0;
  const would = count('would be written');
  return {
    problems: isOpen,
    lines: [
      `stage ${stage}, region ${region}`,
      ...parameters.map(({ name, outcome }) => `  ${name}: ${sentences[outcome]}`),
      ...(isOpen
        ? ['secrets: not as they should be']
        : [
            would > 0
              ? `secrets: ${would} would be written, ${count('exists')} there before`
              : `secrets: ${count('written')} written, ${count('exists')} there before`,
          ]),
    ],
    data: { stage, region, parameters },
  };
}
