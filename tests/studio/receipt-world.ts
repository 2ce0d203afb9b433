import type { PublicObject } from '../../src/site/public-object.ts';
import { storedForm, stampOf } from '../../src/publishing/release.ts';
import { sha256Hex } from '../../src/publishing/digest.ts';
import { receiptPath, v1 } from '../../src/site/paths.ts';
import type { ReceiptBody } from '../../src/publishing/receipts.ts';
import { startWatches, type Watches } from '../../sanity/receipt/watches.ts';
import type { Subject } from '../../sanity/receipt/subject.ts';
import type { Stage } from '../../sanity/receipt/progress.ts';
import type { World } from '../../sanity/receipt/watch.ts';

/** A public site in memory, a clock that a test moves, and an editor who looks at a document. */
export interface ReceiptWorld {
  readonly watches: Watches;
  now(): number;
  /** Every address that was asked, with the milliseconds of the clock. */
  readonly asked: { readonly path: string; readonly at: number }[];
  /** Time passes, with all that falls due in it. */
  passes(milliseconds: number): Promise<void>;
  receipt(id: string, rev: string, body: Partial<ReceiptBody>): void;
  /** The edge serves a page as a release wrote it. */
  serves(object: PublicObject, release: number, change?: (body: string) => string): void;
  answers(path: string, status: number, body?: unknown, redirectedTo?: string): void;
  goesDown(): void;
  comesBack(): void;
  hides(): void;
  shows(): void;
  /** Looks at a document as the Studio has it now; ends the look before. */
  opens(id: string, subject: Subject): void;
  changes(subject: Subject): void;
  closes(id: string): void;
  stage(id: string): Stage | null;
}

export const start = Date.parse('2026-11-24T07:30:00.000Z');

export function receiptWorld(): ReceiptWorld {
  let now = start;
  let isDown = false;
  let isVisible = true;
  const timers = new Set<{ readonly at: number; readonly run: () => Promise<void> }>();
  const watchers = new Set<() => void>();
  const objects = new Map<string, () => Response>();
  const asked: { path: string; at: number }[] = [];
  const closing = new Map<string, () => void>();

  const world: World = {
    site: {
      url: 'https://news.example',
      fetch: async (url) => {
        const path = new URL(url).pathname;
        asked.push({ path, at: now - start });
        if (isDown) throw new TypeError('Failed to fetch');
        return objects.get(path)?.() ?? new Response('Not found', { status: 404 });
      },
    },
    now: () => now,
    after: (milliseconds, run) => {
      const timer = { at: now + milliseconds, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    isVisible: () => isVisible,
    onVisible: (run) => {
      watchers.add(run);
      return () => watchers.delete(run);
    },
  };
  const watches = startWatches(world);

  return {
    watches,
    now: () => now,
    asked,
    passes: async (milliseconds) => {
      const until = now + milliseconds;
      for (;;) {
        const [next] = [...timers].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at);
        if (next === undefined) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        await next.run();
      }
      now = until;
    },
    receipt: (id, rev, body) => {
      const whole: ReceiptBody = {
        state: 'live',
        release: 7,
        committedAt: new Date(now).toISOString(),
        contentHash: null,
        problems: [],
        ...body,
      };
      objects.set(receiptPath(sha256Hex(`${id}:${rev}`)), () => Response.json(whole));
    },
    serves: (object, release, change = (body) => body) => {
      const { body, contentType, cacheControl } = storedForm(object, stampOf(object, release));
      const text = change(new TextDecoder().decode(body));
      objects.set(
        object.path,
        () =>
          new Response(text, {
            headers: { 'content-type': contentType, 'cache-control': cacheControl ?? '' },
          }),
      );
    },
    answers: (path, status, body = {}, redirectedTo) => {
      objects.set(path, () => {
        const response = Response.json(body, { status });
        return redirectedTo === undefined
          ? response
          : Object.defineProperties(response, {
              redirected: { value: true },
              url: { value: redirectedTo },
            });
      });
    },
    goesDown: () => {
      isDown = true;
    },
    comesBack: () => {
      isDown = false;
    },
    hides: () => {
      isVisible = false;
      for (const run of watchers) run();
    },
    shows: () => {
      isVisible = true;
      for (const run of watchers) run();
    },
    opens: (id, subject) => {
      closing.set(
        id,
        watches.subscribe(id, () => {}),
      );
      watches.follow(subject);
    },
    changes: (subject) => watches.follow(subject),
    closes: (id) => closing.get(id)?.(),
    stage: (id) => watches.progressOf(id)?.stage ?? null,
  };
}

/** A published revision of a briefing with a page. */
export function revisionOf(
  object: PublicObject,
  rev: string,
  { at, publishAt = null }: { readonly at: number; readonly publishAt?: string | null },
): Subject {
  return {
    kind: 'revision',
    id: 'briefing-one',
    rev,
    publishedAt: new Date(at).toISOString(),
    publishAt,
    page: { path: object.path, tag: object.tags[0] ?? '' },
    contract: v1.briefing('briefing-one'),
    mergedInto: null,
    shownOn: 'nothing-else',
  };
}

/** The same briefing, not published. */
export const absence: Subject = {
  kind: 'absence',
  id: 'briefing-one',
  contract: v1.briefing('briefing-one'),
};
