import { canonicalJson, md5Hex } from './digest.ts';
import type { Ports } from './ports.ts';
import { rootKey, type Root } from './state.ts';
import { emptyBranches } from './tree.ts';

/** The root, and the ETag that a swap must name; null before the very first commit. */
export interface SeenRoot {
  readonly root: Root;
  readonly etag: string | null;
}

export async function readRoot({ store }: Pick<Ports, 'store'>, epoch: number): Promise<SeenRoot> {
  const object = await store.get(rootKey);
  if (object === null) return { root: firstRoot(epoch), etag: null };
  return { root: parseRoot(new TextDecoder().decode(object.body)), etag: object.etag };
}

/** Swap the root if it is still the one that was seen. False: somebody else was first. Throws when the store does. */
export async function swapRoot(
  { store }: Pick<Ports, 'store'>,
  seen: SeenRoot,
  next: Root,
): Promise<string | null> {
  const body = new TextEncoder().encode(canonicalJson(next));
  if (body.length > 16_384) {
    throw new Error(`The root would be ${body.length} bytes; it may be at most 16384`);
  }
  const outcome = await store.put(
    rootKey,
    { body, contentType: 'application/json' },
    seen.etag === null ? { ifNoneMatch: '*' } : { ifMatch: seen.etag },
  );
  return outcome.kind === 'stored' ? md5Hex(body) : null;
}

function firstRoot(epoch: number): Root {
  return {
    format: 4,
    seq: 0,
    epoch,
    asOf: '1970-01-01T00:00:00.000Z',
    nextDue: null,
    branches: emptyBranches,
    release: null,
    lastRelease: null,
    pending: [],
    walks: [],
    slice: { of: 'fan-out', cursor: '', at: '1970-01-01T00:00:00.000Z', attempts: 0, size: 100 },
    compared: null,
    removals: [],
    live: 0,
    counts: {},
    quarantined: 0,
    watermark: '1970-01-01T00:00:00.000Z',
    hold: null,
    purges: [],
    purged: null,
  };
}

function parseRoot(text: string): Root {
  const root = readJson(text);
  const older = olderFormat(root);
  if (older !== null) {
    throw new Error(
      `${rootKey} is of format ${older}, and this code reads format 4, which keeps its records in other ways. ` +
        'Nothing was changed. Publish into an empty bucket; locally, into another --data folder.',
    );
  }
  if (!isRoot(root)) {
    throw new Error(
      `${rootKey} is no root of format 4, which this code reads, but ${text.length} characters of something ` +
        "else. Nothing was changed. Restore its newest sound version from the bucket's versions.",
    );
  }
  return root;
}

/** Its own bytes, written by compare-and-swap, are believed when they are whole. */
function isRoot(value: unknown): value is Root {
  return (
    typeof value === 'object' &&
    value !== null &&
    'format' in value &&
    value.format === 4 &&
    'branches' in value
  );
}

function olderFormat(value: unknown): number | null {
  if (typeof value !== 'object' || value === null || !('format' in value)) return null;
  const { format } = value;
  return format === 1 || format === 2 || format === 3 ? format : null;
}

/** The parser's own message would quote the text. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
