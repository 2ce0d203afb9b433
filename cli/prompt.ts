import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { CannotRun } from './cannot-run.ts';

/** Asks whoever sits at the terminal. What is secret is not shown while it is typed. */
export type Prompt = (question: string, how: { readonly isSecret: boolean }) => Promise<string>;

/** The process's own terminal; null where nobody sits. The question is on stderr: stdout is the answer's. */
export const terminalPrompt: Prompt | null =
  process.stdin.isTTY && process.stderr.isTTY ? askOnTerminal : null;

function askOnTerminal(question: string, { isSecret }: { readonly isSecret: boolean }) {
  process.stderr.write(question);
  // The terminal itself echoes nothing: readline does, to where it is told.
  const echo = new Writable({
    write(chunk, _encoding, done) {
      if (!isSecret) process.stderr.write(chunk);
      done();
    },
  });
  const lines = createInterface({ input: process.stdin, output: echo, terminal: true });
  return new Promise<string>((resolve, reject) => {
    let answer: string | null = null;
    lines.once('line', (line) => {
      answer = line;
      lines.close();
    });
    // Ctrl-C and Ctrl-D.
    lines.once('SIGINT', () => lines.close());
    lines.once('close', () => {
      if (isSecret) process.stderr.write('\n');
      if (answer === null) reject(new CannotRun('Nothing was answered, and nothing was done.'));
      else resolve(answer);
    });
  });
}
