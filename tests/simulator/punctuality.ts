import type { Told } from './hunt.ts';
import { bounds, type Promised } from './liveness.ts';

/**
 * How many histories of a run may be late before it fails: one in a hundred, and each is told. None should be:
 * the seeds that are late are listed in the protocol's page, until they are mended and this is nought.
 */
export const lateAllowed = (histories: number): number => Math.floor(histories / 100);

type Late = Extract<Told, { readonly kind: 'late' }>;
type Worst = Extract<Told, { readonly kind: 'worst' }>;

/** What was late in many histories, and how slow the slowest was of each kind. */
export class Punctuality {
  readonly #lateSeeds = new Map<Promised, Set<number>>();
  readonly #worst = new Map<Promised, Worst>();

  note(told: Late | Worst): void {
    if (told.kind === 'worst') {
      const before = this.#worst.get(told.promised);
      if (before === undefined || before.seconds < told.seconds) {
        this.#worst.set(told.promised, told);
      }
      return;
    }
    const seeds = this.#lateSeeds.get(told.promised) ?? new Set();
    this.#lateSeeds.set(told.promised, seeds.add(told.seed));
  }

  /** Histories in which anything was. */
  get late(): number {
    return new Set([...this.#lateSeeds.values()].flatMap((seeds) => [...seeds])).size;
  }

  lines(): readonly string[] {
    const kinds: readonly Promised[] = [
      'an edit that arrived',
      'a lost edit',
      'a lost deletion',
      'the deep check',
      'the collector',
      'dead letters',
    ];
    return kinds.map((promised) => {
      const worst = this.#worst.get(promised);
      const seeds = [...(this.#lateSeeds.get(promised) ?? [])];
      const slowest =
        worst === undefined ? 'none' : `${worst.seconds.toFixed(1)} s (seed ${worst.seed})`;
      const late =
        seeds.length === 0 ? '' : `; late in ${seeds.length}: ${seeds.slice(0, 8).join(', ')}`;
      return `${promised}: worst ${slowest}, at most ${bounds[promised]} s${late}`;
    });
  }
}

export function lateLine({ seed, promised, what, seconds, bound }: Late): string {
  return `seed ${seed}: ${promised}: ${what} after ${seconds.toFixed(1)} s, at most ${bound} s`;
}
