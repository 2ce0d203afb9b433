import type { Schedule } from './schedule.ts';

/** Receives that wait for messages, by queue. */
export class LongPolls {
  readonly #waiting = new Map<string, Set<() => void>>();
  readonly #schedule: Schedule;

  constructor(schedule: Schedule) {
    this.#schedule = schedule;
  }

  /** Tries everyone who waits at this queue again. */
  changed(queue: string): void {
    for (const retry of this.#waiting.get(queue) ?? []) retry();
  }

  /**
   * Repeats `attempt` whenever the queue changes or a hidden message shows itself, until it brings
   * something, the deadline is past, or the caller has gone. Nothing is taken for a caller who has gone.
   */
  async receive<Found>({
    queue,
    attempt,
    milliseconds,
    nextVisible,
    gone,
  }: {
    queue: string;
    attempt: () => Found[];
    milliseconds: number;
    /** In how many milliseconds the next hidden message shows itself. */
    nextVisible: () => number | undefined;
    gone: AbortSignal;
  }): Promise<Found[]> {
    const first = attempt();
    if (first.length > 0 || milliseconds <= 0) return first;
    return new Promise((resolve, reject) => {
      let callOffNext = () => {};
      const finish = (found: Found[]) => {
        callOffNext();
        callOffDeadline();
        this.#waiting.get(queue)?.delete(retry);
        gone.removeEventListener('abort', leave);
        resolve(found);
      };
      const leave = () => finish([]);
      const retry = () => {
        try {
          const found = attempt();
          if (found.length > 0) finish(found);
          else awaitNext();
        } catch (error) {
          finish([]);
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      const awaitNext = () => {
        callOffNext();
        const delay = nextVisible();
        callOffNext = delay === undefined ? () => {} : this.#schedule(Math.max(1, delay), retry);
      };
      const callOffDeadline = this.#schedule(milliseconds, leave);
      gone.addEventListener('abort', leave);
      const waiting = this.#waiting.get(queue) ?? new Set();
      this.#waiting.set(queue, waiting.add(retry));
      awaitNext();
    });
  }
}
