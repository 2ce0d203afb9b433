import { edgeSeconds } from '../../src/site/cache-policy.ts';
import type { Origin, OriginAnswer } from './origin.ts';

/** How an answer was come by, in the words of CloudFront's `x-cache`. */
type CacheState = 'Hit' | 'Miss' | 'RefreshHit' | 'Error';

export interface CachedAnswer extends OriginAnswer {
  readonly cache: CacheState;
  readonly ageSeconds: number;
}

/** What to forget: paths (`/x/*` for all below), or cache tags. */
export interface Invalidation {
  readonly paths?: readonly string[];
  readonly tags?: readonly string[];
}

interface Entry {
  readonly answer: OriginAnswer;
  readonly fetchedAt: number;
  /** The URIs of the requests that it answered, as they were before the viewer-request function. */
  readonly viewed: Set<string>;
}

/** A request to the origin that is under way. What is to be forgotten meanwhile must not be kept by it. */
interface Underway {
  readonly forgotten: Invalidation[];
  readonly viewed: Set<string>;
}

/**
 * A shared cache in front of the origin that follows `Cache-Control` as CloudFront does: s-maxage before
 * max-age, stale while it asks again, stale when the origin fails. One request at a time goes to the origin
 * for a key, however many readers wait.
 */
export class EdgeCache {
  readonly #origin: Origin;
  readonly #clock: () => number;
  readonly #tagHeader: string | null;
  readonly #entries = new Map<string, Entry>();
  /** What further readers wait for; and everything under way, also what a purge has made nobody wait for. */
  readonly #fetching = new Map<string, Underway & { readonly answer: Promise<CachedAnswer> }>();
  readonly #underway = new Set<Underway>();

  constructor({
    origin,
    clock,
    tagHeader,
  }: {
    origin: Origin;
    clock: () => number;
    /** Null: the distribution was not set up for tags, and knows none. */
    tagHeader: string | null;
  }) {
    this.#origin = origin;
    this.#clock = clock;
    this.#tagHeader = tagHeader;
  }

  /** The answer for a URI as the viewer-request function left it; `viewed` is what the reader asked for. */
  async get(uri: string, viewed = uri): Promise<CachedAnswer> {
    const entry = this.#entries.get(uri);
    if (entry === undefined) return this.#fetch(uri, viewed, undefined);
    entry.viewed.add(viewed);
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
      void this.#fetch(uri, viewed, entry).catch(() => {});
      return cached('Hit');
    }
    return this.#fetch(uri, viewed, entry);
  }

  invalidate(invalidation: Invalidation): void {
    for (const [uri, entry] of this.#entries) {
      if (this.#isMeant(uri, entry, invalidation)) this.#entries.delete(uri);
    }
    // Who comes from now on asks again, rather than wait for an answer that may be from before.
    for (const { forgotten } of this.#underway) forgotten.push(invalidation);
    this.#fetching.clear();
  }

  /**
   * Where a function changed the URI, both must be invalidated: the one in the reader's request, and the one
   * after the change.
   * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/invalidation-specifying-objects.html
   */
  #isMeant(
    uri: string,
    { answer, viewed }: Pick<Entry, 'answer' | 'viewed'>,
    { paths = [], tags = [] }: Invalidation,
  ): boolean {
    const wanted = tags.map((tag) => tag.toLowerCase());
    return (
      this.#tagsOf(answer).some((tag) => wanted.includes(tag)) ||
      [uri, ...viewed].every((each) => paths.some((path) => isBelow(each, path)))
    );
  }

  /** Of an object with more than fifty, CloudFront stores the first fifty. */
  #tagsOf({ headers }: OriginAnswer): readonly string[] {
    if (this.#tagHeader === null) return [];
    const tags = (headers[this.#tagHeader] ?? '').toLowerCase().split(',').slice(0, 50);
    return tags.map((tag) => tag.trim());
  }

  #fetch(uri: string, viewed: string, stale: Entry | undefined): Promise<CachedAnswer> {
    const running = this.#fetching.get(uri);
    if (running !== undefined) {
      running.viewed.add(viewed);
      return running.answer;
    }
    const request: Underway = {
      forgotten: [],
      viewed: new Set([...(stale?.viewed ?? []), viewed]),
    };
    const answer = this.#askOrigin(uri, stale, request).finally(() => {
      this.#underway.delete(request);
      if (this.#fetching.get(uri)?.answer === answer) this.#fetching.delete(uri);
    });
    this.#underway.add(request);
    this.#fetching.set(uri, { ...request, answer });
    return answer;
  }

  async #askOrigin(
    uri: string,
    stale: Entry | undefined,
    { forgotten, viewed }: Underway,
  ): Promise<CachedAnswer> {
    const keep = (kept: Omit<Entry, 'viewed'>) => {
      const entry = { ...kept, viewed };
      const isForgotten = forgotten.some((each) => this.#isMeant(uri, entry, each));
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
    // Nothing stale stands in for a 4xx: "If your origin returns a 4xx status code, CloudFront returns the
    // status code, not the requested object".
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html
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
  if (status >= 400) {
    const fresh = uncachedErrors.has(status) ? 0 : edgeSeconds.errors;
    return { fresh, whileRevalidating: 0, onError: 0 };
  }
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

/** Kept only as long as the origin says, and S3 says nothing with an error. The same page. */
const uncachedErrors: ReadonlySet<number> = new Set([400, 403, 412, 415]);

function isBelow(uri: string, path: string): boolean {
  return path.endsWith('*') ? uri.startsWith(path.slice(0, -1)) : uri === path;
}
