import { queueRules } from '../../cdk/charter/queues.ts';
import type { DocumentId } from '../../src/briefing/model.ts';
import { isOutside } from '../../src/publishing/check-bucket.ts';
import { collect } from '../../src/publishing/collect.ts';
import { hold, resume } from '../../src/publishing/hold.ts';
import type { Publisher } from '../../src/publishing/publisher.ts';
import { raiseEpoch } from '../../src/publishing/raise-epoch.ts';
import type { Renderers } from '../../src/publishing/renderers.ts';
import { rootKey } from '../../src/publishing/state.ts';
import { sweep } from '../../src/publishing/sweep.ts';
import { tryOut } from '../../src/publishing/try-out.ts';
import { archiveOf, type Archive } from './archive.ts';
import {
  brokenLake,
  brokenRenderers,
  brokenStore,
  purgeOf,
  type Broken,
} from './broken-for-good.ts';
import { BrokenHistory, described, describedState } from './broken-history.ts';
import { Bucket, decode, storeOf } from './bucket.ts';
import {
  committingOnlyAs,
  epochs,
  earlierEdition,
  laterEdition,
  neverDrawn,
} from './deployment.ts';
import { excusedBy, standingBefore, type Ending } from './ending.ts';
import { expectEquality } from './equality.ts';
import { faultyEdition } from './faulty-edition.ts';
import type { Invocation } from './function-host.ts';
import { lakeOf, SimLake, type SimDocument } from './lake.ts';
import { Liveness, type Late, type Promised } from './liveness.ts';
import { calm, type Faults } from './network.ts';
import { openNewsroom, perform, randomEdits, type Edit } from './newsroom.ts';
import { orphan, passNight } from './night.ts';
import { baseUrl, Oracles, Violation } from './oracles.ts';
import { Process } from './process.ts';
import { metered } from './processor.ts';
import type { Scenario } from './scenario.ts';
import { clockOf, Stage } from './stage.ts';
import { World } from './world.ts';

export interface Report {
  readonly puts: number;
  readonly releases: number;
  readonly edits: readonly Edit[];
  readonly late: readonly Late[];
  /** The slowest of each kind, in seconds. */
  readonly worst: ReadonlyMap<Promised, number>;
}

const evening = Date.parse('2026-10-31T22:30:00.000Z');
/** A deployment may meet the end of a month, when lists change without an edit. */
const lateEvening = Date.parse('2026-10-31T23:56:00.000Z');

/** Run one history to its quiescent end. Throws a Violation, or whatever the product throws at the end. */
export async function runHistory(of: Scenario): Promise<Report> {
  const history = new History(of, of.archive === 0 ? null : await archiveOf(of.archive));
  try {
    return await history.run();
  } catch (error) {
    throw new BrokenHistory(of.seed, await history.describe(), error);
  }
}

class History {
  readonly #of: Scenario;
  readonly #world: World;
  readonly #lake: SimLake;
  readonly #bucket: Bucket;
  readonly #oracles: Oracles;
  readonly #liveness: Liveness;
  readonly #stage: Stage;
  readonly #hasArchive: boolean;
  readonly #graveyard = new Map<string, SimDocument>();
  readonly #performed: { readonly at: string; readonly edit: Edit }[] = [];
  #isDeployed = false;
  /** What operators and the ones who deploy are at. */
  #underWay = 0;
  #broken: Broken | null = null;
  /** What an operator's machine remembers between two commands: nothing that is wrong could be in it. */
  #nodes = new Map<string, string>();

  constructor(of: Scenario, archive: Archive | null) {
    this.#of = of;
    this.#hasArchive = archive !== null;
    this.#world = new World(of.seed, of.deploys ? lateEvening : evening);
    this.#lake = new SimLake(this.#world, archive?.documents, archive?.revisions);
    this.#bucket = new Bucket(this.#world, archive?.objects);
    this.#oracles = new Oracles(this.#bucket);
    this.#liveness = new Liveness(this.#world);
    this.#stage = new Stage({
      world: this.#world,
      isWide: of.queue === 'wide',
      visibilitySeconds: of.visibility ?? undefined,
      publisherOf: (invocation) => this.#publisher(invocation, this.#stage.faults),
      watch: {
        arrived: (ids) => this.#liveness.arrived(ids),
        began: (process, ids) => this.#liveness.began(process, ids),
        ended: (process, how) => this.#liveness.ended(process, how, this.#stage.visibilitySeconds),
        buried: (ids) => this.#buried(ids),
      },
      onBug: (error) => {
        if (isBug(error)) this.#world.fail(error);
      },
    });
    this.#bucket.onWrite = (key, object) => {
      try {
        this.#oracles.afterWrite(key, object);
        this.#liveness.written(key, object);
      } catch (violation) {
        this.#world.fail(violation);
      }
    };
  }

  /** What a person needs to see when a history broke. */
  async describe(): Promise<string> {
    const state = await describedState(this.#bucket, this.#lake);
    return `${this.#performed.map(described).join('\n')}\n${state}`;
  }

  async run(): Promise<Report> {
    const { edits, damage, reconciles, deploys, holds, ending } = this.#of;
    await this.#open();
    const { lake, world, stage } = { lake: this.#lake, world: this.#world, stage: this.#stage };
    lake.onChange = (id, document) => {
      this.#liveness.edited(id, document);
      this.#announce(id, document);
    };
    stage.faults = this.#of.faults;
    const plan = typeof edits === 'number' ? randomEdits(world, edits) : edits;
    const begunAt = world.now;
    let at = 0;
    plan.forEach((edit, index) => {
      at += edit.after;
      world.schedule(at, () => {
        this.#perform(edit);
        if (damage && index === Math.floor(plan.length / 2)) this.#damageOne();
      });
    });
    if (deploys) world.schedule(world.between(0, at), () => this.#deploy());
    if (holds) world.schedule(world.between(0, at), () => this.#hold());
    if (reconciles) this.#keepTime(at + 240_000);
    this.#liveness.isWatching = this.#isOrdinary;
    await world.runUntil(world.now + at + 120_000);
    if (ending !== null && reconciles && this.#of.deep) await this.#endWith(ending);
    else await this.#settle();
    this.#liveness.isWatching = false;
    if (damage) {
      this.#damageOne();
      this.#damageOne();
      this.#plantOrphan();
      // The check leaves what was written in its own second to the next one.
      await this.#world.runUntil(this.#world.now + 2_000);
      await this.#settle();
    }
    if (this.#of.restores && reconciles && this.#of.deep) {
      await this.#restoreTheLake(world.between(begunAt, begunAt + at));
    }
    this.#oracles.atRest();
    await this.#expectEquality();
    if (this.#of.collects) await this.#expectCollectionHarmless();
    const { late, worst } = this.#liveness;
    return { puts: this.#bucket.puts, releases: await this.#releases(), edits: plan, late, worst };
  }

  /** The site as it stands before anything happens. */
  async #open(): Promise<void> {
    if (this.#hasArchive) {
      this.#oracles.adopt();
      return;
    }
    openNewsroom(this.#lake);
    // Until the lake's queries see it.
    await this.#world.runUntil(this.#world.now + this.#of.lake.queryLag + 1);
    // Links stand from the first settled release on: before it there is no site.
    this.#oracles.watchesLinks = false;
    await this.#finishes((publisher) => sweep(publisher, 'deep'));
    await this.#sweepUntilIdle();
    this.#oracles.watchesLinks = true;
  }

  /** Whether anything is promised of time: not on hold, nor between two deployments, nor on another queue. */
  get #isOrdinary(): boolean {
    const { deploys, holds, queue, visibility, reconciles } = this.#of;
    return reconciles && !deploys && !holds && queue === 'product' && visibility === null;
  }

  #perform(edit: Edit): void {
    this.#performed.push({ at: this.#world.instant, edit });
    perform(this.#lake, edit, this.#graveyard);
  }

  /** The schedules run for so long; and, in worlds about it, sweeps come more often than they say. */
  #keepTime(milliseconds: number): void {
    const { often } = this.#of;
    this.#stage.timetable.runFor(milliseconds);
    if (often === null) return;
    const end = this.#world.now + milliseconds;
    const tick = (): void => {
      if (this.#world.now < end) this.#world.schedule(often.minutes * 60_000, tick);
      this.#stage.start('sweep', { sweep: often.sweep }, () => {});
    };
    this.#world.schedule(often.minutes * 60_000, tick);
  }

  /** The world grows calm; messages run out; what was lost is found; fan-outs and dues are done. */
  async #quieten(): Promise<void> {
    this.#stage.faults = calm;
    await this.#drain();
    this.#liveness.settle();
    if (!this.#of.reconciles) return;
    await this.#finishes((publisher) => sweep(publisher, this.#of.deep ? 'deep' : 'reconcile'));
    await this.#drain();
    await this.#sweepUntilIdle();
  }

  /** The bucket is looked through once more, since a repair may come after the look; what nothing names is gone. */
  async #settle(): Promise<void> {
    await this.#quieten();
    if (!this.#of.reconciles || !this.#of.deep) return;
    await this.#finishes((publisher) => sweep(publisher, 'deep'));
    await this.#sweepUntilIdle();
    await this.#finishes((publisher) => collect(publisher));
    // A minute may have struck meanwhile, and what it found due may have a fan-out of its own.
    await this.#drain();
  }

  #drain(): Promise<void> {
    return this.#world.runWhile(() => this.#stage.isBusy || this.#underWay > 0, 4 * 3_600_000);
  }

  /** Whole-site work takes as many sweeps as it takes. */
  async #sweepUntilIdle(): Promise<void> {
    for (let time = 0; time < 1000; time += 1) {
      const { kind } = await this.#finishes((publisher) => sweep(publisher));
      if (kind !== 'worked') return;
    }
    throw new Violation('I0 equality', 'a thousand sweeps leave work to be done');
  }

  /** The last edits and a night, in a calm world but for the one thing that is broken. */
  async #endWith({ broken, edits }: Ending): Promise<void> {
    const [world, stage, liveness] = [this.#world, this.#stage, this.#liveness];
    await this.#quieten();
    liveness.isWatching = false;
    this.#lake.onChange = (id, document) => liveness.edited(id, document);
    for (const edit of standingBefore()) this.#perform(edit);
    // A query must see them, and may lag.
    await world.runUntil(world.now + this.#of.lake.queryLag + 1);
    await this.#quieten();
    stage.isWide = false;
    stage.visibilitySeconds = queueRules.visibilitySeconds;
    this.#broken = broken;
    liveness.excused = excusedBy(broken);
    liveness.isWatching = true;
    let at = 0;
    for (const edit of edits) {
      at += edit.after;
      world.schedule(at, () => {
        this.#lake.onChange = (id, document) => {
          liveness.edited(id, document);
          if (!edit.isLost) this.#ring(id, document, 200);
        };
        this.#perform(edit);
      });
    }
    const last = world.now + at;
    // Until everything is seen, or must have been.
    while (world.now < last || (liveness.isWaiting && world.now < last + hours(0.6))) {
      stage.timetable.runFor(60_000);
      await world.runUntil(world.now + 60_000);
    }
    liveness.settle();
    await passNight({
      world,
      bucket: this.#bucket,
      oracles: this.#oracles,
      liveness,
      timetable: stage.timetable,
    });
    liveness.isWatching = false;
    this.#broken = null;
    await this.#settle();
  }

  /** A message that was given up: its own fault when it is about what is broken. */
  #buried(ids: readonly DocumentId[]): void {
    if (!this.#liveness.isWatching || this.#stage.faults !== calm) return;
    const { documents, promises } = this.#liveness.excused;
    const isWork = ids.length === 0;
    if (isWork ? promises.includes('dead letters') : ids.some((id) => documents.includes(id)))
      return;
    this.#liveness.came('dead letters', `a message about ${ids.join(', ') || 'work'}`, 1);
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

  #expectEquality(): Promise<void> {
    return this.#finishes((publisher) =>
      expectEquality({
        publisher,
        bucket: this.#bucket,
        lake: this.#lake,
        renderers: this.#editionOf(publisher.stage.epoch),
        isOfOneEpoch: this.#of.deploys,
        tellsStatus: this.#of.reconciles,
      }),
    );
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
    this.#bucket.damage(orphan, '<p>planted</p>');
  }

  async #releases(): Promise<number> {
    const held = this.#bucket.objects.get(rootKey);
    return held === undefined ? 0 : Number(JSON.parse(decode(held)).seq);
  }

  /** A webhook delivery: perhaps lost, perhaps twice, perhaps late. */
  #announce(id: string, document: SimDocument | null): void {
    const { lost, doubled, lateBy } = this.#of.deliveries;
    const times = this.#world.chance(lost) ? 0 : this.#world.chance(doubled) ? 2 : 1;
    for (let time = 0; time < times; time += 1) {
      const delay = this.#world.chance(0.3)
        ? this.#world.between(0, lateBy)
        : this.#world.between(50, 500);
      this.#ring(id, document, delay);
    }
  }

  #ring(id: string, document: SimDocument | null, after: number): void {
    const type = document?._type ?? (id.startsWith('redirect-') ? 'redirect' : 'briefing');
    this.#world.schedule(after, () => this.#stage.ring(id, type, document));
  }

  /** New code is there, and a little later the epoch is raised, as `pressrun deploy` does. */
  #deploy(): void {
    this.#isDeployed = true;
    this.#underWay += 1;
    this.#world.schedule(this.#world.between(0, 90_000), () =>
      this.#operate(async (publisher, process) => {
        const { kind } = await raiseEpoch(
          { ...this.#ofAnyEpoch(publisher, process), renderers: neverDrawn(this.#of.edition) },
          epochs.later,
        );
        this.#underWay -= 1;
        if (kind === 'raised' || kind === 'nothing-to-raise') return;
        this.#world.fail(new Violation('rule 9 epochs', `raising was refused: ${kind}`));
      }),
    );
  }

  /** As `pressrun hold` does, and later `pressrun resume`: what came meanwhile, only the lake knows. */
  #hold(): void {
    this.#underWay += 1;
    this.#operate(async (publisher, process) => {
      await hold(this.#ofAnyEpoch(publisher, process), 'wrong photograph');
      this.#world.schedule(this.#world.between(0, 3_600_000), () =>
        this.#operate(async (later, itsProcess) => {
          await resume(this.#ofAnyEpoch(later, itsProcess));
          await sweep(later, 'reconcile');
          this.#underWay -= 1;
        }),
      );
    });
  }

  /** Nobody watches that only the code of the root's epoch commits: an operator hands it on, or stops it. */
  #ofAnyEpoch(publisher: Publisher, process: Process): Publisher {
    const store = storeOf(this.#bucket, process, this.#stage.faults);
    return { ...publisher, ports: { ...publisher.ports, store } };
  }

  /** What an operator does: a process like any other, which somebody runs again until it has come through. */
  #operate(act: (publisher: Publisher, process: Process) => Promise<void>): void {
    const process = new Process(this.#world, this.#stage.faults);
    const nodes = new Map<string, string>();
    let isOver = false;
    const tryAgain = (): void => {
      if (!isOver)
        this.#world.schedule(this.#world.between(1000, 60_000), () => this.#operate(act));
      isOver = true;
    };
    process.onDeath = tryAgain;
    void act(this.#publisher({ process, nodes }, this.#stage.faults), process).then(
      () => {
        isOver = true;
      },
      (error: unknown) => {
        if (isBug(error)) this.#world.fail(error);
        tryAgain();
      },
    );
  }

  /** Run something to its end in a calm world, by a machine without limits. */
  async #finishes<Result>(run: (publisher: Publisher) => Promise<Result>): Promise<Result> {
    const process = new Process(this.#world, calm);
    const outcome: { value: { readonly result: Result } | { readonly error: unknown } | null } = {
      value: null,
    };
    run(this.#publisher({ process, nodes: this.#nodes }, calm)).then(
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

  #publisher({ process, nodes }: Pick<Invocation, 'process' | 'nodes'>, faults: Faults): Publisher {
    const { deploys } = this.#of;
    const broken = this.#broken;
    const isLater = this.#isDeployed && (faults === calm || this.#world.chance(0.5));
    const epoch = isLater ? epochs.later : epochs.first;
    const store = brokenStore(
      storeOf(this.#bucket, process, faults),
      this.#bucket,
      process,
      broken,
    );
    const publisher: Publisher = {
      ports: {
        store: deploys
          ? committingOnlyAs(epoch, store, (violation) => this.#world.fail(violation))
          : store,
        lake: lakeOf(this.#lake, process, faults, brokenLake(this.#of.lake, broken)),
        queue: this.#stage.queueOf(process),
        purge: purgeOf(process, faults, broken),
        clock: clockOf(process),
        random: { next: () => this.#world.random() },
      },
      stage: { baseUrl, tagAuthority: 'daily.example,2026', epoch },
      renderers: metered(brokenRenderers(this.#editionOf(epoch), process, broken), process),
      tasksPerRelease: this.#of.tasksPerRelease,
      nodes,
    };
    // In a thread that is ended after five seconds of work, so that nothing hangs.
    const apart: Publisher = {
      ...publisher,
      renderers: metered(
        brokenRenderers(this.#editionOf(epoch), process, broken, { isEnded: true }),
        process,
      ),
    };
    return { ...publisher, tryOut: (ids) => tryOut(apart, ids, new Map(), () => {}) };
  }

  #editionOf(epoch: number): Renderers {
    const { edition, deploys, leadsAstray } = this.#of;
    const first = leadsAstray ? faultyEdition(edition) : edition;
    if (!deploys) return first;
    return epoch === epochs.later ? laterEdition(edition) : earlierEdition(first);
  }
}

const hours = (count: number): number => count * 3_600_000;

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
