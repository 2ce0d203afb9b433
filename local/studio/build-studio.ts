import { spawn } from 'node:child_process';
import { mkdir, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What the Studio is made of: its own source, the core it shares, and the packages of both. */
const madeFrom = ['sanity', 'src', 'package-lock.json'];
/** Written by its build, or not its source. */
const notSource = new Set(['.sanity', 'dist', 'node_modules']);
/** Its time says when the build began: a source saved meanwhile is newer. */
const mark = 'built';

export interface BuiltStudio {
  readonly folder: string;
  /** Null when the folder was up to date. */
  readonly seconds: number | null;
}

/** Where the Studio for the local stack is built. */
export function studioFolder(root: string): string {
  return join(root, 'dist', 'studio');
}

/**
 * Builds the Studio for the local stack into `dist/studio`, unless what is there is newer than all its
 * sources. Needs no network. Throws with what the build said when it fails; what was there before stays.
 */
export async function buildStudio(root: string, onBuild = () => {}): Promise<BuiltStudio> {
  const folder = studioFolder(root);
  const builtAt = await changedAt(join(folder, mark));
  const newest = Math.max(
    ...(await Promise.all(madeFrom.map((name) => newestIn(join(root, name))))),
  );
  if (builtAt !== undefined && newest <= builtAt) return { folder, seconds: null };
  onBuild();
  const startedAt = new Date();
  // Beside its place first: whoever has the Studio open, or builds it too, never meets half of it.
  const draft = `${folder}-${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(join(root, 'dist'), { recursive: true });
  try {
    await runBuild(root, draft);
    await writeFile(join(draft, mark), '');
    await utimes(join(draft, mark), startedAt, startedAt);
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  return { folder, seconds: (Date.now() - startedAt.getTime()) / 1000 };
}

async function newestIn(path: string): Promise<number> {
  const entry = await stat(path);
  if (!entry.isDirectory()) return entry.mtimeMs;
  const names = (await readdir(path)).filter((name) => !notSource.has(name));
  const within = await Promise.all(names.map((name) => newestIn(join(path, name))));
  // The folder itself changes when a file is taken out of it; its root also when a build begins.
  return Math.max(path.endsWith('sanity') ? 0 : entry.mtimeMs, ...within);
}

async function changedAt(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return undefined;
  }
}

function runBuild(root: string, folder: string): Promise<void> {
  const command = join(root, 'node_modules', 'sanity', 'bin', 'sanity');
  const child = spawn(process.execPath, [command, 'build', '-y', folder], {
    cwd: join(root, 'sanity'),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, DO_NOT_TRACK: '1', PRESSRUN_STUDIO: 'local', NODE_ENV: 'production' },
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => void (said += text));
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`The Studio could not be built (exit code ${code}):\n${said.trim()}`));
    });
  });
}
