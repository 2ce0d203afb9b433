import type { DocumentId } from '../../src/briefing/model.ts';
import type { ResolvedBriefing } from '../../src/briefing/resolved.ts';
import type { Purge, Store } from '../../src/publishing/ports.ts';
import type { Renderers } from '../../src/publishing/renderers.ts';
import { rootKey, type Root } from '../../src/publishing/state.ts';
import { calls, patience } from '../../cdk/charter/times.ts';
import { decode, type Bucket } from './bucket.ts';
import type { LakeBehaviour, Query } from './lake.ts';
import { call, ServiceUnavailable, type Faults } from './network.ts';

import type { Process } from './process.ts';

/**
 * One thing that is broken and stays so. Faults that come and go hide a system that never moves; with one
 * that stays, everything that does not depend on it must still come in time.
 */
export type Broken =
  /** Drawing the document never ends: whoever draws it is killed at its limit. */
  | { readonly kind: 'document-kills'; readonly id: DocumentId }
  | { readonly kind: 'document-throws'; readonly id: DocumentId }
  /** Whoever takes whole-site work a step further is killed before that is committed. */
  | { readonly kind: 'whole-site-work' }
  | { readonly kind: 'purge' }
  /** The lake answers this query 429. */
  | { readonly kind: 'query'; readonly query: Query };

/** Bears the poison: only the revision that says so breaks what draws it. */
export const poison = 'Poison';

export function brokenRenderers(
  edition: Renderers,
  process: Process,
  broken: Broken | null,
  /** In a thread of its own, which is ended: it costs its time, and is then as if it had thrown. */
  { isEnded = false }: { readonly isEnded?: boolean } = {},
): Renderers {
  if (broken?.kind !== 'document-kills' && broken?.kind !== 'document-throws') return edition;
  const taste = ({ briefing }: ResolvedBriefing): void => {
    if (briefing.id !== broken.id || !briefing.headline.startsWith(poison)) return;
    // Nothing comes after this in the real one. Here the thread must come back, and finds nobody.
    if (broken.kind === 'document-kills' && isEnded) process.wait(workPerDocument);
    else if (broken.kind === 'document-kills') process.hang();
    throw new CannotBeDrawn(`${broken.id} cannot be drawn`);
  };
  return {
    ...edition,
    briefing(input) {
      taste(input.resolved);
      return edition.briefing(input);
    },
    site(input) {
      for (const { resolved } of input.latest) taste(resolved);
      return edition.site(input);
    },
    feedMonth(input) {
      for (const { resolved } of input.items) taste(resolved);
      return edition.feedMonth(input);
    },
  };
}

/** As `lambdas/tried-apart.ts` has it. */
const workPerDocument = 5_000;

class CannotBeDrawn extends Error {
  override readonly name = 'CannotBeDrawn';
}

export function brokenStore(
  store: Store,
  bucket: Bucket,
  process: Process,
  broken: Broken | null,
): Store {
  if (broken?.kind !== 'whole-site-work') return store;
  return {
    ...store,
    put(key, object, condition) {
      const standing = bucket.objects.get(rootKey);
      if (key === rootKey && standing !== undefined) {
        const isFurther = movesOn(workIn(decode(standing)), workIn(decode(object)));
        if (isFurther) process.kill();
      }
      return store.put(key, object, condition);
    },
  };
}

/** Whole-site work as the root names it: what it is for, and how far it has come. */
type Work = readonly { readonly cause: string; readonly place: string }[];

/** One step further, or finished. Work that is new, or has become more, is no step. */
function movesOn(before: Work, after: Work): boolean {
  return before.some(({ cause, place }) => {
    const now = after.find((each) => each.cause === cause);
    return now === undefined || now.place !== place;
  });
}

function workIn(root: string): Work {
  const { pending, walks }: Pick<Root, 'pending' | 'walks'> = JSON.parse(root);
  return [
    ...pending.map(({ cause, cursor, lists }) => ({
      cause,
      // A list that is written anew begins at 0, and is no step.
      place: cursor === 0 ? '' : `${lists[0] ?? ''} ${cursor}`,
    })),
    ...walks.map(({ cause, cursor }) => ({ cause, place: cursor })),
  ];
}

export function purgeOf(process: Process, faults: Faults, broken: Broken | null): Purge {
  const purging = { takes: calls.purge, patience: patience.purge, attempts: 2 };
  return {
    async purge(items) {
      if (items.length === 0) return { purged: 0, failed: [] };
      try {
        await call(process, faults, purging, () => {
          if (broken?.kind === 'purge') throw new ServiceUnavailable('503');
        });
        return { purged: items.length, failed: [] };
      } catch {
        return { purged: 0, failed: items };
      }
    },
  };
}

export function brokenLake(behaviour: LakeBehaviour, broken: Broken | null): LakeBehaviour {
  return broken?.kind === 'query' ? { ...behaviour, throttles: broken.query } : behaviour;
}
