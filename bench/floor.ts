import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod';

/**
 * The least that any build of a corpus must do, in one thread: parse every document, put strings together,
 * and write as many files of as many bytes under the same names. `node bench/floor.ts CORPUS SIZES OUT`,
 * where SIZES is the JSON that `bench/build.ts` makes of a tree.
 */
const [corpus = '', sizes = '', out = ''] = process.argv.slice(2);
const files = z
  .array(z.tuple([z.string(), z.number()]))
  .parse(JSON.parse(readFileSync(sizes, 'utf8')));

let text = '';
for (const line of readFileSync(corpus, 'utf8').split('\n')) {
  if (line === '') continue;
  const document: unknown = JSON.parse(line);
  if (text.length < 4_000_000) text += JSON.stringify(document);
}
const made = new Set<string>();
let from = 0;
for (const [path, size] of files) {
  const file = join(out, path);
  const folder = dirname(file);
  if (!made.has(folder)) mkdirSync(folder, { recursive: true });
  made.add(folder);
  from = (from + 997) % 1_000_000;
  writeFileSync(file, text.slice(from, from + Math.min(size, 3_000_000)));
}
