import type { Started } from '../../cdk/charter/asynchronous.ts';
import { limits } from '../../cdk/charter/functions.ts';
import { queueRules } from '../../cdk/charter/queues.ts';
import { calls, patience } from '../../cdk/charter/times.ts';
import { answerDelivery } from '../../lambdas/answer-delivery.ts';
import { deadlineOf } from '../../lambdas/deadline.ts';
import { publishBatch } from '../../lambdas/publish-batch.ts';
import type { Log } from '../../src/adapters/log.ts';
import { messageGroupOf } from '../../src/adapters/message-group.ts';
import { decodeMessage, encodeMessage } from '../../src/adapters/queue-message.ts';
import { QueueUnavailable } from '../../src/adapters/queue-unavailable.ts';
import type { Deferral } from '../../src/adapters/sqs-queue.ts';
import type { DocumentId } from '../../src/briefing/model.ts';
import { advance } from '../../src/publishing/advance.ts';
import { collect } from '../../src/publishing/collect.ts';
import type { Clock, Queue } from '../../src/publishing/ports.ts';
import { publishGuarded } from '../../src/publishing/publish-guarded.ts';
import type { Publisher } from '../../src/publishing/publisher.ts';
import { sweep, type SweepKind } from '../../src/publishing/sweep.ts';
import type { Deadline } from '../../src/publishing/walk.ts';
import { signatureHeader } from '../../src/webhook/signature.ts';
import { FunctionHost, type End, type Invocation } from './function-host.ts';
import type { SimDocument } from './lake.ts';
import { call, calm, ServiceUnavailable, sleep, type Faults } from './network.ts';
import type { Process } from './process.ts';
import { SimQueue, type QueuedMessage } from './sim-queue.ts';
import { Timetable } from './timetable.ts';
import type { World } from './world.ts';

/** Told of what happens to messages and invocations: what the oracles of liveness judge by. */
export interface StageWatch {
  /** The queue has taken a message about these. */
  arrived(ids: readonly DocumentId[]): void;
  /** An invocation was given messages about these, and has ended. */
  began(process: Process, ids: readonly DocumentId[]): void;
  ended(process: Process, how: 'answered' | 'failed' | 'killed'): void;
  /** A message about these has gone to the dead letters. */
  buried(ids: readonly DocumentId[]): void;
}

/**
 * A stage as it is deployed: receiver, queue, publisher, sweep and collector, joined as the stack joins them
 * and within its limits. Everything is driven through the entry functions.
 */
export class Stage {
  readonly queue: SimQueue;
  readonly timetable: Timetable;
  faults: Faults = calm;
  /** The product's own queue; otherwise three at once, whatever a message is about. */
  isWide: boolean;
  visibilitySeconds: number;
  readonly #world: World;
  readonly #host: FunctionHost;
  readonly #publisherOf: (invocation: Pick<Invocation, 'process' | 'nodes'>) => Publisher;
  readonly #watch: StageWatch;
  readonly #onBug: (error: unknown) => void;
  #isPollDue = false;
  #ringing = 0;
  #rings = 0;

  constructor({
    world,
    isWide,
    visibilitySeconds = queueRules.visibilitySeconds,
    publisherOf,
    watch,
    onBug,
  }: {
    readonly world: World;
    readonly isWide: boolean;
    readonly visibilitySeconds?: number | undefined;
    readonly publisherOf: (invocation: Pick<Invocation, 'process' | 'nodes'>) => Publisher;
    readonly watch: StageWatch;
    readonly onBug: (error: unknown) => void;
  }) {
    this.#world = world;
    this.isWide = isWide;
    this.visibilitySeconds = visibilitySeconds;
    this.#publisherOf = publisherOf;
    this.#watch = watch;
    this.#onBug = onBug;
    this.#host = new FunctionHost(world, (name) =>
      this.isWide && name === 'publish-briefings' ? 3 : limits[name].concurrency,
    );
    this.queue = new SimQueue(world, () => ({
      receives: queueRules.receives,
      visibilitySeconds: this.visibilitySeconds,
    }));
    this.queue.onVisible = () => this.#pollSoon();
    this.queue.onDeadLetter = (message) => watch.buried(idsOf([message]));
    this.timetable = new Timetable(world, (name, event, onEnd) => this.start(name, event, onEnd));
  }

  /** As a schedule does. False: throttled. */
  start(
    name: Started,
    event: Readonly<Record<string, string>>,
    onEnd: (kind: End<unknown>['kind']) => void,
  ): boolean {
    return this.#host.invoke<unknown>(
      name,
      this.faults,
      (invocation) => {
        const publisher = this.#publisherOf(invocation);
        const deadline = deadlineIn(invocation);
        return name === 'sweep'
          ? sweep(publisher, sweepKindOf(event), deadline)
          : collect(publisher, deadline);
      },
      (end) => {
        if (end.kind === 'failed') this.#onBug(end.error);
        onEnd(end.kind);
      },
    );
  }

  /** Whether anything is under way: a delivery, a message, an invocation. */
  get isBusy(): boolean {
    return this.#ringing > 0 || this.queue.length > 0 || this.#host.running > 0;
  }

  /** The lake calls the webhook, and calls again when it is not answered well. */
  ring(id: DocumentId, type: string, document: SimDocument | null, key = `k${this.#rings}`): void {
    this.#rings += 1;
    this.#ringing += 1;
    const body = new TextEncoder().encode(
      JSON.stringify({
        _id: id,
        _type: type,
        ...(document !== null && { _updatedAt: document._updatedAt }),
        ...place,
      }),
    );
    const attempt = (left: number): void => {
      const again = (): void => {
        if (left === 0) this.#ringing -= 1;
        else this.#world.schedule(this.#world.between(5_000, 30_000), () => attempt(left - 1));
      };
      const signedAt = Math.floor(this.#world.now);
      const isTaken = this.#host.invoke(
        'receive-webhook',
        this.faults,
        ({ process }) =>
          answerDelivery(
            {
              headers: {
                'sanity-webhook-signature': signatureHeader({ body, secret, signedAt }),
                'idempotency-key': key,
              },
              body,
            },
            {
              queue: this.queueOf(process),
              clock: clockOf(process),
              log: this.#logOf(process),
              secrets: [secret],
              ...place,
            },
          ),
        (end) => {
          if (end.kind !== 'answered' || end.answer.status >= 500) {
            again();
            return;
          }
          this.#ringing -= 1;
          if (end.answer.status !== 202) {
            this.#onBug(
              new TypeError(`A delivery that we signed is refused: ${end.answer.reason}`),
            );
          }
        },
      );
      if (!isTaken) again();
    };
    attempt(2);
  }

  /** The queue as one process sees it. */
  queueOf(process: Process): Queue {
    return {
      send: async (message, deduplicationId) => {
        const body = encodeMessage(message);
        const group = this.isWide ? `alone-${deduplicationId}` : messageGroupOf(message);
        try {
          await call(process, this.faults, sending, () => {
            this.queue.send(body, group, deduplicationId);
            this.#watch.arrived(message.ids);
          });
        } catch (error) {
          if (!(error instanceof ServiceUnavailable)) throw error;
          throw new QueueUnavailable('The queue did not take a message', { cause: error });
        }
      },
    };
  }

  #deferralOf(process: Process): Deferral {
    const changing = { ...sending, takes: calls.queue.changeVisibility };
    return {
      comeBack: (handle, seconds) =>
        call(process, this.faults, changing, () => {
          const [messageId = '', receives = ''] = handle.split('#');
          this.queue.changeVisibility(messageId, Number(receives), Math.round(seconds));
        }),
    };
  }

  /** As the event source mapping does: whenever something is there and somebody is free. */
  #pollSoon(): void {
    if (this.#isPollDue) return;
    this.#isPollDue = true;
    this.#world.schedule(calls.queue.send, () => {
      this.#isPollDue = false;
      this.#poll();
    });
  }

  #poll(): void {
    while (this.#host.hasRoom('publish-briefings')) {
      const batch = this.queue.receive(queueRules.batch);
      if (batch.length === 0) return;
      this.#consume(batch);
    }
  }

  #consume(batch: readonly QueuedMessage[]): void {
    const records = batch.map(({ messageId, body, receives, deduplicationId }) => ({
      messageId,
      receiptHandle: `${messageId}#${receives}`,
      body,
      receives,
      deduplicationId,
    }));
    this.#host.invoke(
      'publish-briefings',
      this.faults,
      (invocation) => {
        const { process, requestId } = invocation;
        this.#watch.began(process, idsOf(batch));
        const publisher = this.#publisherOf(invocation);
        return publishBatch(records, {
          ...publisher.ports,
          publish: (request) => publishGuarded(publisher, request),
          tryOut: (ids) => publisher.tryOut?.(ids) ?? Promise.resolve(new Map()),
          advance: () => advance(publisher, deadlineIn(invocation)),
          deadline: deadlineIn(invocation),
          deferral: this.#deferralOf(process),
          log: this.#logOf(process),
          run: requestId,
        });
      },
      (end, process) => {
        if (end.kind === 'failed') this.#onBug(end.error);
        if (end.kind === 'answered') {
          const kept = new Set(end.answer);
          for (const { messageId, receives } of records) {
            if (!kept.has(messageId)) this.queue.delete(messageId, receives);
          }
        }
        this.#watch.ended(process, end.kind);
        this.#pollSoon();
      },
    );
  }

  /** What the product logs as a failure may be a mistake of its own: that is never the world's fault. */
  #logOf(process: Process): Log {
    return {
      info: () => {},
      warn: () => {},
      error: (_event, error) => {
        if (process.hears) this.#onBug(error);
      },
    };
  }
}

/** As a handler is told of it. */
function deadlineIn({ requestId, remaining }: Invocation): Deadline {
  return deadlineOf({ awsRequestId: requestId, getRemainingTimeInMillis: remaining });
}

export function clockOf(process: Process): Clock {
  return {
    now: () => new Date(process.now).toISOString(),
    sleep: (milliseconds) => sleep(process, milliseconds),
  };
}

const sending = { takes: calls.queue.send, patience: patience.queue, attempts: 3 };
const secret = 'a-secret-of-the-simulator';
const place = { project: 'simulated', dataset: 'production' };

function idsOf(messages: readonly QueuedMessage[]): readonly DocumentId[] {
  return [...new Set(messages.flatMap(({ body }) => decodeMessage(body)?.ids ?? []))];
}

function sweepKindOf({ sweep: kind }: Readonly<Record<string, string>>): SweepKind {
  switch (kind) {
    case 'due':
    case 'reconcile':
    case 'deep':
      return kind;
    default:
      throw new Error(`A schedule asks for a sweep of kind ${kind ?? 'none'}`);
  }
}
