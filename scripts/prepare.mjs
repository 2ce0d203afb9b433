// The root's `prepare`: what must be built before commands can run. npm calls it after every install,
// and `ensure.mjs` when a source is newer than what was built from it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

process.exitCode = await prepare();

async function prepare() {
  const esbuild = await import('esbuild').catch(() => undefined);
  if (esbuild === undefined) {
    console.log('Nothing is built: esbuild is not installed (development packages were left out).');
    return 0;
  }
  if (Number(process.versions.node.split('.')[0]) < 24) {
    console.log(`Nothing is built: that needs Node 24, and this is ${process.version}.`);
    return 0;
  }
  const startedAt = new Date();
  await bundleCommandLine(esbuild);
  if (!bundleFunctions()) return 1;
  const mark = join(root, 'dist', 'prepared');
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(mark, '');
  // A source that was saved while we built is newer than the mark.
  utimesSync(mark, startedAt, startedAt);
  return 0;
}

/**
 * Node runs TypeScript, but not the `.tsx` of the renderer: the command line is one bundle.
 * @param {typeof import('esbuild')} esbuild
 */
async function bundleCommandLine(esbuild) {
  const entry = join(root, 'cli', 'main.ts');
  if (!existsSync(entry)) return;
  await esbuild.build({
    entryPoints: [entry],
    outfile: join(root, 'dist', 'cli', 'main.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    packages: 'external',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    sourcemap: true,
    logLevel: 'warning',
  });
}

function bundleFunctions() {
  const script = join(root, 'scripts', 'bundle.ts');
  if (!existsSync(script) || !existsSync(join(root, 'lambdas'))) return true;
  return spawnSync(process.execPath, [script], { cwd: root, stdio: 'inherit' }).status === 0;
}
