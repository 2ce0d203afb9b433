import { randomUUID } from 'node:crypto';
import type { FunctionDefinition, FunctionLog, Invocation } from './invocation.ts';
import { type Sandbox, startSandbox } from './sandbox.ts';

/** Runs Lambda bundles under AWS's own runtime interface client. */
export interface FunctionHost {
  /** Runs a function once. Errors of the function are in the result; an unknown name throws. */
  invoke(functionName: string, event: unknown): Promise<Invocation>;
  /** Ends a function's processes, or all, so that the next invocation is a cold start of the code on disk. */
  restart(functionName?: string): Promise<void>;
  close(): Promise<void>;
}

/** Makes a host; processes start with the first invocation and are kept for the next. */
export function startFunctionHost({
  functions,
  log = () => {},
  freezeBetweenInvocations = false,
}: {
  functions: readonly FunctionDefinition[];
  /** Where every line a function writes goes. */
  log?: (line: FunctionLog) => void;
  freezeBetweenInvocations?: boolean;
}): FunctionHost {
  const fleets = new Map(
    functions.map((definition) => [
      definition.name,
      new Fleet(definition, () => startSandbox({ definition, log, freezeBetweenInvocations })),
    ]),
  );
  return {
    invoke(functionName, event) {
      const fleet = fleets.get(functionName);
      if (fleet === undefined) {
        const known = [...fleets.keys()].join(', ');
        throw new Error(`There is no function "${functionName}"; expected one of ${known}`);
      }
      return fleet.invoke(event);
    },
    async restart(functionName) {
      await Promise.all(
        [...fleets]
          .filter(([name]) => functionName === undefined || name === functionName)
          .map(([, fleet]) => fleet.stop()),
      );
    },
    async close() {
      await Promise.all([...fleets.values()].map((fleet) => fleet.stop()));
    },
  };
}

/** The processes of one function. */
class Fleet {
  readonly #definition: FunctionDefinition;
  readonly #start: () => Promise<Sandbox>;
  readonly #idle: Sandbox[] = [];
  readonly #all = new Set<Sandbox>();
  #running = 0;
  #generation = 0;

  constructor(definition: FunctionDefinition, start: () => Promise<Sandbox>) {
    this.#definition = definition;
    this.#start = start;
  }

  async invoke(event: unknown): Promise<Invocation> {
    if (this.#running >= this.#definition.concurrency) return { kind: 'throttled' };
    this.#running += 1;
    try {
      const sandbox = this.#takeIdle() ?? (await this.#begin());
      const end = await sandbox.run(randomUUID(), event);
      if (sandbox.isAlive && this.#all.has(sandbox)) this.#idle.push(sandbox);
      else this.#all.delete(sandbox);
      return end;
    } finally {
      this.#running -= 1;
    }
  }

  async stop(): Promise<void> {
    this.#generation += 1;
    const sandboxes = [...this.#all];
    this.#all.clear();
    this.#idle.length = 0;
    await Promise.all(sandboxes.map((sandbox) => sandbox.stop()));
  }

  #takeIdle(): Sandbox | undefined {
    for (;;) {
      const sandbox = this.#idle.pop();
      if (sandbox === undefined || sandbox.isAlive) return sandbox;
      this.#all.delete(sandbox);
    }
  }

  async #begin(): Promise<Sandbox> {
    for (;;) {
      const generation = this.#generation;
      const sandbox = await this.#start();
      if (generation === this.#generation) {
        this.#all.add(sandbox);
        return sandbox;
      }
      // Stopped while this one was starting: it may have loaded the old code.
      await sandbox.stop();
    }
  }
}
