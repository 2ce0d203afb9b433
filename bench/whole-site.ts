import { functionNames } from '../cdk/charter/functions.ts';
import type { DocumentId } from '../src/briefing/model.ts';
import { homePath, objectKey } from '../src/site/paths.ts';
import { raiseEpoch } from '../src/publishing/raise-epoch.ts';
import { settingsId } from '../src/publishing/settings-document.ts';
import { Cloud, type SliceRan } from './cloud.ts';
import { prices } from './prices.ts';
import type { TimedWorld } from './timed-world.ts';
import type { Call } from './virtual-time.ts';

/** What a piece of whole-site work came to. Times in milliseconds. */
export interface Measured {
  readonly name: Work;
  readonly briefings: number;
  /** Of every function, when it was not the stack's. */
  readonly memoryMb: number | null;
  readonly took: number;
  /** On the chains that decided how long each invocation took. */
  readonly waits: number;
  readonly calls: Readonly<Partial<Record<Call, number>>>;
  /** Of a whole vCPU. */
  readonly processor: number;
  readonly invocations: Readonly<Record<string, number>>;
  readonly dollars: number;
  readonly slices: readonly SliceRan[];
  /** How long unrelated edits took to be published, each from its delivery. */
  readonly edits: readonly number[];
  /** When the home page had been written again. */
  readonly homeAfter: number | null;
  readonly failures: readonly string[];
}

/** In this order; together those of which the second needs what the first has left. */
export const works = [
  ['settings', 'collector'],
  ['comparison'],
  ['deep check'],
  ['epoch'],
] as const;
export type Work = (typeof works)[number][number];

const minute = 60_000;
const day = 24 * 60 * minute;

/** Carries out one piece of whole-site work in a world, and edits another briefing every now and then. */
export function measure(
  world: TimedWorld,
  name: Work,
  briefings: number,
  memoryMb: number | null,
): Promise<Measured> {
  return world.time.runUntilDone(new Measurement(world, name, briefings, memoryMb).run());
}

class Measurement {
  readonly #world: TimedWorld;
  readonly #name: Work;
  readonly #briefings: number;
  readonly #startedAt: number;
  readonly #memoryMb: number | null;
  #cloud: Cloud;
  #homeAt: number | null = null;
  #isOver = false;

  constructor(world: TimedWorld, name: Work, briefings: number, memoryMb: number | null) {
    this.#world = world;
    this.#name = name;
    this.#briefings = briefings;
    this.#startedAt = world.time.now;
    this.#memoryMb = memoryMb;
    this.#cloud = new Cloud(world, world.root.epoch, memoryMb);
  }

  async run(): Promise<Measured> {
    const home = objectKey(homePath);
    this.#world.onPut = (key, at) => {
      if (key === home) this.#homeAt ??= at;
    };
    // The collector deletes what is three months old: then it is tonight.
    if (this.#name === 'collector') await this.#cloud.wait(91 * day);
    const startedAt = this.#world.time.now;
    await this.#begin();
    const edits = this.#editNowAndThen();
    const minutes = this.#name === 'collector' ? Promise.resolve() : this.#everyMinute();
    const took = (await this.#ended()) - startedAt;
    this.#isOver = true;
    await minutes;
    const milliseconds = await edits;
    while (!this.#cloud.isIdle) await this.#cloud.wait(500);
    this.#world.onPut = () => {};
    return this.#measured(startedAt, took, milliseconds);
  }

  /** What sets it off, as it happens. */
  async #begin(): Promise<void> {
    const { documents } = this.#world;
    switch (this.#name) {
      case 'settings':
        this.#edit(settingsId, { name: `The Daily Bench of ${this.#now()}` });
        await this.#cloud.deliver({ ids: [settingsId] });
        return;
      case 'comparison':
        // Deleted, and nobody rings.
        documents.delete(`briefing-${Math.floor(this.#briefings / 2) + 1}`);
        void this.#cloud.sweep('reconcile');
        return;
      case 'deep check':
        void this.#cloud.sweep('deep');
        return;
      case 'epoch': {
        const { epoch } = this.#world.root;
        await raiseEpoch(this.#cloud.commandLine(epoch), epoch + 1);
        this.#cloud = new Cloud(this.#world, epoch + 1, this.#memoryMb);
        return;
      }
      case 'collector':
        void this.#collectEachNight();
    }
  }

  #collected: number | null = null;
  async #collectEachNight(): Promise<void> {
    while ((await this.#cloud.collect()).kind === 'out-of-time');
    this.#collected = this.#world.time.now;
  }

  /** The instant at which everything was done. */
  async #ended(): Promise<number> {
    for (;;) {
      await this.#cloud.wait(250);
      if (this.#name === 'collector') {
        if (this.#collected !== null) return this.#collected;
        continue;
      }
      const { walks, pending, release } = this.#world.root;
      const hasBegun = this.#name === 'epoch' || this.#cloud.slices.length > 0;
      if (hasBegun && walks.length + pending.length === 0 && release === null) {
        return this.#world.time.now;
      }
    }
  }

  async #everyMinute(): Promise<void> {
    let sweeping: Promise<void> | null = null;
    for (let next = 1; !this.#isOver; next += 1) {
      const at = this.#startedAt + next * minute;
      while (this.#world.time.now < at && !this.#isOver) {
        await this.#cloud.wait(Math.min(1_000, at - this.#world.time.now));
      }
      // One at a time: Lambda turns the other away.
      if (this.#isOver || sweeping !== null) continue;
      sweeping = this.#cloud.sweep('due').finally(() => {
        sweeping = null;
      });
    }
  }

  /** Edits of old briefings, a few seconds from one another, so that they meet a walk at many places. */
  async #editNowAndThen(): Promise<readonly number[]> {
    const took: number[] = [];
    for (let number = 1; number <= mostEdits; number += 1) {
      await this.#cloud.wait(number === 1 ? 1_500 : 23_000);
      if (this.#isOver && number > 1) break;
      const id = `briefing-${Math.floor((this.#briefings * number) / (mostEdits + 2))}`;
      this.#edit(id, { furtherComments: [paragraph(`Seen at ${this.#now()}.`)] });
      const sentAt = this.#world.time.now;
      this.#cloud.published.delete(id);
      await this.#cloud.deliver({ ids: [id], updatedAt: this.#now() });
      while (!this.#cloud.published.has(id)) {
        await this.#cloud.wait(20);
        if (this.#world.time.now - sentAt > 10 * minute) break;
      }
      took.push((this.#cloud.published.get(id) ?? this.#world.time.now) - sentAt);
    }
    return took;
  }

  #edit(id: DocumentId, fields: Readonly<Record<string, unknown>>): void {
    const { documents } = this.#world;
    const text = documents.get(id);
    if (text === undefined) throw new Error(`${id} is not in the lake`);
    const before: Record<string, unknown> = JSON.parse(text);
    const now = this.#now();
    const rev = `r${now.replaceAll(/[^0-9]/g, '')}`;
    documents.set(id, JSON.stringify({ ...before, ...fields, _rev: rev, _updatedAt: now }));
  }

  #now(): string {
    return new Date(Math.floor(this.#world.time.now)).toISOString();
  }

  #measured(startedAt: number, took: number, edits: readonly number[]): Measured {
    const { ran, slices, failures } = this.#cloud;
    const sum = (of: (each: (typeof ran)[number]) => number): number =>
      ran.reduce((total, each) => total + of(each), 0);
    const calls: Partial<Record<Call, number>> = {};
    for (const { counts } of ran) {
      for (const [call, count] of counts) calls[call] = (calls[call] ?? 0) + count;
    }
    const invocations = Object.fromEntries(
      functionNames.map((name) => [name, ran.filter((each) => each.function === name).length]),
    );
    const asked = Object.entries(prices.s3).reduce(
      (dollars, [call, price]) =>
        dollars + price * (Object.entries(calls).find(([name]) => name === call)?.[1] ?? 0),
      0,
    );
    const computed = sum(
      (each) =>
        prices.lambda.request +
        (each.milliseconds / 1_000) *
          (this.#cloud.memoryOf(each.function) / 1_024) *
          prices.lambda.gigabyteSecond,
    );
    // A message is sent, received and deleted.
    const queued = 3 * prices.queue.request * ((calls.queue ?? 0) + edits.length);
    return {
      name: this.#name,
      briefings: this.#briefings,
      memoryMb: this.#memoryMb,
      took,
      waits: sum(({ waits }) => waits),
      calls,
      processor: sum(({ processor }) => processor),
      invocations,
      dollars: asked + computed + queued,
      slices,
      edits,
      homeAfter: this.#homeAt === null ? null : this.#homeAt - startedAt,
      failures,
    };
  }
}

const mostEdits = 12;

function paragraph(text: string): unknown {
  return {
    _type: 'block',
    _key: 'edit',
    style: 'normal',
    markDefs: [],
    children: [{ _type: 'span', _key: 's', text, marks: [] }],
  };
}
