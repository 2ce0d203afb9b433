import type { Publisher } from '../src/publishing/publisher.ts';
import { readRoot, swapRoot } from '../src/publishing/root.ts';
import type { Root } from '../src/publishing/state.ts';
import { CannotRun } from './cannot-run.ts';

const attempts = 20;

/**
 * Changes the root alone, as an operator: over whoever publishes at the moment, by compare-and-swap.
 * `change` returns null to leave it as it is. Resolves to the root as it was.
 */
export async function changeRoot(
  { ports, stage }: Publisher,
  { dryRun }: { readonly dryRun: boolean },
  change: (root: Root) => Root | null,
): Promise<Root> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const seen = await readRoot(ports, stage.epoch);
    const next = change(seen.root);
    if (next === null || dryRun) return seen.root;
    if ((await swapRoot(ports, seen, next)) !== null) return seen.root;
    await ports.clock.sleep(ports.random.next() * 200);
  }
  throw new CannotRun(
    `Others changed the root ${attempts} times in a row: a lot is being published. Try again.`,
  );
}
