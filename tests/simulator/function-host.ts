import { limits, type FunctionName } from '../../cdk/charter/functions.ts';
import { coldStart, shareOfProcessor } from '../../cdk/charter/times.ts';
import { nodeCache } from '../../src/adapters/node-cache.ts';
import type { NodeCache } from '../../src/publishing/publisher.ts';
import type { Faults } from './network.ts';
import { Process } from './process.ts';
import { meteredNodes } from './processor.ts';
import type { World } from './world.ts';

/** How an invocation ended. A killed one says nothing to anybody; whoever called it sees a failure. */
export type End<Answer> =
  | { readonly kind: 'answered'; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'killed' };

/** What a handler is given. */
export interface Invocation {
  readonly process: Process;
  /** What the environment remembers of invocations before. */
  readonly nodes: NodeCache;
  /** Milliseconds until it is killed, by its own clock. */
  readonly remaining: () => number;
  readonly requestId: string;
}

interface Environment {
  readonly nodes: NodeCache;
  usedAt: number;
}

/**
 * Runs functions within what the stack gives them: so many at once, so much of a processor, and so long;
 * then they are killed. An environment is kept for a while, and lost with an invocation that is killed.
 */
export class FunctionHost {
  readonly #world: World;
  readonly #concurrency: (name: FunctionName) => number;
  readonly #idle = new Map<FunctionName, Environment[]>();
  readonly #running = new Map<FunctionName, number>();
  #invocations = 0;

  constructor(world: World, concurrency = (name: FunctionName) => limits[name].concurrency) {
    this.#world = world;
    this.#concurrency = concurrency;
  }

  get running(): number {
    return [...this.#running.values()].reduce((sum, each) => sum + each, 0);
  }

  hasRoom(name: FunctionName): boolean {
    return (this.#running.get(name) ?? 0) < this.#concurrency(name);
  }

  /** False: throttled, since as many run as may. */
  invoke<Answer>(
    name: FunctionName,
    faults: Faults,
    handler: (invocation: Invocation) => Promise<Answer>,
    onEnd: (end: End<Answer>, process: Process) => void,
  ): boolean {
    if (!this.hasRoom(name)) return false;
    const { timeoutSeconds, memoryMb } = limits[name];
    this.#running.set(name, (this.#running.get(name) ?? 0) + 1);
    this.#invocations += 1;
    const requestId = `run-${this.#invocations}`;
    const process = new Process(this.#world, faults, shareOfProcessor(memoryMb));
    const { environment, startsIn } = this.#environment(name);
    let isOver = false;
    const end = (how: End<Answer>): void => {
      if (isOver) return;
      isOver = true;
      this.#running.set(name, (this.#running.get(name) ?? 0) - 1);
      if (how.kind !== 'killed') this.#keep(name, environment);
      onEnd(how, process);
    };
    process.onDeath = () => end({ kind: 'killed' });
    const deadline = this.#world.now + startsIn + timeoutSeconds * 1000;
    this.#world.schedule(startsIn, () => {
      const nodes = meteredNodes(environment.nodes, process);
      const remaining = (): number => deadline - process.now;
      // When its processor is free, which may be never.
      const later = (how: End<Answer>): void =>
        this.#world.schedule(process.freeIn, () => {
          if (process.hears) end(how);
        });
      void handler({ process, nodes, remaining, requestId }).then(
        (answer) => later({ kind: 'answered', answer }),
        (error: unknown) => later({ kind: 'failed', error }),
      );
    });
    this.#world.schedule(startsIn + timeoutSeconds * 1000, () => {
      if (!isOver) process.kill();
    });
    return true;
  }

  #environment(name: FunctionName): {
    readonly environment: Environment;
    readonly startsIn: number;
  } {
    const idle = this.#idle.get(name) ?? [];
    const known = idle.pop();
    if (known !== undefined && this.#world.now - known.usedAt < keptMilliseconds) {
      return { environment: known, startsIn: 0 };
    }
    idle.length = 0;
    const environment = { nodes: nodeCache(rememberedCharacters), usedAt: 0 };
    return { environment, startsIn: coldStart };
  }

  #keep(name: FunctionName, environment: Environment): void {
    environment.usedAt = this.#world.now;
    const idle = this.#idle.get(name) ?? [];
    idle.push(environment);
    this.#idle.set(name, idle);
  }
}

/** Not documented, and minutes rather than hours. */
const keptMilliseconds = 600_000;
/** As `lambdas/publisher-from.ts` has it. */
const rememberedCharacters = 4_000_000;
