import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** Another program, run to its end. */
export interface Program {
  readonly command: readonly [string, ...string[]];
  /** Is given what it says while it says it, both channels; for what a person should see. */
  readonly shows?: (text: string) => void;
}

/** What came of it. */
export type Ended =
  | { readonly kind: 'ended'; readonly code: number; readonly out: string; readonly err: string }
  /** There is no such program on this machine. */
  | { readonly kind: 'not-found' };

export type RunProgram = (program: Program) => Promise<Ended>;

/** Programs of this machine, those of the project first, run in its folder. */
export function programsIn(directory: string, environment: NodeJS.ProcessEnv): RunProgram {
  return ({ command: [name, ...given], shows }) =>
    new Promise((resolve) => {
      const own = join(directory, 'node_modules', '.bin');
      const child = spawn(name, given, {
        cwd: directory,
        env: {
          ...environment,
          PATH: [own, environment['PATH'] ?? ''].join(delimiter),
          // No question and no page that waits for a key: nobody could answer here.
          AWS_PAGER: '',
          CDK_DISABLE_CLI_TELEMETRY: 'true',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let [out, err] = ['', ''];
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        out += text;
        shows?.(text);
      });
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        err += text;
        shows?.(text);
      });
      child.once('error', (error) => {
        const isMissing = 'code' in error && error.code === 'ENOENT';
        resolve(
          isMissing
            ? { kind: 'not-found' }
            : { kind: 'ended', code: 1, out, err: `${err}${error.message}\n` },
        );
      });
      child.once('close', (code) => resolve({ kind: 'ended', code: code ?? 1, out, err }));
    });
}
