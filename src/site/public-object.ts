import type { Path } from '../briefing/resolved.ts';

/**
 * One object of the public tree, as rendered: complete but for the release stamp,
 * which stands in the body as one marker until the release that writes it is known.
 */
export interface PublicObject extends WrittenObject {
  /**
   * Our own paths that it leads to, without query and fragment, each once: every address that a reader or
   * a program would follow, and the location of a 301. `drawObject` fills it in.
   */
  readonly leadsTo: readonly Path[];
}

/** What of it is written to the bucket, and kept in a release. */
export interface WrittenObject {
  /** Root-relative path; a directory stands for its `index.html`. */
  readonly path: Path;
  readonly status: 200 | 301 | 410;
  /** Where a 301 leads: a root-relative path. */
  readonly location?: Path;
  /** With charset where it has one. */
  readonly contentType: string;
  readonly cache: CacheClass;
  /** Text with exactly one `stampMarker`. */
  readonly body: string;
  /** Cache tags, for purging: `briefing-<id>` and the like; ASCII, no commas. */
  readonly tags: readonly string[];
}

/** Rules of `cache-policy.ts` by name. */
export type CacheClass = 'page' | 'list' | 'asset' | 'short' | 'receipt';

/**
 * Where the release stamp will stand. A Unicode noncharacter: the normaliser at the door removes
 * it from all content, so content can never forge or break a stamp.
 */
export const stampMarker = '\uFDD0';

/** The body with its stamp. Throws when the marker does not stand in it exactly once (a renderer's bug). */
export function stampBody(object: Pick<WrittenObject, 'path' | 'body'>, stamp: string): string {
  const at = object.body.indexOf(stampMarker);
  if (at < 0 || object.body.indexOf(stampMarker, at + 1) >= 0) {
    throw new Error(
      `${object.path}: expected one place for the release stamp, found ${at < 0 ? 'none' : 'several'}; ` +
        'the renderer must print stampMarker exactly once',
    );
  }
  return object.body.slice(0, at) + stamp + object.body.slice(at + 1);
}
