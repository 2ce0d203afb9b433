import type { Path } from '../briefing/resolved.ts';
import { type CacheClass, type PublicObject, stampMarker } from '../site/public-object.ts';

/** An object of the contract as a public object: its body, and the place of its release stamp. */
export function jsonObject(
  object: {
    readonly path: Path;
    readonly status?: PublicObject['status'];
    readonly location?: Path;
    readonly contentType?: string;
    readonly cache: CacheClass;
    readonly tags: readonly string[];
    /** The member that holds the stamp; a schema has `$comment` for it. */
    readonly stampIn?: '_release' | '$comment';
  },
  content: Readonly<Record<string, unknown>>,
): PublicObject {
  return {
    path: object.path,
    status: object.status ?? 200,
    ...(object.location === undefined ? {} : { location: object.location }),
    contentType: object.contentType ?? 'application/json; charset=utf-8',
    cache: object.cache,
    tags: object.tags,
    body: `${JSON.stringify({ ...content, [object.stampIn ?? '_release']: stampMarker })}\n`,
  };
}
