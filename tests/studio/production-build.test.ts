import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { localTracesIn } from '../../scripts/check-studio-build.ts';

const root = join(import.meta.dirname, '..', '..');
const secret = 'a-token-that-the-builder-happens-to-have';

let folder: string;
let home: string;
let said = '';

/** A Studio built for a real project, with its source maps, by somebody whose shell has a token too. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'studio-'));
  home = mkdtempSync(join(tmpdir(), 'home-'));
  const child = spawn(
    process.execPath,
    [join(root, 'node_modules', 'sanity', 'bin', 'sanity'), 'build', '-y', folder, '--source-maps'],
    {
      cwd: join(root, 'sanity'),
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        HOME: home,
        DO_NOT_TRACK: '1',
        NODE_ENV: 'production',
        SANITY_STUDIO_PROJECT_ID: 'abc12345',
        SANITY_STUDIO_DATASET: 'production',
        SANITY_STUDIO_BASE_URL: 'https://briefings.example/',
        SANITY_STUDIO_TAG_AUTHORITY: 'briefings.example,2026',
        SANITY_AUTH_TOKEN: secret,
      },
    },
  );
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (text: Buffer) => (said += text.toString()));
  }
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`The Studio could not be built:\n${said}`);
}, 600_000);
afterAll(() => {
  for (const made of [folder, home]) rmSync(made, { recursive: true });
});

/** The first script of the build that has this text. */
function scriptWith(text: string): string | undefined {
  return readdirSync(join(folder, 'static')).find(
    (name) =>
      name.endsWith('.js') && readFileSync(join(folder, 'static', name), 'utf8').includes(text),
  );
}

describe('the Studio built for a real project', () => {
  it('is built for that project, site and tag authority', () => {
    expect(scriptWith('abc12345')).toBeDefined();
    expect(scriptWith('https://briefings.example/')).toBeDefined();
    expect(scriptWith('briefings.example,2026')).toBeDefined();
  });

  it('has no local host, login or token in it, nor in its source maps', () => {
    expect(readdirSync(join(folder, 'static')).filter((name) => name.endsWith('.map'))).not.toEqual(
      [],
    );
    expect(localTracesIn(folder)).toEqual([]);
    expect(scriptWith(secret)).toBeUndefined();
  });
});

describe('a trace of the local stack that is planted', () => {
  const planted = 'planted.js';
  afterEach(() => rmSync(join(folder, 'static', planted), { force: true }));

  it.each([
    ['the lake’s address', 'fetch("http://localhost:4001/v1")', 'localhost:4001'],
    ['the stack’s other addresses', 'const s3="http://127.0.0.1:9000"', '127.0.0.1:9000'],
    ['the login', 'url:`${lake}/local-login`', 'local-login'],
    ['the stage of the page', 'globalThis.pressrunStage', 'pressrunStage'],
    ['a token in an address', '"&_localToken="+token', '_localToken'],
    ['a token', '"local-editor-3q2-7wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"', 'local-editor-'],
    ['the local project', '{projectId:"localdev"}', 'localdev'],
    ['a token of Sanity’s', `"sk${'aB3'.repeat(50)}"`, `sk${'aB3'.repeat(50)}`],
  ])('%s is found', (_what, text, found) => {
    writeFileSync(join(folder, 'static', planted), text);
    expect(localTracesIn(folder).map((trace) => [trace.file, trace.found])).toEqual([
      [join('static', planted), found],
    ]);
  });

  it('is found in the source map of a build with the local stage', () => {
    writeFileSync(
      join(folder, 'static', planted),
      JSON.stringify({ version: 3, sources: ['../../sanity/stage/local.ts'], mappings: '' }),
    );
    expect(localTracesIn(folder)).toMatchObject([{ found: 'stage/local.ts' }]);
  });

  it('is found in the page too', () => {
    const page = join(folder, 'index.html');
    const before = readFileSync(page, 'utf8');
    appendFileSync(page, '<script>globalThis.pressrunStage={}</script>');
    expect(localTracesIn(folder)).toMatchObject([{ file: 'index.html', found: 'pressrunStage' }]);
    writeFileSync(page, before);
  });
});
