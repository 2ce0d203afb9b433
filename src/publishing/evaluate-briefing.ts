import type { Briefing, DocumentId, Instant } from '../briefing/model.ts';
import { referencesOf } from '../briefing/references.ts';
import { cardOf, resolveBriefing } from '../briefing/resolve.ts';
import type { Card, Path, ResolvedBriefing } from '../briefing/resolved.ts';
import { briefingPath } from '../site/paths.ts';
import {
  briefingAddress,
  claim,
  leave,
  predecessorsOf,
  rivalAt,
  splitViews,
  take,
  unclaim,
} from './ledger.ts';
import { canonicalJson } from './digest.ts';
import { addLinkers, fileReferences, translationGroup } from './links.ts';
import { chooseRelated } from './related.ts';
import type { BriefingState, Entry, Month, ProblemNote } from './state.ts';
import { newEntry, type StepContext } from './step-context.ts';
import { isEmpty } from './work.ts';

/** A revision fresh from the lake that wants to be accepted. */
export interface Candidate {
  readonly briefing: Briefing;
  readonly fetched: unknown;
}

/**
 * Decide what the site shows of one briefing now, and file it: the accepted revision, whether it is
 * live, its address, its line in the lists. Called for every event, due instant and dependant.
 */
export async function evaluateBriefing(
  context: StepContext,
  id: DocumentId,
  candidate: Candidate | null = null,
): Promise<void> {
  const entry = (await context.work.entry(id)) ?? newEntry(id, 'briefing');
  const before = entry.briefing;
  if (before === null) return;
  const verdict = await judge(context, entry, before, candidate);
  const { accepted, refusal } = verdict;
  const refused = standingRefusal(entry, candidate) ?? refusal;
  if (candidate !== null) {
    if (accepted === candidate.briefing) {
      context.documents.accept(candidate.briefing, candidate.fetched);
    } else {
      context.waiting.set(id, candidate.briefing);
    }
  }
  context.work.set(`entry:${id}`, {
    ...entry,
    accepted:
      accepted === null
        ? entry.accepted
        : { rev: accepted.rev, createdAt: accepted.createdAt, updatedAt: accepted.updatedAt },
    refused,
  });
  const claims = [...new Set([refused?.claim ?? null, verdict.shownClaim])].filter(
    (address) => address !== null,
  );
  await moveClaims(context, id, before.claims, claims);
  await place(context, id, verdict, claims);
}

/** Looking again at what is shown says nothing about a newer revision that was refused. */
function standingRefusal(entry: Entry, candidate: Candidate | null): Entry['refused'] {
  const isNewer = entry.refused !== null && entry.refused.rev !== entry.accepted?.rev;
  return candidate === null && entry.present && isNewer ? entry.refused : null;
}

interface Verdict {
  readonly state: BriefingState['state'];
  readonly accepted: Briefing | null;
  readonly resolved: ResolvedBriefing | null;
  readonly path: Path | null;
  readonly address: string | null;
  readonly publishedAt: Instant | null;
  readonly notes: readonly ProblemNote[];
  readonly refusal: Entry['refused'];
  /** The address that the accepted revision wants and may not have: then nothing is live. */
  readonly shownClaim: string | null;
  readonly removalRefused: boolean;
}

async function judge(
  context: StepContext,
  entry: Entry,
  before: BriefingState,
  candidate: Candidate | null,
): Promise<Verdict> {
  const shown = entry.accepted === null ? null : await context.documents.briefing(entry.id);
  if (candidate === null) {
    const verdict = await judgeRevision(context, entry, before, shown, shown);
    const wasLive = before.state === 'live' || before.state === 'leaving';
    if (verdict.refusal === null || !wasLive) {
      return { ...verdict, shownClaim: verdict.refusal?.claim ?? null };
    }
    throw new Error(
      `${entry.id} is live but its accepted revision is refused now: ` +
        `${verdict.refusal.problems.map(({ code, path }) => `${path} ${code}`).join(', ')}. ` +
        'A live revision must stay publishable; nothing was changed.',
    );
  }
  const verdict = await judgeRevision(context, entry, before, candidate.briefing, shown);
  if (verdict.refusal === null || shown === null) return verdict;
  // The new revision is refused, and the one before it goes on being shown.
  const fallback = await judgeRevision(context, entry, before, shown, shown);
  return { ...fallback, refusal: verdict.refusal, shownClaim: fallback.refusal?.claim ?? null };
}

async function judgeRevision(
  context: StepContext,
  entry: Entry,
  before: BriefingState,
  briefing: Briefing | null,
  shown: Briefing | null,
): Promise<Verdict> {
  const { asOf, publication } = context;
  const wasLive = before.state === 'live' || before.state === 'leaving';
  const everLive = before.publishedAt !== null;
  const hidden = (state: BriefingState['state'], accepted = briefing): Verdict => ({
    state,
    accepted,
    resolved: null,
    path: null,
    address: null,
    publishedAt: before.publishedAt,
    notes: [],
    refusal: null,
    shownClaim: null,
    removalRefused: false,
  });
  if (briefing === null) return hidden(everLive ? 'gone' : 'waiting');

  let removalRefused = false;
  if (!entry.present) {
    removalRefused = wasLive && before.state === 'live' && !mayRemove(context, entry.id, before);
    if (!removalRefused) return hidden(everLive ? 'gone' : 'waiting');
  }
  const roles = await rolesOf(context, briefing, []);
  const refuse = (problems: readonly ProblemNote[], wanted: string | null): Verdict => ({
    ...hidden(everLive ? 'gone' : 'waiting', shown),
    refusal: {
      rev: briefing.rev,
      updatedAt: briefing.updatedAt,
      problems,
      references: roles,
      claim: wanted,
      due: [briefing.publishAt, briefing.unpublishAt].filter((instant) => instant !== null),
    },
  });

  const references = await context.documents.referencesOf(briefing);
  const resolution = resolveBriefing({
    briefing,
    references,
    settings: publication.settings,
    history: {
      publishedAt: before.publishedAt ?? asOf,
      related: [],
      translations: [],
      mentioned: new Map(),
      personPath: null,
    },
  });
  if (!resolution.ok) return refuse(resolution.problems.map(note), null);
  if (briefing.unpublishAt !== null && briefing.unpublishAt <= asOf) {
    return hidden(everLive ? 'expired' : 'waiting');
  }
  if (briefing.publishAt !== null && briefing.publishAt > asOf) {
    if (wasLive && briefing !== shown) {
      return refuse([{ code: 'publish-at-live', path: 'publishAt' }], null);
    }
    if (!wasLive) return hidden('embargoed');
  }
  const address = briefingAddress(briefing.language, briefing.slug);
  const rival = await rivalAt(context, address, briefing);
  if (rival !== null) {
    return refuse([{ code: 'slug-taken', path: 'slug', holder: rival }], address);
  }
  return {
    state: 'live',
    accepted: briefing,
    resolved: resolution.value,
    path: briefingPath({
      slug: briefing.slug,
      language: briefing.language,
      publicationLanguage: publication.settings.language,
    }),
    address,
    publishedAt: before.publishedAt ?? asOf,
    notes: await referenceNotes(context, briefing),
    refusal: null,
    shownClaim: null,
    removalRefused,
  };
}

/** Count a removal against the guard, once. */
function mayRemove(context: StepContext, id: DocumentId, before: BriefingState): boolean {
  if (context.input.allowRemovals.has(id)) return true;
  if (before.removalRefused || context.removals.left - context.removals.count <= 0) return false;
  context.removals.count += 1;
  return true;
}

/** A reference that is shown from its last valid snapshot: the editor is told at every dependant. */
async function referenceNotes(
  context: StepContext,
  briefing: Briefing,
): Promise<readonly ProblemNote[]> {
  const notes: ProblemNote[] = [];
  for (const { id, weak, path } of referencesOf(briefing)) {
    if (weak) continue;
    const entry = await context.work.entry(id);
    if (entry === undefined) continue;
    if (!entry.present) notes.push({ code: 'reference-gone', path });
    else if (entry.refused !== null) notes.push({ code: 'reference-invalid', path });
  }
  return notes;
}

async function moveClaims(
  context: StepContext,
  id: DocumentId,
  before: readonly string[],
  after: readonly string[],
): Promise<void> {
  for (const address of before) {
    if (!after.includes(address)) await unclaim(context, address, id);
  }
  const waiting = context.waiting.get(id);
  const wanting = waiting ?? (await context.documents.briefing(id));
  if (wanting === null) return;
  for (const address of after) {
    const { claims } = await context.work.address(address);
    const known = claims.find((each) => each.id === id);
    // Deleted and created again, it is younger than its claim says: others may come first now.
    const isYounger = waiting !== undefined && known?.createdAt !== waiting.createdAt;
    if (!before.includes(address) || isYounger) await claim(context, address, wanting);
  }
}

/** File the verdict: address, lines, references, due instants, and who has to look again. */
async function place(
  context: StepContext,
  id: DocumentId,
  verdict: Verdict,
  claims: readonly string[],
): Promise<void> {
  const { work, touched } = context;
  const entry = (await work.entry(id)) ?? newEntry(id, 'briefing');
  const before = entry.briefing;
  if (before === null) return;
  const nowLive = verdict.state === 'live';
  const wasListed = before.state === 'live';
  const wasLive = wasListed || before.state === 'leaving';
  const oldCard = wasListed ? ((await work.cards(before.date))[id] ?? null) : null;

  let views = entry.views;
  if (before.address !== null && before.address !== verdict.address && nowLive && before.path) {
    const split = splitViews(views, before.path);
    await leave(context, before.address, id, split.under);
    views = split.rest;
  }
  if (nowLive && verdict.address !== null && before.address !== verdict.address) {
    views = { ...views, ...(await take(context, verdict.address, id)) };
  }

  const newCard =
    verdict.resolved === null || verdict.path === null
      ? null
      : { ...cardOf(verdict.resolved, verdict.path), personId: verdict.resolved.person.id };
  await relist(context, id, oldCard, newCard);
  if (!wasListed && nowLive) context.live += 1;
  if (wasListed && !nowLive) context.live -= 1;

  const linkChanged = linked(oldCard) !== linked(newCard);
  const cause = `document:${id}`;
  if (linkChanged) await addLinkers(context, id, cause);
  if (linkChanged && !nowLive) await addLinkersOfPredecessors(context, entry, cause);
  const original = nowLive ? (verdict.accepted?.translationOf ?? null) : null;
  const leftGroups = leftGroupsOf(context, before, original);
  if (linkChanged || original !== before.original) {
    await addTranslations(context, id, [...leftGroups, before.original, original], cause);
  }

  const accepted = verdict.accepted;
  const due = entry.present ? dueInstants(accepted, entry.refused, context.asOf) : [];
  const current = (await work.entry(id)) ?? entry;
  const formerly =
    current.briefing?.formerly.filter((address) => address !== verdict.address) ?? [];
  const keepsPlace = !nowLive && wasLive;
  work.set(`entry:${id}`, {
    ...current,
    views,
    notes: verdict.notes,
    briefing: {
      ...before,
      state: keepsPlace ? 'leaving' : verdict.state,
      leavesFor: keepsPlace ? verdict.state : null,
      language: accepted?.language ?? before.language,
      date: accepted?.date ?? before.date,
      original,
      leftGroups,
      address: nowLive ? verdict.address : before.address,
      path: nowLive ? verdict.path : before.path,
      claims,
      publishedAt: verdict.publishedAt,
      formerly:
        before.address !== null && nowLive && before.address !== verdict.address
          ? [...formerly.filter((address) => address !== before.address), before.address]
          : formerly,
      gone: nowLive ? null : before.gone,
      removalRefused: verdict.removalRefused,
      due,
    },
  });
  await fileDue(context, id, before.due, due);
  await fileRefusedRemoval(context, id, verdict.removalRefused);
  if (nowLive && accepted !== null) context.relate.set(id, accepted);
  await file(context, id, accepted);
  touched.briefings.add(id);
}

/** Take a briefing's page down: its address is the ledger's, and whoever wants it is woken. */
export async function departBriefing(context: StepContext, id: DocumentId): Promise<void> {
  const entry = await context.work.entry(id);
  const state = entry?.briefing;
  if (entry === undefined || state === undefined || state?.state !== 'leaving') return;
  let views = entry.views;
  if (state.address !== null && state.path !== null) {
    const split = splitViews(views, state.path);
    await leave(context, state.address, id, split.under);
    views = split.rest;
  }
  context.work.set(`entry:${id}`, {
    ...entry,
    views,
    briefing: {
      ...state,
      state: state.leavesFor ?? 'gone',
      leavesFor: null,
      address: null,
      path: null,
      formerly:
        state.address === null
          ? state.formerly
          : [...state.formerly.filter((each) => each !== state.address), state.address],
      gone: { at: context.asOf, release: context.seq },
    },
  });
  context.touched.briefings.add(id);
  await file(context, id, await context.documents.briefing(id));
}

/** Take the old card out of the lists and put the new one in. */
async function relist(
  context: StepContext,
  id: DocumentId,
  oldCard: Card | null,
  newCard: Card | null,
): Promise<void> {
  const { work } = context;
  if (oldCard !== null && (newCard === null || newCard.date !== oldCard.date)) {
    const rest = work.withMember(await work.cards(oldCard.date), id, null);
    work.set(`cards:${oldCard.date}`, isEmpty(rest) ? undefined : rest);
    await setLine(context, oldCard.date.slice(0, 7), id, null);
  }
  if (newCard !== null) {
    const cards = await work.cards(newCard.date);
    // Most looks find what stands: a month of hundreds is not copied for that.
    if (canonicalJson(cards[id] ?? null) !== canonicalJson(newCard)) {
      work.set(`cards:${newCard.date}`, work.withMember(cards, id, newCard));
    }
    const { date, publishedAt, path, modifiedAt } = newCard;
    await setLine(context, date.slice(0, 7), id, { date, publishedAt, path, modifiedAt });
  }
  for (const card of [oldCard, newCard]) {
    if (card !== null) context.facetMonths.add(`${card.personId} ${card.date.slice(0, 7)}`);
  }
}

async function setLine(
  context: StepContext,
  month: string,
  id: DocumentId,
  line: Month['lines'][string] | null,
): Promise<void> {
  const { work } = context;
  const record = await work.month(month);
  if (canonicalJson(record.lines[id] ?? null) === canonicalJson(line)) return;
  const lines = work.withMember(record.lines, id, line);
  work.set(`month:${month}`, { ...record, lines });
  const site = await work.site();
  const listed = line !== null || !isEmpty(lines);
  if (listed !== site.months.includes(month)) {
    const months = listed
      ? [...site.months, month].sort()
      : site.months.filter((each) => each !== month);
    work.set('site', { ...site, months });
  }
}

/** File what is referred to: by what is shown, by what was chosen for it, and by what was refused. */
async function file(context: StepContext, id: DocumentId, shown: Briefing | null): Promise<void> {
  const entry = await context.work.entry(id);
  if (entry === undefined) return;
  const related = entry.briefing?.state === 'live' ? (entry.briefing.related ?? []) : [];
  const roles = shown === null ? {} : await rolesOf(context, shown, related);
  const waiting = entry.refused?.references ?? {};
  if (entry.briefing?.state === 'leaving') {
    // Its page still links to what the revision before this one referred to.
    await fileReferences(context, id, { ...waiting, ...roles, ...entry.references }, entry.filed);
    return;
  }
  const bucket = (shown ?? context.waiting.get(id))?.date.slice(0, 7) ?? entry.filed;
  await fileReferences(context, id, { ...waiting, ...roles }, bucket);
}

/** Choose related briefings where that is due: after all of the step's briefings are placed. */
export async function relate(context: StepContext): Promise<void> {
  for (const [id, briefing] of context.relate) {
    const entry = await context.work.entry(id);
    if (entry?.briefing?.state !== 'live') continue;
    const choice = await chooseRelated(context, entry.briefing, briefing);
    if (choice === null) continue;
    context.work.set(`entry:${id}`, {
      ...entry,
      briefing: { ...entry.briefing, related: choice.related, relatedBasis: choice.basis },
    });
    await file(context, id, briefing);
  }
}

async function rolesOf(
  context: StepContext,
  briefing: Briefing,
  related: readonly DocumentId[],
): Promise<Readonly<Record<DocumentId, string>>> {
  const roles: Record<DocumentId, string> = {};
  const add = (id: DocumentId, role: string): void => {
    const present = roles[id]?.split(' ') ?? [];
    if (id !== briefing.id && !present.includes(role))
      roles[id] = [...present, role].sort().join(' ');
  };
  for (const { id, path } of referencesOf(briefing)) add(id, roleOfPath(path));
  const person = await context.documents.followed(briefing.personId);
  if (person !== null) add(person.id, 'person');
  for (const id of related) add(id, 'chosen');
  return roles;
}

function roleOfPath(path: string): string {
  if (path.startsWith('person')) return 'person';
  if (path.startsWith('countries')) return 'country';
  if (path.startsWith('identities')) return 'identity';
  if (path.startsWith('topics')) return 'topic';
  if (path.startsWith('byline')) return 'contributor';
  if (path.startsWith('related')) return 'manual';
  if (path.startsWith('translationOf')) return 'translation';
  return 'mention';
}

async function fileRefusedRemoval(
  context: StepContext,
  id: DocumentId,
  refused: boolean,
): Promise<void> {
  const site = await context.work.site();
  if (refused === site.refusedRemovals.includes(id)) return;
  const others = site.refusedRemovals.filter((each) => each !== id);
  context.work.set('site', {
    ...site,
    refusedRemovals: refused ? [...others, id].sort() : others,
  });
}

/**
 * Groups of translations that may still show this briefing although it has left them: their pages
 * wait among the pending changes, where no removal looks. It asks for them again when it goes, and
 * so waits for them. Nothing pending means that every page is as it should be.
 */
function leftGroupsOf(
  context: StepContext,
  before: BriefingState,
  original: DocumentId | null,
): readonly DocumentId[] {
  const waiting = context.input.root.pending.length === 0 ? [] : before.leftGroups;
  const left = before.original === null ? waiting : [...waiting, before.original];
  return [...new Set(left)].filter((group) => group !== original);
}

/**
 * A page that goes waits for those too that lead to its address by whoever held it before: they wait
 * among the pending changes, where no removal looks.
 */
async function addLinkersOfPredecessors(
  context: StepContext,
  entry: Entry,
  cause: string,
): Promise<void> {
  for (const predecessor of await predecessorsOf(context, entry)) {
    await addLinkers(context, predecessor, cause);
    const { leftGroups = [], original = null } =
      (await context.work.entry(predecessor))?.briefing ?? {};
    await addTranslations(context, predecessor, [...leftGroups, original], cause);
  }
}

/** Pages of the same text in other languages show each other: the group that is left, and the one that is joined. */
async function addTranslations(
  context: StepContext,
  id: DocumentId,
  originals: readonly (DocumentId | null)[],
  cause: string,
): Promise<void> {
  for (const original of new Set(originals)) {
    if (original === null) continue;
    for (const member of await translationGroup(context, original)) {
      if (member !== id) context.todo.add(`briefing:${member}`, cause);
    }
  }
}

/** Of a refused revision too: what was too early then is looked at again. */
function dueInstants(
  briefing: Briefing | null,
  refused: Entry['refused'],
  asOf: Instant,
): readonly Instant[] {
  const instants = [briefing?.publishAt, briefing?.unpublishAt, ...(refused?.due ?? [])];
  return [...new Set(instants.filter((instant) => instant != null))]
    .filter((instant) => instant > asOf)
    .sort();
}

/** Keep the due instants of a briefing filed by day. */
async function fileDue(
  context: StepContext,
  id: DocumentId,
  before: readonly Instant[],
  after: readonly Instant[],
): Promise<void> {
  const { work } = context;
  const days = new Set([...before, ...after].map((instant) => instant.slice(0, 10)));
  for (const day of days) {
    const record = (await work.get(`due:${day}`)) ?? {};
    const { [id]: _, ...rest } = record;
    const instants = after.filter((instant) => instant.startsWith(day));
    const updated = instants.length === 0 ? rest : { ...rest, [id]: instants };
    const earliest = Object.values(updated).flat().sort()[0];
    work.set(`due:${day}`, earliest === undefined ? undefined : updated);
    const site = await work.site();
    const { [day]: __, ...dueDays } = site.dueDays;
    work.set('site', {
      ...site,
      dueDays: earliest === undefined ? dueDays : { ...dueDays, [day]: earliest },
    });
  }
}

function linked(card: Card | null): string {
  return card === null ? '' : JSON.stringify([card.path, card.language, card.date, card.headline]);
}

function note(problem: ProblemNote): ProblemNote {
  return { code: problem.code, path: problem.path };
}
