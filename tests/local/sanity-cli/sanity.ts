import { spawn } from 'node:child_process';
import { join } from 'node:path';

/** What a call of the real `sanity` command said. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const root = join(import.meta.dirname, '..', '..', '..');

/**
 * Runs the `sanity` command of the lockfile in the Studio's folder, as an editor of a local lake. It
 * keeps its own files in `home`, and cannot reach anything but this machine.
 */
export function sanity(
  given: readonly string[],
  { lakeUrl, token, home }: { lakeUrl: string; token: string; home: string },
  environment: Readonly<Record<string, string>> = {},
): Promise<Said> {
  return new Promise((resolve) => {
    const child = spawn(
      process.execPath,
      [join(root, 'node_modules', 'sanity', 'bin', 'sanity'), ...given],
      {
        cwd: join(root, 'sanity'),
        stdio: ['ignore', 'pipe', 'pipe'],
        env: {
          PATH: process.env['PATH'],
          HOME: home,
          XDG_CONFIG_HOME: home,
          DO_NOT_TRACK: '1',
          NO_COLOR: '1',
          // Ten calls load the same packages.
          NODE_COMPILE_CACHE: join(home, 'compiled'),
          // Undocumented: what stands here becomes the command's API host.
          SANITY_INTERNAL_ENV: lakeUrl,
          SANITY_AUTH_TOKEN: token,
          NODE_OPTIONS: `--import ${JSON.stringify(join(import.meta.dirname, 'loopback-only.ts'))}`,
          ...environment,
        },
      },
    );
    let out = '';
    let err = '';
    child.stdout.on('data', (text: Buffer) => (out += text.toString()));
    child.stderr.on('data', (text: Buffer) => (err += text.toString()));
    child.once('close', (code) => resolve({ code: code ?? -1, out, err }));
  });
}
