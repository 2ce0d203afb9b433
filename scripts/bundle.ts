import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Metafile, type Plugin } from 'esbuild';
import { type FunctionName, functionNames } from '../cdk/charter/functions.ts';

export interface Bundle {
  readonly name: string;
  /** Bytes that a cold start loads: the entry and what it imports statically. */
  readonly eagerBytes: number;
  /** With the chunks that are loaded when they are needed. */
  readonly totalBytes: number;
  readonly metafile: Metafile;
}

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const rxjs = join(root, 'node_modules', 'rxjs', 'dist', 'esm');

/**
 * Bundles every function into `<directory>/<name>/index.mjs` with its chunks, source maps without
 * sources, and `meta.json`. The same sources give the same bytes: these are tested, and these ship.
 */
export async function bundleFunctions(
  directory: string = join(root, 'dist', 'lambdas'),
  names: readonly FunctionName[] = functionNames,
  /** For tests that plant a defect: what ships is bundled without any. */
  plugins: readonly Plugin[] = [],
): Promise<readonly Bundle[]> {
  return Promise.all(
    names.map((name) =>
      bundleEntry({
        name,
        entry: `lambdas/${name}.ts`,
        directory: join(directory, name),
        plugins,
        ...(tryingOut.has(name) && { threads: { 'try-out': 'lambdas/try-out.ts' } }),
      }),
    ),
  );
}

/** Functions that try out documents in a thread, whose script stands beside their entry. */
const tryingOut: ReadonlySet<FunctionName> = new Set(['publish-briefings', 'sweep']);

/** One entry file, by its path in the project, as functions are bundled. */
export async function bundleEntry({
  name,
  entry,
  directory,
  threads = {},
  plugins = [],
}: {
  name: string;
  entry: string;
  directory: string;
  /** Scripts of threads, by the names of their outputs. */
  threads?: Readonly<Record<string, string>>;
  plugins?: readonly Plugin[];
}): Promise<Bundle> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: { index: entry, ...threads },
    // Names of chunks and source maps depend on where the output is said to be: always here.
    outdir: join('dist', 'lambdas', name),
    write: false,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunk-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    minify: true,
    metafile: true,
    legalComments: 'none',
    sourcemap: 'external',
    sourcesContent: false,
    logLevel: 'warning',
    // Modules first, so that what is not used can be left out.
    mainFields: ['module', 'main'],
    // Clients built on `fetch`, which Node has, instead of ones that bring their own HTTP.
    conditions: ['worker', 'module'],
    // For Node, rxjs offers CommonJS, of which nothing can be left out: 130 kB that nobody calls.
    alias: { 'rxjs/operators': `${rxjs}/operators/index.js`, rxjs: `${rxjs}/index.js` },
    plugins: [plainSchemas, ...plugins],
    // CommonJS packages inside still ask for Node's modules with `require`.
    banner: {
      js: "import{createRequire as pressrunRequire}from'node:module';const require=pressrunRequire(import.meta.url);",
    },
  });
  await Promise.all(
    outputFiles.map(({ path, contents }) => writeFile(join(directory, basename(path)), contents)),
  );
  await writeFile(join(directory, 'meta.json'), JSON.stringify(metafile));
  const sizes = Object.entries(metafile.outputs).filter(([path]) => path.endsWith('.mjs'));
  const eager = eagerOutputs(metafile);
  const sum = (paths: typeof sizes) =>
    paths.reduce((bytes, [, { bytes: more }]) => bytes + more, 0);
  return {
    name,
    eagerBytes: sum(sizes.filter(([path]) => eager.has(path))),
    totalBytes: sum(sizes),
    metafile,
  };
}

/**
 * The SDK describes every operation of a service in one file, with constants for the names of fields:
 * `{ [_hH]: … }`. Such a key might do something, so a bundler must keep what it is in. With the names
 * written out, as they are in the file, operations that nobody calls are left out, most of what S3 has.
 */
const plainSchemas: Plugin = {
  name: 'plain-schemas',
  setup(builder) {
    builder.onLoad(
      { filter: /@aws-sdk\/client-[\w-]+\/dist-es\/schemas\/schemas_\d+\.js$/ },
      async ({ path }) => {
        const source = await readFile(path, 'utf8');
        const names = new Map(
          [...source.matchAll(/^const (_\w+) = ("[^"\\\n]*");$/gm)].map(
            ([, name = '', text = '']) => [name, text],
          ),
        );
        const contents = source.replaceAll(
          /\[(_\w+)\]: /g,
          (key, name: string) => `${names.get(name) ?? key.slice(0, -2)}: `,
        );
        return { contents, loader: 'js' };
      },
    );
  },
};

/** The outputs that loading the entry loads. */
export function eagerOutputs({ outputs }: Metafile): ReadonlySet<string> {
  const entry = Object.keys(outputs).find((path) => path.endsWith('/index.mjs'));
  if (entry === undefined) throw new Error('The bundle has no index.mjs');
  const eager = new Set([entry]);
  for (const path of eager) {
    for (const { path: imported, kind, external } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && external !== true) eager.add(imported);
    }
  }
  return eager;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { name, eagerBytes, totalBytes } of await bundleFunctions()) {
    console.log(
      `${name.padEnd(18)} ${kilobytes(eagerBytes)} at start, ${kilobytes(totalBytes)} in all`,
    );
  }
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1).padStart(6)} kB`;
}
