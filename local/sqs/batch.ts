import { z } from 'zod';
import { SqsError } from './errors.ts';
import { readInput } from './input.ts';

/** The entries of a batch request, after the checks that refuse a batch as a whole. */
export function batchEntries<Shape>(
  shape: z.ZodType<Shape>,
  input: unknown,
): (Shape & { Id: string })[] {
  const { Entries } = readInput(z.object({ Entries: z.array(z.unknown()).default([]) }), input);
  if (Entries.length === 0) {
    throw refused('EmptyBatchRequest', 'There should be at least one entry in the request.');
  }
  if (Entries.length > 10) {
    throw refused('TooManyEntriesInBatchRequest', 'Maximum number of entries per request are 10.');
  }
  const entries = Entries.map((entry) => ({
    ...readInput(shape, entry),
    ...readInput(z.object({ Id: z.string() }), entry),
  }));
  if (entries.some((entry) => !/^[\w-]{1,80}$/.test(entry.Id))) {
    throw refused(
      'InvalidBatchEntryId',
      'A batch entry id can only contain alphanumeric characters, hyphens and underscores.',
    );
  }
  if (new Set(entries.map((entry) => entry.Id)).size < entries.length) {
    throw refused('BatchEntryIdsNotDistinct', 'Two or more batch entries have the same Id.');
  }
  return entries;
}

/** Does each entry on its own: one refused entry does not stop the others. */
export function answerBatch<Entry extends { Id: string }>(
  entries: readonly Entry[],
  work: (entry: Entry) => object,
): { Successful: object[]; Failed: object[] } {
  const answer: { Successful: object[]; Failed: object[] } = { Successful: [], Failed: [] };
  for (const entry of entries) {
    try {
      answer.Successful.push({ Id: entry.Id, ...work(entry) });
    } catch (error) {
      if (!(error instanceof SqsError)) throw error;
      answer.Failed.push({
        Id: entry.Id,
        Code: error.queryCode,
        Message: error.message,
        SenderFault: true,
      });
    }
  }
  return answer;
}

const refused = (code: string, message: string) =>
  new SqsError(code, message, { queryCode: `AWS.SimpleQueueService.${code}` });
