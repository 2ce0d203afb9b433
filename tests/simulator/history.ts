import { buildSite } from '../../src/publishing/build.ts';
import { isOutside } from '../../src/publishing/check-bucket.ts';
import { collect } from '../../src/publishing/collect.ts';
import { exportHistory, gatherHistory } from '../../src/publishing/history.ts';
import type { Ports } from '../../src/publishing/ports.ts';
import { hold, resume } from '../../src/publishing/hold.ts';
import { publish } from '../../src/publishing/publish.ts';
import { treeOf, type Publisher } from '../../src/publishing/publisher.ts';
import { raiseEpoch } from '../../src/publishing/raise-epoch.ts';
import { checkBucket, reconcile } from '../../src/publishing/reconcile.ts';
import { storedForm } from '../../src/publishing/release.ts';
import type { Renderers } from '../../src/publishing/renderers.ts';
import { readRoot } from '../../src/publishing/root.ts';
import { rootKey, snapshotKey, type Root } from '../../src/publishing/state.ts';
import { Tree } from '../../src/publishing/tree.ts';
import { unpackText } from '../../src/publishing/stored-text.ts';
import { sweep } from '../../src/publishing/sweep.ts';
import { objectKey } from '../../src/site/paths.ts';
import { Bucket, storeOf } from './bucket.ts';
import {
  committingOnlyAs,
  epochs,
  expectOneEpoch,
  earlierEdition,
  laterEdition,
  neverDrawn,
} from './deployment.ts';
import { faultyEdition } from './faulty-edition.ts';
import { honest, lakeOf, SimLake, type LakeBehaviour, type SimDocument } from './lake.ts';
import { calm, Process, sleep, usual, type Faults } from './network.ts';
import { openNewsroom, perform, randomEdits, type Edit } from './newsroom.ts';
import { baseUrl, decode, Oracles, Violation } from './oracles.ts';
import { smallEdition } from './small-edition.ts';
import { World } from './world.ts';

/** One history, wholly determined by this. */
export interface Scenario {
  readonly seed: number;
  readonly edits: readonly Edit[] | number;
  /** Dependants that go into one release: a small number makes every fan-out wait. */
  readonly tasksPerRelease: number;
  readonly faults: Faults;
  readonly edition: Renderers;
  readonly lake: LakeBehaviour;
  /** One group of a FIFO queue, or three workers on a standard one. */
  readonly workers: 1 | 3;
  readonly visibilityTimeout: number;
  readonly deliveries: { readonly lost: number; readonly doubled: number; readonly lateBy: number };
  /** Change objects by hand at the end, and in the middle. */
  readonly damage: boolean;
  /** No sweep and no reconcile: only deliveries. */
  readonly reconciles: boolean;
  readonly deep: boolean;
  /** Minutes from one reconcile to the next. */
  readonly reconcileEvery: number;
  /** Throw the nodes away that 90 days have made unreachable, at the end, and go on. */
  readonly collects: boolean;
  /** At the end the lake is restored from a backup of a moment between the edits. */
  readonly restores: boolean;
  /** In the middle an operator puts publishing on hold, and lifts it up to an hour later. */
  readonly holds: boolean;
  /** In the middle new code is deployed, and half of what runs from then on is still the code before. */
  readonly deploys: boolean;
  /** What some revisions become leads to nothing; the code that is deployed later draws them well. */
  readonly leadsAstray: boolean;
}

export const scenario = (seed: number, changes: Partial<Scenario> = {}): Scenario => ({
  seed,
  edits: 8 + (seed % 17),
  tasksPerRelease: [100, 1, 2, 3][seed % 4] ?? 100,
  faults: usual,
  edition: smallEdition,
  lake: honest,
  workers: seed % 2 === 0 ? 3 : 1,
  visibilityTimeout: seed % 7 === 0 ? 1000 : 180_000,
  deliveries: { lost: 0.12, doubled: 0.18, lateBy: 30_000 },
  damage: seed % 5 === 0,
  reconciles: true,
  deep: true,
  reconcileEvery: 15,
  collects: seed % 11 === 0,
  restores: seed % 17 === 0,
  deploys: seed % 13 === 0,
  holds: seed % 19 === 0,
  leadsAstray: seed % 23 === 0,
  ...changes,
});

export interface Report {
  readonly puts: number;
  readonly releases: number;
  readonly edits: readonly Edit[];
}

const evening = Date.parse('2026-10-31T22:30:00.000Z');
/** A deployment may meet the end of a month, when lists change without an edit. */
const lateEvening = Date.parse('2026-10-31T23:56:00.000Z');

/** Run one history to its quiescent end. Throws a Violation, or whatever the product throws at the end. */
export async function runHistory(of: Scenario): Promise<Report> {
  const history = new History(of);
  try {
    return await history.run();
  } catch (error) {
    throw new BrokenHistory(
      of.seed,
      `${history.describe()}\n${await history.describeState()}`,
      error,
    );
  }
}

class History {
  readonly #of: Scenario;
  readonly #world: World;
  readonly #lake: SimLake;
  readonly #bucket: Bucket;
  readonly #oracles: Oracles;
  readonly #nodes = new Map<string, string>();
  readonly #queue: Message[] = [];
  readonly #graveyard = new Map<string, SimDocument>();
  readonly #performed: { readonly at: string; readonly edit: Edit }[] = [];
  #faults: Faults;
  #isDeployed = false;
  #busy = 0;
  #running = 0;

  constructor(of: Scenario) {
    this.#of = of;
    this.#world = new World(of.seed, of.deploys ? lateEvening : evening);
    this.#lake = new SimLake(this.#world);
    this.#bucket = new Bucket(this.#world);
    this.#oracles = new Oracles(this.#bucket);
    this.#faults = calm;
    this.#bucket.onWrite = (key, object) => {
      try {
        this.#oracles.afterWrite(key, object);
      } catch (violation) {
        this.#world.fail(violation);
      }
    };
  }

  /** What a person needs to see when a history broke. */
  describe(): string {
    const edits = this.#performed.map(
      ({ at, edit }) => `${at} ${edit.kind} ${edit.id} ${JSON.stringify(summary(edit.fields))}`,
    );
    return edits.join('\n');
  }

  /** What state says of each document, for the same person. */
  async describeState(): Promise<string> {
    const held = this.#bucket.objects.get(rootKey);
    if (held === undefined) return 'no root';
    const root: Root = JSON.parse(decode(held));
    const tree = new Tree(root.branches, (hash) => {
      const node = this.#bucket.objects.get(`state/node/${hash}`);
      return Promise.resolve(node === undefined ? '{}' : unpackText(node.body));
    });
    const lines = [
      `root ${root.seq} as of ${root.asOf}, due ${root.nextDue ?? 'never'}, pending ${JSON.stringify(root.pending)}, walks ${JSON.stringify(root.walks)}`,
    ];
    for await (const [key, record] of tree.all()) {
      if (/^(?:entry:[bp]-|address:|entry:redirect)/.test(key)) {
        lines.push(
          `${key} ${JSON.stringify(record, (name, value: unknown) => (name === 'views' ? undefined : value))}`,
        );
      }
    }
    for (const [id, { _rev }] of this.#lake.documents) lines.push(`lake ${id} ${_rev}`);
    return lines.join('\n');
  }

  async run(): Promise<Report> {
    const { edits, damage, reconciles, deploys, holds } = this.#of;
    openNewsroom(this.#lake);
    // Until the lake's queries see it.
    await this.#world.runUntil(this.#world.now + honest.queryLag);
    // Links stand from the first settled release on: before it there is no site.
    this.#oracles.watchesLinks = false;
    await this.#finishes((publisher) => reconcile(publisher, { deep: true }));
    this.#oracles.watchesLinks = true;
    this.#lake.onChange = (id, document) => this.#announce(id, document?._updatedAt);
    this.#faults = this.#of.faults;
    const plan = typeof edits === 'number' ? randomEdits(this.#world, edits) : edits;
    const begunAt = this.#world.now;
    let at = 0;
    plan.forEach((edit, index) => {
      at += edit.after;
      this.#world.schedule(at, () => {
        this.#performed.push({ at: this.#world.instant, edit });
        perform(this.#lake, edit, this.#graveyard);
        if (damage && index === Math.floor(plan.length / 2)) this.#damageOne();
      });
    });
    if (deploys) this.#world.schedule(this.#world.between(0, at), () => this.#deploy());
    if (holds) this.#world.schedule(this.#world.between(0, at), () => this.#hold());
    if (reconciles) this.#keepSweeping(at + 120_000);
    await this.#world.runUntil(this.#world.now + at + 120_000);
    await this.#settle();
    if (damage) {
      this.#damageOne();
      this.#damageOne();
      this.#plantOrphan();
      // The check leaves what was written in its own second to the next one.
      await this.#world.runUntil(this.#world.now + 2_000);
      await this.#settle();
    }
    if (this.#of.restores && reconciles && this.#of.deep) {
      await this.#restoreTheLake(this.#world.between(begunAt, begunAt + at));
    }
    await this.#expectEquality();
    if (this.#of.collects) await this.#expectCollectionHarmless();
    return { puts: this.#bucket.puts, releases: await this.#releases(), edits: plan };
  }

  /** The world grows calm; messages run out; one deep reconcile; fan-outs and dues are done. */
  async #settle(): Promise<void> {
    this.#faults = calm;
    await this.#world.runWhile(() => this.#queue.length > 0 || this.#running > 0, 4 * 3_600_000);
    if (this.#of.reconciles) {
      const { deep } = this.#of;
      await this.#finishes((publisher) => sweep(publisher, deep ? 'deep' : 'reconcile'));
      await this.#world.runWhile(() => this.#queue.length > 0 || this.#running > 0, 4 * 3_600_000);
      await this.#finishes((publisher) => sweep(publisher));
      if (deep) await this.#finishes((publisher) => checkBucket(publisher));
      // What a repair leaves to be done, the next minute's sweep does.
      await this.#finishes((publisher) => sweep(publisher));
      if (deep) await this.#finishes((publisher) => collect(publisher));
      // A minute may have struck meanwhile, and what it found due may have a fan-out of its own.
      await this.#world.runWhile(() => this.#queue.length > 0 || this.#running > 0, 4 * 3_600_000);
    }
  }

  /** What the lake gives at two nightly checks is what it has, older or not. */
  async #restoreTheLake(asOf: number): Promise<void> {
    this.#lake.restore(asOf);
    this.#oracles.restored = new Map(
      [...this.#lake.documents].map(([id, { _rev }]) => [id, Number(_rev.slice(1))]),
    );
    await this.#settle();
    await this.#world.runUntil(this.#world.now + 16 * 60_000);
    await this.#settle();
  }

  /** I0: the public tree is a clean build of lake and history, byte for byte. */
  async #expectEquality(): Promise<void> {
    const publisher = this.#publisher(new Process(this.#world, calm), calm);
    await this.#finishes(async () => {
      const { root } = await readRoot(publisher.ports, publisher.stage.epoch);
      if (root.pending.length + root.walks.length > 0) {
        const left = JSON.stringify([...root.pending, ...root.walks]);
        throw new Violation('I0 equality', `fan-outs or walks are never finished: ${left}`);
      }
      const tree = treeOf(publisher, root);
      if (this.#of.deploys) await expectOneEpoch(root, tree, publisher.stage.epoch);
      const history = await gatherHistory(
        exportHistory(root, tree, async (id, rev) => {
          const object = await publisher.ports.store.get(snapshotKey(id, rev));
          return object === null ? null : JSON.parse(unpackText(object.body));
        }),
      );
      const documents = new Map([...this.#lake.documents].filter(([id]) => !id.includes('.')));
      const { objects } = await buildSite({
        documents,
        history,
        baseUrl,
        tagAuthority: 'daily.example,2026',
        renderers: publisher.renderers,
        now: root.asOf,
      });
      const expected = new Map<string, string>();
      for await (const { object, stamp } of objects) {
        const stored = storedForm(object, stamp);
        expected.set(
          objectKey(object.path),
          `${JSON.stringify(stored.metadata)} ${decode(stored)}`,
        );
      }
      for (const [key, held] of this.#bucket.objects) {
        if (!key.startsWith('public/') || isOutside(key)) continue;
        const found = `${JSON.stringify(held.metadata ?? {})} ${decode(held)}`;
        if (expected.get(key) !== found) {
          throw new Violation(
            'I0 equality',
            `${key} is\n  ${found}\nnot\n  ${expected.get(key) ?? 'absent'}`,
          );
        }
        expected.delete(key);
      }
      const [missing] = expected;
      if (missing !== undefined) {
        throw new Violation('I0 equality', `${missing[0]} is missing: ${missing[1]}`);
      }
    });
  }

  /** A hundred days later the collector has run, and the next edit still finds all it needs. */
  async #expectCollectionHarmless(): Promise<void> {
    await this.#world.runUntil(this.#world.now + 100 * 86_400_000);
    this.#nodes.clear();
    await this.#finishes((publisher) => collect(publisher));
    this.#nodes.clear();
    this.#lake.put('siteSettings', 'siteSettings', {
      ...this.#lake.documents.get('siteSettings'),
      name: 'The Later Why',
    });
    await this.#settle();
    await this.#settle();
    await this.#expectEquality();
  }

  #damageOne(): void {
    const keys = [...this.#bucket.objects.keys()].filter(
      (key) => key.startsWith('public/') && !isOutside(key),
    );
    if (keys.length === 0) return;
    const key = this.#world.pick(keys);
    this.#oracles.foreign.add(key);
    this.#bucket.damage(key, this.#world.chance(0.3) ? null : '<p>a foreign hand</p>');
  }

  #plantOrphan(): void {
    const key = 'public/planted/index.html';
    this.#bucket.damage(key, '<p>planted</p>');
  }

  async #releases(): Promise<number> {
    const held = this.#bucket.objects.get(rootKey);
    return held === undefined ? 0 : Number(JSON.parse(decode(held)).seq);
  }

  /** A webhook delivery: perhaps lost, perhaps twice, perhaps late. It carries an id, nothing else. */
  #announce(id: string, updatedAt: string | undefined): void {
    const { lost, doubled, lateBy } = this.#of.deliveries;
    const times = this.#world.chance(lost) ? 0 : this.#world.chance(doubled) ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      const delay = this.#world.chance(0.3)
        ? this.#world.between(0, lateBy)
        : this.#world.between(50, 500);
      this.#world.schedule(delay, () => {
        const bare = id.startsWith('redirect-') ? id.slice('redirect-'.length) : id;
        this.#send({ ids: [bare], updatedAt, tries: 0 });
      });
    }
  }

  #send(message: Omit<Message, 'visibleAt' | 'receives'>): void {
    this.#queue.push({ ...message, visibleAt: this.#world.now, receives: 0 });
    this.#poll();
  }

  #poll(): void {
    while (this.#busy < this.#of.workers) {
      const batch = this.#queue.filter(({ visibleAt }) => visibleAt <= this.#world.now).slice(0, 5);
      if (batch.length === 0) return;
      for (const message of batch) {
        message.visibleAt = this.#world.now + this.#of.visibilityTimeout;
        message.receives += 1;
        if (message.receives > 5) this.#forget(message);
        this.#world.schedule(this.#of.visibilityTimeout + 1, () => this.#poll());
      }
      this.#consume(batch);
    }
  }

  #consume(batch: readonly Message[]): void {
    this.#busy += 1;
    const isDone = { value: false };
    const process = new Process(this.#world, this.#faults);
    const free = (): void => {
      if (isDone.value) return;
      isDone.value = true;
      this.#busy -= 1;
      this.#running -= 1;
      this.#poll();
    };
    this.#running += 1;
    process.onDeath = free;
    // The platform kills what runs too long.
    this.#world.schedule(30_000, () => {
      if (!isDone.value) process.kill();
    });
    const publisher = this.#publisher(process, this.#faults);
    const ids = [...new Set(batch.flatMap((message) => message.ids))];
    void publish(publisher, { ids }).then(
      (outcome) => {
        for (const message of batch) this.#forget(message);
        if (outcome.kind === 'done' && outcome.tasksLeft > 0) {
          this.#send({ ids: [], updatedAt: undefined, tries: 0 });
        }
        if (outcome.kind === 'stale' && batch.every(({ tries }) => tries < 3)) {
          const tries = Math.max(...batch.map((message) => message.tries)) + 1;
          this.#world.schedule(5000, () => this.#send({ ids, updatedAt: undefined, tries }));
        }
        free();
      },
      (error: unknown) => {
        if (isBug(error)) this.#world.fail(error);
        free();
      },
    );
  }

  #forget(message: Message): void {
    const at = this.#queue.indexOf(message);
    if (at >= 0) this.#queue.splice(at, 1);
  }

  #keepSweeping(until: number): void {
    const end = this.#world.now + until;
    let minute = 0;
    const tick = (): void => {
      minute += 1;
      if (this.#world.now < end) this.#world.schedule(60_000, tick);
      const process = new Process(this.#world, this.#faults);
      const publisher = this.#publisher(process, this.#faults);
      this.#running += 1;
      let isDone = false;
      const free = (): void => {
        if (!isDone) this.#running -= 1;
        isDone = true;
      };
      process.onDeath = free;
      this.#world.schedule(60_000, () => {
        if (!isDone) process.kill();
      });
      void sweep(publisher, minute % this.#of.reconcileEvery === 0 ? 'reconcile' : 'due').then(
        free,
        (error: unknown) => {
          if (isBug(error)) this.#world.fail(error);
          free();
        },
      );
    };
    this.#world.schedule(60_000, tick);
  }

  /** New code is there, and a little later the epoch is raised, as `pressrun deploy` does. */
  #deploy(): void {
    this.#isDeployed = true;
    this.#running += 1;
    this.#world.schedule(this.#world.between(0, 90_000), () =>
      this.#operate(async (publisher, process) => {
        const { kind } = await raiseEpoch(
          { ...this.#ofAnyEpoch(publisher, process), renderers: neverDrawn(this.#of.edition) },
          epochs.later,
        );
        this.#running -= 1;
        if (kind === 'raised' || kind === 'nothing-to-raise') return;
        this.#world.fail(new Violation('rule 9 epochs', `raising was refused: ${kind}`));
      }),
    );
  }

  /** As `pressrun hold` does, and later `pressrun resume`: what came meanwhile, only the lake knows. */
  #hold(): void {
    this.#running += 1;
    this.#operate(async (publisher, process) => {
      await hold(this.#ofAnyEpoch(publisher, process), 'wrong photograph');
      this.#world.schedule(this.#world.between(0, 3_600_000), () =>
        this.#operate(async (later, itsProcess) => {
          await resume(this.#ofAnyEpoch(later, itsProcess));
          await reconcile(later);
          this.#running -= 1;
        }),
      );
    });
  }

  /** Nobody watches that only the code of the root's epoch commits: an operator hands it on, or stops it. */
  #ofAnyEpoch(publisher: Publisher, process: Process): Publisher {
    const store = storeOf(this.#bucket, process, this.#faults);
    return { ...publisher, ports: { ...publisher.ports, store } };
  }

  /** What an operator does: a process like any other, which somebody runs again until it has come through. */
  #operate(act: (publisher: Publisher, process: Process) => Promise<void>): void {
    const process = new Process(this.#world, this.#faults);
    let isOver = false;
    const tryAgain = (): void => {
      if (!isOver)
        this.#world.schedule(this.#world.between(1000, 60_000), () => this.#operate(act));
      isOver = true;
    };
    process.onDeath = tryAgain;
    void act(this.#publisher(process, this.#faults), process).then(
      () => {
        isOver = true;
      },
      (error: unknown) => {
        if (isBug(error)) this.#world.fail(error);
        tryAgain();
      },
    );
  }

  /** Run something to its end in a calm world. */
  async #finishes<Result>(run: (publisher: Publisher) => Promise<Result>): Promise<Result> {
    const process = new Process(this.#world, calm);
    const outcome: { value: { readonly result: Result } | { readonly error: unknown } | null } = {
      value: null,
    };
    run(this.#publisher(process, calm)).then(
      (result) => {
        outcome.value = { result };
      },
      (error: unknown) => {
        outcome.value = { error };
      },
    );
    await this.#world.runWhile(() => outcome.value === null, 24 * 3_600_000);
    const { value } = outcome;
    if (value !== null && 'result' in value) return value.result;
    throw value?.error ?? new Error('unreachable');
  }

  #publisher(process: Process, faults: Faults): Publisher {
    const { edition, deploys, leadsAstray } = this.#of;
    const first = leadsAstray ? faultyEdition(edition) : edition;
    const isLater = this.#isDeployed && (faults === calm || this.#world.chance(0.5));
    const epoch = isLater ? epochs.later : epochs.first;
    const store = storeOf(this.#bucket, process, faults);
    const ports: Ports = {
      store: deploys
        ? committingOnlyAs(epoch, store, (violation) => this.#world.fail(violation))
        : store,
      lake: lakeOf(this.#lake, process, faults, this.#of.lake),
      queue: {
        send: (message) => {
          this.#send({ ids: message.ids, updatedAt: message.updatedAt, tries: 0 });
          return Promise.resolve();
        },
      },
      purge: { purge: () => Promise.resolve({ purged: 0, failed: [] }) },
      clock: {
        now: () => this.#world.instant,
        sleep: (milliseconds) => sleep(process, milliseconds),
      },
      random: { next: () => this.#world.random() },
    };
    return {
      ports,
      stage: { baseUrl, tagAuthority: 'daily.example,2026', epoch },
      renderers: isLater ? laterEdition(edition) : deploys ? earlierEdition(first) : first,
      tasksPerRelease: this.#of.tasksPerRelease,
      nodes: this.#nodes,
    };
  }
}

/** A history that broke: its seed, what was done, and the promise. */
export class BrokenHistory extends Error {
  override readonly name = 'BrokenHistory';
  readonly edits: string;
  constructor(seed: number, edits: string, cause: unknown) {
    super(`seed ${seed}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.edits = edits;
  }
}

/** The fields that matter for who links where, without the prose. */
function summary(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const { whyInTheNews, whyWeCare, whyYouShouldCare, whoElseCares, byline, ...rest } = fields;
  const mentions = JSON.stringify(whyInTheNews ?? []).match(/"_ref":"[^"]+"/g) ?? [];
  void [whyWeCare, whyYouShouldCare, whoElseCares, byline];
  return { ...rest, mentions };
}

interface Message {
  readonly ids: readonly string[];
  readonly updatedAt: string | undefined;
  readonly tries: number;
  visibleAt: number;
  receives: number;
}

/** What the queue would try again is no bug; what the product itself says can never be is one. */
function isBug(error: unknown): boolean {
  return (
    error instanceof TypeError ||
    error instanceof RangeError ||
    error instanceof ReferenceError ||
    (error instanceof Error &&
      /This is a bug|is live but|no longer parses|is named by state/.test(error.message))
  );
}
