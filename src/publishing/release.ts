import { cacheControl } from '../site/cache-policy.ts';
import { objectKey } from '../site/paths.ts';
import { stampBody, type WrittenObject } from '../site/public-object.ts';
import type { Path } from '../briefing/resolved.ts';
import { canonicalJson, md5Hex, sha256 } from './digest.ts';
import type { PurgeItem, StoredObject } from './ports.ts';
import type { ReleaseName } from './state.ts';
import { packText, unpackText } from './stored-text.ts';

/**
 * A release: every byte that its application will write, stored before the commit, so that any
 * version of the code can finish it. `apply` copies; it never renders.
 */
export interface Release {
  readonly seq: number;
  /** The release before this one, for the collector's walk. */
  readonly previous: ReleaseName | null;
  readonly writes: readonly Write[];
  readonly receipts: readonly Receipt[];
  readonly purge: readonly PurgeItem[];
  /** State keys that are stored with this release: other commits of its number were lost, and so is what they stored. */
  readonly stored: readonly string[];
  /** State keys that this release stops naming. */
  readonly dropped: readonly string[];
}

/**
 * 1 new targets · 2 pages · 3 indexes, entry points, and redirects that lead elsewhere now · 4 moves ·
 * 5 removals. Moves come before removals: until a moved page's old address redirects, the old page
 * there still links to what is being removed.
 */
export type Phase = 1 | 2 | 3 | 4 | 5;

export interface Write {
  readonly object: WrittenObject;
  readonly phase: Phase;
  /** ETag that stands there now; null: nothing. */
  readonly prev: string | null;
  /** ETag of what this write puts there. */
  readonly etag: string;
  readonly stamp: string;
  /** Record of the tree that holds its view. */
  readonly owner: string;
}

export interface Receipt {
  readonly path: Path;
  readonly body: string;
}

/** SHA-256 of the bytes with an empty stamp, and the metadata: what two equal objects share. */
export function contentHash(object: WrittenObject): string {
  return sha256(`${metadataOf(object)}\n${stampBody(object, '')}`);
}

/**
 * `<seq>.<hash of the metadata>`: so the bytes, and with them the ETag, change whenever status,
 * location, type, cache rule or tags do, and never return to what stood there before.
 */
export function stampOf(object: WrittenObject, seq: number): string {
  return `${seq}.${metadataHash(metadataOf(object))}`;
}

/** The object as it is put, and its ETag. */
export function storedForm(
  object: WrittenObject,
  stamp: string,
): StoredObject & { readonly etag: string } {
  const body = textEncoder.encode(stampBody(object, stamp));
  return {
    body,
    etag: md5Hex(body),
    contentType: object.contentType,
    cacheControl: cacheControl(object.cache),
    metadata: {
      ...(object.status === 200 ? {} : { status: String(object.status) }),
      ...(object.location === undefined ? {} : { location: object.location }),
      ...(object.tags.length === 0 ? {} : { 'cache-tag': object.tags.join(',') }),
    },
  };
}

export const keyOf = (write: Write): string => objectKey(write.object.path);

export function encodeRelease(release: Release): {
  readonly hash: string;
  readonly body: Uint8Array;
} {
  const text = canonicalJson(release);
  return { hash: sha256(text).slice(0, 22), body: packText(text) };
}

export function decodeRelease(body: Uint8Array): Release {
  return JSON.parse(unpackText(body));
}

/** A stand-alone copy of a release under another number: for objects that a foreign hand has changed. */
export function restamped(
  release: Release,
  seq: number,
  standing: ReadonlyMap<string, string | null>,
): readonly Write[] {
  return release.writes.map((write) => {
    const stamp = stampOf(write.object, seq);
    return {
      ...write,
      stamp,
      prev: standing.get(keyOf(write)) ?? null,
      etag: storedForm(write.object, stamp).etag,
    };
  });
}

function metadataOf(object: WrittenObject): string {
  return JSON.stringify([
    object.status,
    object.location ?? null,
    object.contentType,
    cacheControl(object.cache),
    object.tags,
  ]);
}

const metadataHashes = new Map<string, string>();
function metadataHash(metadata: string): string {
  const known = metadataHashes.get(metadata);
  if (known !== undefined) return known;
  const hash = sha256(metadata).slice(0, 8);
  if (metadataHashes.size < 10_000) metadataHashes.set(metadata, hash);
  return hash;
}

const textEncoder = new TextEncoder();
