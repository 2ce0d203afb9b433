import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command } from 'commander';
import * as z from 'zod';
import { parseDocument } from '../src/briefing/parse.ts';
import { buildSite, type PublishedDocuments } from '../src/publishing/build.ts';
import { edition } from '../src/publishing/edition.ts';
import { gatherHistory, noHistory, type History } from '../src/publishing/history.ts';
import type { DocumentProblems } from '../src/publishing/problems.ts';
import { SettingsMissing } from '../src/publishing/settings-document.ts';
import { readRoot } from '../src/publishing/root.ts';
import { CannotRun } from './cannot-run.ts';
import { type Answer, type Run, described, type Tools } from './command.ts';
import { openDataset } from './dataset.ts';
import { writeLakeDocuments } from './lake-documents.ts';
import { problemLines, tally } from './problem-lines.ts';
import { historyAt } from './state-history.ts';

export const validateCommand = (run: Run): Command =>
  described('validate', 'Checks every published document, with paths and fixes.', [
    'pressrun validate L.ndjson',
    'pressrun validate --lake',
    'pressrun validate L.ndjson --json',
  ])
    .argument('[file]', 'a dataset export: one JSON document a line')
    .option('--lake', 'the documents of the running system instead')
    .option('--no-warnings', 'only what keeps a document from being published')
    .action(
      run(shape, async ({ options, args }, tools) => {
        const [file] = args;
        if ((file === undefined) === !options.lake) {
          throw new CannotRun(
            'Expected either a file or --lake: "pressrun validate L.ndjson" or "pressrun validate --lake".',
          );
        }
        const found =
          file === undefined ? await inLake(tools) : await inFile(tools.path(file), noHistory);
        return answerOf(found, options.warnings);
      }),
    );

const shape = z.object({ lake: z.boolean().default(false), warnings: z.boolean() });

interface Found {
  readonly documents: number;
  readonly problems: readonly DocumentProblems[];
}

async function inFile(file: string, history: History): Promise<Found> {
  const dataset = openDataset(file);
  try {
    return { documents: dataset.size, problems: await problemsIn(dataset, history) };
  } finally {
    dataset.close();
  }
}

async function inLake({ stage, progress }: Tools): Promise<Found> {
  const { publisher } = await stage();
  const scratch = mkdtempSync(join(tmpdir(), 'pressrun-'));
  try {
    const file = join(scratch, 'lake');
    await writeLakeDocuments(publisher.ports.lake, file, { known: [], progress });
    const { root, etag } = await readRoot(publisher.ports, publisher.stage.epoch);
    return await inFile(
      file,
      etag === null ? noHistory : await gatherHistory(historyAt(publisher, root)),
    );
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Each document by itself, then together: what is missing, and who holds an address that is wanted. */
async function problemsIn(
  documents: PublishedDocuments,
  history: History,
): Promise<readonly DocumentProblems[]> {
  try {
    const build = await buildSite({
      documents,
      history,
      // Where the site stands makes no document right or wrong.
      baseUrl: 'https://validate.invalid',
      tagAuthority: 'validate.invalid,2026',
      renderers: edition,
      now: new Date().toISOString(),
    });
    return build.problems;
  } catch (error) {
    if (!(error instanceof SettingsMissing)) throw error;
    return [...documents]
      .flatMap(([id, document]) => ownProblems(id, document))
      .concat({
        id: 'siteSettings',
        type: 'siteSettings',
        problems: [
          {
            code: 'required',
            path: '',
            severity: 'error',
            message: error.message,
            fix: 'Nothing can be published without settings; fill them in and publish them.',
          },
        ],
      });
  }
}

function ownProblems(id: string, document: unknown): DocumentProblems[] {
  const parsed = parseDocument(document);
  const problems = parsed.ok ? parsed.warnings : parsed.problems;
  return problems.length === 0
    ? []
    : [{ id, type: parsed.ok ? parsed.value.type : null, problems }];
}

function answerOf({ documents, problems }: Found, warnings: boolean): Answer {
  const shown = problems
    .map((each) => ({
      ...each,
      problems: each.problems.filter(({ severity }) => warnings || severity === 'error'),
    }))
    .filter((each) => each.problems.length > 0);
  const { errors, sentence } = tally(shown);
  return {
    problems: errors > 0,
    lines: [...problemLines(shown), `validated ${documents} documents: ${sentence}`],
    data: { documents, errors, problems: shown },
  };
}
