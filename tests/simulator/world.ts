/**
 * A deterministic world: one clock, one queue of events, one seed. Every I/O is two events, the
 * effect and the answer; each can be late, lost or refused, and a killed process hears no answers
 * while what it has sent may still arrive.
 */
export class World {
  #now: number;
  #sequence = 0;
  readonly #events: Event[] = [];
  readonly #random: () => number;
  #failure: unknown = null;

  constructor(seed: number, start: number) {
    this.#random = mulberry32(seed);
    this.#now = start;
  }

  get now(): number {
    return this.#now;
  }
  get instant(): string {
    return new Date(this.#now).toISOString();
  }
  random(): number {
    return this.#random();
  }
  chance(probability: number): boolean {
    return this.#random() < probability;
  }
  between(low: number, high: number): number {
    return low + this.#random() * (high - low);
  }
  pick<Item>(items: readonly Item[]): Item {
    const item = items[Math.floor(this.#random() * items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  schedule(delay: number, run: () => void): void {
    this.#sequence += 1;
    push(this.#events, { at: this.#now + Math.max(0, delay), sequence: this.#sequence, run });
  }

  /** What an oracle found: the history ends here. */
  fail(failure: unknown): void {
    this.#failure ??= failure;
  }

  /** Run events until none is left before `until`, or an oracle fails. */
  async runUntil(until: number): Promise<void> {
    for (;;) {
      await settled();
      if (this.#failure !== null) throw this.#failure;
      const next = this.#events[0];
      if (next === undefined || next.at > until) break;
      pop(this.#events);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = Math.max(this.#now, until);
  }

  /** Run until a condition holds; throws when virtual time passes the limit. */
  async runWhile(condition: () => boolean, limit: number): Promise<void> {
    const end = this.#now + limit;
    for (;;) {
      await settled();
      if (this.#failure !== null) throw this.#failure;
      if (!condition()) return;
      const next = this.#events[0];
      if (next === undefined)
        throw new Error('The world stands still and the condition does not hold');
      if (next.at > end)
        throw new Error(`The condition still does not hold after ${limit / 1000} s`);
      pop(this.#events);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
  }
}

interface Event {
  readonly at: number;
  readonly sequence: number;
  readonly run: () => void;
}

/**
 * Let every continuation that can run, run: the next tick comes when no microtask is left. Nothing in this
 * world waits for the real one, so the event loop is not gone round, which took a sixth of the time.
 */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}

function before(a: Event, b: Event): boolean {
  return a.at === b.at ? a.sequence < b.sequence : a.at < b.at;
}

function push(heap: Event[], event: Event): void {
  heap.push(event);
  let index = heap.length - 1;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const [child, above] = [heap[index], heap[parent]];
    if (child === undefined || above === undefined || !before(child, above)) break;
    heap[index] = above;
    heap[parent] = child;
    index = parent;
  }
}

function pop(heap: Event[]): void {
  const last = heap.pop();
  if (last === undefined || heap.length === 0) return;
  heap[0] = last;
  let index = 0;
  for (;;) {
    let least = index;
    for (const child of [2 * index + 1, 2 * index + 2]) {
      const [a, b] = [heap[child], heap[least]];
      if (a !== undefined && b !== undefined && before(a, b)) least = child;
    }
    if (least === index) break;
    const [a, b] = [heap[index], heap[least]];
    if (a === undefined || b === undefined) break;
    heap[index] = b;
    heap[least] = a;
    index = least;
  }
}

export function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
