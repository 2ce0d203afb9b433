import { edgeSeconds } from '../../src/site/cache-policy.ts';
import type { Origin, OriginAnswer } from './origin.ts';

/** How an answer was come by, in the words of CloudFront's `x-cache`. */
type CacheState = 'Hit' | 'Miss' | 'RefreshHit' | 'Error';

export interface CachedAnswer extends OriginAnswer {
  readonly cache: CacheState;
  readonly ageSeconds: number;
}

/** What to forget: paths as readers know them (`/x/*` for all below), or cache tags. */
export interface Invalidation {
  readonly paths?: readonly string[];
  readonly tags?: readonly string[];
}

interface Entry {
  answer: OriginAnswer;
  fetchedAt: number;
}

/** A request to the origin that is under way. What is to be forgotten meanwhile must not be kept by it. */
interface Underway {
  readonly forgotten: Invalidation[];
}

/**
 * A shared cache in front of the origin that follows `Cache-Control` as CloudFront does: s-maxage before
 * max-age, stale while it asks again, stale when the origin fails. One request at a time goes to the origin
 * for a key, however many readers wait.
 */
export class EdgeCache {
  readonly #origin: Origin;
  readonly #clock: () => number;
  readonly #tagHeader: string;
  readonly #entries = new Map<string, Entry>();
  /** What further readers wait for; and everything under way, also what a purge has made nobody wait for. */
  readonly #fetching = new Map<string, Promise<CachedAnswer>>();
  readonly #underway = new Set<Underway>();

  constructor({
    origin,
    clock,
    tagHeader,
  }: {
    origin: Origin;
    clock: () => number;
    tagHeader: string;
  }) {
    this.#origin = origin;
    this.#clock = clock;
    this.#tagHeader = tagHeader;
  }

  /** The answer for a URI as the viewer-request function left it. */
  async get(uri: string): Promise<CachedAnswer> {
    const entry = this.#entries.get(uri);
    if (entry === undefined) return this.#fetch(uri, undefined);
    const age = (this.#clock() - entry.fetchedAt) / 1000;
    const { fresh, whileRevalidating } = lifetimes(entry.answer);
    const cached = (cache: CacheState): CachedAnswer => ({
      ...entry.answer,
      cache,
      ageSeconds: Math.max(0, Math.floor(age)),
    });
    if (age < fresh) return cached(entry.answer.status < 400 ? 'Hit' : 'Error');
    if (age < fresh + whileRevalidating) {
      // The reader gets what is there; a failure of this fetch is the next reader's business.
      void this.#fetch(uri, entry).catch(() => {});
      return cached('Hit');
    }
    return this.#fetch(uri, entry);
  }

  invalidate(invalidation: Invalidation): void {
    for (const [uri, { answer }] of this.#entries) {
      if (this.#isMeant(uri, answer, invalidation)) this.#entries.delete(uri);
    }
    // Who comes from now on asks again, rather than wait for an answer that may be from before.
    for (const { forgotten } of this.#underway) forgotten.push(invalidation);
    this.#fetching.clear();
  }

  #isMeant(uri: string, answer: OriginAnswer, { paths = [], tags = [] }: Invalidation): boolean {
    const wanted = tags.map((tag) => tag.toLowerCase());
    const own = (answer.headers[this.#tagHeader] ?? '').toLowerCase().split(',');
    return (
      own.some((tag) => wanted.includes(tag.trim())) || paths.some((path) => isBelow(uri, path))
    );
  }

  #fetch(uri: string, stale: Entry | undefined): Promise<CachedAnswer> {
    const running = this.#fetching.get(uri);
    if (running !== undefined) return running;
    const request: Underway = { forgotten: [] };
    const fetching = this.#askOrigin(uri, stale, request).finally(() => {
      this.#underway.delete(request);
      if (this.#fetching.get(uri) === fetching) this.#fetching.delete(uri);
    });
    this.#underway.add(request);
    this.#fetching.set(uri, fetching);
    return fetching;
  }

  async #askOrigin(
    uri: string,
    stale: Entry | undefined,
    { forgotten }: Underway,
  ): Promise<CachedAnswer> {
    const keep = (entry: Entry) => {
      const isForgotten = forgotten.some((each) => this.#isMeant(uri, entry.answer, each));
      const isLate = (this.#entries.get(uri)?.fetchedAt ?? 0) > entry.fetchedAt;
      if (!isForgotten && !isLate) this.#entries.set(uri, entry);
    };
    const askedAt = this.#clock();
    const etag = stale?.answer.headers['etag'];
    let answer: OriginAnswer;
    try {
      answer = await this.#origin(`public${uri}`, etag === undefined ? {} : { etag });
    } catch {
      answer = { status: 503, headers: {}, body: new Uint8Array() };
    }
    if (answer.status === 304 && stale !== undefined) {
      keep({ answer: stale.answer, fetchedAt: askedAt });
      return { ...stale.answer, cache: 'RefreshHit', ageSeconds: 0 };
    }
    if (answer.status >= 500 && stale !== undefined && stale.answer.status < 400) {
      const staleFor = (askedAt - stale.fetchedAt) / 1000;
      const { fresh, onError } = lifetimes(stale.answer);
      if (staleFor < fresh + onError) {
        return { ...stale.answer, cache: 'Hit', ageSeconds: Math.floor(staleFor) };
      }
    }
    keep({ answer, fetchedAt: askedAt });
    return { ...answer, cache: answer.status < 400 ? 'Miss' : 'Error', ageSeconds: 0 };
  }
}

/** Seconds an answer is fresh, and for how long after that it may still be given. */
function lifetimes({ status, headers }: OriginAnswer): {
  fresh: number;
  whileRevalidating: number;
  onError: number;
} {
  if (status >= 400) return { fresh: edgeSeconds.errors, whileRevalidating: 0, onError: 0 };
  const rule = headers['cache-control'] ?? '';
  const seconds = (directive: string): number | undefined => {
    const match = new RegExp(`(?:^|[\\s,])${directive}=(\\d+)`).exec(rule);
    return match === null ? undefined : Number(match[1]);
  };
  return {
    fresh: seconds('s-maxage') ?? seconds('max-age') ?? edgeSeconds.unlessSaid,
    whileRevalidating: seconds('stale-while-revalidate') ?? 0,
    // CloudFront serves what it has when the origin fails, unless the rule sets a limit.
    onError: seconds('stale-if-error') ?? Number.POSITIVE_INFINITY,
  };
}

function isBelow(uri: string, path: string): boolean {
  const asKey = path.endsWith('/') ? `${path}index.html` : path;
  return path.endsWith('*') ? uri.startsWith(path.slice(0, -1)) : uri === asKey;
}
