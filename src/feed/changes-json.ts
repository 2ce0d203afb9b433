import type { Path, Publication } from '../briefing/resolved.ts';
import { cacheTags } from '../site/cache-tags.ts';
import { v1 } from '../site/paths.ts';
import type { PublicObject } from '../site/public-object.ts';
import type { ChangeEntry } from './changes.ts';
import { contractObject } from './json-object.ts';

/** `/v1/changes/head.json`: the newest entries, and where the older ones are. */
export function changesHead(
  head: { readonly entries: readonly ChangeEntry[]; readonly previous: number | null },
  publication: Publication,
): PublicObject {
  return changes({ ...head, path: v1.changesHead, number: null }, publication);
}

/** `/v1/changes/<n>.json`: a full chunk, which does not change any more. */
export function changesChunk(
  chunk: {
    readonly number: number;
    readonly entries: readonly ChangeEntry[];
    readonly previous: number | null;
  },
  publication: Publication,
): PublicObject {
  return changes({ ...chunk, path: v1.changes(chunk.number) }, publication);
}

function changes(
  {
    path,
    number,
    entries,
    previous,
  }: {
    readonly path: Path;
    readonly number: number | null;
    readonly entries: readonly ChangeEntry[];
    readonly previous: number | null;
  },
  publication: Publication,
): PublicObject {
  return contractObject(
    'changes',
    publication,
    { path, cache: 'list', tags: [cacheTags.changes] },
    (links) => ({
      type: 'changes',
      number,
      previousUrl: previous === null ? null : links.url(v1.changes(previous)),
      entries: entries.map(({ seq, id, kind, address, contentHash, release }) => ({
        seq,
        id,
        kind,
        address,
        contentHash,
        release,
      })),
    }),
  );
}
