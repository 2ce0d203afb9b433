import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import * as z from 'zod';
import { gatherHistory, type History, type HistoryRecord } from '../src/publishing/history.ts';
import { CannotRun } from './cannot-run.ts';

/** Reads a state-history that `export --state` wrote. Throws CannotRun, naming the line, for anything else. */
export async function readHistory(file: string): Promise<History> {
  return gatherHistory(records(file));
}

async function* records(file: string): AsyncGenerator<HistoryRecord> {
  let number = 0;
  let isWhole = false;
  try {
    for await (const line of createInterface({ input: createReadStream(file, 'utf8') })) {
      number += 1;
      if (line === '') continue;
      const record = recordOf(line);
      if (record === null) throw new CannotRun(`${file}, line ${number}: ${expected}`);
      if (record.kind === 'publication') isWhole = true;
      yield record;
    }
  } catch (error) {
    if (error instanceof CannotRun) throw error;
    throw new CannotRun(`${file} cannot be read. ${expected}`, { cause: error });
  }
  if (!isWhole) throw new CannotRun(`${file} has no record of the publication. ${expected}`);
}

const expected =
  'Expected a state-history, one record a line, as "pressrun export --state FILE" writes it; export again.';

function recordOf(line: string): HistoryRecord | null {
  try {
    const record = shape.safeParse(JSON.parse(line));
    return record.success ? record.data : null;
  } catch {
    return null;
  }
}

const path = z.templateLiteral(['/', z.string()]);
const gone = z.object({ at: z.string(), release: z.number() }).nullable();
const entries = z.array(
  z.object({
    seq: z.number(),
    id: z.string(),
    kind: z.enum(['published', 'updated', 'moved', 'corrected', 'retracted', 'removed']),
    address: path,
    contentHash: z.string(),
    release: z.number(),
  }),
);
const shape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stamp'), path, seq: z.number() }),
  z.object({ kind: z.literal('stage'), baseUrl: z.string(), tagAuthority: z.string() }),
  z.object({
    kind: z.literal('publication'),
    asOf: z.string(),
    epoch: z.number(),
    seq: z.number(),
    changes: entries,
    chunks: z.number(),
  }),
  z.object({
    kind: z.literal('briefing'),
    id: z.string(),
    publishedAt: z.string().nullable(),
    related: z.array(z.string()).nullable(),
    formerly: z.array(z.string()),
    gone,
    removalRefused: z.boolean(),
  }),
  z.object({ kind: z.literal('person'), id: z.string(), formerly: z.array(z.string()), gone }),
  z.object({
    kind: z.literal('address'),
    address: z.string(),
    holder: z.string().nullable(),
    last: z.string().nullable(),
  }),
  z.object({ kind: z.literal('changes'), number: z.number(), entries }),
  z.object({
    kind: z.literal('refusal'),
    id: z.string(),
    rev: z.string(),
    epoch: z.number(),
    problems: z.array(
      z.object({ code: z.string(), path: z.string(), holder: z.string().exactOptional() }),
    ),
  }),
  z.object({ kind: z.literal('accepted'), id: z.string(), rev: z.string() }),
  z.object({ kind: z.literal('snapshot'), id: z.string(), document: z.unknown() }),
]);
