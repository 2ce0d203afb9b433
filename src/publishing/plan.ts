import type { DocumentId } from '../briefing/model.ts';
import type { Path } from '../briefing/resolved.ts';
import type { PurgeItem } from './ports.ts';
import type { Write } from './release.ts';
import type { Root } from './state.ts';
import type { Next } from './step.ts';
import type { DocumentReport } from './step-context.ts';

/** What a step would do, by public address: for people to look at before it is done. */
export interface Plan {
  /** The number its release would have; null when nothing would change. */
  readonly release: number | null;
  /** In the order in which they would be written. */
  readonly writes: readonly PlannedWrite[];
  readonly counts: Readonly<Record<PlannedWrite['what'], number>>;
  readonly bytes: number;
  /** Pages that would follow in later releases, by what causes them. */
  readonly dependants: readonly { readonly cause: string; readonly tasks: number }[];
  readonly receipts: number;
  readonly purge: readonly PurgeItem[];
  readonly documents: readonly DocumentReport[];
  /** Removals that the guard refuses until somebody confirms them. */
  readonly refusedRemovals: readonly DocumentId[];
}

export type PlannedWrite =
  | { readonly what: 'new' | 'changed' | 'gone'; readonly path: Path; readonly bytes: number }
  | {
      readonly what: 'moved';
      readonly path: Path;
      readonly bytes: number;
      readonly location: Path;
    };

/** Describes what `decide` returned for a root. Pure: nothing is read or written. */
export function planOf(
  root: Root,
  { next, reports }: { readonly next: Next | null; readonly reports: readonly DocumentReport[] },
): Plan {
  const writes = (next?.release?.release.writes ?? []).map(plannedWrite);
  const standing = new Map(root.pending.map(({ cause, left }) => [cause, left]));
  const pending = next?.root.pending ?? [];
  return {
    release: next?.root.seq ?? null,
    writes,
    counts: {
      new: count(writes, 'new'),
      changed: count(writes, 'changed'),
      moved: count(writes, 'moved'),
      gone: count(writes, 'gone'),
    },
    bytes: writes.reduce((sum, { bytes }) => sum + bytes, 0),
    dependants: pending
      .filter(({ cause, left }) => standing.get(cause) !== left)
      .map(({ cause, left }) => ({ cause, tasks: left })),
    receipts: next?.release?.release.receipts.length ?? 0,
    purge: next?.release?.release.purge ?? [],
    documents: reports,
    refusedRemovals: reports
      .filter(({ outcome }) => outcome === 'removal-refused')
      .map(({ id }) => id),
  };
}

function plannedWrite({ object, prev }: Write): PlannedWrite {
  const { path, status, location } = object;
  const bytes = new TextEncoder().encode(object.body).length;
  if (status === 301 && location !== undefined) return { what: 'moved', path, bytes, location };
  if (status !== 200) return { what: 'gone', path, bytes };
  return { what: prev === null ? 'new' : 'changed', path, bytes };
}

function count(writes: readonly PlannedWrite[], what: PlannedWrite['what']): number {
  return writes.filter((write) => write.what === what).length;
}
