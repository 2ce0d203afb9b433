import { limits, type FunctionName } from '../cdk/charter/functions.ts';
import { queueRules } from '../cdk/charter/queues.ts';
import { calls, coldStart, wholeProcessor } from '../cdk/charter/times.ts';
import { deadlineOf } from '../lambdas/deadline.ts';
import { publishBatch } from '../lambdas/publish-batch.ts';
import type { Invocation } from '../lambdas/reported.ts';
import type { Log } from '../src/adapters/log.ts';
import { messageGroupOf } from '../src/adapters/message-group.ts';
import { keptCharacters, nodeCache } from '../src/adapters/node-cache.ts';
import { encodeMessage } from '../src/adapters/queue-message.ts';
import type { DocumentId } from '../src/briefing/model.ts';
import { advance } from '../src/publishing/advance.ts';
import { collect, type CollectOutcome } from '../src/publishing/collect.ts';
import type { Queue, QueueMessage } from '../src/publishing/ports.ts';
import { publish } from '../src/publishing/publish.ts';
import type { Publisher } from '../src/publishing/publisher.ts';
import { sweep, type SweepKind } from '../src/publishing/sweep.ts';
import type { Deadline } from '../src/publishing/walk.ts';
import { chargedNodes, chargedRenderers } from './charged.ts';
import { fullerEdition } from './fuller-edition.ts';
import type { TimedWorld } from './timed-world.ts';
import { Computer, type Call } from './virtual-time.ts';

/** What one run of a function came to. */
export interface Ran {
  readonly function: FunctionName;
  readonly milliseconds: number;
  /** Of a whole vCPU. */
  readonly processor: number;
  /** On the chain that decided when it ended. */
  readonly waits: number;
  readonly counts: ReadonlyMap<Call, number>;
}

/** One slice of whole-site work. */
export interface SliceRan {
  readonly of: string;
  readonly size: number;
  readonly milliseconds: number;
  readonly waits: number;
}

/** An environment of a function: what it remembers lives as long as it does. */
interface Environment {
  readonly of: FunctionName;
  readonly computer: Computer;
  readonly publisher: Publisher;
  isWarm: boolean;
  isBusy: boolean;
}

/** What runs the functions: environments, limits, the queue, and the minute's schedule. */
export class Cloud {
  readonly ran: Ran[] = [];
  readonly slices: SliceRan[] = [];
  /** What went wrong, as the log would say. */
  readonly failures: string[] = [];
  /** When each document's edit was published. */
  readonly published = new Map<DocumentId, number>();
  readonly #world: TimedWorld;
  readonly #epoch: number;
  readonly #environments: Environment[] = [];
  readonly #queue: {
    readonly group: string;
    readonly message: QueueMessage;
    readonly id: string;
  }[] = [];
  readonly #busyGroups = new Set<string>();
  readonly #clock: Computer;
  readonly #memoryMb: number | null;
  #running = 0;
  #number = 0;
  #sliceBeganAt = 0;

  /** With other memory than the stack gives, when somebody wants to know what that would do. */
  constructor(world: TimedWorld, epoch: number, memoryMb: number | null) {
    this.#world = world;
    this.#epoch = epoch;
    this.#memoryMb = memoryMb;
    this.#clock = new Computer(world.time, wholeProcessor);
  }

  memoryOf(name: FunctionName): number {
    return this.#memoryMb ?? limits[name].memoryMb;
  }

  get isIdle(): boolean {
    return this.#running === 0 && this.#queue.length === 0;
  }

  /** A message as the receiver sends it. */
  async deliver(message: QueueMessage): Promise<void> {
    await this.wait(calls.queue.send);
    this.#accept(message, `delivery-${this.#next()}`);
  }

  wait(milliseconds: number): Promise<void> {
    return this.#world.time.wakeAt(this.#world.time.now + milliseconds, this.#clock, 0);
  }

  sweep(kind: SweepKind): Promise<void> {
    return this.#invoke('sweep', async (publisher, deadline) => {
      await sweep(publisher, kind, deadline);
    });
  }

  async collect(): Promise<CollectOutcome> {
    let outcome: CollectOutcome | null = null;
    await this.#invoke('collect', async (publisher, deadline) => {
      outcome = await collect(publisher, deadline);
    });
    if (outcome === null) throw new Error(this.failures.join('\n'));
    return outcome;
  }

  /** The publisher on a person's machine: one that has all of a processor and all the time. */
  commandLine(epoch: number): Publisher {
    return this.#publisherOn(new Computer(this.#world.time, wholeProcessor), epoch);
  }

  #accept(message: QueueMessage, id: string): void {
    this.#queue.push({ group: messageGroupOf(message), message, id });
    this.#dispatch();
  }

  #dispatch(): void {
    while (this.#busy('publish-briefings') < limits['publish-briefings'].concurrency) {
      const first = this.#queue.find(({ group }) => !this.#busyGroups.has(group));
      if (first === undefined) return;
      const batch = this.#queue
        .filter(({ group }) => group === first.group)
        .slice(0, queueRules.batch);
      for (const each of batch) this.#queue.splice(this.#queue.indexOf(each), 1);
      this.#busyGroups.add(first.group);
      void this.#receive(first.group, batch);
    }
  }

  async #receive(
    group: string,
    batch: readonly { readonly message: QueueMessage; readonly id: string }[],
  ): Promise<void> {
    const records = batch.map(({ message, id }) => ({
      messageId: id,
      receiptHandle: id,
      body: encodeMessage(message),
      receives: 1,
      deduplicationId: id,
    }));
    await this.#invoke('publish-briefings', async (publisher, deadline, { awsRequestId }) => {
      const kept = await publishBatch(records, {
        ...publisher.ports,
        publish: async (request) => {
          const outcome = await publish(publisher, request);
          for (const id of request.ids) this.published.set(id, this.#world.time.now);
          return outcome;
        },
        // Nothing is received twice here, so nobody is tried.
        tryOut: () => Promise.resolve(new Map()),
        advance: () => advance(publisher, deadline),
        deadline,
        deferral: { comeBack: () => Promise.resolve() },
        log: this.#log,
        run: awsRequestId,
      });
      for (const id of kept) this.failures.push(`message ${id} was kept`);
    });
    this.#busyGroups.delete(group);
    this.#dispatch();
  }

  async #invoke(
    name: FunctionName,
    run: (publisher: Publisher, deadline: Deadline, invocation: Invocation) => Promise<void>,
  ): Promise<void> {
    const environment = this.#free(name);
    const { computer, publisher } = environment;
    const { time } = this.#world;
    environment.isBusy = true;
    this.#running += 1;
    const begunAt = time.now;
    const [processorBefore, countsBefore] = [computer.processor, new Map(computer.counts)];
    await time.wakeAt(begunAt + (environment.isWarm ? 1 : coldStart), computer, 0);
    environment.isWarm = true;
    const handedOverAt = time.now;
    const milliseconds = limits[name].timeoutSeconds * 1_000;
    const invocation: Invocation = {
      awsRequestId: `run-${this.#next()}`,
      getRemainingTimeInMillis: () => handedOverAt + milliseconds - computer.now,
    };
    this.#sliceBeganAt = 0;
    try {
      await run(publisher, deadlineOf(invocation), invocation);
    } catch (error) {
      this.failures.push(`${name} failed: ${String(error)}`);
    }
    const left = invocation.getRemainingTimeInMillis();
    if (left < 0)
      this.failures.push(`${name} took ${milliseconds - left} ms, and may take ${milliseconds}`);
    const counts = new Map(
      [...computer.counts].map(([call, count]) => [call, count - (countsBefore.get(call) ?? 0)]),
    );
    this.ran.push({
      function: name,
      milliseconds: computer.now - begunAt,
      processor: computer.processor - processorBefore,
      waits: time.waits,
      counts,
    });
    environment.isBusy = false;
    this.#running -= 1;
  }

  #free(name: FunctionName): Environment {
    const free = this.#environments.find(({ of, isBusy }) => of === name && !isBusy);
    if (free !== undefined) return free;
    const computer = new Computer(this.#world.time, this.memoryOf(name));
    const publisher = this.#publisherOn(computer, this.#epoch);
    const fresh: Environment = { of: name, computer, publisher, isWarm: false, isBusy: false };
    this.#environments.push(fresh);
    return fresh;
  }

  #busy(name: FunctionName): number {
    return this.#environments.filter(({ of, isBusy }) => of === name && isBusy).length;
  }

  /** As `publisherFrom` puts it together. */
  #publisherOn(computer: Computer, epoch: number): Publisher {
    const queue: Queue = {
      send: async (message, deduplicationId) => {
        await computer.call('queue');
        this.#accept(message, deduplicationId);
      },
    };
    return {
      ports: this.#world.portsOf(computer, queue),
      stage: { baseUrl: 'https://bench.example', tagAuthority: 'bench.example,2026', epoch },
      renderers: chargedRenderers(fullerEdition(epoch), computer),
      nodes: chargedNodes(nodeCache(keptCharacters), computer),
      notify: (event) => {
        if (event.kind !== 'slice-done') return;
        const { of, size, milliseconds } = event;
        const { waits } = this.#world.time;
        // The first of an invocation has what came before it on its chain.
        if (this.#sliceBeganAt > 0) {
          this.slices.push({ of, size, milliseconds, waits: waits - this.#sliceBeganAt });
        } else {
          this.slices.push({ of, size, milliseconds, waits: Number.NaN });
        }
        this.#sliceBeganAt = waits;
      },
    };
  }

  readonly #log: Log = {
    info: () => {},
    warn: (event) => this.failures.push(event),
    error: (event, error) => this.failures.push(`${event}: ${String(error)}`),
  };

  #next(): number {
    this.#number += 1;
    return this.#number;
  }
}
