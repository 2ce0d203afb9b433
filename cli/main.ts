import { Command, CommanderError } from 'commander';
import { buildCommand } from './build.ts';
import { offline, onOneStage, onStage, startRun, type Surroundings, terminal } from './command.ts';
import { deployCommand } from './deploy.ts';
import { destroyCommand } from './destroy.ts';
import { diffCommand } from './diff.ts';
import { doctorCommand } from './doctor.ts';
import { exportCommand } from './export.ts';
import { holdCommand } from './hold.ts';
import { planCommand } from './plan.ts';
import { publishCommand } from './publish.ts';
import { rebuildCommand } from './rebuild.ts';
import { reconcileCommand } from './reconcile.ts';
import { resumeCommand } from './resume.ts';
import { secretsCommand } from './secrets.ts';
import { validateCommand } from './validate.ts';
import { verifyCommand } from './verify.ts';
import { webhookCommand } from './webhook.ts';

/**
 * `pressrun …`: runs one command and resolves to its exit code. 0: done. 1: something was found that
 * somebody should look at. 2: wrong usage, or it could not run. Never rejects.
 */
export async function pressrun(
  args: readonly string[],
  surroundings: Surroundings = terminal,
): Promise<0 | 1 | 2> {
  const run = startRun(surroundings);
  const program = new Command('pressrun')
    .description('Publishes briefings from a content lake to a bucket, and proves what is there.')
    .helpCommand(false)
    .addHelpText(
      'after',
      '\nExit code: 0 done, 1 problems were found, 2 wrong usage or it cannot run.\n' +
        'Each command has its own help with examples: pressrun build --help',
    );

  program.commandsGroup('On files:');
  program.addCommand(offline(buildCommand(run)));
  program.addCommand(onStage(validateCommand(run)));
  program.addCommand(onStage(diffCommand(run)));

  program.commandsGroup('On a running system, reading:');
  program.addCommand(onStage(verifyCommand(run)));
  program.addCommand(onStage(exportCommand(run)));
  program.addCommand(onStage(planCommand(run)));

  program.commandsGroup('On a running system, writing:');
  program.addCommand(onStage(publishCommand(run)));
  program.addCommand(onStage(reconcileCommand(run)));
  program.addCommand(onStage(rebuildCommand(run)));
  program.addCommand(onStage(holdCommand(run)));
  program.addCommand(onStage(resumeCommand(run)));

  program.commandsGroup('Setting up:');
  program.addCommand(secretsCommand(run));
  program.addCommand(onOneStage(deployCommand(run)));
  program.addCommand(webhookCommand(run));
  program.addCommand(onStage(doctorCommand(run)));
  program.addCommand(onOneStage(destroyCommand(run)));

  for (const command of withinAll(program)) {
    command.exitOverride().configureOutput({
      writeOut: (text) => surroundings.out(text),
      writeErr: (text) => surroundings.err(text),
      getOutHelpWidth: () => surroundings.width,
      getErrHelpWidth: () => surroundings.width,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
    command.showHelpAfterError(`Run "${fullName(command)} --help" to see what it takes.`);
  }
  try {
    if (args.length === 0) program.help({ error: true });
    await program.parseAsync([...args], { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return error.exitCode === 0 ? 0 : 2;
  }
  return run.exitCode();
}

/** A command and those within it. */
function withinAll(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(withinAll)];
}

/** @example fullName(plan) === 'pressrun webhook plan' */
function fullName(command: Command): string {
  return command.parent === null ? command.name() : `${fullName(command.parent)} ${command.name()}`;
}
