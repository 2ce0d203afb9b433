import { documentTypes, type DocumentId, type Instant } from '../briefing/model.ts';
import { checkBucket } from './check-bucket.ts';
import type { Revision } from './ports.ts';
import { publish } from './publish.ts';
import { treeOf, type Publisher } from './publisher.ts';
import { readRoot, swapRoot, type SeenRoot } from './root.ts';
import type { Entry } from './state.ts';
import type { Tree } from './tree.ts';

export interface ReconcileOutcome {
  readonly kind: 'done' | 'held' | 'other-epoch';
  /** Documents whose revision differed from the root's. */
  readonly drift: number;
  readonly releases: number;
  /** Whether every document was compared, not only the recently changed. */
  readonly full: boolean;
  /** Objects that were repaired; deep only. */
  readonly repaired: number;
  /** Objects under `public/` that nothing names; deep only. */
  readonly orphans: number;
  readonly tasksLeft: number;
  /** Documents of which the lake gives an older revision than is known: taken if it does so again; deep only. */
  readonly older: readonly DocumentId[];
  /** Documents that went back to an older revision, since the lake had twice given it; deep only. */
  readonly rolledBack: readonly DocumentId[];
}

const chunk = 100;
const overlap = 3_600_000;
const mostTasksLeft = 1000;
const chunksBetween = 20;

/**
 * Compare the lake's revisions with the root's and publish what differs: with every webhook lost,
 * this alone brings the same bytes. Reads are bounded by what has changed; a count that does not
 * fit, or `deep`, compares everything, and `deep` compares the bucket as well. It is `deep` too that
 * believes a lake which was restored from a backup (rule 11).
 */
export async function reconcile(
  publisher: Publisher,
  { deep = false }: { readonly deep?: boolean } = {},
): Promise<ReconcileOutcome> {
  const { ports, stage } = publisher;
  const startedAt = ports.clock.now();
  const seen = await readRoot(ports, stage.epoch);
  const nothing = {
    drift: 0,
    releases: 0,
    full: false,
    repaired: 0,
    orphans: 0,
    tasksLeft: 0,
    older: [],
    rolledBack: [],
  };
  if (seen.root.hold !== null) return { kind: 'held', ...nothing };
  if (seen.root.epoch !== stage.epoch) return { kind: 'other-epoch', ...nothing };

  const tree = treeOf(publisher, seen.root);
  const since = new Date(Math.max(0, Date.parse(seen.root.watermark) - overlap)).toISOString();
  const recent = await differing(ports.lake.revisions({ updatedAfter: since }), tree);
  const full = deep || !(await countsFit(publisher, seen, recent));
  const ids = full
    ? [...new Set([...recent.ids, ...(await everyDifference(publisher, tree))])]
    : recent.ids;

  let releases = 0;
  let tasksLeft = 0;
  let isWhole = true;
  const older: DocumentId[] = [];
  const rolledBack: DocumentId[] = [];
  for (const part of parts(ids)) {
    const request = { continuePending: false, takesOlder: deep };
    let outcome = await publish(publisher, { ...request, ids: part });
    for (let rest = part; outcome.kind === 'stale';) {
      // What the lake gives as it was before waits, and holds up none of the others.
      isWhole = false;
      const behind = new Set(outcome.ids);
      rest = rest.filter((id) => !behind.has(id));
      outcome = await publish(publisher, { ...request, ids: rest });
    }
    if (outcome.kind !== 'done') {
      const drift = ids.length;
      const soFar = { drift, releases, full, tasksLeft, older, rolledBack };
      return { ...nothing, kind: outcome.kind, ...soFar };
    }
    ({ tasksLeft } = outcome);
    for (const report of outcome.reports) {
      if (report.outcome === 'older-noted') older.push(report.id);
      if (report.isRolledBack === true) rolledBack.push(report.id);
    }
    releases += outcome.releases;
    // Lists that wait are written again with every release: do not let them grow.
    for (let chunk = 0; chunk < chunksBetween && tasksLeft > mostTasksLeft; chunk += 1) {
      const continued = await publish(publisher, { ids: [], continuePending: true });
      if (continued.kind !== 'done') break;
      releases += continued.releases;
      ({ tasksLeft } = continued);
    }
  }
  const { repaired, orphans } = deep ? await checkBucket(publisher, { repair: true }) : nothing;
  // What could not be brought is looked for again, however long ago it was edited.
  if (isWhole) await moveWatermark(publisher, startedAt, ids.length > 0 || full);
  const drift = ids.length;
  return {
    kind: 'done',
    drift,
    releases,
    full,
    repaired,
    orphans,
    tasksLeft,
    older,
    rolledBack,
  };
}

interface Differences {
  readonly ids: readonly DocumentId[];
  /** New to the root, by type: the count will differ by these. */
  readonly fresh: ReadonlyMap<string, number>;
}

async function differing(revisions: AsyncIterable<Revision>, tree: Tree): Promise<Differences> {
  const ids: DocumentId[] = [];
  const fresh = new Map<string, number>();
  for await (const { id, type, rev } of revisions) {
    const entry = entryRecord(await tree.get(`entry:${id}`));
    if (entry?.present === true && isKnown(entry, rev)) continue;
    ids.push(id);
    if (entry?.present !== true) fresh.set(type, (fresh.get(type) ?? 0) + 1);
  }
  return { ids, fresh };
}

function isKnown(entry: Entry, rev: string): boolean {
  return (entry.refused?.rev ?? entry.accepted?.rev) === rev;
}

async function countsFit(
  { ports }: Publisher,
  { root }: SeenRoot,
  recent: Differences,
): Promise<boolean> {
  const counts = await ports.lake.counts();
  return documentTypes.every(
    (type) => (counts[type] ?? 0) === (root.counts[type] ?? 0) + (recent.fresh.get(type) ?? 0),
  );
}

/** Every document that the lake and the root see differently, deletions included. */
async function everyDifference(publisher: Publisher, tree: Tree): Promise<readonly DocumentId[]> {
  const present = new Set<DocumentId>();
  const ids: DocumentId[] = [];
  for await (const { id, rev } of publisher.ports.lake.revisions()) {
    present.add(id);
    const entry = entryRecord(await tree.get(`entry:${id}`));
    // One that was older a while ago, and is not any more, is forgotten with the publish.
    if (entry?.present !== true || !isKnown(entry, rev) || entry.older !== undefined) ids.push(id);
  }
  for await (const [key, record] of tree.all()) {
    const entry = key.startsWith('entry:') ? entryRecord(record) : null;
    if (entry?.present === true && !present.has(entry.id)) ids.push(entry.id);
  }
  return ids;
}

/** Next time, look from here on. Written rarely: an idle publication causes no writes. */
async function moveWatermark(publisher: Publisher, to: Instant, hasWorked: boolean): Promise<void> {
  const { ports, stage } = publisher;
  const seen = await readRoot(ports, stage.epoch);
  // Deployed or put on hold meanwhile: the watermark is no longer this reconcile's to move.
  if (seen.root.epoch !== stage.epoch || seen.root.hold !== null) return;
  const behind = Date.parse(to) - Date.parse(seen.root.watermark);
  if (seen.etag === null || seen.root.release !== null || seen.root.watermark >= to) return;
  if (!hasWorked && behind < 24 * 3_600_000) return;
  // Lost to somebody else: the next reconcile looks a little further back, which is harmless.
  await swapRoot(ports, seen, { ...seen.root, watermark: to });
}

function* parts(ids: readonly DocumentId[]): Generator<readonly DocumentId[]> {
  for (let from = 0; from < ids.length; from += chunk) yield ids.slice(from, from + chunk);
}

function entryRecord(record: unknown): Entry | null {
  return isEntry(record) ? record : null;
}
function isEntry(record: unknown): record is Entry {
  return (
    typeof record === 'object' && record !== null && 'accepted' in record && 'present' in record
  );
}
