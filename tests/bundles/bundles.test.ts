import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { functionNames } from '../../cdk/charter/functions.ts';
import { type Bundle, bundleEntry, bundleFunctions, eagerOutputs } from '../../scripts/bundle.ts';

/** What a cold start may load, in bytes (budget D1). */
const budgets: Readonly<Record<string, number>> = {
  'receive-webhook': 450_000,
  'publish-briefings': 950_000,
  sweep: 950_000,
  collect: 950_000,
};

let directory: string;
let bundles: readonly Bundle[];
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'bundles-'));
  bundles = await bundleFunctions(join(directory, 'one'));
}, 60_000);
afterAll(() => rm(directory, { recursive: true }));

/** What has no business in a function: the Studio, the stack, the local twin, what only tests need. */
const forbidden: readonly RegExp[] = [
  /(^|\/)node_modules\/(aws-cdk-lib|constructs|sanity|@sanity\/(?!client\/)[^/]+|react|react-dom|groq-js|groq|sharp|vitest|fast-check)\//,
  /^(local|tests|cli|cdk|sanity|bench|scripts)\//,
];

function strangersIn({ inputs }: Metafile): readonly string[] {
  return Object.keys(inputs).filter((path) => forbidden.some((pattern) => pattern.test(path)));
}

const noInput = { bytes: 1, imports: [] };

/** The packages that loading the entry loads. */
function eagerPackages(metafile: Metafile): ReadonlySet<string> {
  const eager = [...eagerOutputs(metafile)];
  const inputs = eager.flatMap((path) => Object.keys(metafile.outputs[path]?.inputs ?? {}));
  return new Set(
    inputs.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
  );
}

describe('the bundles of the functions', () => {
  it.each(functionNames)('D1: %s starts within its bytes', (name) => {
    const bundle = bundles.find((each) => each.name === name);
    expect(bundle?.eagerBytes).toBeLessThanOrEqual(budgets[name] ?? 0);
    expect(bundle?.eagerBytes).toBeGreaterThan(100_000);
  });

  it.each(functionNames)('%s holds nothing that belongs elsewhere', (name) => {
    const bundle = bundles.find((each) => each.name === name);
    expect(bundle === undefined ? [name] : strangersIn(bundle.metafile)).toEqual([]);
  });

  it('the receiver knows neither the bucket, nor the lake, nor how to draw a page', () => {
    const inputs = Object.keys(
      bundles.find(({ name }) => name === 'receive-webhook')?.metafile.inputs ?? {},
    );
    expect(
      inputs.filter((path) => /client-s3|@sanity|preact|^src\/(publishing|render|feed)/.test(path)),
    ).toEqual([]);
  });

  it('clients of rare services are not loaded by a cold start', () => {
    for (const { name, metafile } of bundles) {
      const packages = eagerPackages(metafile);
      const rare = ['client-ssm', 'client-cloudfront', 'nested-clients', 'credential-provider-sso'];
      expect(
        rare.filter((each) => packages.has(`@aws-sdk/${each}`)),
        name,
      ).toEqual([]);
    }
  });

  it('the guard would bark', async () => {
    const { metafile } = await bundleEntry({
      name: 'planted',
      entry: fileURLToPath(import.meta.resolve('./planted-entry.ts')),
      directory: join(directory, 'planted'),
    });
    expect(strangersIn(metafile)).toEqual(
      expect.arrayContaining([
        expect.stringContaining('node_modules/groq-js/'),
        'local/lake/webhook-signature.ts',
        'tests/fakes/memory-queue.ts',
        'tests/bundles/planted-entry.ts',
      ]),
    );
    const studio = ['aws-cdk-lib/index.js', 'sanity/lib/index.js', 'react/index.js', 'sharp/a.js'];
    const inputs = Object.fromEntries(studio.map((path) => [`node_modules/${path}`, noInput]));
    expect(strangersIn({ inputs, outputs: {} })).toEqual(Object.keys(inputs));
  });

  it('F76: the same sources give the same bytes, wherever they are built', async () => {
    await bundleFunctions(join(directory, 'deeper', 'two'));
    expect(await hashes(join(directory, 'deeper', 'two'))).toEqual(
      await hashes(join(directory, 'one')),
    );
  });

  it('hold no source text beside the code, and no path of the machine that built them', async () => {
    for (const [path, text] of await files(join(directory, 'one'))) {
      expect(text.includes('sourcesContent":['), path).toBe(false);
      expect(text.includes(process.cwd()), path).toBe(false);
      expect(text.includes(directory), path).toBe(false);
    }
  });
});

async function files(folder: string): Promise<readonly (readonly [string, string])[]> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = names
    .filter((name) => name.isFile())
    .map((name) => join(name.parentPath, name.name));
  return Promise.all(
    paths
      .sort()
      .map(async (path) => [path.slice(folder.length), await readFile(path, 'utf8')] as const),
  );
}

async function hashes(folder: string): Promise<readonly string[]> {
  return (await files(folder))
    .filter(([path]) => !path.endsWith('meta.json'))
    .map(([path, text]) => `${path} ${createHash('sha256').update(text).digest('hex')}`);
}
