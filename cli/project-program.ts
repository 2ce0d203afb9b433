import type { Account } from './account.ts';
import { CannotRun } from './cannot-run.ts';
import type { Tools } from './command.ts';
import { lastLine } from './deployed-stack.ts';

/** Runs a program of the project with all that it says in view. Throws CannotRun when it fails. */
export function shown(
  { account, show }: Pick<Tools, 'account' | 'show'>,
  command: Line,
): Promise<void> {
  return finish(account.run({ command, shows: show }), command);
}

/** Runs it in silence; what it said is shown when it fails, and CannotRun thrown. */
export async function succeed(
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
