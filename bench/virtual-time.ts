import { calls, processor, shareOfProcessor, slowCall, spread } from '../cdk/charter/times.ts';

/** What is asked of the world, by what it costs. */
export type Call =
  | 'get'
  | 'head'
  | 'put'
  | 'list'
  | 'delete'
  | 'lake read'
  | 'lake query'
  | 'queue';

/** Milliseconds from sending to hearing, and of processor on this side. */
const costs: Readonly<Record<Call, { readonly takes: number; readonly computes: number }>> = {
  get: { takes: calls.s3.get, computes: processor.call.get },
  head: { takes: calls.s3.head, computes: processor.call.head },
  put: { takes: calls.s3.put, computes: processor.call.put },
  list: { takes: calls.s3.list, computes: processor.call.list },
  delete: { takes: calls.s3.delete, computes: processor.call.delete },
  // Requests to others are made in the same way.
  'lake read': { takes: calls.lake.read, computes: processor.call.put },
  'lake query': { takes: calls.lake.query, computes: processor.call.put },
  queue: { takes: calls.queue.send, computes: processor.call.put },
};

interface Due {
  readonly at: number;
  readonly order: number;
  readonly by: Computer;
  readonly waits: number;
  readonly wake: () => void;
}

/**
 * Time that passes only while everybody waits: answers come in the order of their instants, each when all that
 * the one before it set off has been done.
 */
export class VirtualTime {
  now: number;
  /** Waits on the chain that is going on: how many answers one after another have led here. */
  waits = 0;
  readonly random = randomFrom(1);
  readonly #due: Due[] = [];
  #order = 0;

  constructor(startsAt: number) {
    this.now = startsAt;
  }

  /** Resolves at an instant, or when its computer has done what it is at. */
  wakeAt(at: number, by: Computer, waits: number): Promise<void> {
    return new Promise((wake) => {
      this.#order += 1;
      push(this.#due, { at, order: this.#order, by, waits, wake });
    });
  }

  /** Lets time pass until something is done. Throws when nobody waits for anything and it is not. */
  async runUntilDone<Result>(work: Promise<Result>): Promise<Result> {
    let isDone = false;
    const watched = work.finally(() => {
      isDone = true;
    });
    // Told below, when it has been waited for.
    watched.catch(() => {});
    for (;;) {
      // Whatever the last answer has set off runs before this.
      await new Promise((resolve) => setImmediate(resolve));
      if (isDone) return watched;
      const next = pop(this.#due);
      if (next === undefined) throw new Error('Nothing is under way and the work is not done');
      if (next.by.busyUntil > next.at) {
        push(this.#due, { ...next, at: next.by.busyUntil });
        continue;
      }
      this.now = Math.max(this.now, next.at);
      this.waits = next.waits;
      next.wake();
    }
  }
}

/** An environment of a function, or a person's machine: one thread on a share of a processor. */
export class Computer {
  readonly time: VirtualTime;
  readonly counts = new Map<Call, number>();
  /** Milliseconds of a whole processor. */
  processor = 0;
  busyUntil = 0;
  readonly #share: number;
  /** When each connection to S3 is free: the SDK opens 50. */
  readonly #connections = Array.from({ length: 50 }, () => 0);

  constructor(time: VirtualTime, memoryMb: number) {
    this.time = time;
    this.#share = Math.min(1, shareOfProcessor(memoryMb));
  }

  get now(): number {
    return Math.max(this.time.now, this.busyUntil);
  }

  compute(milliseconds: number): void {
    this.processor += milliseconds;
    this.busyUntil = this.now + milliseconds / this.#share;
  }

  /** Waits for the answer of a call. */
  async call(call: Call): Promise<void> {
    const { takes, computes } = costs[call];
    this.counts.set(call, (this.counts.get(call) ?? 0) + 1);
    this.compute(computes);
    const { random } = this.time;
    const factor = spread.from + random() * (spread.to - spread.from);
    const slow = random() < 1 / slowCall.oneIn ? slowCall.times : 1;
    const isStore = !call.startsWith('lake') && call !== 'queue';
    const connection = isStore ? this.#freest() : 0;
    const from = isStore ? Math.max(this.now, this.#connections[connection] ?? 0) : this.now;
    const until = from + takes * factor * slow;
    if (isStore) this.#connections[connection] = until;
    await this.time.wakeAt(until, this, this.time.waits + 1);
  }

  sleep(milliseconds: number): Promise<void> {
    return this.time.wakeAt(this.now + milliseconds, this, this.time.waits);
  }

  #freest(): number {
    let freest = 0;
    for (const [index, until] of this.#connections.entries()) {
      if (until < (this.#connections[freest] ?? 0)) freest = index;
    }
    return freest;
  }
}

/** A heap, earliest first; of one instant, in order of asking. */
function push(heap: Due[], due: Due): void {
  let at = heap.push(due) - 1;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    const above = heap[parent];
    if (above === undefined || isEarlier(above, due)) break;
    heap[at] = above;
    at = parent;
  }
  heap[at] = due;
}

function pop(heap: Due[]): Due | undefined {
  const [first] = heap;
  const last = heap.pop();
  if (first === undefined || last === undefined || heap.length === 0) return first;
  let at = 0;
  for (;;) {
    const [left, right] = [heap[2 * at + 1], heap[2 * at + 2]];
    if (left === undefined) break;
    const isRight = right !== undefined && isEarlier(right, left);
    const below = isRight ? right : left;
    if (isEarlier(last, below)) break;
    heap[at] = below;
    at = 2 * at + (isRight ? 2 : 1);
  }
  heap[at] = last;
  return first;
}

function isEarlier(a: Due, b: Due): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order);
}

/** mulberry32, as in `corpus.ts`: the same world at every run. */
function randomFrom(seed: number): () => number {
  let state = seed * 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
