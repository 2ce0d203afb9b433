import type { Broken } from './broken-for-good.ts';
import { endingWith } from './ending.ts';
import { calm } from './network.ts';
import type { Scenario } from './scenario.ts';

/** A world in which nothing goes wrong by chance, and one thing may be broken for good. */
export function quietEvening(broken: Broken | null, archive = 0): Partial<Scenario> {
  return {
    edits: [],
    faults: calm,
    tasksPerRelease: 100,
    queue: 'product',
    visibility: null,
    damage: false,
    collects: false,
    restores: false,
    deploys: false,
    holds: false,
    archive,
    ending: endingWith(broken),
  };
}

/** And one in which nothing goes wrong but that three invocations in ten are killed by chance. */
export const stormyEvening: Partial<Scenario> = {
  ...quietEvening(null),
  edits: 24,
  ending: null,
  faults: { ...calm, killed: 0.3 },
  deliveries: { lost: 0, doubled: 0, lateBy: 0 },
};
