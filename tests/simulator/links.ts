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
import { linksRead } from '../site/links-read.ts';
import { decode, type Bucket, type Held } from './bucket.ts';

const entryPoints: readonly Path[] = [
  homePath,
  archivePath,
  ...Object.values(feedPaths),
  sitemapPath,
  v1.index,
  v1.changesHead,
];

/**
 * Every link of what can be reached from the entry points leads to a 200 in at most one redirect (I1). After
 * a write only what it touched is looked at: where its object leads now, and what leads to it. What could be
 * reached once counts as reachable; so nothing is overlooked, and before something is called broken
 * everything is walked once more.
 */
export class Links {
  readonly #bucket: Bucket;
  readonly #baseUrl: string;
  /** By ETag: equal bytes have equal links. */
  readonly #known: Map<string, readonly Path[]>;
  readonly #leading = new Map<Path, readonly Path[]>();
  readonly #linkers = new Map<Path, Set<Path>>();
  readonly #reached = new Set<Path>();
  #isWalked = false;

  constructor(bucket: Bucket, baseUrl: string, known = new Map<string, readonly Path[]>()) {
    this.#bucket = bucket;
    this.#baseUrl = baseUrl;
    this.#known = known;
  }

  /** What was written is not followed: the next look is at everything. */
  forget(): void {
    this.#isWalked = false;
  }

  /** Null when all links stand, else which does not. */
  brokenAfter(key: string): string | null {
    if (!this.#isWalked) return this.walked();
    return this.#look(pathOfKey(key)) === null ? null : this.walked();
  }

  /** The same of everything. */
  walked(): string | null {
    this.#leading.clear();
    this.#linkers.clear();
    this.#reached.clear();
    this.#isWalked = true;
    return this.#follow(entryPoints.filter((path) => this.#bucket.objects.has(objectKey(path))));
  }

  #look(path: Path): string | null {
    const isEntry = entryPoints.includes(path);
    if (!isEntry && !this.#reached.has(path)) return null;
    const isNew = !this.#reached.has(path);
    if (!isNew) this.#leave(path);
    const own = this.#follow([path], true);
    if (own !== null) return own;
    for (const linker of this.#linkers.get(path) ?? []) {
      // Through a redirect, its linkers lead here too.
      const from = this.#isRedirect(linker) ? (this.#linkers.get(linker) ?? []) : [linker];
      const target = this.#isRedirect(linker) ? linker : path;
      for (const each of from) {
        if (this.#isRedirect(each)) continue;
        const broken = this.#brokenLink(each, target);
        if (broken !== null) return broken;
      }
    }
    return null;
  }

  /** Look at the links of these, and of all that they lead to and nobody has looked at. */
  #follow(paths: readonly Path[], again = false): string | null {
    const queue = [...paths];
    let isFirst = again;
    for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
      if (!isFirst && this.#reached.has(path)) continue;
      isFirst = false;
      this.#reached.add(path);
      const object = this.#bucket.objects.get(objectKey(path));
      if (object === undefined) continue;
      const leading = this.#leadingFrom(path, object);
      this.#leading.set(path, leading);
      for (const link of leading) {
        const linkers = this.#linkers.get(link) ?? new Set();
        this.#linkers.set(link, linkers);
        linkers.add(path);
        if (object.metadata?.['status'] === undefined) {
          const broken = this.#brokenLink(path, link);
          if (broken !== null) return broken;
        }
        queue.push(link);
      }
    }
    return null;
  }

  #leave(path: Path): void {
    for (const link of this.#leading.get(path) ?? []) this.#linkers.get(link)?.delete(path);
    this.#leading.delete(path);
  }

  #brokenLink(from: Path, link: Path): string | null {
    const target = this.#bucket.objects.get(objectKey(link));
    const status = target === undefined ? '404' : (target.metadata?.['status'] ?? '200');
    if (status === '200') return null;
    const further = target === undefined ? null : furtherPath(target);
    if (further !== null) {
      const second = this.#bucket.objects.get(objectKey(further));
      if (second !== undefined && second.metadata?.['status'] === undefined) return null;
    }
    return `${from} links to ${link}, which answers ${status}${further === null ? '' : ` to ${further}`}`;
  }

  #isRedirect(path: Path): boolean {
    const object = this.#bucket.objects.get(objectKey(path));
    return object !== undefined && furtherPath(object) !== null;
  }

  /** Where an object leads: its links; of a redirect, where it sends readers. */
  #leadingFrom(path: Path, object: Held): readonly Path[] {
    const further = furtherPath(object);
    if (further !== null) return [further];
    if (object.metadata?.['status'] !== undefined) return [];
    const known = this.#known.get(object.etag);
    if (known !== undefined) return known;
    const links = linksRead(
      { path, contentType: object.contentType, body: decode(object) },
      this.#baseUrl,
    ).filter((link) => link !== path && !link.startsWith('/images/'));
    this.#known.set(object.etag, links);
    return links;
  }
}

/** Where an object of the site leads readers on to, within the site. */
function furtherPath({ metadata }: Held): Path | null {
  const location = metadata?.['status'] === '301' ? metadata['location'] : undefined;
  return location?.startsWith('/') === true ? pathOfKey(`public${location}`) : null;
}
