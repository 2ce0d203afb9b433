// Runs before `npm start`, `npm test` and the like, on whatever Node the machine has: plain JavaScript,
// no dependencies, nothing newer than Node 20. It installs from the lockfile when the installed packages
// are missing or differ, makes the built files when they are missing or old, and sees to Node 24.
import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, dirname, join, resolve } from 'node:path';
import { argv } from 'node:process';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const wantedNode = 24;
/** Written by `prepare` when it is done. */
const builtMark = join('dist', 'prepared');
const builtFrom = ['package-lock.json', 'scripts', 'src', 'lambdas', 'cli'];

if (resolve(argv[1] ?? '') === fileURLToPath(import.meta.url)) {
  process.exitCode = await ensure(join(dirname(fileURLToPath(import.meta.url)), '..'));
}

/**
 * Makes the checkout in `root` ready to run. Resolves to the exit code: 0, or 1 after a message.
 * @param {string} root
 * @returns {Promise<number>}
 */
export async function ensure(root) {
  const release = whatIsMissing(root) === 'nothing' ? () => {} : await takeLock(root);
  try {
    // Asked again: whoever held the lock before may have done the work.
    const missing = whatIsMissing(root);
    if (missing === 'packages' && !install(root)) return 1;
    if (!hasNode(root)) return 1;
    // An install runs `prepare` itself; with scripts switched off it does not.
    if (missing !== 'nothing' && whatIsMissing(root) === 'built files' && !prepare(root)) return 1;
    return 0;
  } finally {
    release();
  }
}

/**
 * @param {string} root
 * @returns {'nothing' | 'packages' | 'built files'}
 */
export function whatIsMissing(root) {
  if (!isInstalled(root)) return 'packages';
  return isBuilt(root) ? 'nothing' : 'built files';
}

/**
 * The lockfile against npm's own record of what it installed, entry by entry, so that an install made
 * by hand is recognised. Optional packages may be absent: most are for other machines.
 * @param {string} root
 */
function isInstalled(root) {
  const wanted = packagesIn(join(root, 'package-lock.json'));
  const found = packagesIn(join(root, 'node_modules', '.package-lock.json'));
  if (wanted === undefined) throw new Error('package-lock.json is missing or is not JSON');
  if (found === undefined) return false;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const installed = found[path];
    if (installed === undefined) return entry.optional === true;
    return installed.version === entry.version && installed.integrity === entry.integrity;
  });
}

/**
 * @param {string} file
 * @returns {Record<string, {version?: string, integrity?: string, optional?: boolean}> | undefined}
 */
function packagesIn(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/**
 * Built files are good while nothing they are made from is newer.
 * @param {string} root
 */
function isBuilt(root) {
  const builtAt = changedAt(join(root, builtMark));
  return builtAt > 0 && builtFrom.every((name) => newest(join(root, name)) <= builtAt);
}

/**
 * @param {string} path
 * @returns {number}
 */
function newest(path) {
  let time = changedAt(path);
  if (time > 0 && statSync(path).isDirectory()) {
    for (const name of readdirSync(path)) time = Math.max(time, newest(join(path, name)));
  }
  return time;
}

/** @param {string} path */
function changedAt(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** @param {string} root */
function install(root) {
  console.log(
    'Installing the packages of package-lock.json; the first time takes a minute or so …',
  );
  const started = Date.now();
  const { command, leading } = sameNpm();
  const { status } = spawnSync(
    command,
    [...leading, 'ci', '--no-audit', '--no-fund', '--loglevel=error'],
    { cwd: root, stdio: 'inherit', env: withoutNpmRun() },
  );
  if (status !== 0) {
    console.error(
      'The packages could not be installed: see npm’s message above. ' +
        'Check the connection to the package registry, then run the same command again.',
    );
    return false;
  }
  console.log(`Installed in ${Math.round((Date.now() - started) / 1000)} s.`);
  return true;
}

/** The npm that runs this script; on behalf of another package manager, the npm on the path. */
function sameNpm() {
  const script = process.env['npm_execpath'];
  if (script === undefined || !/npm-cli\.[cm]?js$/.test(script))
    return { command: 'npm', leading: [] };
  return { command: process.env['npm_node_execpath'] ?? process.execPath, leading: [script] };
}

/** Flags of the outer npm command (`--silent`, a workspace, …) are not meant for the install. */
function withoutNpmRun() {
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^npm_(lifecycle|command|package)/.test(name) && name !== 'npm_config_workspace',
  );
  return Object.fromEntries(kept);
}

/** @param {string} root */
function prepare(root) {
  const { status } = spawnSync('node', [join('scripts', 'prepare.mjs')], {
    cwd: root,
    stdio: 'inherit',
    env: environmentOfScripts(root),
  });
  if (status === 0) return true;
  console.error('The built files could not be made: see the message above.');
  return false;
}

/**
 * The Node that the script itself will get.
 * @param {string} root
 */
function hasNode(root) {
  const { stdout } = spawnSync('node', ['-v'], {
    encoding: 'utf8',
    env: environmentOfScripts(root),
  });
  const version = (stdout ?? '').trim();
  if (Number(/^v(\d+)\./.exec(version)?.[1] ?? 0) >= wantedNode) return true;
  console.error(
    `Node ${wantedNode} is needed, and ${version === '' ? 'no Node' : version} was found. ` +
      'It usually comes with the packages (the optional dependency "node"), unless the registry has no ' +
      'build for this machine or install scripts are switched off (ignore-scripts). ' +
      `Either allow them and run \`npm ci\`, or install Node ${wantedNode} from nodejs.org.`,
  );
  return false;
}

/**
 * npm puts the folder of the packages' commands first on the path, and Node 24 may have come with them
 * only a moment ago.
 * @param {string} root
 */
function environmentOfScripts(root) {
  const path = [join(root, 'node_modules', '.bin'), process.env['PATH'] ?? ''].join(delimiter);
  return { ...process.env, PATH: path };
}

/**
 * One install at a time in a checkout. The lock is a folder that holds its owner's process id as a file
 * name; it is put in place by one rename, which fails while another owner is in it. A dead owner's file
 * is taken out by its name, so nobody can remove a living owner's lock by mistake.
 * @param {string} root
 * @returns {Promise<() => void>}
 */
async function takeLock(root) {
  const lock = join(root, '.local', 'installing');
  const own = `${lock}-${process.pid}`;
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, `owner-${process.pid}`), '');
  let told = false;
  for (;;) {
    try {
      renameSync(own, lock);
      return () => rmSync(lock, { recursive: true, force: true });
    } catch (error) {
      if (!isInTheWay(error)) throw error;
    }
    for (const owner of ownersOf(lock)) {
      if (!isAlive(owner)) rmSync(join(lock, `owner-${owner}`), { force: true });
      else if (!told) {
        console.log(
          `Another command (process ${owner}) is setting up here; waiting for it. ` +
            'If it is none, remove .local/installing.',
        );
        told = true;
      }
    }
    await wait(200);
  }
}

/** @param {unknown} error */
function isInTheWay(error) {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOTEMPTY' || code === 'EEXIST' || code === 'EPERM';
}

/** @param {string} lock */
function ownersOf(lock) {
  try {
    return readdirSync(lock).map((name) => Number(name.replace('owner-', '')));
  } catch {
    return [];
  }
}

/** @param {number} processId */
function isAlive(processId) {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
