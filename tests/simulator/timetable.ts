import { asynchronous, type Started } from '../../cdk/charter/asynchronous.ts';
import { schedules } from '../../cdk/charter/schedules.ts';
import type { End } from './function-host.ts';
import type { World } from './world.ts';

/** Starts a function with an event; false when as many run as may. */
export type Start = (
  name: Started,
  event: Readonly<Record<string, string>>,
  onEnd: (end: End<unknown>['kind']) => void,
) => boolean;

/**
 * The schedules of the stack. A tick is an asynchronous invocation: a throttled one is tried again until it
 * is too old, a failed one as often as the stack says.
 */
export class Timetable {
  readonly #world: World;
  readonly #start: Start;
  readonly #begunAt: number;
  /** No tick comes after this. */
  #until: number;

  constructor(world: World, start: Start) {
    this.#world = world;
    this.#start = start;
    this.#begunAt = world.now;
    this.#until = world.now;
  }

  /** Ticks come from now on for so many milliseconds. */
  runFor(milliseconds: number): void {
    const from = Math.max(this.#world.now, this.#until);
    this.#until = Math.max(this.#until, this.#world.now + milliseconds);
    for (const { starts, expression, event } of schedules) {
      for (const at of ticks(expression, this.#begunAt, from, this.#until)) {
        this.#world.schedule(at - this.#world.now, () => this.#tick(starts, event, at, 0));
      }
    }
  }

  #tick(name: Started, event: Readonly<Record<string, string>>, at: number, failures: number) {
    const rules = asynchronous[name];
    const again = (after: number, failed: number): void => {
      if (this.#world.now + after - at > rules.maxEventAgeMinutes * 60_000) return;
      this.#world.schedule(after, () => this.#tick(name, event, at, failed));
    };
    const isStarted = this.#start(name, event, (end) => {
      if (end === 'answered' || failures >= rules.retryAttempts) return;
      again(60_000 * (failures + 1), failures + 1);
    });
    // Lambda waits longer each time, from a second up to five minutes.
    if (!isStarted) again(Math.min(300_000, Math.max(1000, this.#world.now - at)), failures);
  }
}

/** When a schedule ticks, after one instant and up to another. Expressions as EventBridge reads them. */
function ticks(expression: string, begunAt: number, from: number, to: number): readonly number[] {
  const [first, period] = rhythmOf(expression, begunAt);
  const found: number[] = [];
  const skipped = Math.max(0, Math.floor((from - first) / period) + 1);
  for (let at = first + skipped * period; at <= to; at += period) if (at > from) found.push(at);
  return found;
}

const minute = 60_000;
const day = 1440 * minute;

/** An instant at or before which it ticked, and the time from one tick to the next. */
function rhythmOf(expression: string, begunAt: number): readonly [number, number] {
  const rate = /^rate\((\d+) minutes?\)$/.exec(expression);
  if (rate !== null) return [begunAt, Number(rate[1]) * minute];
  const nightly = /^cron\((\d+) (\d+) \* \* \? \*\)$/.exec(expression);
  if (nightly === null) throw new Error(`The simulator does not know the schedule ${expression}`);
  const midnight = Math.floor(begunAt / day) * day;
  return [midnight - day + (Number(nightly[2]) * 60 + Number(nightly[1])) * minute, day];
}
