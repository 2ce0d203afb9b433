import type { DocumentId, Instant } from '../briefing/model.ts';
import { monthEnds } from '../briefing/time-zone.ts';
import type { Publication } from '../briefing/resolved.ts';
import { cacheTags } from '../site/cache-tags.ts';
import { canonicalJson, sha256Hex } from './digest.ts';
import { draw } from './draw.ts';
import { finishDepartures } from './departures.ts';
import { evaluateBriefing, relate } from './evaluate-briefing.ts';
import { evaluateFacet, refreshFacetMonths } from './evaluate-facet.ts';
import { causesLeft, freezeTasks, manyDepartures, takeChunk } from './pending.ts';
import { readAhead } from './read-ahead.ts';
import { takeRedrawSlice, type RedrawSlice } from './redraw.ts';
import { textIn } from './raw-document.ts';
import { receiptOf } from './receipts.ts';
import { currentSettings, receiveAgain, receiveDocuments } from './receive.ts';
import { refusingWhatLeadsNowhere } from './refuse-and-draw-again.ts';
import { encodeRelease, type Release, type Write } from './release.ts';
import { settingsId } from './settings-document.ts';
import { nodeKey, releaseKey, snapshotKey, type Root, type Task } from './state.ts';
import { isQuarantined } from './status.ts';
import {
  AcceptedDocuments,
  Todo,
  type DocumentReport,
  type StepContext,
  type StepInput,
} from './step-context.ts';
import { beginWalk, moveWalk } from './walk.ts';
import { Work } from './work.ts';

/** Everything that follows from a root and what was read after it. Nothing has been written yet. */
export interface Next {
  readonly root: Root;
  /** Null for a commit that changes no public object. */
  readonly release: {
    readonly release: Release;
    readonly key: string;
    readonly body: Uint8Array;
  } | null;
  /** State objects to store before the commit: nodes and snapshots, by key. */
  readonly stored: ReadonlyMap<string, string>;
  readonly reports: readonly DocumentReport[];
}

/**
 * The pure heart: given the root, and documents read after it, decide the next root and the
 * release that leads there. Reads only immutable nodes. Null: nothing changes.
 */
export function step(input: StepInput): Promise<Step> {
  return refusingWhatLeadsNowhere(input, decideOnce);
}

interface Step {
  readonly next: Next | null;
  readonly reports: readonly DocumentReport[];
}

async function decideOnce(input: StepInput): Promise<Step> {
  const context = await open(input);
  if (isFirst(input)) {
    context.touched.site = true;
    context.touched.fixed = true;
  }
  await drawNewcomersOfADeployment(context);
  await readAhead(context, receivedTasks(input));
  await receiveDocuments(context);
  await redrawEverythingIfTheSettingsChanged(context);
  await addDueBriefings(context);
  const chunk = await takeChunk(context);
  const redraw = await takeRedrawSlice(context);
  for (const task of redraw.tasks) {
    if (task.startsWith('briefing:')) context.redrawn.add(task.slice('briefing:'.length));
  }
  for (const task of input.tasks) {
    // What is mended is named to this step alone: drawn in a later one, it would not be written.
    if (input.repairs.size + input.dropped.size > 0) context.todo.addUrgent(task, 'asked');
    else context.todo.add(task, 'asked');
  }
  await doTasks(context, input.passesOver ? [] : [...chunk.tasks, ...redraw.tasks]);
  await relate(context);
  const waitedFor = causesLeft(context, chunk);
  await finishDepartures(context, (cause) => waitedFor.has(cause) || waitedFor.has(manyDepartures));
  const pending = await freezeTasks(context, chunk);
  const writes = await draw(context);
  const walks = walksAfter(context, redraw);
  return { next: await close(context, writes, { pending, walks }), reports: context.reports };
}

/** Pages of new code may lead to what only new code has: whoever comes first after a deployment brings that. */
async function drawNewcomersOfADeployment({ input, work, touched }: StepContext): Promise<void> {
  const { epoch } = input.stage;
  const site = await work.site();
  // Raising the epoch draws nothing.
  if (site.newcomersOf === epoch || input.root.epoch !== epoch) return;
  work.set('site', { ...site, newcomersOf: epoch });
  touched.newcomers = !isFirst(input);
}

/** A briefing that comes or has gone is decided about; of what comes along with it a look at the entry mostly is enough. */
function receivedTasks({ documents }: StepInput): readonly Task[] {
  return [...documents].map(([id, fetched]): Task => {
    const isDecided = fetched.kind === 'absent' || textIn(fetched.document, '_type') === 'briefing';
    return isDecided ? `briefing:${id}` : `read:${id}`;
  });
}

function isFirst(input: StepInput): boolean {
  return input.root.seq === 0;
}

async function open(input: StepInput): Promise<StepContext> {
  const { root, now, stage } = input;
  const work = new Work(input.tree);
  const documents = new AcceptedDocuments(work, input.readSnapshot);
  const settings = await currentSettings({ input, work }, () => documents.get(settingsId));
  const asOf = now > root.asOf ? now : root.asOf;
  const hourAgo = new Date(Date.parse(asOf) - 3_600_000).toISOString();
  const recent = root.removals.filter(({ at }) => at > hourAgo);
  const limit = Math.max(20, Math.floor(root.live / 10));
  const publication: Publication = {
    settings,
    baseUrl: stage.baseUrl,
    tagAuthority: stage.tagAuthority,
  };
  return {
    input,
    work,
    asOf,
    seq: root.seq + 1,
    publication,
    todo: new Todo(),
    documents,
    reports: [],
    touched: {
      briefings: new Set(),
      facets: new Set(),
      addresses: new Set(),
      wholeFacets: new Set(),
      months: new Set(),
      chunks: new Set(),
      site: false,
      fixed: false,
      newcomers: false,
    },
    waiting: new Map(),
    relate: new Map(),
    redrawn: new Set(),
    beginsRedraw: false,
    facetMonths: new Set(),
    facetYears: new Map(),
    evaluatedFacets: new Set(),
    removals: { count: 0, left: limit - recent.reduce((sum, { count }) => sum + count, 0) },
    live: root.live,
    counts: { ...root.counts },
  };
}

/** A new publication name stands on every page: the settings are everybody's reference. */
async function redrawEverythingIfTheSettingsChanged(context: StepContext): Promise<void> {
  const { work, input, todo } = context;
  const [before, after] = [await work.before(`entry:${settingsId}`), await work.entry(settingsId)];
  if (isFirst(input) || before?.accepted?.rev === after?.accepted?.rev) return;
  context.beginsRedraw = true;
  // The entry points at once: that is where a new name is looked for, and no link changes with it.
  todo.addUrgent('site', `document:${settingsId}`);
}

function walksAfter({ input, asOf, beginsRedraw }: StepContext, slice: RedrawSlice): Root['walks'] {
  const { walks } = input.root;
  if (beginsRedraw) return beginWalk(walks, 'redraw', asOf);
  return slice.isTaken ? moveWalk(walks, 'redraw', slice.next) : walks;
}

/** Embargoes that end and briefings that expire. */
async function addDueBriefings(context: StepContext): Promise<void> {
  const { work, asOf } = context;
  for (const [day, earliest] of Object.entries((await work.site()).dueDays)) {
    if (earliest > asOf) continue;
    const due = (await work.get(`due:${day}`)) ?? {};
    for (const [id, instants] of Object.entries(due)) {
      if (!instants.some((instant) => instant <= asOf)) continue;
      context.todo.add(`briefing:${id}`, 'due');
      if ((await work.entry(id))?.refused != null) context.todo.add(`read:${id}`, 'due');
    }
  }
}

/** Work through the tasks, and those they bring, up to a chunk and what is urgent; people and their pages follow. */
async function doTasks(context: StepContext, taken: readonly Task[]): Promise<void> {
  let budget = context.input.tasksPerRelease + taken.length;
  await readAhead(context, taken);
  for (const task of taken) await doTask(context, task);
  for (;;) {
    await doUrgentTasks(context);
    await readAhead(context, context.todo.first(budget));
    while (budget > 0) {
      const task = context.todo.take((each) => isReady(context, each));
      if (task === null) break;
      budget -= 1;
      await doTask(context, task);
      await doUrgentTasks(context);
    }
    await refreshFacetMonths(context);
    context.facetMonths.clear();
    const facets = [...context.touched.facets].filter((id) => !context.evaluatedFacets.has(id));
    if (facets.length === 0) break;
    for (const id of facets) {
      context.evaluatedFacets.add(id);
      await evaluateFacet(context, id);
    }
  }
}

async function doUrgentTasks(context: StepContext): Promise<void> {
  for (;;) {
    const task = context.todo.takeUrgent();
    if (task === null) return;
    await doTask(context, task);
  }
}

/** What must be read from the lake first waits for the next chunk. */
function isReady(context: StepContext, task: Task): boolean {
  return !task.startsWith('read:') || context.input.documents.has(task.slice('read:'.length));
}

async function doTask(context: StepContext, task: Task): Promise<void> {
  const [kind, id] = [task.slice(0, task.indexOf(':')), task.slice(task.indexOf(':') + 1)];
  if (task === 'site') {
    context.touched.site = true;
    context.touched.fixed = true;
  } else if (kind === 'month') {
    context.touched.months.add(id);
  } else if (kind === 'changes') {
    context.touched.chunks.add(Number(id));
  } else if (kind === 'facet') {
    context.touched.facets.add(id);
    context.touched.wholeFacets.add(id);
    context.evaluatedFacets.delete(id);
  } else if (kind === 'read') {
    await receiveAgain(context, id);
  } else if (kind === 'briefing') {
    if ((await context.work.entry(id)) !== undefined) await evaluateBriefing(context, id);
  }
}

async function close(
  context: StepContext,
  writes: readonly Write[],
  { pending, walks }: Pick<Root, 'pending' | 'walks'>,
): Promise<Next | null> {
  const { input, work, seq, asOf } = context;
  const { root } = input;
  if (input.orphans !== null) {
    const site = await work.site();
    work.set('site', { ...site, orphans: input.orphans });
  }
  const changes = await work.changes();
  const nextDue = await nextDueInstant(context);
  const pendingChanged =
    canonicalJson([pending, walks]) !== canonicalJson([root.pending, root.walks]);
  const timePassed = root.nextDue !== null && root.nextDue <= asOf;
  if (changes.size === 0 && writes.length === 0 && !pendingChanged && !timePassed) return null;

  const tree = await input.tree.with(changes, seq);
  const stored = new Map<string, string>();
  for (const [hash, text] of tree.nodes) stored.set(nodeKey(hash), text);
  for (const [revision, document] of context.documents.snapshots) {
    const [id = '', rev = ''] = splitRevision(revision);
    stored.set(snapshotKey(id, rev), canonicalJson(document));
  }
  const release: Release = {
    seq,
    previous: root.lastRelease,
    writes: [...writes].sort(
      (a, b) => a.phase - b.phase || (a.object.path < b.object.path ? -1 : 1),
    ),
    receipts: await receiptsOf(context),
    purge: await purgeItems(context, writes),
    stored: [...stored.keys()].sort(),
    dropped: [...tree.dropped.map(nodeKey), ...(await droppedSnapshots(context, changes))],
  };
  const encoded = encodeRelease(release);
  const name = { seq, hash: encoded.hash };
  const isPublic = writes.length > 0 || release.receipts.length > 0;
  return {
    reports: context.reports,
    stored,
    release: { release, key: releaseKey(seq, encoded.hash), body: encoded.body },
    root: {
      ...root,
      seq,
      asOf,
      nextDue,
      branches: tree.branches,
      release: isPublic ? name : null,
      lastRelease: name,
      pending,
      walks,
      // This is the slice that was under way, and its commit is its end.
      slice: input.continuePending ? { ...root.slice, attempts: 0 } : root.slice,
      removals: removalsAfter(context),
      live: context.live,
      counts: context.counts,
      quarantined: root.quarantined + (await quarantinedMore(context, changes)),
    },
  };
}

/** By how many documents more, or fewer, the newest revision is refused after this step. */
async function quarantinedMore(
  { work }: StepContext,
  changes: ReadonlyMap<string, unknown>,
): Promise<number> {
  const differences = await Promise.all(
    changedEntries(changes).map(async (id) => {
      const [before, after] = [await work.before(`entry:${id}`), await work.entry(id)];
      return Number(isQuarantined(after)) - Number(isQuarantined(before));
    }),
  );
  return differences.reduce((sum, difference) => sum + difference, 0);
}

function changedEntries(changes: ReadonlyMap<string, unknown>): readonly DocumentId[] {
  return [...changes.keys()]
    .filter((key) => key.startsWith('entry:'))
    .map((key) => key.slice('entry:'.length));
}

/** Snapshots that no entry accepts any more. */
async function droppedSnapshots(
  { work }: StepContext,
  changes: ReadonlyMap<string, unknown>,
): Promise<readonly string[]> {
  const ids = changedEntries(changes);
  const dropped = await Promise.all(
    ids.map(async (id) => {
      const [before, after] = [await work.before(`entry:${id}`), await work.entry(id)];
      const rev = before?.accepted?.rev;
      return rev === undefined || rev === after?.accepted?.rev ? null : snapshotKey(id, rev);
    }),
  );
  return dropped.filter((key) => key !== null);
}

function splitRevision(revision: string): readonly string[] {
  const slash = revision.indexOf('/');
  return [revision.slice(0, slash), revision.slice(slash + 1)];
}

/** The earliest instant at which any output changes: embargo, expiry, the end of a month. */
async function nextDueInstant(context: StepContext): Promise<Instant | null> {
  const site = await context.work.site();
  const { timeZone } = context.publication.settings;
  const ends = site.months.map((month) => monthEnds(month, timeZone));
  const due = [...Object.values(site.dueDays), ...ends.filter((end) => end > context.asOf)];
  return due.sort()[0] ?? null;
}

function removalsAfter(context: StepContext): Root['removals'] {
  const hourAgo = new Date(Date.parse(context.asOf) - 3_600_000).toISOString();
  const recent = context.input.root.removals.filter(({ at }) => at > hourAgo);
  if (context.removals.count === 0) return recent;
  const minute = `${context.asOf.slice(0, 16)}:00.000Z`;
  const last = recent.at(-1);
  return last?.at === minute
    ? [...recent.slice(0, -1), { at: minute, count: last.count + context.removals.count }]
    : [...recent, { at: minute, count: context.removals.count }];
}

/**
 * One item for each briefing that is edited, and for each address that it left or that is gone: a
 * tag finds all of them at once, a path only itself. None for a new page, and lists never, nor what is
 * drawn again with everything else: the TTL does those.
 */
async function purgeItems(
  context: StepContext,
  writes: readonly Write[],
): Promise<Release['purge']> {
  const items: Release['purge'][number][] = [];
  for (const { object, owner, phase, prev } of writes) {
    const id = prev === null || phase === 1 ? null : await briefingAt(context, owner);
    if (id !== null && !context.redrawn.has(id))
      items.push({ path: object.path, tag: cacheTags.briefing(id) });
  }
  const pages = items.filter(({ path }) => path.endsWith('/'));
  const withPage = new Set(pages.map(({ tag }) => tag));
  const others = items.filter(({ tag }) => !withPage.has(tag));
  return [...pages, ...new Map(others.map((item) => [item.tag, item])).values()];
}

/** The briefing that a record holds the views of; of an address that was left, whose page stood there. */
async function briefingAt({ work }: StepContext, owner: string): Promise<DocumentId | null> {
  const name = owner.slice(owner.indexOf(':') + 1);
  const id = owner.startsWith('entry:')
    ? name
    : owner.startsWith('address:')
      ? (await work.address(name)).last
      : null;
  return id !== null && (await work.entry(id))?.briefing != null ? id : null;
}

const leavesItAsItIs: ReadonlySet<DocumentReport['outcome']> = new Set([
  'unchanged',
  'older',
  'older-noted',
]);

async function receiptsOf(context: StepContext): Promise<Release['receipts']> {
  const receipts: Release['receipts'][number][] = [];
  const revisions = new Map<string, { readonly id: string; readonly rev: string }>();
  for (const { id, rev, outcome } of context.reports) {
    if (rev !== null && !leavesItAsItIs.has(outcome)) {
      revisions.set(`${id}:${rev}`, { id, rev });
    }
  }
  for (const id of context.touched.briefings) {
    const rev = (await context.work.entry(id))?.accepted?.rev;
    const before = (await context.work.before(`entry:${id}`))?.briefing?.state;
    const after = (await context.work.entry(id))?.briefing?.state;
    if (rev !== undefined && before !== after) revisions.set(`${id}:${rev}`, { id, rev });
  }
  for (const [name, { id, rev }] of revisions) {
    const receipt = await receiptOf(context, id, rev, sha256Hex(name));
    if (receipt !== null) receipts.push(receipt);
  }
  return receipts;
}
