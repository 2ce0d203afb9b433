import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StackFile } from '../../local/stack/stack-file.ts';

const root = join(import.meta.dirname, '..', '..');
const running = new Set<ChildProcess>();

/** Ports that nobody else has. */
export const anyPort = ['studio', 'lake', 'site', 's3', 'sqs', 'functions'].flatMap((part) => [
  `--${part}-port`,
  '0',
]);

/** What `npm start` runs, and what it says. */
export interface Started {
  output(): string;
  /** Resolves when it has said this; rejects when it ends before. */
  says(words: string): Promise<void>;
  /** Resolves to its exit code, after sending a signal if one is given. */
  ends(signal?: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

export function startPressrun(data: string, given: readonly string[]): Started {
  const child = spawn(
    process.execPath,
    [join(root, 'local', 'start.ts'), '--data', data, ...given],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  running.add(child);
  let output = '';
  const heard = new Set<() => void>();
  const collect = (text: Buffer) => {
    output += text.toString();
    for (const tell of heard) tell();
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const exited = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      running.delete(child);
      resolve(code);
    });
  });
  return {
    output: () => output,
    says: (words) =>
      new Promise((resolve, reject) => {
        const look = () => {
          if (output.includes(words)) resolve();
        };
        heard.add(look);
        look();
        void exited.then(() => reject(new Error(`It ended before it said "${words}":\n${output}`)));
      }),
    ends(signal) {
      if (signal !== undefined) child.kill(signal);
      return exited;
    },
  };
}

/** Whatever a failed test has left running. */
export function endAll(): void {
  for (const child of running) child.kill('SIGKILL');
}

/** What the running stack says of itself. */
export async function stackFileIn(data: string): Promise<StackFile> {
  const file: StackFile = JSON.parse(await readFile(join(data, 'stack.json'), 'utf8'));
  return file;
}
