import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Something of the local stack in a file that is to be deployed. */
export interface LocalTrace {
  readonly file: string;
  readonly found: string;
  readonly what: string;
}

/**
 * What must never be in a Studio that is deployed. Sanity's own code names `localhost` and `127.0.0.1`
 * without a port, to know a developer's machine when it sees one; an address needs a port here.
 */
const traces: readonly { readonly pattern: RegExp; readonly what: string }[] = [
  { pattern: /(?:localhost|127\.0\.0\.1|\[::1\]):\d{2,5}/, what: 'an address on one machine' },
  { pattern: /local-login/, what: 'the login of the local content lake' },
  { pattern: /pressrunStage/, what: 'the stage that the local Studio is told by its page' },
  { pattern: /_local(?:Token|Ticket)/, what: 'a token in an address, as the local lake takes it' },
  { pattern: /local-(?:editor|viewer)-/, what: 'a token of the local lake' },
  { pattern: /stage\/local\.ts/, what: 'the source of the local stage' },
  { pattern: /(?<![\w-])localdev(?![\w-])/, what: 'the project of the local lake' },
  { pattern: /(?<![A-Za-z0-9])sk[A-Za-z0-9]{80,}/, what: 'what looks like a token of Sanity’s' },
];

/** Every trace of the local stack in a built Studio, source maps included; empty for one to be deployed. */
export function localTracesIn(folder: string): readonly LocalTrace[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      const text = readFileSync(path, 'latin1');
      return traces.flatMap(({ pattern, what }) => {
        const [found] = pattern.exec(text) ?? [];
        return found === undefined ? [] : [{ file: relative(folder, path), found, what }];
      });
    });
}

if (import.meta.main) {
  const [folder = 'sanity/dist'] = process.argv.slice(2);
  if (existsSync(join(folder, 'index.html'))) {
    const found = localTracesIn(folder);
    for (const { file, found: text, what } of found) console.log(`${file}: ${text}, ${what}`);
    console.log(found.length === 0 ? 'Nothing of the local stack is in it.' : 'Do not deploy it.');
    process.exitCode = found.length === 0 ? 0 : 1;
  } else {
    console.error(`Expected a built Studio in ${folder}; build it, or name its folder`);
    process.exitCode = 2;
  }
}
