import type { World } from './world.ts';
import type { Faults } from './network.ts';

/**
 * One invocation, or what an operator runs. It can be killed between any two awaits. It has one thread: what
 * it computes adds up, while its calls go on side by side. So the time of its own clock is the world's, and
 * what it has still to compute.
 */
export class Process {
  readonly world: World;
  onDeath: (() => void) | null = null;
  /** Milliseconds that faults have cost it, those of calls made side by side added up. */
  delayed = 0;
  readonly #share: number;
  #alive = true;
  #isStuck = false;
  #killAt: number | null;
  #calls = 0;
  #busyUntil = 0;

  /** With so much of one vCPU. */
  constructor(world: World, faults: Pick<Faults, 'killed'>, share = 1) {
    this.world = world;
    this.#share = share;
    this.#killAt = world.chance(faults.killed) ? Math.floor(world.between(1, 60)) : null;
  }

  /** Count an await; true when the process dies here, or is dead. */
  dies(): boolean {
    this.#calls += 1;
    if (this.#killAt !== null && this.#calls >= this.#killAt) {
      this.#killAt = null;
      this.kill();
    }
    return !this.#alive;
  }

  kill(): void {
    if (!this.#alive) return;
    this.#alive = false;
    this.onDeath?.();
  }

  /** Compute for so many milliseconds of a whole vCPU. */
  compute(milliseconds: number): void {
    this.#busyUntil = Math.max(this.world.now, this.#busyUntil) + milliseconds / this.#share;
  }

  /** Be busy for so many milliseconds, whatever the share of a processor. */
  wait(milliseconds: number): void {
    this.compute(milliseconds * this.#share);
  }

  /** It never comes out of what it computes: alive, deaf, and killed at its limit. */
  hang(): void {
    this.#isStuck = true;
  }

  get isStuck(): boolean {
    return this.#isStuck;
  }

  /** Whether an answer finds anybody. */
  get hears(): boolean {
    return this.#alive && !this.#isStuck;
  }

  /** Milliseconds until its processor is free. */
  get freeIn(): number {
    return Math.max(0, this.#busyUntil - this.world.now);
  }

  /** What its own clock shows. */
  get now(): number {
    return this.world.now + this.freeIn;
  }
}
