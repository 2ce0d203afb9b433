import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Metafile } from 'esbuild';
import * as z from 'zod';
import { bundleFunctions } from './bundle.ts';

/** A package of which something is in a bundle. */
export interface ShippedPackage {
  readonly name: string;
  readonly version: string;
  /** As its author names it; null when nobody says. */
  readonly licence: string | null;
  /** The functions that it is in. */
  readonly bundles: readonly string[];
}

/** What a bundle holds: our modules and the packages, with the bytes that are left of each. */
export interface BundleModules {
  readonly name: string;
  readonly own: Readonly<Record<string, number>>;
  readonly packages: Readonly<Record<string, number>>;
}

interface NamedBundle {
  readonly name: string;
  readonly metafile: Metafile;
}

/** What ships, from what was bundled rather than from what was installed. Pure. */
export function bundleModules({ name, metafile }: NamedBundle): BundleModules {
  const own: Record<string, number> = {};
  const packages: Record<string, number> = {};
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const place = placeOf(path);
      const into = place === null ? own : packages;
      into[place ?? path] = (into[place ?? path] ?? 0) + bytesInOutput;
    }
  }
  return { name, own: sorted(own), packages: sorted(packages) };
}

/** Where the package of a module is installed; null for a module of ours. */
function placeOf(path: string): string | null {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? null;
}

/** Pure. Throws when a package is in a bundle and not in the lockfile: then one of them is not ours. */
export function shippedPackages(
  bundles: readonly BundleModules[],
  lockfile: Lockfile,
): readonly ShippedPackage[] {
  const places = new Set(bundles.flatMap(({ packages }) => Object.keys(packages)));
  return [...places]
    .map((place) => {
      const locked = lockfile.packages[place];
      if (locked?.version === undefined) {
        throw new Error(
          `${place} is in a bundle and not in package-lock.json: run "npm ci" and build again`,
        );
      }
      return {
        name: place.split('node_modules/').at(-1) ?? place,
        version: locked.version,
        licence: locked.license ?? null,
        bundles: bundles.filter(({ packages }) => place in packages).map(({ name }) => name),
      };
    })
    .toSorted((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

/** Licences under which a package may be in what we ship, with no more than its notice kept. */
const permitted = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'ISC',
  'MIT',
  'MIT-0',
]);

/** Packages that somebody has to think about before they ship. */
export function unpermitted(shipped: readonly ShippedPackage[]): readonly ShippedPackage[] {
  return shipped.filter(({ licence }) => licence === null || !permitted.has(licence));
}

/**
 * The part of a CycloneDX document that ships, without the time and number of the run, so that the same
 * lockfile and code give the same bytes. npm's own `--omit dev` is no help: it leaves out what the Studio
 * and the functions share.
 */
export function shippedSbom(whole: Sbom, shipped: readonly ShippedPackage[]): Sbom {
  const refs = new Set(shipped.map(({ name, version }) => `${name}@${version}`));
  const { serialNumber: _number, ...document } = whole;
  const { timestamp: _timestamp, component, ...metadata } = whole.metadata;
  const subject = component['bom-ref'];
  const told = new Set([...refs, subject]);
  return {
    ...document,
    // npm calls the project by the folder that it lies in.
    metadata: {
      ...metadata,
      component: { ...component, name: subject.slice(0, subject.lastIndexOf('@')) },
    },
    components: whole.components
      .filter(({ 'bom-ref': ref }) => refs.has(ref))
      // Everything that is in a bundle runs, whoever else needs it only while developing.
      .map((component) => ({ ...component, scope: 'required', properties: [] })),
    dependencies: whole.dependencies
      .filter(({ ref }) => told.has(ref))
      .map(({ ref, dependsOn = [] }) => ({
        ref,
        dependsOn: dependsOn.filter((each) => refs.has(each)),
      })),
  };
}

export type Sbom = z.output<typeof sbomShape>;
const sbomShape = z.looseObject({
  bomFormat: z.literal('CycloneDX'),
  serialNumber: z.string().optional(),
  metadata: z.looseObject({
    timestamp: z.string().optional(),
    component: z.looseObject({ 'bom-ref': z.string() }),
  }),
  components: z.array(
    z.looseObject({ 'bom-ref': z.string(), name: z.string(), version: z.string() }),
  ),
  dependencies: z.array(
    z.looseObject({ ref: z.string(), dependsOn: z.array(z.string()).optional() }),
  ),
});

export type Lockfile = z.output<typeof lockfileShape>;
const lockfileShape = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      license: z.string().optional(),
      hasInstallScript: z.boolean().optional(),
    }),
  ),
});

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

export function readLockfile(): Lockfile {
  return lockfileShape.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
}

/** All that the lockfile names, by npm itself; needs no network. */
export function npmSbom(): Sbom {
  const { status, stdout, stderr } = spawnSync(
    'npm',
    ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'],
    { cwd: root, encoding: 'utf8', maxBuffer: 64_000_000 },
  );
  if (status === 0) return sbomShape.parse(JSON.parse(stdout));
  throw new Error(`npm sbom ended with ${status}: ${stderr.slice(0, 2_000)}`);
}

/** One line a package: licence, name, version, and the functions that hold it. */
export function licenceLines(shipped: readonly ShippedPackage[]): readonly string[] {
  return shipped.map(
    ({ name, version, licence, bundles }) =>
      `${(licence ?? 'UNKNOWN').padEnd(14)} ${`${name} ${version}`.padEnd(54)} ${bundles.join(', ')}`,
  );
}

const usage = `Usage: node scripts/supply-chain.ts <what>

  sbom       what ships, as CycloneDX JSON
  licences   every package that ships, with its licence; exit 1 when one needs a thought
  modules    what is in each bundle, in bytes, as JSON
`;

async function main(what: string | undefined): Promise<number> {
  if (what !== 'sbom' && what !== 'licences' && what !== 'modules') {
    process.stderr.write(usage);
    return 2;
  }
  const scratch = mkdtempSync(join(tmpdir(), 'supply-chain-'));
  try {
    const bundles = (await bundleFunctions(scratch)).map(bundleModules);
    const shipped = shippedPackages(bundles, readLockfile());
    switch (what) {
      case 'sbom':
        console.log(JSON.stringify(shippedSbom(npmSbom(), shipped), null, 2));
        return 0;
      case 'modules':
        console.log(JSON.stringify(bundles, null, 2));
        return 0;
      case 'licences': {
        console.log(licenceLines(shipped).join('\n'));
        const doubtful = unpermitted(shipped);
        for (const { name, licence } of doubtful) {
          console.error(
            `${name} is under ${licence ?? 'no licence that it names'}, which is not in the list of scripts/supply-chain.ts: read it, then add it there or do without the package.`,
          );
        }
        return doubtful.length === 0 ? 0 : 1;
      }
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

function sorted(bytes: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(bytes).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = await main(process.argv[2]);
}
