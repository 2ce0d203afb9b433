import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { functionNames } from '../../cdk/charter/functions.ts';
import { type Bundle, bundleEntry, bundleFunctions, eagerOutputs } from '../../scripts/bundle.ts';
import {
  bundleModules,
  npmSbom,
  readLockfile,
  shippedPackages,
  shippedSbom,
  unpermitted,
} from '../../scripts/supply-chain.ts';

/** What a cold start may load, in bytes (budget D1). */
const budgets: Readonly<Record<string, number>> = {
  'receive-webhook': 450_000,
  'publish-briefings': 850_000,
  sweep: 850_000,
  collect: 850_000,
};

const root = fileURLToPath(new URL('../..', import.meta.url));
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

  it('of the clients, a cold start loads what is called: no other operation, no queue before a message', async () => {
    for (const name of ['publish-briefings', 'sweep', 'collect'] as const) {
      const bundle = bundles.find((each) => each.name === name);
      const eager = bundle === undefined ? [] : [...eagerOutputs(bundle.metafile)];
      const code = await Promise.all(
        eager.map((path) => readFile(join(directory, 'one', name, basename(path)), 'utf8')),
      );
      const text = code.join('\n');

      expect(text, name).toContain('"GetObject"');
      expect(text, name).not.toMatch(/"AbortMultipartUpload"|"CreateBucket"|"SendMessage"/);
    }
  });

  it('the SDK in them carries the lineage by which Lambda counts hops', async () => {
    for (const [name, expected] of [
      ['receive-webhook', 1],
      ['publish-briefings', 1],
    ] as const) {
      const scripts = (await files(join(directory, 'one', name))).filter(([path]) =>
        path.endsWith('.mjs'),
      );
      const carrying = scripts.filter(([, text]) => text.includes('"X-Amzn-Trace-Id"'));
      expect([name, carrying.length]).toEqual([name, expected]);
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

describe('what ships', () => {
  const listed = () => {
    const modules = bundles.map(bundleModules);
    return { modules, shipped: shippedPackages(modules, readLockfile()) };
  };

  it('is all in the SBOM, with its hash and under a licence that we may ship', () => {
    const { shipped } = listed();
    const whole = npmSbom();
    const sbom = shippedSbom(whole, shipped);

    expect(sbom.components.map(({ name }) => name).sort(byText)).toEqual(
      shipped.map(({ name }) => name).sort(byText),
    );
    expect(sbom.components.filter(({ hashes }) => !Array.isArray(hashes))).toEqual([]);
    expect(sbom.metadata.component['name']).toBe('pressrun-publication');
    expect(unpermitted(shipped)).toEqual([]);
    // Another run has another number, another time and another folder, and the same document.
    const component = { ...whole.metadata.component, name: 'elsewhere' };
    const metadata = { ...whole.metadata, timestamp: '2031-01-01T00:00:00.000Z', component };
    expect(shippedSbom({ ...whole, serialNumber: 'urn:uuid:2', metadata }, shipped)).toEqual(sbom);
    expect(shipped.length).toBeGreaterThan(20);
  });

  it('is told as bytes of our modules and of packages, which together are the bundle', () => {
    const { modules } = listed();
    for (const { name, own, packages } of modules) {
      const sum = [...Object.values(own), ...Object.values(packages)].reduce((a, b) => a + b, 0);
      const total = bundles.find((each) => each.name === name)?.totalBytes ?? 0;
      // The rest is what the bundler itself adds.
      expect(sum).toBeLessThanOrEqual(total);
      expect(sum).toBeGreaterThan(total * 0.9);
    }
    expect(Object.keys(modules[0]?.own ?? {})).toContain('lambdas/receive-webhook.ts');
  });

  it('would be refused under a licence that nobody has thought about, or under none', () => {
    const [first] = listed().shipped;
    if (first === undefined) throw new Error('Nothing ships');
    const planted = [first, { ...first, licence: 'GPL-3.0-only' }, { ...first, licence: null }];

    expect(unpermitted(planted).map(({ licence }) => licence)).toEqual(['GPL-3.0-only', null]);
  });

  it('would be refused when it is not in the lockfile', () => {
    const planted = [{ name: 'sweep', own: {}, packages: { 'node_modules/left-pad': 100 } }];

    expect(() => shippedPackages(planted, readLockfile())).toThrow(
      'node_modules/left-pad is in a bundle and not in package-lock.json',
    );
  });

  it('no package runs a script when it is installed unless package.json says whether it may', async () => {
    const { allowScripts } = z
      .object({ allowScripts: z.record(z.string(), z.boolean()) })
      .parse(JSON.parse(await readFile(join(root, 'package.json'), 'utf8')));
    const withScript = Object.entries(readLockfile().packages)
      .filter(([, { hasInstallScript }]) => hasInstallScript === true)
      .map(([place]) => place.split('node_modules/').at(-1));

    expect(withScript.sort(byText)).toEqual(Object.keys(allowScripts).sort(byText));
  });
});

function byText(a = '', b = ''): number {
  return a < b ? -1 : 1;
}
