import { join } from 'node:path';
import { builtPatterns } from './built.ts';
import { collectPatterns } from './collect.ts';
import { superLinear } from './judge.ts';

/*
 * Judges every pattern that an editor's text can meet, or anybody's: `src` and `lambdas` are what runs in
 * public, the Studio and the command line read the same texts.
 */
const root = join(import.meta.dirname, '..', '..', '..');
const { patterns, built } = collectPatterns(root, ['src', 'lambdas', 'sanity', 'cli']);
const made = Object.entries(builtPatterns).flatMap(([file, each]) =>
  each.made.flatMap((pattern) =>
    pattern === null ? [] : [{ file, source: pattern.source, flags: pattern.flags }],
  ),
);
const judged = new Map(
  [...patterns, ...made].map((pattern) => [`/${pattern.source}/${pattern.flags}`, pattern]),
);
let found = 0;
for (const [literal, { file, source, flags }] of judged) {
  const wrong = superLinear(source, flags);
  if (wrong === null) continue;
  found += 1;
  console.log(`${file}: ${literal}\n  ${wrong}`);
}
const unnamed = built.filter(({ file }) => builtPatterns[file] === undefined);
for (const { file, code } of unnamed) {
  console.log(
    `${file}: ${code.slice(0, 200)}\n  is made at run time; name it in built.ts, or write a literal`,
  );
}
console.log(`${found} super-linear of ${judged.size} patterns`);
process.exitCode = found + unnamed.length === 0 ? 0 : 1;
