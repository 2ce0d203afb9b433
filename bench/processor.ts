import { parseArgs } from 'node:util';
import type { DocumentId } from '../src/briefing/model.ts';
import type { Publication } from '../src/briefing/resolved.ts';
import { parseDocument } from '../src/briefing/parse.ts';
import { buildSite } from '../src/publishing/build.ts';
import { canonicalJson, md5Hex, sha256 } from '../src/publishing/digest.ts';
import { noHistory } from '../src/publishing/history.ts';
import { KeyTable } from '../src/publishing/key-table.ts';
import { edition } from '../src/publishing/edition.ts';
import { contentHash, encodeRelease, stampOf, storedForm } from '../src/publishing/release.ts';
import type { Renderers } from '../src/publishing/renderers.ts';
import { packText, unpackText } from '../src/publishing/stored-text.ts';
import type { PublicObject } from '../src/site/public-object.ts';
import { corpus } from './corpus.ts';

/**
 * What decoding, drawing and hashing cost in processor, on this machine: the figures of
 * `cdk/charter/times.ts`, in milliseconds, each the median of what it was measured at.
 *
 * `node --import ./scripts/tsx.ts bench/processor.ts [--briefings 600] [--rounds 10]`
 */
const { values } = parseArgs({
  options: {
    briefings: { type: 'string', default: '600' },
    rounds: { type: 'string', default: '10' },
  },
});

const documents = new Map<DocumentId, Readonly<Record<string, unknown>>>(
  [...corpus(Number(values.briefings))].map((each) => [String(each['_id']), each]),
);
const samples = new Map<string, number[]>();
const drawn: PublicObject[] = [];

// The first round only warms the compiler up.
for (let round = 0; round <= Number(values.rounds); round += 1) {
  drawn.length = 0;
  if (round === 1) samples.clear();
  parseAll();
  await drawAll();
}
settleAll();
textAll();
keysAll();

for (const [name, of] of samples) {
  console.log(
    `${name.padEnd(16)} ${median(of).toFixed(4).padStart(10)} ms, median of ${of.length}`,
  );
}

function parseAll(): void {
  for (const document of documents.values()) {
    if (document['_type'] !== 'briefing') continue;
    // As it comes from the network: parsing remembers a document that it has seen.
    const fresh: unknown = JSON.parse(JSON.stringify(document));
    measured('parse', 1, () => parseDocument(fresh));
  }
}

async function drawAll(): Promise<void> {
  const { objects } = await buildSite({
    documents,
    history: noHistory,
    baseUrl: 'https://bench.example',
    tagAuthority: 'bench.example,2026',
    renderers: measuring(edition),
    now: '2026-02-20T12:00:00.000Z',
  });
  for await (const { object } of objects) drawn.push(object);
}

/** The same renderers, each call timed: by the call, or by the line where a list grows. */
function measuring(of: Renderers): Renderers {
  return {
    briefing: (input) => measured('draw.briefing', 1, () => of.briefing(input)),
    site: (input) => {
      drawSmallThings(of, input.publication);
      return measured('draw.site', 1, () => of.site(input));
    },
    fixed: (publication) => measured('draw.fixed', 1, () => of.fixed(publication)),
    month: (input) => measured('draw.monthLine', input.cards.length, () => of.month(input)),
    feedMonth: (input) => measured('draw.feedItem', input.items.length, () => of.feedMonth(input)),
    sitemapYear: (input) =>
      measured('draw.sitemapLine', input.lines.length, () => of.sitemapYear(input)),
    person: (input) =>
      measured('draw.personLine', input.cards.flatMap(({ cards }) => cards).length, () =>
        of.person(input),
      ),
    changesHead: (input) => of.changesHead(input),
    changesChunk: (input) => of.changesChunk(input),
    moved: (input) => of.moved(input),
    gone: (input) => of.gone(input),
  };
}

/** What a site without a history has not: a full chunk of the change feed, and something that is gone. */
function drawSmallThings(of: Renderers, publication: Publication): void {
  const entries = Array.from({ length: 100 }, (_, index) => ({
    seq: index + 1,
    id: `briefing-${index}`,
    kind: 'published' as const,
    address: `/2016/01/briefing-${index}/` as const,
    contentHash: sha256(String(index)),
    release: index + 1,
  }));
  measured('draw.change', entries.length, () =>
    of.changesHead({ publication, entries, previous: 1 }),
  );
  for (const { id, address, seq } of entries) {
    const gone = { at: '2026-02-20T12:00:00.000Z', release: seq };
    measured('draw.tombstone', 1, () =>
      of.gone({ publication, path: address, id, gone, movedTo: null }),
    );
  }
}

/** What is done to an object between drawing and writing it, a release of fourteen at a time. */
function settleAll(): void {
  for (let from = 0; from + 14 <= drawn.length; from += 14) {
    const objects = drawn.slice(from, from + 14);
    measured('settle', objects.length, () => {
      const writes = objects.map((object) => {
        const stamp = stampOf(object, 7);
        const { etag } = storedForm(object, stamp);
        return { object, phase: 2 as const, prev: contentHash(object), etag, stamp, owner: 'site' };
      });
      return encodeRelease({
        seq: 7,
        previous: null,
        writes,
        receipts: [],
        purge: [],
        stored: [],
        dropped: [],
      });
    });
  }
}

/** Records as the state tree keeps them, 100 kB at a time. */
function textAll(): void {
  const cards = [...documents.values()].map((document) => ({
    id: document['_id'],
    headline: document['headline'] ?? null,
    date: document['date'] ?? null,
    views: {
      [`/v1/${String(document['_id'])}.json`]: { hash: sha256(String(document['_id'])), seq: 7 },
    },
  }));
  const text = JSON.stringify(cards).slice(0, 100_000);
  const records: unknown = JSON.parse(JSON.stringify(cards.slice(0, 400)));
  const size = JSON.stringify(records).length / 100_000;
  for (let time = 0; time < 60; time += 1) {
    const packed = measured('pack', text.length / 100_000, () => packText(text));
    measured('unpack', text.length / 100_000, () => unpackText(packed));
    const json = measured('canonicalJson', size, () => canonicalJson(records));
    measured('readJson', size, (): unknown => JSON.parse(json));
    measured('hash', text.length / 100_000, () => sha256(text) + md5Hex(text));
  }
}

/** The tables of a deep check: a slice's of its own, and all of a bucket of a million and a half. */
function keysAll(): void {
  const objects = Array.from({ length: 25_000 }, (_, number) => ({
    key: `public/briefings/a-briefing-of-some-length-${number}/index.html`,
    etag: md5Hex(String(number)),
  }));
  const tables: KeyTable[] = [];
  for (let time = 0; time < 20; time += 1) {
    const table = measured('keyTable.row', objects.length, () => KeyTable.of(objects));
    measured('keyTable.row', objects.length, () => {
      for (const { key, etag } of objects) table.look(key, etag);
    });
    tables.push(table, table, table);
  }
  for (let time = 0; time < 3; time += 1) {
    measured('keyTable.merge', tables.length * objects.length, () =>
      KeyTable.merged(tables.map((table) => KeyTable.decode(table.encode()))),
    );
  }
}

/** Run something and note how long one of its parts took. */
function measured<Result>(name: string, parts: number, run: () => Result): Result {
  const from = performance.now();
  const result = run();
  const took = performance.now() - from;
  if (parts > 0) {
    const known = samples.get(name) ?? [];
    known.push(took / parts);
    samples.set(name, known);
  }
  return result;
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}
