import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';

/**
 * The Studio's schema as data and as types, both by Sanity's own commands: `sanity/schema.json` and
 * `sanity/sanity.types.ts`. Both are committed, so that a change of the model shows in a diff.
 *
 *     node scripts/studio-schema.ts            writes them
 *     node scripts/studio-schema.ts --check    exits 1 when they are not what the schema is now
 */
const studio = join(import.meta.dirname, '..', 'sanity');
export const schemaFile = join(studio, 'schema.json');
export const typesFile = join(studio, 'sanity.types.ts');

if (import.meta.main) process.exitCode = await main(process.argv.includes('--check'));

async function main(isCheck: boolean): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'studio-schema-'));
  try {
    const extracted = join(folder, 'schema.json');
    await run('schema', 'extract', '--enforce-required-fields', '--path', fromStudio(extracted));
    const generated = await typesOf(extracted, folder);
    if (!isCheck) {
      await copyFile(extracted, schemaFile);
      await copyFile(generated, typesFile);
      return 0;
    }
    const differing = [
      ...((await areSame(extracted, schemaFile)) ? [] : ['sanity/schema.json']),
      ...((await areSame(generated, typesFile)) ? [] : ['sanity/sanity.types.ts']),
    ];
    if (differing.length === 0) return 0;
    process.stderr.write(
      `The Studio's schema has changed, but not ${differing.join(' and ')}. ` +
        'Run `node scripts/studio-schema.ts` and commit what it writes.\n',
    );
    return 1;
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Writes the types of an extracted schema into a folder; resolves to their file. */
export async function typesOf(schema: string, folder: string): Promise<string> {
  const [types, config] = [join(folder, 'sanity.types.ts'), join(folder, 'typegen.json')];
  await writeFile(
    config,
    JSON.stringify({
      // No query is typed: the Studio's own are read through the core.
      path: './no-queries/*.ts',
      schema: fromStudio(schema),
      generates: fromStudio(types),
      overloadClientMethods: false,
    }),
  );
  await run('typegen', 'generate', '--config-path', config);
  const text = await readFile(types, 'utf8');
  await writeFile(types, text.replace(/^\/\/ Source: .*$/m, '// Source: schema.json'));
  return types;
}

async function areSame(one: string, other: string): Promise<boolean> {
  const [first, second] = await Promise.all([
    readFile(one, 'utf8'),
    readFile(other, 'utf8').catch(() => ''),
  ]);
  return first === second;
}

/** Sanity's command takes every path as one from the Studio's folder. */
function fromStudio(path: string): string {
  return relative(studio, path);
}

/** Runs a command of Sanity's. Throws with what it said when it fails. */
async function run(...command: readonly string[]): Promise<void> {
  const [bin, ...rest] = [join(studio, '..', 'node_modules', '.bin', 'sanity'), ...command];
  await promisify(execFile)(bin, rest, {
    cwd: studio,
    env: {
      ...process.env,
      PATH: `${join(studio, '..', 'node_modules', '.bin')}:${process.env['PATH'] ?? ''}`,
      DO_NOT_TRACK: '1',
      SANITY_STUDIO_PROJECT_ID: 'localdev',
      SANITY_STUDIO_BASE_URL: 'http://127.0.0.1:8080',
      SANITY_STUDIO_TAG_AUTHORITY: 'localhost,2026',
    },
  });
}
