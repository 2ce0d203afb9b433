import { BrokenHistory } from './broken-history.ts';
import { runHistory } from './history.ts';
import { scenario, type Scenario } from './scenario.ts';
import type { Late, Promised } from './liveness.ts';
import { edition } from '../../src/publishing/edition.ts';
import { Violation } from './oracles.ts';

/** Run histories of a range of seeds in this process, and tell each break. */
export interface Hunt {
  readonly from: number;
  readonly count: number;
  readonly world?: Partial<Scenario>;
  /** Of a mutant: stop at the first that is broken, or in which this is late. */
  readonly stopsAt?: 'broken' | Promised;
  /** Every n-th history runs with the product's own renderers. */
  readonly productEvery?: number;
}
export type Told =
  | { readonly kind: 'progress'; readonly done: number }
  /** The slowest of its kind so far in this process, in seconds. */
  | {
      readonly kind: 'worst';
      readonly promised: Promised;
      readonly seconds: number;
      readonly seed: number;
    }
  | ({ readonly kind: 'late'; readonly seed: number } & Late)
  | {
      readonly kind: 'broken';
      readonly seed: number;
      readonly promise: string;
      readonly message: string;
      readonly edits: string;
    };

export async function hunt(of: Hunt, tell: (told: Told) => void): Promise<void> {
  for (let seed = of.from; seed < of.from + of.count; seed += 1) {
    const isProduct = of.productEvery !== undefined && seed % of.productEvery === 0;
    const changes = { ...of.world, ...(isProduct ? { edition } : {}) };
    try {
      const { late, worst } = await runHistory(scenario(seed, changes));
      for (const each of late) tell({ kind: 'late', seed, ...each });
      for (const [promised, seconds] of worst) tell({ kind: 'worst', promised, seconds, seed });
      if (late.some(({ promised }) => promised === of.stopsAt)) return;
    } catch (error) {
      const cause = error instanceof BrokenHistory ? error.cause : error;
      tell({
        kind: 'broken',
        seed,
        promise: cause instanceof Violation ? cause.promise : 'the product threw',
        message: error instanceof Error ? error.message : String(error),
        edits: error instanceof BrokenHistory ? error.edits : '',
      });
      if (of.stopsAt !== undefined) return;
    }
    if ((seed - of.from) % 10 === 9) tell({ kind: 'progress', done: 10 });
  }
  tell({ kind: 'progress', done: of.count % 10 });
}

// As a process of its own: `node hunt.mjs '<json>'` prints one JSON a line.
const given = process.argv[2];
if (given !== undefined && given.startsWith('{')) {
  const of: Hunt = JSON.parse(given);
  await hunt(of, (told) => process.stdout.write(`${JSON.stringify(told)}\n`));
}
