import type { Path } from '../../src/briefing/resolved.ts';
import {
  archivePath,
  feedPaths,
  homePath,
  objectKey,
  pathOfKey,
  sitemapPath,
  v1,
} from '../../src/site/paths.ts';
import { rootKey, type Root } from '../../src/publishing/state.ts';
import { linksRead } from '../site/links-read.ts';
import type { Bucket, Held } from './bucket.ts';

/** A promise that was broken, and where. */
export class Violation extends Error {
  override readonly name = 'Violation';
  readonly promise: string;
  constructor(promise: string, detail: string) {
    super(`${promise}: ${detail}`);
    this.promise = promise;
  }
}

export const baseUrl = 'https://daily.example';
const entryPoints: readonly Path[] = [
  homePath,
  archivePath,
  ...Object.values(feedPaths),
  sitemapPath,
  v1.index,
  v1.changesHead,
];

/** Watches every write of a public object. */
export class Oracles {
  readonly #bucket: Bucket;
  readonly #releases = new Map<string, number>();
  readonly #shown = new Map<string, number>();
  readonly #buried = new Map<string, number>();
  readonly #links = new Map<string, readonly Path[]>();
  readonly #baseUrl: string;
  /** Keys a foreign hand has touched: until they are repaired nothing is promised of them. */
  readonly foreign = new Set<string>();
  watchesLinks = true;
  #isOnHold = false;

  constructor(bucket: Bucket, base = baseUrl) {
    this.#bucket = bucket;
    this.#baseUrl = base;
  }

  /** Of a lake that went back to a backup: the revision of each document, which may be shown again. */
  restored: ReadonlyMap<string, number> = new Map();

  /** Throws the violation. */
  afterWrite(key: string, object: Held | null): void {
    if (key === rootKey && object !== null) this.#isOnHold = rootOf(object).hold !== null;
    if (!key.startsWith('public/') || key.startsWith('public/v1/receipts/')) return;
    if (this.#isOnHold) throw new Violation('on hold', `${key} is written all the same`);
    if (object !== null) {
      // Where a foreign hand has deleted, a creation that was long under way lands: foreign as well.
      const isLate = this.foreign.has(key) && releaseOf(object) < (this.#releases.get(key) ?? 0);
      if (isLate) return;
      this.foreign.delete(key);
      this.#neverBack(key, object);
    }
    if (this.watchesLinks && this.foreign.size === 0) this.#linksStand(key);
  }

  /** I2: release numbers and revisions at a key never fall; what was removed does not return. */
  #neverBack(key: string, object: Held): void {
    const text = decode(object);
    if (text.includes('CANARY'))
      throw new Violation('I4 nothing unpublished', `${key} shows a draft`);
    const release = releaseOf(object);
    if (Number.isNaN(release))
      throw new Violation('I3 one version', `${key} bears no release number`);
    const last = this.#releases.get(key) ?? 0;
    if (release < last) {
      throw new Violation('I2 no way back', `${key} went from release ${last} to ${release}`);
    }
    this.#releases.set(key, release);
    const shown = /rev="(\S+) r(\d+)"/.exec(text);
    if (object.metadata?.['status'] !== undefined) {
      for (const [name, revision] of this.#shown) {
        if (name.startsWith(`${key} `)) this.#buried.set(name, revision);
      }
      return;
    }
    if (shown === null) return;
    const [, id = '', revisionText = ''] = shown;
    const revision = Number(revisionText);
    const name = `${key} ${id}`;
    const isRestored = this.restored.get(id) === revision;
    if (!isRestored && revision < (this.#shown.get(name) ?? 0)) {
      throw new Violation(
        'I2 no way back',
        `${key} shows r${revision} of ${id} after r${this.#shown.get(name)}`,
      );
    }
    if (!isRestored && revision <= (this.#buried.get(name) ?? 0)) {
      throw new Violation(
        'I2 no way back',
        `${key} shows r${revision} of ${id} again after its removal`,
      );
    }
    this.#shown.set(name, revision);
  }

  /** I1: every link reachable from the entry points leads to a 200 in at most one redirect. */
  #linksStand(after: string): void {
    const seen = new Set<Path>();
    const queue: Path[] = [];
    for (const path of entryPoints) {
      if (this.#bucket.objects.has(objectKey(path))) queue.push(path);
    }
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      if (seen.has(path)) continue;
      seen.add(path);
      const object = this.#bucket.objects.get(objectKey(path));
      if (object === undefined) continue;
      const further = furtherPath(object);
      if (further !== null) queue.push(further);
      if (object.metadata?.['status'] !== undefined) continue;
      for (const link of this.#linksOf(path, object)) {
        this.#follow(path, link, after);
        queue.push(link);
      }
    }
  }

  #follow(from: Path, link: Path, after: string): void {
    const target = this.#bucket.objects.get(objectKey(link));
    const status = target === undefined ? '404' : (target.metadata?.['status'] ?? '200');
    if (status === '200') return;
    const further = target === undefined ? null : furtherPath(target);
    if (further !== null) {
      const second = this.#bucket.objects.get(objectKey(further));
      if (second !== undefined && second.metadata?.['status'] === undefined) return;
    }
    throw new Violation(
      'I1 links',
      `${from} links to ${link}, which answers ${status}${further === null ? '' : ` to ${further}`}, after the write of ${after}`,
    );
  }

  #linksOf(path: Path, object: Held): readonly Path[] {
    const known = this.#links.get(object.etag);
    if (known !== undefined) return known;
    const links = linksRead(
      { path, contentType: object.contentType, body: decode(object) },
      this.#baseUrl,
    ).filter((link) => link !== path && !link.startsWith('/images/'));
    this.#links.set(object.etag, links);
    return links;
  }
}

function rootOf(object: Held): Root {
  return JSON.parse(decode(object));
}

/** The number of the release that an object bears; NaN for none. */
function releaseOf(object: Held): number {
  const stamp = /(?:release(?:="|" content="|":\s?"|\s)|"\$comment":\s?")(\d+)\./;
  return Number(stamp.exec(decode(object))?.[1] ?? 'NaN');
}

/** Where an object of the site leads readers on to, within the site. */
function furtherPath({ metadata }: Held): Path | null {
  const location = metadata?.['status'] === '301' ? metadata['location'] : undefined;
  return location?.startsWith('/') === true ? pathOfKey(`public${location}`) : null;
}

export function decode(object: { readonly body: Uint8Array }): string {
  return decoder.decode(object.body);
}
const decoder = new TextDecoder();
