import type { Instant } from '../briefing/model.ts';
import type { SiteStatus } from '../feed/status-json.ts';
import type { Entry, Root, Walk } from './state.ts';

/** What the world is told of a root. Why it is on hold is not: that may name somebody. */
export function statusOf(root: Root, at: Instant): SiteStatus {
  return {
    at,
    commit: { release: root.seq, at: root.asOf },
    work: root.walks.map((walk) => workOf(walk, root)),
    dependants: root.pending.reduce((sum, { left }) => sum + left, 0),
    heldSince: root.hold?.since ?? null,
    comparison: root.compared,
    quarantined: root.quarantined,
  };
}

/** Whether a change of the root is one that the status tells. */
export function isToldOtherwise(before: Root, after: Root): boolean {
  const [was, is] = [statusOf(before, before.asOf), statusOf(after, before.asOf)];
  return JSON.stringify(was) !== JSON.stringify(is);
}

/** Whether the newest revision of a document was refused, so that an older one is shown, or none. */
export function isQuarantined(entry: Entry | undefined): boolean {
  return entry?.present === true && entry.refused !== null;
}

function workOf({ cause, since, done }: Walk, root: Root): SiteStatus['work'][number] {
  switch (cause) {
    case 'redraw':
      // What is not live any more is drawn as well.
      return { kind: 'redraw', since, of: 'briefings', done, total: Math.max(root.live, done) };
    case 'comparison': {
      const known = Object.values(root.counts).reduce((sum, count) => sum + count, 0);
      return { kind: 'comparison', since, of: 'documents', done, total: Math.max(known, done) };
    }
    case 'deep-check':
      return { kind: 'check', since, of: 'objects', done, total: null };
  }
}
