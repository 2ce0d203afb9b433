import { slowCall, spread } from '../../cdk/charter/times.ts';
import type { Process } from './process.ts';
import type { World } from './world.ts';

/** How badly the world behaves. Probabilities are of one I/O. */
export interface Faults {
  /** The service refuses: 503. */
  readonly refused: number;
  /** The effect happens and the answer is lost. */
  readonly answerLost: number;
  /** The packet is late. */
  readonly late: number;
  readonly lateBy: number;
  /** Another conditional write of the same key is under way: 409. */
  readonly conflict: number;
  /** An invocation is killed at a random await. */
  readonly killed: number;
  /** A packet in flight outlives its process. */
  readonly outlives: number;
}

export const calm: Faults = {
  refused: 0,
  answerLost: 0,
  late: 0,
  lateBy: 0,
  conflict: 0,
  killed: 0,
  outlives: 1,
};
export const usual: Faults = {
  refused: 0.04,
  answerLost: 0.03,
  late: 0.03,
  lateBy: 20_000,
  conflict: 0.005,
  killed: 0.25,
  outlives: 0.7,
};

/** What a call takes, and how a client waits for it. All in milliseconds. */
export interface Call {
  readonly takes: number;
  /** After so long the client gives up; what it sent is still under way. */
  readonly patience: number;
  /** How often it is tried in all. */
  readonly attempts: number;
}

export class ServiceUnavailable extends Error {
  override readonly name = 'ServiceUnavailable';
}

/** What an SDK does: try again, with the same request, a few times. Throws what the last try threw. */
export async function call<Answer>(
  process: Process,
  faults: Faults,
  of: Call,
  effect: () => Answer,
): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await request(process, faults, of, effect);
    } catch (error) {
      if (!(error instanceof ServiceUnavailable) || attempt >= of.attempts) throw error;
      const pause = 50 * 2 ** attempt * process.world.between(0.5, 1);
      process.delayed += pause;
      await sleep(process, pause);
    }
  }
}

/**
 * One request and its answer: two events. The effect runs at most once. It is sent when the processor is
 * free; what the answer makes its process compute, the process adds to its own time.
 */
function request<Answer>(
  process: Process,
  faults: Faults,
  { takes, patience }: Call,
  effect: () => Answer,
): Promise<Answer> {
  const { world } = process;
  if (process.isStuck) return never();
  const died = process.dies();
  return new Promise((resolve, reject) => {
    if (died && !world.chance(faults.outlives)) return;
    const took = durationOf(world, takes);
    const lateBy = world.chance(faults.late) ? world.between(0, faults.lateBy) : 0;
    const there = took * world.between(0.2, 0.8);
    const refused = world.chance(faults.refused);
    const answerLost = world.chance(faults.answerLost);
    const sent = process.freeIn;
    const answer = (after: number, act: () => void): void => {
      world.schedule(after, () => {
        if (process.hears) act();
      });
    };
    const giveUp = (): void => reject(new ServiceUnavailable('no answer'));
    process.delayed +=
      Math.min(lateBy, patience) + (answerLost ? lostAfter : 0) + (refused ? took : 0);
    if (took + lateBy > patience) answer(sent + patience, giveUp);
    world.schedule(sent + there + lateBy, () => {
      if (refused) {
        answer(took - there, () => reject(new ServiceUnavailable('503')));
        return;
      }
      let result: Answer;
      try {
        result = effect();
      } catch (error) {
        answer(took - there, () => {
          reject(error);
        });
        return;
      }
      if (answerLost) answer(lostAfter, giveUp);
      else answer(took - there, () => resolve(result));
    });
  });
}

/** The connection breaks, and the client hears of it. */
const lostAfter = 1000;

function durationOf(world: World, takes: number): number {
  const slow = world.chance(1 / slowCall.oneIn) ? slowCall.times : 1;
  return takes * slow * world.between(spread.from, spread.to);
}

export function sleep(process: Process, milliseconds: number): Promise<void> {
  if (process.isStuck) return never();
  return new Promise((resolve) => {
    process.world.schedule(process.freeIn + milliseconds, () => {
      if (process.hears) resolve();
    });
  });
}

function never(): Promise<never> {
  return new Promise(() => {});
}
