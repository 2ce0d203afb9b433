import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** A lake on disk that can be killed and started again at the same address. */
export interface MortalLake {
  readonly url: string;
  /** Ends it: `SIGKILL` without a word, `SIGTERM` with time to close. Resolves when it is gone. */
  stop(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  start(): Promise<void>;
}

export async function startMortalLake(
  given: Readonly<Record<string, string>>,
): Promise<MortalLake> {
  let { child, url } = await spawnLake({ ...given, port: '0' });
  const { port } = new URL(url);
  return {
    get url() {
      return url;
    },
    async stop(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill(signal);
      await gone;
    },
    async start() {
      ({ child, url } = await spawnLake({ ...given, port }));
    },
  };
}

async function spawnLake(
  options: Readonly<Record<string, string>>,
): Promise<{ child: ChildProcess; url: string }> {
  const given = Object.entries(options).flatMap(([name, value]) => [`--${name}`, value]);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'lake-process.ts'), ...given], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(text.slice(0, text.indexOf('\n')));
    });
    child.once('exit', (code) =>
      reject(new Error(`The lake ended with ${code} before it answered`)),
    );
  });
  return { child, url };
}
