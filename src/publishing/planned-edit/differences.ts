import type { DocumentId } from '../../briefing/model.ts';
import type { Path } from '../../briefing/resolved.ts';
import { v1 } from '../../site/paths.ts';
import type { PublicObject } from '../../site/public-object.ts';
import { chunkSize } from '../announce.ts';
import type { Edit, Neighbourhood } from '../neighbourhood.ts';
import type { PlannedWrite as Write } from '../plan.ts';

/** One address that will be written, and the briefing whose page, twin or JSON it is. */
export type PlannedWrite = Write & { readonly of: DocumentId | null };

/** What has to be written so that one tree becomes the other. */
export function differences(
  before: ReadonlyMap<Path, PublicObject>,
  after: ReadonlyMap<Path, PublicObject>,
  owners: ReadonlyMap<Path, DocumentId>,
): readonly PlannedWrite[] {
  const writes: PlannedWrite[] = [];
  for (const [path, object] of after) {
    const standing = before.get(path);
    if (standing !== undefined && sameObject(standing, object)) continue;
    const bytes = new TextEncoder().encode(object.body).length;
    const of = owners.get(path) ?? null;
    if (object.status === 301 && object.location !== undefined) {
      writes.push({ what: 'moved', path, bytes, location: object.location, of });
    } else {
      const what = object.status === 410 ? 'gone' : standing === undefined ? 'new' : 'changed';
      writes.push({ what, path, bytes, of });
    }
  }
  return writes;
}

function sameObject(a: PublicObject, b: PublicObject): boolean {
  const metadata = ({ status, location, contentType, cache, tags }: PublicObject): string =>
    JSON.stringify([status, location ?? null, contentType, cache, tags]);
  return a.body === b.body && metadata(a) === metadata(b);
}

/** A line for each briefing whose JSON changes; a full head becomes a chunk. */
export function changeFeed(
  writes: readonly PlannedWrite[],
  { changes }: Neighbourhood,
): readonly PlannedWrite[] {
  const news = writes.filter(({ path }) => briefingOfJson(path) !== null).length;
  if (news === 0) return [];
  const feed: PlannedWrite[] = [{ what: 'changed', path: v1.changesHead, bytes: 0, of: null }];
  const full = Math.ceil((changes.entries + news) / chunkSize) - 1;
  for (let chunk = 1; chunk <= full; chunk += 1) {
    feed.push({ what: 'new', path: v1.changes(changes.chunks + chunk), bytes: 0, of: null });
  }
  return feed;
}

/** Briefings whose JSON changes though nobody edited them. */
export function followers(writes: readonly PlannedWrite[], edit: Edit): readonly DocumentId[] {
  return writes
    .map(({ path }) => briefingOfJson(path))
    .filter((id) => id !== null)
    .filter((id) => !edit.has(id))
    .sort();
}

function briefingOfJson(path: Path): DocumentId | null {
  return /^\/v1\/briefings\/(.+)\.json$/.exec(path)?.[1] ?? null;
}

/** One item for each edited page that stood before; lists never, and a new page needs none. */
export function purgesOf(
  writes: readonly PlannedWrite[],
  before: ReadonlyMap<Path, PublicObject>,
  after: ReadonlyMap<Path, PublicObject>,
): number {
  const tags = writes
    .filter(({ path }) => before.get(path)?.status === 200)
    .flatMap(({ path }) => after.get(path)?.tags ?? [])
    .filter((tag) => tag.startsWith('briefing-'));
  return new Set(tags).size;
}
