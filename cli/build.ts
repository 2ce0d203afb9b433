import { writeFileSync } from 'node:fs';
import * as z from 'zod';
import type { Command } from 'commander';
import { buildSite, type Build } from '../src/publishing/build.ts';
import { edition } from '../src/publishing/edition.ts';
import { noHistory, type History } from '../src/publishing/history.ts';
import { storedForm } from '../src/publishing/release.ts';
import { pathInTree } from '../src/publishing/verify.ts';
import { objectKey } from '../src/site/paths.ts';
import { type PublicObject, stampBody, stampMarker } from '../src/site/public-object.ts';
import { described, type Run } from './command.ts';
import { openDataset } from './dataset.ts';
import { readHistory } from './history-file.ts';
import { copyPictures, findPictures } from './images.ts';
import { collectingEvery } from './memory.ts';
import { someProblemLines, tally } from './problem-lines.ts';
import type { Progress } from './progress.ts';
import { type TreeObject, TreeWriter } from './public-tree.ts';

export const buildCommand = (run: Run): Command =>
  described('build', 'A clean build of the public tree from a dataset export, offline.', [
    'pressrun build --from L.ndjson --out site --base-url https://briefings.example --tag-authority briefings.example,2026',
    'pressrun build --from L.ndjson --state S.ndjson --images exported --out site',
  ])
    .requiredOption('--from <file>', 'the dataset export: one JSON document a line')
    .requiredOption('--out <dir>', 'where the tree goes; problems go to <dir>.problems.json')
    .option('--state <file>', 'the state-history of a bucket, as "export --state" writes it')
    .option('--images <dir>', 'a tree to take stored pictures from, as "export" writes it')
    .option('--as-of <instant>', 'the instant the site speaks of (default: of the state, else now)')
    .option(
      '--base-url <url>',
      'the public address of the site (default: of the state, else https://publication.example)',
    )
    .option(
      '--tag-authority <name>',
      'the authority of feed ids (default: of the state, else publication.example,2026)',
    )
    .option('--force', 'replace what is in the folder')
    .action(
      run(shape, async ({ options }, { progress, tell, path }) => {
        const out = path(options.out);
        const history =
          options.state === undefined ? noHistory : await readHistory(path(options.state));
        // Before the tree is begun, which with --force does away with the one before.
        const pictures =
          options.images === undefined ? null : findPictures(path(options.images), { out });
        const dataset = openDataset(path(options.from));
        try {
          const tree = new TreeWriter(out, { force: options.force });
          const build = await buildSite({
            documents: dataset,
            history: options.asOf === undefined ? history : { ...history, asOf: options.asOf },
            ...stageOf(options, history),
            renderers: edition,
            now: new Date().toISOString(),
          });
          await write(build, tree, progress);
          if (pictures !== null) copyPictures(pictures, tree);
          const { objects, root } = tree.finish();
          const counted = tally(build.problems);
          // Beside the tree, so that the tree holds what the bucket holds and nothing else.
          writeFileSync(`${out}.problems.json`, `${JSON.stringify(build.problems, null, 2)}\n`);
          for (const line of someProblemLines(build.problems, `${options.out}.problems.json`)) {
            tell(line);
          }
          return {
            problems: counted.errors > 0,
            lines: [
              `built: ${objects} objects, root ${root}`,
              `from ${dataset.size} documents as of ${build.asOf}: ${counted.sentence}`,
            ],
            data: {
              objects,
              root,
              asOf: build.asOf,
              documents: dataset.size,
              problems: build.problems,
            },
          };
        } finally {
          dataset.close();
        }
      }),
    );

const shape = z.object({
  from: z.string(),
  out: z.string(),
  state: z.string().optional(),
  images: z.string().optional(),
  asOf: z.iso
    .datetime({ error: 'expected an instant such as 2026-11-23T09:00:00Z' })
    .transform((text) => new Date(text).toISOString())
    .optional(),
  baseUrl: z
    .url({ protocol: /^https?$/, error: 'expected an address such as https://briefings.example' })
    .transform((url) => url.replace(/\/$/, ''))
    .optional(),
  tagAuthority: z
    .string()
    .regex(
      /^[a-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?$/,
      'expected a domain and a date, such as briefings.example,2026',
    )
    .optional(),
  force: z.boolean().default(false),
});

/** The stage a build is for: as told, as the history says, else a placeholder that nobody can mistake. */
function stageOf(
  options: Pick<z.output<typeof shape>, 'baseUrl' | 'tagAuthority'>,
  { stage }: History,
): { readonly baseUrl: string; readonly tagAuthority: string } {
  return {
    baseUrl: options.baseUrl ?? stage?.baseUrl ?? 'https://publication.example',
    tagAuthority: options.tagAuthority ?? stage?.tagAuthority ?? 'publication.example,2026',
  };
}

/** An object as it is stored, but its bytes left as text: no copy, and no ETag that nobody asks for. */
function asText(object: PublicObject, stamp: string): TreeObject {
  const bare = storedForm({ ...object, body: stampMarker }, '');
  const { contentType, cacheControl = '', metadata = {} } = bare;
  return { contentType, cacheControl, metadata, body: stampBody(object, stamp) };
}

async function write(build: Build, tree: TreeWriter, progress: Progress): Promise<void> {
  progress.begin('writing briefings', build.live);
  const afterEach = collectingEvery(5_000);
  for await (const { object, stamp } of build.objects) {
    afterEach();
    tree.put(pathInTree(objectKey(object.path)), asText(object, stamp));
    if (object.path.startsWith('/v1/briefings/')) progress.step();
  }
}
