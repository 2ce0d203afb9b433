import { documentTypes, type DocumentId, type Instant } from '../briefing/model.ts';
import { added, advance, nothingFound, type Advanced, type Found } from './advance.ts';
import { changeRoot } from './change-root.ts';
import { isEntry, isKnown, parts, publishButStale } from './compare.ts';
import { inParallel } from './parallel.ts';
import { RacesLost } from './publish.ts';
import { treeOf, type Publisher } from './publisher.ts';
import { readRoot, type SeenRoot } from './root.ts';
import type { Root } from './state.ts';
import { tellStatus } from './tell-status.ts';
import { beginWalk, noDeadline, workLeft, type Deadline } from './walk.ts';

export interface ReconcileOutcome extends Found {
  readonly kind: 'done' | 'out-of-time' | 'busy' | 'held' | 'other-epoch';
  readonly releases: number;
  /** Whether every document is compared, not only the recently changed. */
  readonly full: boolean;
  readonly tasksLeft: number;
}

const overlap = 3_600_000;

/**
 * Compare the lake's revisions with the root's and publish what differs: with every webhook lost,
 * this alone brings the same bytes. Reads are bounded by what has changed; a count that does not
 * fit, or `deep`, has everything compared, and `deep` the bucket as well: walks, marked here and carried on
 * for as long as there is time. It is `deep` too that believes a lake which was restored from a backup (rule 11).
 */
export async function reconcile(
  publisher: Publisher,
  {
    deep = false,
    deadline = noDeadline,
  }: { readonly deep?: boolean; readonly deadline?: Deadline } = {},
): Promise<ReconcileOutcome> {
  const { ports, stage } = publisher;
  const startedAt = ports.clock.now();
  const seen = await readRoot(ports, stage.epoch);
  const nothing = { ...nothingFound, releases: 0, full: false, tasksLeft: 0 };
  if (seen.root.hold !== null) return { ...nothing, kind: 'held' };
  if (seen.root.epoch !== stage.epoch) return { ...nothing, kind: 'other-epoch' };

  const recent = await recentlyChanged(publisher, seen);
  const full = deep || !(await countsFit(publisher, seen, recent));
  let releases = 0;
  let isWhole = true;
  for (const part of parts(recent.ids)) {
    if (deadline.remaining() < longestPublish) {
      isWhole = false;
      break;
    }
    const outcome = await publishButStale(publisher, part, { takesOlder: false });
    const drift = recent.ids.length;
    if (outcome.kind !== 'done') return { ...nothing, kind: outcome.kind, drift, releases, full };
    releases += outcome.releases;
    // What could not be brought is looked for again, however long ago it was edited.
    if (outcome.stale.length > 0) isWhole = false;
  }
  const hasWorked = recent.ids.length > 0;
  // Lost to somebody else, the next reconcile looks a little further back. A deep one says that it is not `full`.
  const marked = await changeRoot(publisher, (root) => {
    const behind = Date.parse(startedAt) - Date.parse(root.watermark);
    // Written rarely: an idle publication causes no writes.
    const moves = isWhole && behind > 0 && (hasWorked || full || behind >= 24 * 3_600_000);
    if (!moves && !full) return null;
    return {
      ...root,
      walks: withWalks(root.walks, { deep, full }, startedAt),
      watermark: moves ? startedAt : root.watermark,
    };
  });
  // Whatever came of it: its age shows that somebody compares.
  await tellStatus(publisher);
  const advanced = await advance(publisher, deadline);
  const { root } = await readRoot(ports, stage.epoch);
  return {
    ...advanced.found,
    kind: advanced.kind,
    releases: releases + advanced.releases,
    drift: recent.ids.length + advanced.found.drift,
    full: full && marked.kind !== 'too-busy',
    tasksLeft: workLeft(root),
  };
}

/** Milliseconds that publishing a hundred documents may take. */
const longestPublish = 8_000;

function withWalks(
  walks: Root['walks'],
  { deep, full }: { readonly deep: boolean; readonly full: boolean },
  at: Instant,
): Root['walks'] {
  if (!full) return walks;
  const comparing = beginWalk(walks, 'comparison', at, deep ? { takesOlder: true } : {});
  return deep ? beginWalk(comparing, 'deep-check', at) : comparing;
}

interface Differences {
  readonly ids: readonly DocumentId[];
  /** New to the root, by type: the count will differ by these. */
  readonly fresh: ReadonlyMap<string, number>;
}

async function recentlyChanged(publisher: Publisher, { root }: SeenRoot): Promise<Differences> {
  const tree = treeOf(publisher, root);
  const since = new Date(Math.max(0, Date.parse(root.watermark) - overlap)).toISOString();
  const revisions = [];
  for await (const each of publisher.ports.lake.revisions({ updatedAfter: since })) {
    revisions.push(each);
  }
  const entries = await inParallel(revisions, ({ id }) => tree.get(`entry:${id}`));
  const ids: DocumentId[] = [];
  const fresh = new Map<string, number>();
  for (const [index, { id, type, rev }] of revisions.entries()) {
    const entry = entries[index];
    const isPresent = isEntry(entry) && entry.present;
    if (isPresent && isKnown(entry, rev, publisher.stage.epoch)) continue;
    ids.push(id);
    if (!isPresent) fresh.set(type, (fresh.get(type) ?? 0) + 1);
  }
  return { ids, fresh };
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

/**
 * Compares the whole bucket now with what was last written there, and mends what differs: from the start,
 * whatever check stands half way, and to the end, whoever else is at it. Throws what the store throws.
 */
export async function checkBucket(publisher: Publisher): Promise<Advanced> {
  const { clock } = publisher.ports;
  const at = clock.now();
  const begun = await changeRoot(publisher, (root) => {
    const others = root.walks.filter(({ cause }) => cause !== 'deep-check');
    return { ...root, walks: beginWalk(others, 'deep-check', at) };
  });
  if (begun.kind === 'held' || begun.kind === 'other-epoch') {
    return { kind: begun.kind, releases: 0, found: nothingFound };
  }
  if (begun.kind === 'too-busy')
    throw new RacesLost('The deep check could not be marked; try again');
  let [releases, found] = [0, nothingFound];
  for (;;) {
    const advanced = await advance(publisher, noDeadline);
    releases += advanced.releases;
    found = added(found, advanced.found);
    if (advanced.kind !== 'busy') return { kind: advanced.kind, releases, found };
    await clock.sleep(500);
  }
}
