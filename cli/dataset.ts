import { closeSync, openSync, readSync } from 'node:fs';
import { isDocumentId } from '../src/briefing/document-id.ts';
import type { DocumentId } from '../src/briefing/model.ts';
import type { PublishedDocuments } from '../src/publishing/build.ts';
import { CannotRun } from './cannot-run.ts';
import { collectingEvery } from './memory.ts';

/** The published documents of a dataset export. They stay on disk: only where they are is kept. */
export interface Dataset extends PublishedDocuments {
  readonly size: number;
  close(): void;
}

/**
 * Opens an export: one JSON document a line. Drafts, versions, and what belongs to the lake itself
 * (assets, groups) are passed over. Throws CannotRun, naming the line, for what is no export.
 */
export function openDataset(file: string): Dataset {
  const descriptor = openFile(file);
  const places = new Map<DocumentId, { readonly from: number; readonly length: number }>();
  for (const { number, from, bytes } of linesOf(descriptor)) {
    if (bytes.length === 0) continue;
    const id = publishedId(readDocument(bytes, `${file}, line ${number}`));
    if (id === null) continue;
    if (places.has(id)) {
      throw new CannotRun(
        `${file}, line ${number}: ${id} is there twice. An export has every document once; export again.`,
      );
    }
    places.set(id, { from, length: bytes.length });
  }
  const get = (id: DocumentId): unknown => {
    const place = places.get(id);
    if (place === undefined) return undefined;
    const bytes = Buffer.allocUnsafe(place.length);
    readSync(descriptor, bytes, 0, place.length, place.from);
    return JSON.parse(bytes.toString('utf8'));
  };
  return {
    size: places.size,
    has: (id) => places.has(id),
    get,
    *[Symbol.iterator]() {
      const afterEach = collectingEvery(1_000);
      for (const id of places.keys()) {
        yield [id, get(id)] as const;
        afterEach();
      }
    },
    close: () => closeSync(descriptor),
  };
}

function openFile(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (cause) {
    throw new CannotRun(
      `${file} cannot be read. Expected a dataset export: one JSON document a line, as ` +
        '"sanity dataset export" or "pressrun export --lake FILE" writes it.',
      { cause },
    );
  }
}

/** The id of a published document of ours; null for a draft, a version, an asset and the like. */
function publishedId(document: Readonly<Record<string, unknown>>): DocumentId | null {
  const { _id: id, _type: type } = document;
  if (typeof id !== 'string' || !isDocumentId(id)) return null;
  if (typeof type === 'string' && /^(?:sanity|system)\./.test(type)) return null;
  return id;
}

function readDocument(bytes: Buffer, place: string): Readonly<Record<string, unknown>> {
  let document: unknown;
  try {
    document = JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    throw new CannotRun(`${place} is not JSON. Expected one document a line; export again.`, {
      cause,
    });
  }
  if (isDocument(document)) return document;
  throw new CannotRun(`${place} is not a document: expected an object with an _id.`);
}

function isDocument(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && '_id' in value;
}

const chunkSize = 1 << 20;

interface Line {
  readonly number: number;
  readonly from: number;
  readonly bytes: Buffer;
}

/** The lines of a file, without ever holding more than one chunk and one line. */
function* linesOf(descriptor: number): Generator<Line> {
  let held: Buffer = Buffer.alloc(0);
  let from = 0;
  let number = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(chunkSize);
    const read = readSync(descriptor, chunk, 0, chunkSize, from + held.length);
    const bytes = Buffer.concat([held, chunk.subarray(0, read)]);
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      number += 1;
      yield { number, from: from + start, bytes: bytes.subarray(start, end) };
      start = end + 1;
    }
    if (read === 0) {
      if (start < bytes.length) {
        yield { number: number + 1, from: from + start, bytes: bytes.subarray(start) };
      }
      return;
    }
    held = bytes.subarray(start);
    from += start;
  }
}
