import type { DocumentId, Instant } from '../briefing/model.ts';
import type { Path, Publication } from '../briefing/resolved.ts';
import type { PublicObject } from '../site/public-object.ts';
import { contractObject } from './json-object.ts';

/** The tombstone of a document of the contract: what went, when, and where to go instead. */
export function goneJson(
  {
    path,
    id,
    release,
    at,
    movedTo = null,
  }: {
    readonly path: Path;
    readonly id: DocumentId | null;
    /** Null for a list that has become empty. */
    readonly release: number | null;
    readonly at: Instant | null;
    readonly movedTo?: Path | null;
  },
  publication: Publication,
): PublicObject {
  return contractObject(
    'gone',
    publication,
    { path, status: 410, cache: 'short', tags: [] },
    (links) => ({
      type: 'gone',
      status: 410 as const,
      id,
      release,
      at,
      movedTo: movedTo === null ? null : links.url(movedTo),
    }),
  );
}

/** The permanent redirect of a document that was merged into another. */
export function movedJson(
  {
    path,
    id,
    release,
    at,
    location,
  }: {
    readonly path: Path;
    readonly id: DocumentId | null;
    /** Null for a list that has become empty. */
    readonly release: number | null;
    readonly at: Instant | null;
    readonly location: Path;
  },
  publication: Publication,
): PublicObject {
  return contractObject(
    'moved',
    publication,
    { path, status: 301, location, cache: 'short', tags: [] },
    (links) => ({
      type: 'moved',
      status: 301 as const,
      id,
      release,
      at,
      location: links.url(location),
    }),
  );
}
