import type { Renderers } from '../../src/publishing/renderers.ts';
import { endingOf, type Ending } from './ending.ts';
import { honest, type LakeBehaviour } from './lake.ts';
import { usual, type Faults } from './network.ts';
import type { Edit } from './newsroom.ts';
import { smallEdition } from './small-edition.ts';

/** One history, wholly determined by this. */
export interface Scenario {
  readonly seed: number;
  readonly edits: readonly Edit[] | number;
  /** Dependants that go into one release: a small number makes every fan-out wait. */
  readonly tasksPerRelease: number;
  readonly faults: Faults;
  readonly edition: Renderers;
  readonly lake: LakeBehaviour;
  /** The queue that is deployed, or one that hands out any three batches at once. */
  readonly queue: 'product' | 'wide';
  /** Seconds; the product's own when null. */
  readonly visibility: number | null;
  readonly deliveries: { readonly lost: number; readonly doubled: number; readonly lateBy: number };
  /** Change objects by hand at the end, and in the middle. */
  readonly damage: boolean;
  /** No sweep and no reconcile: only deliveries. */
  readonly reconciles: boolean;
  readonly deep: boolean;
  /** Besides what the schedules of the stack start, a sweep of this kind every so many minutes. */
  readonly often: { readonly sweep: 'reconcile' | 'deep'; readonly minutes: number } | null;
  /** Throw the nodes away that 90 days have made unreachable, at the end, and go on. */
  readonly collects: boolean;
  /** At the end the lake is restored from a backup of a moment between the edits. */
  readonly restores: boolean;
  /** In the middle an operator puts publishing on hold, and lifts it up to an hour later. */
  readonly holds: boolean;
  /** In the middle new code is deployed, and half of what runs from then on is still the code before. */
  readonly deploys: boolean;
  /** What some revisions become leads to nothing; the code that is deployed later draws them well. */
  readonly leadsAstray: boolean;
  /** Briefings that stand when it begins. */
  readonly archive: number;
  /** A night at the end, with one thing broken for good or with nothing broken. */
  readonly ending: Ending | null;
}

/** Of 2,000 histories 20 begin with an archive of 500 briefings and 2 with one of 5,000. */
function archiveIn(seed: number): number {
  if (seed % 1000 === 499) return 5000;
  return seed % 100 === 49 ? 500 : 0;
}

export const scenario = (seed: number, changes: Partial<Scenario> = {}): Scenario => {
  const archive = changes.archive ?? archiveIn(seed);
  const isYoung = archive === 0;
  return {
    seed,
    edits: 8 + (seed % 17),
    tasksPerRelease: isYoung ? ([100, 1, 2, 3][seed % 4] ?? 100) : 100,
    faults: usual,
    edition: smallEdition,
    lake: honest,
    queue: isYoung && seed % 2 === 0 ? 'wide' : 'product',
    visibility: isYoung && seed % 7 === 0 ? 1 : null,
    deliveries: { lost: 0.12, doubled: 0.18, lateBy: 30_000 },
    damage: seed % 5 === 0,
    reconciles: true,
    deep: true,
    often: null,
    collects: isYoung && seed % 11 === 0,
    restores: isYoung && seed % 17 === 0,
    deploys: isYoung && seed % 13 === 0,
    leadsAstray: isYoung && seed % 23 === 0,
    holds: isYoung && seed % 19 === 0,
    archive,
    ending: !isYoung || seed % 4 < 2 ? endingOf(Math.floor(seed / (isYoung ? 4 : 100))) : null,
    ...changes,
  };
};
