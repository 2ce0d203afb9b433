import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import type { Patch } from './mutants.ts';

const root = join(import.meta.dirname, '..', '..');

/** Bundle the simulator, with the mutant's patches if there are any. Throws when a patch does not fit. */
export async function bundleHunt(name: string, patches: readonly Patch[] = []): Promise<string> {
  const directory = join(root, 'dist', 'simulator');
  mkdirSync(directory, { recursive: true });
  const outfile = join(directory, `${name}.mjs`);
  const applied = new Set<Patch>();
  await build({
    entryPoints: [join(import.meta.dirname, 'hunt.ts')],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    outfile,
    logLevel: 'error',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    plugins: [unpacked, patching(patches, applied)],
  });
  const left = patches.find((patch) => !applied.has(patch));
  if (left !== undefined) {
    throw new Error(
      `${left.file} was not bundled, so the mutant's text could not be changed:\n${left.from}`,
    );
  }
  return outfile;
}

/** How state is packed is no matter of the protocol, and took a fifth of the time: here it is kept as it is. */
const unpacked: Plugin = {
  name: 'unpacked',
  setup(context) {
    context.onLoad({ filter: /\/src\/publishing\/stored-text\.ts$/ }, () => ({
      contents: `
        export const storedTextType = 'application/json';
        export const packText = (text) => new TextEncoder().encode(text);
        export const unpackText = (body) => new TextDecoder().decode(body);
      `,
      loader: 'ts',
    }));
  },
};

function patching(patches: readonly Patch[], applied: Set<Patch>): Plugin {
  return {
    name: 'mutant',
    setup(context) {
      context.onLoad({ filter: /\/(?:src|lambdas|cdk\/charter)\/.*\.ts$/ }, ({ path }) => {
        const own = patches.filter(({ file }) => path === join(root, file));
        if (own.length === 0) return undefined;
        let contents = readFileSync(path, 'utf8');
        for (const patch of own) {
          if (!contents.includes(patch.from)) {
            throw new Error(
              `The mutant's text is not in ${patch.file} any more; bring tests/simulator/mutants.ts up to date:\n${patch.from}`,
            );
          }
          contents = contents.replace(patch.from, () => patch.to);
          applied.add(patch);
        }
        return { contents, loader: 'ts' };
      });
    },
  };
}
