import { resolve } from 'node:path';
import { Command, InvalidArgumentError, Option } from 'commander';
import * as z from 'zod';
import { type Account, openDeployed, ownAccount, stageNamed } from './account.ts';
import { CannotRun, messageOf } from './cannot-run.ts';
import { type Prompt, terminalPrompt } from './prompt.ts';
import { progressOn, type Progress } from './progress.ts';
import type { RunningStage } from './running-stage.ts';
import {
  type ConnectedStage,
  type Environment,
  readStage,
  type StageOptions,
} from './stage-values.ts';

/** What a command found and did, for a person and for a program. */
export interface Answer {
  /** Whether there is something that somebody should look at: exit code 1. */
  readonly problems: boolean;
  /** Sentences, on stdout. */
  readonly lines: readonly string[];
  /** The same as data: what `--json` prints instead. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** Where a command runs. */
export interface Surroundings {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Whether somebody watches stderr: then progress is a bar, else a line now and then. */
  readonly isWatched: boolean;
  readonly width: number;
  readonly directory: string;
  readonly environment: Environment;
  /** Opens what `--stack` names. */
  readonly open: (stackFile: string) => Promise<RunningStage>;
  /** Where stages on AWS are. */
  readonly account: Account;
  /** Null where nobody sits at a terminal. */
  readonly ask: Prompt | null;
}

/** The process's own. */
export const terminal: Surroundings = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  isWatched: process.stderr.isTTY,
  width: process.stdout.columns ?? 100,
  directory: process.cwd(),
  environment: process.env,
  // Only when it is needed: the clients of AWS and Sanity take longer to load than a small build takes.
  open: async (stackFile) => (await import('./running-stage.ts')).openRunningStage(stackFile),
  account: ownAccount(process.cwd(), process.env),
  ask: terminalPrompt,
};

/** What a command is given besides its options. */
export interface Tools {
  readonly progress: Progress;
  /** Something on the way that a person should know of, on stderr. */
  readonly tell: (line: string) => void;
  /** What another program says, on stderr, as it says it. */
  readonly show: (text: string) => void;
  /** A path as given, from where the command runs. */
  readonly path: (given: string) => string;
  /** The system that `--stack` or `--stage` names; closed when the command ends. */
  readonly stage: () => Promise<RunningStage>;
  /** The stage that options and variables name, else the local stack of `--stack`. */
  readonly connected: (options: StageOptions) => Promise<ConnectedStage>;
  readonly account: Account;
  readonly environment: Environment;
  readonly ask: Prompt | null;
}

type Act<Options> = (
  given: { readonly options: Options; readonly args: readonly string[] },
  tools: Tools,
) => Promise<Answer>;

/** Wraps what a command does into what the parser calls. */
export interface Run {
  <Options>(
    shape: z.ZodType<Options>,
    act: Act<Options>,
  ): (...args: readonly unknown[]) => Promise<void>;
  exitCode(): 0 | 1 | 2;
}

/** One run of the command line: at most one command, and the exit code it leaves. */
export function startRun(surroundings: Surroundings): Run {
  let exit: 0 | 1 | 2 = 0;
  const wrap =
    <Options>(shape: z.ZodType<Options>, act: Act<Options>) =>
    async (...args: readonly unknown[]): Promise<void> => {
      const command = args.at(-1);
      if (!(command instanceof Command)) throw new Error('The parser gives the command last');
      exit = await perform(surroundings, command, shape, act);
    };
  return Object.assign(wrap, { exitCode: () => exit });
}

async function perform<Options>(
  surroundings: Surroundings,
  command: Command,
  shape: z.ZodType<Options>,
  act: Act<Options>,
): Promise<0 | 1 | 2> {
  const { json = false, stack = defaultStackFile, stage: named } = shared.parse(command.opts());
  const progress = progressOn(json ? { ...surroundings, err: () => {} } : surroundings);
  const path = (given: string): string => resolve(surroundings.directory, given);
  let stage: RunningStage | null = null;
  const { account, environment, ask } = surroundings;
  const tools: Tools = {
    progress,
    account,
    environment,
    ask,
    path,
    tell(line) {
      progress.end();
      surroundings.err(`${line}\n`);
    },
    show(text) {
      progress.end();
      surroundings.err(text);
    },
    async stage() {
      stage ??= await (named === undefined
        ? surroundings.open(path(stack))
        : openDeployed(account, stageNamed(account, named)));
      return stage;
    },
    async connected(options) {
      const onAws = named === undefined ? null : stageNamed(account, named);
      return readStage({ options, environment, stackFile: path(stack), stage: onAws, account });
    },
  };
  try {
    const options = readOptions(shape, command.opts());
    const answer = await act({ options, args: command.args }, tools);
    progress.end();
    surroundings.out(
      json
        ? `${JSON.stringify(answer.data, null, 2)}\n`
        : answer.lines.map((line) => `${line}\n`).join(''),
    );
    return answer.problems ? 1 : 0;
  } catch (error) {
    progress.end();
    const message = messageOf(error);
    if (json) surroundings.out(`${JSON.stringify({ error: message }, null, 2)}\n`);
    surroundings.err(`${message}\n`);
    return 2;
  } finally {
    await closed(stage);
  }
}

async function closed(stage: RunningStage | null): Promise<void> {
  await stage?.close();
}

function readOptions<Options>(shape: z.ZodType<Options>, given: unknown): Options {
  const options = shape.safeParse(given);
  if (options.success) return options.data;
  throw new CannotRun(
    options.error.issues
      .map(({ path, message }) => `--${optionName(String(path[0]))}: ${message}`)
      .join('\n'),
  );
}

const optionName = (field: string): string =>
  field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const defaultStackFile = '.local/stack.json';
const shared = z.object({
  json: z.boolean().optional(),
  stack: z.string().optional(),
  stage: z.string().optional(),
});

/** A command with its examples; what all commands take is added where they are listed. */
export function described(name: string, summary: string, examples: readonly string[]): Command {
  return new Command(name)
    .description(summary)
    .addHelpText('after', `\nExamples:\n${examples.map((each) => `  ${each}\n`).join('')}`);
}

/** What every command takes. */
export function offline(command: Command): Command {
  return command.option('--json', 'print one JSON document instead of sentences');
}

/** What every command takes that works on a running system: the local stack, or a stage on AWS. */
export function onStage(command: Command): Command {
  return offline(command)
    .option('--stack <file>', `the running local stack (default: ${defaultStackFile})`)
    .option('--stage <name>', 'a stage of cdk/charter/stages.ts: dev, staging or prod');
}

/** What every command takes that works on a stage on AWS, and on nothing else. */
export function onOneStage(command: Command): Command {
  return offline(command).requiredOption(
    '--stage <name>',
    'a stage of cdk/charter/stages.ts: dev, staging or prod',
  );
}

/** How long to wait for publishing to come to rest. */
export function waitOption(seconds: number): Option {
  return new Option('--wait <seconds>', 'how long to wait for publishing to come to rest')
    .default(seconds)
    .argParser((given) => {
      const wait = Number(given);
      if (given !== '' && Number.isFinite(wait) && wait >= 0) return wait;
      throw new InvalidArgumentError('Expected a number of seconds.');
    });
}
