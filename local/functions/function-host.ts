import { randomUUID } from 'node:crypto';
import type { FunctionDefinition, FunctionLog, Invocation } from './invocation.ts';
import { mostInvocations, traceRun } from './lineage.ts';
import { arnOf, type Sandbox, startSandbox } from './sandbox.ts';

/** Runs Lambda bundles under AWS's own runtime interface client. */
export interface FunctionHost {
  /**
   * Runs a function once. Errors of the function are in the result; an unknown name throws. With the trace
   * headers of what it is invoked with, it is stopped where Lambda would stop its chain.
   */
  invoke(
    functionName: string,
    event: unknown,
    traceHeaders?: readonly string[],
  ): Promise<Invocation>;
  /** Kills the processes of a function that are at an invocation (`kill -9`). Resolves to how many there were. */
  kill(functionName: string): Promise<number>;
  /** Ends a function's processes, or all, so that the next invocation is a cold start of the code on disk. */
  restart(functionName?: string): Promise<void>;
  close(): Promise<void>;
}

/** Makes a host; processes start with the first invocation and are kept for the next. */
export function startFunctionHost({
  functions,
  log = () => {},
  freezeBetweenInvocations = false,
  hasShareOnly = () => false,
}: {
  functions: readonly FunctionDefinition[];
  /** Where every line a function writes goes. */
  log?: (line: FunctionLog) => void;
  freezeBetweenInvocations?: boolean;
  /** Whether functions have the share of a processor that their memory buys; asked while they run. */
  hasShareOnly?: () => boolean;
}): FunctionHost {
  const fleets = new Map(
    functions.map((definition) => [
      definition.name,
      new Fleet(definition, log, () =>
        startSandbox({ definition, log, freezeBetweenInvocations, hasShareOnly }),
      ),
    ]),
  );
  const fleetOf = (functionName: string): Fleet => {
    const fleet = fleets.get(functionName);
    if (fleet !== undefined) return fleet;
    const known = [...fleets.keys()].join(', ');
    throw new Error(`There is no function "${functionName}"; expected one of ${known}`);
  };
  return {
    invoke(functionName, event, traceHeaders = []) {
      return fleetOf(functionName).invoke(event, traceHeaders);
    },
    kill: (functionName) => fleetOf(functionName).kill(),
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
  readonly #log: (line: FunctionLog) => void;
  readonly #start: () => Promise<Sandbox>;
  readonly #idle: Sandbox[] = [];
  readonly #all = new Set<Sandbox>();
  #running = 0;
  #generation = 0;

  constructor(
    definition: FunctionDefinition,
    log: (line: FunctionLog) => void,
    start: () => Promise<Sandbox>,
  ) {
    this.#definition = definition;
    this.#log = log;
    this.#start = start;
  }

  async invoke(event: unknown, traceHeaders: readonly string[]): Promise<Invocation> {
    const requestId = randomUUID();
    const { name, recursiveLoop } = this.#definition;
    const { traceHeader, invocations } = traceRun({
      functionArn: arnOf(name),
      given: traceHeaders,
      newRoot: requestId.replaceAll('-', '').slice(0, 24),
    });
    if (recursiveLoop === 'Terminate' && invocations > mostInvocations) {
      const errorMessage = `Lambda stopped ${name}: it has run ${mostInvocations} times for what began with one event`;
      this.#log({ functionName: name, source: 'platform', text: errorMessage });
      return { kind: 'failed', requestId, errorType: 'RecursiveInvocationException', errorMessage };
    }
    if (this.#running >= this.#definition.concurrency) return { kind: 'throttled' };
    this.#running += 1;
    try {
      const sandbox = this.#takeIdle() ?? (await this.#begin());
      const end = await sandbox.run({ requestId, event, traceHeader });
      if (sandbox.isAlive && this.#all.has(sandbox)) this.#idle.push(sandbox);
      else this.#all.delete(sandbox);
      return end;
    } finally {
      this.#running -= 1;
    }
  }

  async kill(): Promise<number> {
    const busy = [...this.#all].filter((sandbox) => sandbox.isAlive && sandbox.isBusy);
    await Promise.all(busy.map((sandbox) => sandbox.stop()));
    return busy.length;
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
