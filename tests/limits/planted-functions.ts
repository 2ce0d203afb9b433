import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'esbuild';
import { bundleFunctions } from '../../scripts/bundle.ts';

/** Words in a headline for which the planted page throws, or never ends. */
export const plantedWords = { throws: 'planted throw', loops: 'planted endless loop' } as const;

/**
 * Bundles the functions as they ship, but for the page of a briefing, which throws or never ends for some
 * headlines. It is planted while bundling, so that what ships carries no switches. Throws when it does not fit.
 */
export async function bundlePlantedFunctions(directory: string): Promise<void> {
  const root = join(import.meta.dirname, '..', '..');
  const file = join(root, 'src', 'render', 'briefing-page.tsx');
  const begins = 'const { briefing } = resolved;';
  const planted = `${begins}
    if (briefing.headline.includes('${plantedWords.throws}')) throw new TypeError('planted');
    if (briefing.headline.includes('${plantedWords.loops}')) for (;;);`;
  let times = 0;
  const planting: Plugin = {
    name: 'planted',
    setup(context) {
      context.onLoad({ filter: /\/src\/render\/briefing-page\.tsx$/ }, ({ path }) => {
        if (path !== file) return undefined;
        const text = readFileSync(file, 'utf8');
        if (!text.includes(begins)) throw new Error(`Expected "${begins}" in ${file}`);
        times += 1;
        return { contents: text.replace(begins, planted), loader: 'tsx' };
      });
    },
  };
  await bundleFunctions(directory, undefined, [planting]);
  if (times === 0) throw new Error(`${file} was not bundled, so nothing could be planted`);
}
