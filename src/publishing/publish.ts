import type { DocumentId, Instant } from '../briefing/model.ts';
import { parseDocument } from '../briefing/parse.ts';
import { referencesOf } from '../briefing/references.ts';
import type { Path } from '../briefing/resolved.ts';
import { applyRelease, Superseded } from './apply.ts';
import { redirectIdOf } from './links.ts';
import { refuseLostRoot } from './lost-root.ts';
import type { Outage } from './outage.ts';
import { nextTasks, tasksPerRelease } from './pending.ts';
import type { LakeDocument } from './ports.ts';
import { purgeWithinBudget } from './purge-budget.ts';
import { rebase } from './rebase.ts';
import type { Refusals } from './refuse-and-draw-again.ts';
import type { Release } from './release.ts';
import { commit, readRelease, readState, treeOf, type Publisher } from './publisher.ts';
import { readRoot, swapRoot, type SeenRoot } from './root.ts';
import { settingsId } from './settings-document.ts';
import { snapshotKey, type RecordKey, type Root, type Task } from './state.ts';
import { step, type Next } from './step.ts';
import type { DocumentReport } from './step-context.ts';
import { standingStatus, tellStatus } from './tell-status.ts';
import type { Tree } from './tree.ts';
import { isBeingApplied, isSlicesTurn, sliceAbandonedAfter, workLeft } from './walk.ts';

export interface PublishRequest {
  readonly ids: readonly DocumentId[];
  /** What deliveries said of each document: a reason to read again when what comes is older. */
  readonly updatedAt?: ReadonlyMap<DocumentId, Instant>;
  /** Go on with the fan-out that the root names, or else with the redraw. */
  readonly continuePending?: boolean;
  /** Pass over what a slice of one would draw: it cannot be drawn. */
  readonly passesOver?: boolean;
  readonly allowRemovals?: readonly DocumentId[];
  readonly repairs?: ReadonlyMap<string, string | null>;
  readonly tasks?: readonly Task[];
  readonly dropped?: ReadonlyMap<Path, RecordKey>;
  /** Rule 11: believe a lake that gives an older revision twice. */
  readonly takesOlder?: boolean;
  readonly orphans?: Readonly<Record<string, string>>;
  /** Revisions that are kept out for what came of drawing them. */
  readonly refusals?: Refusals;
  /** It is the slice that is under way which asks: it would wait for itself. */
  readonly ofSlice?: boolean;
}

export type PublishOutcome =
  /** Committed and applied, or nothing to do. */
  | {
      readonly kind: 'done';
      readonly seq: number;
      readonly releases: number;
      readonly reports: readonly DocumentReport[];
      /** Tasks of fan-outs and of a redraw that are left: somebody must call again. */
      readonly tasksLeft: number;
    }
  /** The root says hold: acknowledged, and reconciled when it is lifted. */
  | { readonly kind: 'held'; readonly reason: string }
  /** This code is of another epoch: acknowledged. */
  | { readonly kind: 'other-epoch'; readonly epoch: number }
  /** The lake still answers with something older than the delivery spoke of: try again later. */
  | { readonly kind: 'stale'; readonly ids: readonly DocumentId[] };

const attempts = 12;
/** Milliseconds between two looks at whether the slice that has its turn is done. */
const betweenYields = 100;
const mostYields = sliceAbandonedAfter / betweenYields;

/**
 * Bring the bucket to what the lake says of these documents. The one code path for the queue, the
 * sweep, reconcile and the command line; safe to run twice, in parallel, late, or never.
 * Throws what the store or the lake throws: the queue then tries again, and nothing is half done.
 */
export async function publish(
  publisher: Publisher,
  request: PublishRequest,
): Promise<PublishOutcome> {
  const { ports, stage } = publisher;
  let releases = 0;
  let yields = 0;
  let asked = request;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    if (attempt > 0) await ports.clock.sleep(ports.random.next() * 50 * 2 ** Math.min(attempt, 6));
    // The root before any read of the lake: so a decision is never older than the one it replaces.
    let seen = await readRoot(ports, stage.epoch);
    if (seen.root.hold !== null) return { kind: 'held', reason: seen.root.hold.reason };
    if (seen.root.epoch !== stage.epoch) {
      return { kind: 'other-epoch', epoch: seen.root.epoch };
    }
    if (seen.etag === null) await refuseLostRoot(ports);
    if (
      request.ids.length > 0 &&
      request.ofSlice !== true &&
      yields < mostYields &&
      letsSliceGoFirst(seen.root, ports.clock.now())
    ) {
      yields += 1;
      attempt -= 1;
      await ports.clock.sleep(betweenYields);
      continue;
    }
    if (seen.root.release !== null) {
      publisher.notify?.({ kind: 'finishing-for-another', seq: seen.root.release.seq });
      const settled = await finishOrGiveWay(publisher, seen);
      if (settled === null) continue;
      seen = settled;
    }
    // Before the swap, beside the lake: nobody waits for it.
    const looking = standingStatus(ports);
    const documents = await readLake(publisher, seen.root, asked);
    const { next, reports } = await decide(publisher, seen.root, asked, documents);
    const stale = staleIds(documents, asked, reports);
    if (stale.length > 0) return { kind: 'stale', ids: stale };
    if (next === null) {
      return done(seen.root, releases, reports);
    }
    const standing = await looking;
    const committed = await commit(publisher, seen, next);
    if (committed === null) {
      publisher.notify?.({ kind: 'lost-the-race', seq: next.root.seq });
      continue;
    }
    releases += 1;
    // They are the release's now: it is finished or rebased over what stands. Repaired once more, the
    // objects would be expected as they were found before.
    asked = { ...asked, repairs: new Map(), dropped: new Map() };
    const telling = tellStatus(publisher, { standing, root: committed.root });
    try {
      const settled = await finish(publisher, committed, next.release?.release);
      if (settled !== null) return done(settled.root, releases, reports);
      return done(committed.root, releases, reports);
    } catch (error) {
      if (!(error instanceof Superseded)) throw error;
      publisher.notify?.({ kind: 'superseded', key: error.key });
      await giveWay(publisher, committed);
    } finally {
      await telling;
    }
  }
  throw new RacesLost(
    `Publishing ${request.ids.join(', ') || 'the pending work'} lost ${attempts} races in a row; the queue will try again`,
  );
}

function letsSliceGoFirst(root: Root, now: Instant): boolean {
  return isSlicesTurn(root, now) || isBeingApplied(root, now);
}

/** Others committed again and again: nothing is wrong, and trying again will do. */
export class RacesLost extends Error implements Outage {
  override readonly name = 'RacesLost';
  readonly isOutage = true;
}

function done(root: Root, releases: number, reports: readonly DocumentReport[]): PublishOutcome {
  const tasksLeft = workLeft(root);
  return { kind: 'done', seq: root.seq, releases, reports, tasksLeft };
}

/** Decide without writing: what `plan` and `--dry-run` show, and what `publish` does. */
export async function decide(
  publisher: Publisher,
  root: Root,
  request: PublishRequest,
  documents: ReadonlyMap<DocumentId, LakeDocument>,
): Promise<{ readonly next: Next | null; readonly reports: readonly DocumentReport[] }> {
  const { ports, stage, renderers } = publisher;
  return step({
    root,
    tree: treeOf(publisher, root),
    readSnapshot: async (id, rev) => JSON.parse(await readState(publisher, snapshotKey(id, rev))),
    documents,
    now: ports.clock.now(),
    stage,
    renderers,
    tasksPerRelease: publisher.tasksPerRelease ?? tasksPerRelease,
    continuePending: request.continuePending ?? request.ids.length === 0,
    passesOver: request.passesOver ?? false,
    allowRemovals: new Set(request.allowRemovals),
    repairs: request.repairs ?? new Map(),
    tasks: request.tasks ?? [],
    dropped: request.dropped ?? new Map(),
    takesOlder: request.takesOlder ?? false,
    refusals: request.refusals ?? new Map(),
    orphans: request.orphans ?? null,
  });
}

/**
 * The documents of the event, what they refer to, and always the settings: by id, strongly, in as
 * few calls as that takes. What an entry already knows to be referred to comes with the first.
 */
export async function readLake(
  publisher: Publisher,
  root: Root | null,
  request: PublishRequest,
): Promise<ReadonlyMap<DocumentId, LakeDocument>> {
  const tree = root === null ? null : treeOf(publisher, root);
  const wanted = new Set<DocumentId>([settingsId]);
  const asked = new Set(request.ids);
  const continues = request.continuePending ?? request.ids.length === 0;
  if (root !== null && tree !== null && continues) {
    for (const task of await nextTasks(root, tree, publisher.tasksPerRelease)) {
      if (task.startsWith('read:')) asked.add(task.slice('read:'.length));
    }
  }
  for (const task of request.tasks ?? []) {
    if (task.startsWith('read:')) asked.add(task.slice('read:'.length));
  }
  for (const id of asked) {
    wanted.add(id);
    if (id !== settingsId && !id.startsWith('redirect-')) wanted.add(redirectIdOf(id));
  }
  for (const known of await Promise.all([...asked].map((id) => knownReferences(tree, id)))) {
    for (const reference of known) wanted.add(reference);
  }
  const read = new Map(await publisher.ports.lake.read([...wanted]));
  for (let round = 0; round < 2; round += 1) {
    const missing = new Set<DocumentId>();
    for (const fetched of read.values()) {
      if (fetched.kind === 'absent') continue;
      const parsed = parseDocument(fetched.document);
      if (!parsed.ok) continue;
      for (const { id, weak } of referencesOf(parsed.value)) {
        if (!weak && !read.has(id)) missing.add(id);
      }
    }
    if (missing.size === 0) break;
    for (const [id, fetched] of await publisher.ports.lake.read([...missing]))
      read.set(id, fetched);
  }
  return read;
}

/** What a document's entry refers to strongly, and what its people refer to. */
async function knownReferences(tree: Tree | null, id: DocumentId): Promise<readonly DocumentId[]> {
  if (tree === null) return [];
  const references = strongReferences(await tree.get(`entry:${id}`));
  const further = await Promise.all(
    references.map(async (each) => strongReferences(await tree.get(`entry:${each}`))),
  );
  return [...references, ...further.flat()];
}

const weakRoles = new Set(['mention', 'manual', 'chosen', 'translation', 'merged', 'redirect']);

function strongReferences(entry: unknown): readonly DocumentId[] {
  if (typeof entry !== 'object' || entry === null || !('references' in entry)) return [];
  const { references } = entry;
  if (typeof references !== 'object' || references === null) return [];
  return Object.entries(references)
    .filter(
      ([, role]) =>
        typeof role === 'string' && !role.split(' ').every((word) => weakRoles.has(word)),
    )
    .map(([id]) => id);
}

/** Documents that came older than the delivery spoke of. */
function staleIds(
  documents: ReadonlyMap<DocumentId, LakeDocument>,
  request: PublishRequest,
  reports: readonly DocumentReport[],
): readonly DocumentId[] {
  const older = new Set(reports.filter(({ outcome }) => outcome === 'older').map(({ id }) => id));
  return request.ids.filter((id) => {
    if (older.has(id)) return true;
    const fetched = documents.get(id);
    const updatedAt = request.updatedAt?.get(id);
    if (updatedAt === undefined || fetched?.kind !== 'present') return false;
    const { document } = fetched;
    return (
      typeof document === 'object' &&
      document !== null &&
      '_updatedAt' in document &&
      typeof document._updatedAt === 'string' &&
      document._updatedAt < updatedAt
    );
  });
}

/** R2: finish the release that the root names. Null: the root has moved on, or moves now; begin again. */
export async function finishOrGiveWay(
  publisher: Publisher,
  seen: SeenRoot,
): Promise<SeenRoot | null> {
  // Whoever left it may not have told of it.
  const telling = seen.root.release === null ? null : tellStatus(publisher);
  try {
    return await finish(publisher, seen);
  } catch (error) {
    if (!(error instanceof Superseded)) throw error;
    publisher.notify?.({ kind: 'superseded', key: error.key });
    await giveWay(publisher, seen);
    return null;
  } finally {
    await telling;
  }
}

/** Apply, purge and settle a committed release. Null: the root has moved on meanwhile, which is fine. */
async function finish(
  publisher: Publisher,
  seen: SeenRoot,
  made?: Release,
): Promise<SeenRoot | null> {
  const { ports } = publisher;
  const name = seen.root.release;
  if (name === null) return seen;
  // The very bytes that were stored before the commit, when it was this run that stored them.
  const release = made ?? (await readRelease(publisher, name));
  await applyRelease(ports, release);
  publisher.notify?.({ kind: 'applied', seq: name.seq });
  // Settling never waits for a purge: what failed is kept, and the TTL bounds it.
  const purging = await purgeWithinBudget(publisher, seen.root, release.purge);
  const settled: Root = { ...seen.root, release: null, ...purging };
  const etag = await swapRoot(ports, seen, settled);
  return etag === null ? null : { root: settled, etag };
}

/**
 * A key held something unexpected. If the root has moved on, the release is somebody else's to
 * finish or is done; if not, a foreign hand was here, and the release is made anew over what stands.
 */
async function giveWay(publisher: Publisher, seen: SeenRoot): Promise<void> {
  const now = await readRoot(publisher.ports, publisher.stage.epoch);
  if (now.etag !== seen.etag) return;
  const seq = await rebase(publisher, now);
  if (seq !== null) publisher.notify?.({ kind: 'rebased', seq: seq.seq, keys: seq.keys });
}
