/**
 * What things take: the one place for it. The simulator's clock runs by these figures, and so does every
 * bench and slow mode that speaks of time.
 */

/**
 * Milliseconds from sending a request to hearing its answer, in the middle of the day, within one region.
 * Assumed, and to be compared with an account's own: `TotalRequestLatency` of S3, and the log of the functions.
 */
export const calls = {
  s3: { get: 15, head: 15, put: 30, /** A page of a thousand keys. */ list: 60, delete: 30 },
  lake: {
    /** A hundred documents. */ read: 60,
    /** A page of a thousand revisions, or the counts. */ query: 120,
  },
  queue: { send: 15, changeVisibility: 15 },
  purge: 200,
} as const;

/** No call takes the same twice: from so much to so much of its time. */
export const spread = { from: 0.7, to: 1.6 } as const;

/** One call in so many takes so many times as long. */
export const slowCall = { oneIn: 100, times: 10 } as const;

/** When a client stops waiting for an answer, as the adapters set it. What it sent may still arrive. */
export const patience = { s3: 10_000, lake: 6_000, queue: 3_000, purge: 3_000 } as const;

/** From the start of an environment to its first handler, most of it processor at the full share. */
export const coldStart = 600;

/**
 * Milliseconds of one whole vCPU. Medians on two hardware threads of one core, 1 December 2026:
 * `node --import ./scripts/tsx.ts bench/processor.ts`
 */
export const processor = {
  /**
   * Asking S3 for something, whatever it waits: signing, headers, parsing, without TLS. More than drawing costs.
   * `node --import ./scripts/tsx.ts bench/calls.ts`
   */
  call: {
    get: 0.95,
    head: 0.68,
    put: 0.92,
    /** A page of a thousand keys. */ list: 16,
    delete: 0.42,
  },
  /** Reading one briefing of 400 words as the lake gives it. */
  parse: 0.06,
  draw: {
    /** Page, text, Markdown and JSON of one briefing. */
    briefing: 0.27,
    /** Home, archive, index, three feeds, sitemap: with the newest twenty. */
    site: 5,
    /** Pages that stand for themselves. */
    fixed: 2.8,
    /** One line of a month: its page and its JSON. */
    monthLine: 0.013,
    /** One briefing in the archive of the feeds, in three formats. */
    feedItem: 0.13,
    sitemapLine: 0.002,
    /** One line of a person's year. */
    personLine: 0.02,
    /** One entry of the change feed. */
    change: 0.001,
    /** A redirect or what says that something is gone. */
    tombstone: 0.007,
  },
  /** One object drawn: hashed, stamped, hashed again, and its part in packing the release. */
  settle: 0.32,
  /** Of text, for 100 kB. */
  unpack: 0.22,
  pack: 1.6,
  readJson: 0.52,
  canonicalJson: 0.84,
  hash: 0.21,
  /** Tables of keys that the deep check keeps, for each key: making its row or looking it up; reading it with others. */
  keyTable: { row: 0.0032, merge: 0.0002 },
} as const;

/** Megabytes of memory that buy one whole vCPU; less memory, a smaller share. */
export const wholeProcessor = 1_769;

/** The part of one vCPU that a function has. */
export function shareOfProcessor(memoryMb: number): number {
  return memoryMb / wholeProcessor;
}
