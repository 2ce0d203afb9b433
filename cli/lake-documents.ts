import { closeSync, openSync, writeSync } from 'node:fs';
import type { DocumentId } from '../src/briefing/model.ts';
import { canonicalJson } from '../src/publishing/digest.ts';
import type { Lake } from '../src/publishing/ports.ts';
import type { Progress } from './progress.ts';

/**
 * Writes the lake's published documents into a file, one a line, in the order of ids: a query names
 * them, and each is read by id, strongly. `known` are ids that the query, which may lag, could miss.
 */
export async function writeLakeDocuments(
  lake: Lake,
  file: string,
  { known, progress }: { readonly known: Iterable<DocumentId>; readonly progress: Progress },
): Promise<number> {
  const ids = new Set(known);
  for await (const { id } of lake.revisions()) ids.add(id);
  const order = [...ids].sort();
  progress.begin('reading documents', order.length);
  const descriptor = openSync(file, 'w');
  let count = 0;
  try {
    for (let from = 0; from < order.length; from += batch) {
      const wanted = order.slice(from, from + batch);
      const read = await lake.read(wanted);
      for (const id of wanted) {
        const fetched = read.get(id);
        if (fetched?.kind !== 'present') continue;
        writeSync(descriptor, `${canonicalJson(fetched.document)}\n`);
        count += 1;
      }
      progress.step(wanted.length);
    }
  } finally {
    closeSync(descriptor);
  }
  return count;
}

const batch = 100;
