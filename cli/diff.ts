import type { Command } from 'commander';
import * as z from 'zod';
import { canonicalJson, sha256 } from '../src/publishing/digest.ts';
import { pathInTree } from '../src/publishing/verify.ts';
import { CannotRun } from './cannot-run.ts';
import { type Run, described } from './command.ts';
import { counted } from './problem-lines.ts';
import { publicObjects } from './public-objects.ts';
import { factsOf, readTree, type ReadTree } from './public-tree.ts';
import type { RunningStage } from './running-stage.ts';
import type { Progress } from './progress.ts';

export const diffCommand = (run: Run): Command =>
  described('diff', 'Names the objects in which two public trees differ.', [
    'pressrun diff exported built',
    'pressrun diff built --bucket',
  ])
    .argument('<dir>', 'a tree, as "build" or "export" writes it')
    .argument('[other]', 'another one')
    .option('--bucket', 'compare with the bucket of the running system instead')
    .action(
      run(shape, async ({ options, args }, tools) => {
        const [first = '', second] = args;
        if ((second === undefined) === !options.bucket) {
          throw new CannotRun(
            'Expected two folders, or one and --bucket: "pressrun diff DIR1 DIR2" or "pressrun diff DIR --bucket".',
          );
        }
        const one = readTree(tools.path(first));
        const other =
          second === undefined
            ? await readBucket(await tools.stage(), tools.progress)
            : readTree(tools.path(second));
        const name = second ?? 'the bucket';
        const differences = differencesOf(one, other);
        return {
          problems: differences.length > 0,
          lines: [
            ...differences.map(({ path, what }) =>
              what === 'only-first'
                ? `only in ${first}: ${path}`
                : what === 'only-second'
                  ? `only in ${name}: ${path}`
                  : `differs in its ${what}: ${path}`,
            ),
            differences.length === 0
              ? `no differences in ${counted(one.files.size, 'object')}`
              : counted(differences.length, 'difference'),
          ],
          data: { differences, objects: one.files.size },
        };
      }),
    );

const shape = z.object({ bucket: z.boolean().default(false) });

interface Difference {
  readonly path: string;
  readonly what: 'only-first' | 'only-second' | 'bytes' | 'headers';
}

function differencesOf(one: ReadTree, other: ReadTree): readonly Difference[] {
  const paths = [
    ...new Set([one.files, one.facts, other.files, other.facts].flatMap((map) => [...map.keys()])),
  ].sort();
  return paths.flatMap((path): Difference[] => {
    if (!other.files.has(path)) return [{ path, what: 'only-first' }];
    if (!one.files.has(path)) return [{ path, what: 'only-second' }];
    if (one.files.get(path) !== other.files.get(path)) return [{ path, what: 'bytes' }];
    return one.facts.get(path) === other.facts.get(path) ? [] : [{ path, what: 'headers' }];
  });
}

async function readBucket({ publisher }: RunningStage, progress: Progress): Promise<ReadTree> {
  const files = new Map<string, string>();
  const facts = new Map<string, string>();
  progress.begin('reading objects');
  for await (const [key, object] of publicObjects(publisher.ports.store)) {
    if (object === null) continue;
    files.set(pathInTree(key), sha256(object.body));
    facts.set(pathInTree(key), canonicalJson(factsOf(object)));
    progress.step();
  }
  return { files, facts };
}
