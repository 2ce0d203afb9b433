import type { Instant } from '../briefing/model.ts';
import { finishOrGiveWay } from './publish.ts';
import type { Publisher } from './publisher.ts';
import { readRoot, swapRoot } from './root.ts';
import type { Root } from './state.ts';
import { tellStatus } from './tell-status.ts';

export type Hold = NonNullable<Root['hold']>;

export type HoldOutcome =
  | { readonly kind: 'held'; readonly since: Instant }
  | { readonly kind: 'held-already'; readonly hold: Hold }
  /** Others changed the root again and again: it is not on hold. */
  | { readonly kind: 'too-busy' };

export type ResumeOutcome =
  | { readonly kind: 'resumed'; readonly hold: Hold }
  | { readonly kind: 'not-held' }
  | { readonly kind: 'too-busy' };

const attempts = 20;

/**
 * Stops all publishing until `resume`. What is committed is finished first, whoever committed it: while a
 * hold lasts no public object changes but the status, which says so, and none is half of a release. Throws what the store throws.
 */
export async function hold(publisher: Publisher, reason: string): Promise<HoldOutcome> {
  const { ports, stage } = publisher;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (attempt > 0) await ports.clock.sleep(ports.random.next() * 200);
    const seen = await readRoot(ports, stage.epoch);
    if (seen.root.hold !== null) return { kind: 'held-already', hold: seen.root.hold };
    const settled = await finishOrGiveWay(publisher, seen);
    if (settled === null) continue;
    const since = ports.clock.now();
    const held = { ...settled.root, hold: { since, reason } };
    if ((await swapRoot(ports, settled, held)) === null) continue;
    await tellStatus(publisher);
    return { kind: 'held', since };
  }
  return { kind: 'too-busy' };
}

/**
 * Ends a hold. What came meanwhile was acknowledged, so only the lake knows of it: reconcile next. Throws
 * what the store throws.
 */
export async function resume(publisher: Publisher): Promise<ResumeOutcome> {
  const { ports, stage } = publisher;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (attempt > 0) await ports.clock.sleep(ports.random.next() * 200);
    const seen = await readRoot(ports, stage.epoch);
    const { hold } = seen.root;
    if (hold === null) return { kind: 'not-held' };
    if ((await swapRoot(ports, seen, { ...seen.root, hold: null })) === null) continue;
    await tellStatus(publisher);
    return { kind: 'resumed', hold };
  }
  return { kind: 'too-busy' };
}
