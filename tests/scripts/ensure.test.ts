import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');

/** A checkout with one package, an npm that writes down what it is asked, and a Node of any version. */
let checkout: string;

beforeEach(async () => {
  checkout = await mkdtemp(join(tmpdir(), 'checkout-'));
  await mkdir(join(checkout, 'scripts'));
  await cp(join(root, 'scripts', 'ensure.mjs'), join(checkout, 'scripts', 'ensure.mjs'));
  await writeLockfile('package-lock.json', '1.0.0');
  await writeFile(
    join(checkout, 'npm-cli.mjs'),
    `import { appendFileSync, copyFileSync, mkdirSync } from 'node:fs';
     import { setTimeout } from 'node:timers/promises';
     appendFileSync('asked', process.argv.slice(2).join(' ') + '\\n');
     await setTimeout(300);
     mkdirSync('node_modules', { recursive: true });
     copyFileSync('package-lock.json', 'node_modules/.package-lock.json');`,
  );
  await writeFile(
    join(checkout, 'scripts', 'prepare.mjs'),
    `import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
     appendFileSync('asked', 'prepare\\n');
     mkdirSync('dist', { recursive: true });
     writeFileSync('dist/prepared', '');`,
  );
});

afterEach(() => rm(checkout, { recursive: true }));

describe('the script before the two commands', () => {
  it('installs into a fresh clone, quietly, and makes the built files', async () => {
    expect(await ensure()).toMatchObject({ code: 0 });
    expect(await asked()).toEqual(['ci --no-audit --no-fund --loglevel=error', 'prepare']);
  });

  it('does nothing when the installed packages are those of the lockfile', async () => {
    await ensure();
    await forget();
    expect(await ensure()).toEqual({ code: 0, output: '' });
    expect(await asked()).toEqual([]);
  });

  it('recognises an install by hand, whatever the dates of the files', async () => {
    await ensure();
    await utimes(join(checkout, 'node_modules', '.package-lock.json'), 0, 0);
    await forget();
    await ensure();
    expect(await asked()).toEqual([]);
  });

  it('installs again when the lockfile has another version', async () => {
    await ensure();
    await forget();
    await writeLockfile('package-lock.json', '1.0.1');
    await ensure();
    expect(await asked()).toContain('ci --no-audit --no-fund --loglevel=error');
  });

  it('does not miss what is for other machines', async () => {
    await mkdir(join(checkout, 'node_modules'));
    await writeLockfile(join('node_modules', '.package-lock.json'), '1.0.0', { others: false });
    await ensure();
    expect(await asked()).toEqual(['prepare']);
  });

  it('only builds when a source is newer than what was built', async () => {
    await ensure();
    await forget();
    await mkdir(join(checkout, 'src'));
    await writeFile(join(checkout, 'src', 'new.ts'), '');
    const later = new Date(Date.now() + 5_000);
    await utimes(join(checkout, 'src', 'new.ts'), later, later);
    await ensure();
    expect(await asked()).toEqual(['prepare']);
  });

  it('lets two commands at once install once', async () => {
    const ends = await Promise.all([ensure(), ensure()]);
    expect(ends.map(({ code }) => code)).toEqual([0, 0]);
    expect(await asked()).toEqual(['ci --no-audit --no-fund --loglevel=error', 'prepare']);
    expect(existsSync(join(checkout, '.local', 'installing'))).toBe(false);
  });

  it('takes over the lock of an owner that has died', async () => {
    const dead = spawn(process.execPath, ['-e', '']);
    await new Promise((resolve) => dead.once('exit', resolve));
    await mkdir(join(checkout, '.local', 'installing'), { recursive: true });
    await writeFile(join(checkout, '.local', 'installing', `owner-${dead.pid}`), '');
    expect(await ensure()).toMatchObject({ code: 0 });
    expect(await asked()).toEqual(['ci --no-audit --no-fund --loglevel=error', 'prepare']);
  });

  it('says what to do when the install fails', async () => {
    await writeFile(join(checkout, 'npm-cli.mjs'), 'process.exit(1)');
    expect(await ensure()).toEqual({
      code: 1,
      output: expect.stringContaining(
        'Check the connection to the package registry, then run the same command again.',
      ),
    });
  });

  it('says what to do when there is no Node 24', async () => {
    await useNode('v20.19.0');
    expect(await ensure()).toEqual({
      code: 1,
      output: expect.stringContaining('Node 24 is needed, and v20.19.0 was found.'),
    });
  });
});

function ensure(): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join('scripts', 'ensure.mjs')], {
      cwd: checkout,
      env: {
        PATH: [join(checkout, 'bin'), join(process.execPath, '..')].join(delimiter),
        npm_execpath: join(checkout, 'npm-cli.mjs'),
        npm_node_execpath: process.execPath,
      },
    });
    let output = '';
    const collect = (text: Buffer) => {
      output += text.toString();
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.once('close', (code) => resolve({ code, output }));
  });
}

async function asked(): Promise<readonly string[]> {
  const file = join(checkout, 'asked');
  return existsSync(file) ? (await readFile(file, 'utf8')).trim().split('\n') : [];
}

const forget = () => rm(join(checkout, 'asked'));

async function writeLockfile(
  name: string,
  version: string,
  { others = true }: { others?: boolean } = {},
): Promise<void> {
  const packages = {
    'node_modules/one': { version, integrity: `sha512-${version}` },
    ...(others && { 'node_modules/for-windows': { version: '3.0.0', optional: true } }),
  };
  await writeFile(join(checkout, name), JSON.stringify({ packages: { '': {}, ...packages } }));
}

async function useNode(version: string): Promise<void> {
  await mkdir(join(checkout, 'bin'));
  await writeFile(join(checkout, 'bin', 'node'), `#!/bin/sh\necho ${version}\n`);
  await chmod(join(checkout, 'bin', 'node'), 0o755);
}
