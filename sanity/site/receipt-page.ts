import { base64UrlOf, sha256 } from './receipt-hash.ts';

/** A page as the edge served it. */
export interface ServedPage {
  readonly body: string;
  readonly contentType: string;
  readonly cacheControl: string;
}

/** What a served page is: which release wrote it, and the hash of what it holds. */
export interface Fingerprint {
  readonly release: number;
  readonly contentHash: string;
}

/**
 * The content hash of a page, computed from what a reader gets: the bytes with their stamp taken out,
 * and the metadata, of which the edge shows all but the cache tag. It is the publisher's own
 * `contentHash`; a test holds the two against each other. Null for what carries no stamp.
 */
export async function fingerprintOf(served: ServedPage, tag: string): Promise<Fingerprint | null> {
  const stamp = stampIn.exec(served.body);
  if (stamp === null || stampIn.exec(served.body.slice(stamp.index + 1)) !== null) return null;
  const [whole, opening = '', release = ''] = stamp;
  const unstamped =
    served.body.slice(0, stamp.index + opening.length) +
    served.body.slice(stamp.index + whole.length);
  const metadata = JSON.stringify([200, null, served.contentType, served.cacheControl, [tag]]);
  return {
    release: Number(release),
    contentHash: base64UrlOf(await sha256(`${metadata}\n${unstamped}`)),
  };
}

/** The element of a page's head that holds its stamp, up to the stamp's end. */
const stampIn = /(<meta name="pressrun:release" content=")(\d{1,15})\.[A-Za-z0-9_-]{8}(?=")/;
