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
  killed: 0,
  outlives: 1,
};
export const usual: Faults = {
  refused: 0.04,
  answerLost: 0.03,
  late: 0.03,
  lateBy: 20_000,
  killed: 0.25,
  outlives: 0.7,
};

/** One invocation: it can be killed between any two awaits. */
export class Process {
  alive = true;
  readonly #world: World;
  #killAt: number | null;
  #calls = 0;

  constructor(world: World, faults: Faults) {
    this.#world = world;
    this.#killAt = world.chance(faults.killed) ? Math.floor(world.between(1, 60)) : null;
  }

  /** Count an await; true when the process dies here. */
  dies(): boolean {
    this.#calls += 1;
    if (this.#killAt !== null && this.#calls >= this.#killAt) {
      this.alive = false;
      this.#killAt = null;
    }
    return !this.alive;
  }

  onDeath: (() => void) | null = null;

  kill(): void {
    this.alive = false;
    this.onDeath?.();
  }

  get world(): World {
    return this.#world;
  }
}

export class ServiceUnavailable extends Error {
  override readonly name = 'ServiceUnavailable';
}

/** One request and its answer: two events. The effect runs at most once per call. */
export function request<Answer>(
  process: Process,
  faults: Faults,
  effect: () => Answer,
): Promise<Answer> {
  const { world } = process;
  const died = process.dies();
  return new Promise((resolve, reject) => {
    if (died) {
      process.onDeath?.();
      if (!world.chance(faults.outlives)) return;
    }
    const delay = world.chance(faults.late)
      ? world.between(0, faults.lateBy)
      : world.between(2, 30);
    const refused = world.chance(faults.refused);
    const answerLost = world.chance(faults.answerLost);
    world.schedule(delay, () => {
      let answer: Answer;
      if (refused) {
        world.schedule(world.between(2, 30), () => {
          if (process.alive) reject(new ServiceUnavailable('503'));
        });
        return;
      }
      try {
        answer = effect();
      } catch (error) {
        world.schedule(world.between(2, 30), () => {
          if (process.alive) reject(error);
        });
        return;
      }
      if (answerLost) {
        // The client gives up after a while and takes it for a failure.
        world.schedule(1000, () => {
          if (process.alive) reject(new ServiceUnavailable('no answer'));
        });
        return;
      }
      world.schedule(world.between(2, 30), () => {
        if (process.alive) resolve(answer);
      });
    });
  });
}

/** What an SDK does: try again, with the same request, a few times. */
export async function withRetries<Answer>(
  process: Process,
  attempt: () => Promise<Answer>,
): Promise<Answer> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ServiceUnavailable) || tries >= 2) throw error;
      await sleep(process, 50 * 2 ** tries);
    }
  }
}

export function sleep(process: Process, milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    process.world.schedule(milliseconds, () => {
      if (process.alive) resolve();
    });
  });
}
