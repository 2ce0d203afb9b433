import type { Path } from '../briefing/resolved.ts';
import { objectKey, statusPath } from '../site/paths.ts';
import type { SliceOutcome } from './advance.ts';
import { canonicalJson } from './digest.ts';
import { KeyTable } from './key-table.ts';
import { viewsOf } from './ledger.ts';
import { isOutage, WritesConflicted } from './outage.ts';
import { inParallel } from './parallel.ts';
import type { Condition, ListedObject } from './ports.ts';
import { publish, type PublishRequest } from './publish.ts';
import { treeOf, type Publisher } from './publisher.ts';
import { readRoot } from './root.ts';
import type { RecordKey, Root, Site, Task, View, Views, Walk } from './state.ts';
import type { Tree } from './tree.ts';
import { walkOf } from './walk.ts';

/** Outside the promise of equality: they tell of time, not of content. */
export const isOutside = (key: string): boolean =>
  key.startsWith('public/v1/receipts/') || key === objectKey(statusPath);

/**
 * A slice of the nightly check: every public object is compared with what state says was last written, for
 * nothing is believed to be there because it once was. What differs is written again over what stands there;
 * what nothing names is noted for the collector, which alone may delete.
 *
 * Keys are listed in their order and state is read in another, so the listing is kept first, in tables of its
 * own (`listing`); then each leaf of the tree is read once and its views are looked up in them (`views`). Only
 * when more was listed than was found so, it is listed once more, against the views (`foreign`).
 */
export async function checkSlice(
  publisher: Publisher,
  root: Root,
  walk: Walk,
  size: number,
): Promise<SliceOutcome> {
  const place = readCursor(walk.cursor);
  switch (place.stage) {
    case 'listing':
      return keepListing(publisher, walk, place);
    case 'views':
      return checkViews(publisher, root, walk, place, leavesADocument * size);
    case 'foreign':
      return lookForForeign(publisher, walk, place);
  }
}

interface Listing {
  readonly stage: 'listing';
  /** Tables kept so far, the keys in them, and the last key. */
  readonly tables: number;
  readonly listed: number;
  readonly after: string;
}
interface Leaves {
  readonly stage: 'views';
  readonly tables: number;
  readonly listed: number;
  readonly leaf: number;
  /** Tables of views kept so far. */
  readonly views: number;
}
interface Foreign {
  readonly stage: 'foreign';
  readonly views: number;
  readonly after: string;
}

/** Keys that one slice lists: 25 answers of S3. */
const keysASlice = 25_000;
/** Leaves that one slice reads for each document that another walk's would draw. */
const leavesADocument = 10;

async function keepListing(
  publisher: Publisher,
  walk: Walk,
  { tables, listed, after }: Listing,
): Promise<SliceOutcome> {
  const page = await listPage(publisher, after);
  await keepTable(publisher, walk, 'listed', tables, KeyTable.of(page.objects));
  const next = { tables: tables + 1, listed: listed + page.objects.length };
  return moved(
    walk,
    page.last === null
      ? { stage: 'views', ...next, leaf: 0, views: 0 }
      : { stage: 'listing', ...next, after: page.last },
  );
}

async function checkViews(
  publisher: Publisher,
  root: Root,
  walk: Walk,
  place: Leaves,
  most: number,
): Promise<SliceOutcome> {
  const listing = await readTables(publisher, walk, 'listed', place.tables);
  // With nothing left to draw again, what bears an older epoch is drawn by nobody any more.
  const isDrawnAgain =
    root.pending.length === 0 && walkOf(root, 'redraw') === null && root.release === null;
  const tree = treeOf(publisher, root);
  const suspects: Suspect[] = [];
  const seen: { readonly key: string; readonly etag: string }[] = [];
  let [leaves, known] = [0, 0];
  let next: number | null = null;
  for await (const { at, records } of tree.leaves(place.leaf)) {
    leaves += 1;
    if (leaves > most) {
      next = at;
      break;
    }
    for (const [owner, record] of Object.entries(records)) {
      if (!ownsViews(owner)) continue;
      for (const [path, view] of viewsOf(viewsIn(record))) {
        const key = objectKey(path);
        const verdict = listing.look(key, view.etag);
        const isDropped = isDrawnAgain && view.epoch !== root.epoch;
        if (verdict !== 'unknown') known += 1;
        if (verdict !== 'same' || isDropped) suspects.push({ path, owner, isDropped });
        seen.push({ key, etag: view.etag });
      }
    }
  }
  const mended = await mendAll(publisher, await thoseAmiss(publisher, suspects));
  if (mended.kind !== 'done') return { ...mended, moved: walk, found: {} };
  await keepTable(publisher, walk, 'views', place.views, KeyTable.of(seen));
  const done = walk.done + known;
  const views = place.views + 1;
  const { releases, repaired } = mended;
  const found = { ...walk, done, found: walk.found + repaired };
  if (next !== null) {
    return { ...moved(found, { ...place, leaf: next, views }), releases, found: { repaired } };
  }
  if (place.listed > done) {
    return {
      ...moved(found, { stage: 'foreign', views, after: '' }),
      releases,
      found: { repaired },
    };
  }
  const noted = await noteForeign(publisher, [], { alone: true });
  return { ...noted, releases: releases + noted.releases, moved: null, found: { repaired } };
}

async function lookForForeign(
  publisher: Publisher,
  walk: Walk,
  { views, after }: Foreign,
): Promise<SliceOutcome> {
  const [page, named] = await Promise.all([
    listPage(publisher, after),
    readTables(publisher, walk, 'views', views),
  ]);
  const strays = page.objects.filter(({ key, etag }) => named.look(key, etag) === 'unknown');
  // What was written since the check began is looked at by the next one: its view may not be among these.
  const begun = `${walk.since.slice(0, 19)}.000Z`;
  const foreign = strays.filter(({ lastModified }) => lastModified < begun);
  const noted = await noteForeign(publisher, foreign, { alone: after === '' });
  if (noted.kind !== 'done') return { ...noted, moved: walk, found: {} };
  return {
    ...noted,
    moved:
      page.last === null ? null : moved(walk, { stage: 'foreign', views, after: page.last }).moved,
    found: { orphans: foreign.length },
  };
}

function moved(
  walk: Walk,
  place: Listing | Leaves | Foreign,
): Pick<SliceOutcome, 'kind' | 'releases' | 'moved' | 'found'> {
  return {
    kind: 'done',
    releases: 0,
    moved: { done: walk.done, found: walk.found, cursor: JSON.stringify(place) },
    found: {},
  };
}

function readCursor(cursor: string): Listing | Leaves | Foreign {
  return cursor === '' ? { stage: 'listing', tables: 0, listed: 0, after: '' } : JSON.parse(cursor);
}

interface ListedPage {
  readonly objects: readonly ListedObject[];
  /** Where the next slice goes on; null at the end. */
  readonly last: string | null;
}

async function listPage(publisher: Publisher, after: string): Promise<ListedPage> {
  const objects: ListedObject[] = [];
  let [count, last] = [0, ''];
  for await (const object of publisher.ports.store.list(
    'public/',
    after === '' ? undefined : after,
  )) {
    if (count === keysASlice) return { objects, last };
    count += 1;
    last = object.key;
    if (!isOutside(object.key)) objects.push(object);
  }
  return { objects, last: null };
}

/** Where the tables of a check stand until the collector takes them away. */
export const tablesPrefix = 'state/check/';

export function tablesOf({ since }: Pick<Walk, 'since'>): string {
  return `${tablesPrefix}${since}/`;
}

function tableKey(walk: Walk, of: 'listed' | 'views', number: number): string {
  return `${tablesOf(walk)}${of}-${number}`;
}

async function keepTable(
  { ports }: Publisher,
  walk: Walk,
  of: 'listed' | 'views',
  number: number,
  table: KeyTable,
): Promise<void> {
  const key = tableKey(walk, of, number);
  const object = { body: table.encode(), contentType: 'application/octet-stream; of=keys' };
  // A slice that was killed has left its table: this one is of what stands now.
  const standing = await ports.store.head(key);
  const condition: Condition =
    standing === null ? { ifNoneMatch: '*' } : { ifMatch: standing.etag };
  const { kind } = await ports.store.put(key, object, condition);
  if (kind !== 'stored')
    throw new WritesConflicted(`${key}: somebody else is at this check; it goes on later`);
}

async function readTables(
  { ports }: Publisher,
  walk: Walk,
  of: 'listed' | 'views',
  count: number,
): Promise<KeyTable> {
  const numbers = Array.from({ length: count }, (_, number) => number);
  const tables = await inParallel(numbers, async (number) => {
    const key = tableKey(walk, of, number);
    const object = await ports.store.get(key);
    if (object === null) throw new Error(`${key} is named by the deep check and is not there`);
    return KeyTable.decode(object.body);
  });
  return KeyTable.merged(tables);
}

interface Suspect {
  readonly path: Path;
  readonly owner: RecordKey;
  /** Drawn by the code before the one that is deployed, and not by this. */
  readonly isDropped: boolean;
}
interface Mend extends Suspect {
  readonly task: Task;
  /** ETag of what stands there. */
  readonly standing: string | null;
  readonly isDamaged: boolean;
}

/** What is amiss as the root is now: what was published since the listing is not. */
async function thoseAmiss(
  publisher: Publisher,
  suspects: readonly Suspect[],
): Promise<readonly Mend[]> {
  if (suspects.length === 0) return [];
  // The bucket first, then the root: what is published in between is taken for damaged by nobody.
  const { store } = publisher.ports;
  const standing = await inParallel(suspects, ({ path }) => store.head(objectKey(path)));
  const { root } = await readRoot(publisher.ports, publisher.stage.epoch);
  const tree = treeOf(publisher, root);
  const mends = await inParallel(
    suspects.map((suspect, index) => ({ ...suspect, standing: standing[index]?.etag ?? null })),
    async (suspect): Promise<Mend | null> => {
      const view: View | undefined = viewsIn(await tree.get(suspect.owner))[suspect.path];
      // It has another owner now, who will be looked at in turn.
      if (view === undefined) return null;
      const isDamaged = suspect.standing !== view.etag;
      const isDropped = suspect.isDropped && view.epoch !== root.epoch;
      if (!isDamaged && !isDropped) return null;
      return { ...suspect, isDamaged, isDropped, task: await taskFor(tree, suspect.owner) };
    },
  );
  return mends.filter((mend) => mend !== null);
}

type Mended = Pick<SliceOutcome, 'kind' | 'releases'> & { readonly repaired: number };

/** Addresses that are mended in one release. */
const mendsARelease = 50;

/** Write again what is damaged, and take down what was dropped; what throws when it is drawn stays as it stands. */
async function mendAll(
  publisher: Publisher,
  mends: readonly Mend[],
  atOnce = mendsARelease,
): Promise<Mended> {
  let [repaired, releases] = [0, 0];
  for (let from = 0; from < mends.length; from += atOnce) {
    const mended = await mendPart(publisher, mends.slice(from, from + atOnce));
    releases += mended.releases;
    repaired += mended.repaired;
    // Put on hold, or deployed, meanwhile: this slice is done again.
    if (mended.kind !== 'done') return { ...mended, releases, repaired };
  }
  return { kind: 'done', releases, repaired };
}

async function mendPart(publisher: Publisher, part: readonly Mend[]): Promise<Mended> {
  try {
    const outcome = await publish(publisher, mending(part));
    switch (outcome.kind) {
      case 'held':
      case 'other-epoch':
        return { kind: outcome.kind, releases: 0, repaired: 0 };
      case 'stale':
        return { kind: 'done', releases: 0, repaired: 0 };
      case 'done':
        return { kind: 'done', releases: outcome.releases, repaired: part.length };
    }
  } catch (error) {
    if (isOutage(error)) throw error;
    if (part.length > 1) return mendAll(publisher, part, 1);
    for (const { path } of part) {
      publisher.notify?.({ kind: 'mend-unfit', key: objectKey(path) });
    }
    return { kind: 'done', releases: 0, repaired: 0 };
  }
}

function mending(part: readonly Mend[]): PublishRequest {
  return {
    ids: [],
    continuePending: false,
    repairs: new Map(
      part.filter(({ isDamaged }) => isDamaged).map(({ path, standing }) => [path, standing]),
    ),
    dropped: new Map(
      part.filter(({ isDropped }) => isDropped).map(({ path, owner }) => [path, owner]),
    ),
    tasks: [...new Set(part.map(({ task }) => task))],
  };
}

/** Foreign objects that are kept in mind for the collector; the rest is found the next night. */
const mostForeign = 1_000;

async function noteForeign(
  publisher: Publisher,
  foreign: readonly ListedObject[],
  { alone }: { readonly alone: boolean },
): Promise<Pick<SliceOutcome, 'kind' | 'releases'>> {
  const { root } = await readRoot(publisher.ports, publisher.stage.epoch);
  const known = orphansIn(await treeOf(publisher, root).get('site'));
  const orphans = Object.fromEntries(
    [
      ...(alone ? [] : Object.entries(known)),
      ...foreign.map(({ key, etag }): [string, string] => [key, etag]),
    ]
      .slice(0, mostForeign)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
  if (canonicalJson(orphans) === canonicalJson(known)) return { kind: 'done', releases: 0 };
  const outcome = await publish(publisher, { ids: [], continuePending: false, orphans });
  if (outcome.kind === 'held' || outcome.kind === 'other-epoch') {
    return { kind: outcome.kind, releases: 0 };
  }
  return { kind: 'done', releases: outcome.kind === 'done' ? outcome.releases : 0 };
}

/** What draws the objects of a record again. */
async function taskFor(tree: Tree, owner: RecordKey): Promise<Task> {
  const [kind, name] = [owner.slice(0, owner.indexOf(':')), owner.slice(owner.indexOf(':') + 1)];
  if (kind === 'month') return `month:${name}`;
  if (kind === 'entry') return documentTask(name, await tree.get(owner));
  if (kind === 'address') {
    const last = lastHolder(await tree.get(owner));
    if (last !== null) return documentTask(last, await tree.get(`entry:${last}`));
  }
  return 'site';
}

function documentTask(id: string, entry: unknown): Task {
  const isFacet =
    typeof entry === 'object' && entry !== null && 'facet' in entry && entry.facet !== null;
  return isFacet ? `facet:${id}` : `briefing:${id}`;
}

function lastHolder(record: unknown): string | null {
  if (typeof record !== 'object' || record === null || !('last' in record)) return null;
  return typeof record.last === 'string' ? record.last : null;
}

/** Records that hold views of public objects. */
export function ownsViews(key: string): key is RecordKey {
  return /^(?:site$|entry:|month:|address:|changes:)/.test(key);
}

/** Those of any record; none of one that has none. */
export function viewsIn(record: unknown): Views {
  return isViewed(record) ? record.views : {};
}
function isViewed(record: unknown): record is { readonly views: Views } {
  return typeof record === 'object' && record !== null && 'views' in record;
}

function orphansIn(record: unknown): Site['orphans'] {
  return isSite(record) ? record.orphans : {};
}
function isSite(record: unknown): record is Site {
  return typeof record === 'object' && record !== null && 'orphans' in record;
}
