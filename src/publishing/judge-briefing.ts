import type { Briefing, DocumentId, Instant } from '../briefing/model.ts';
import { referencesOf } from '../briefing/references.ts';
import { resolveBriefing } from '../briefing/resolve.ts';
import type { Path, ResolvedBriefing } from '../briefing/resolved.ts';
import { briefingPath } from '../site/paths.ts';
import { rolesOf } from './file-briefing.ts';
import { briefingAddress, rivalAt } from './ledger.ts';
import { refusedByDrawing } from './refuse-and-draw-again.ts';
import type { BriefingState, Entry, ProblemNote } from './state.ts';
import type { StepContext } from './step-context.ts';

/** A revision fresh from the lake that wants to be accepted. */
export interface Candidate {
  readonly briefing: Briefing;
  readonly fetched: unknown;
}

/** What the site shows of a briefing from now on. */
export interface Verdict {
  readonly state: BriefingState['state'];
  readonly accepted: Briefing | null;
  readonly resolved: ResolvedBriefing | null;
  readonly path: Path | null;
  readonly address: string | null;
  readonly publishedAt: Instant | null;
  readonly notes: readonly ProblemNote[];
  readonly refusal: Entry['refused'];
  /** The accepted revision is refused when it is first drawn: there is nothing to go back to. */
  readonly isUnfit: boolean;
  /** The address that the accepted revision wants and may not have: then nothing is live. */
  readonly shownClaim: string | null;
  readonly removalRefused: boolean;
}

/** Whether a new revision is accepted, or what is shown still may be; nothing is filed here. */
export async function judge(
  context: StepContext,
  entry: Entry,
  before: BriefingState,
  candidate: Candidate | null,
): Promise<Verdict> {
  const shown = entry.accepted === null ? null : await context.documents.briefing(entry.id);
  if (candidate === null) {
    const verdict = await judgeShown(context, entry, before, shown);
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
  const fallback = await judgeShown(context, entry, before, shown);
  return { ...fallback, refusal: verdict.refusal, shownClaim: fallback.refusal?.claim ?? null };
}

/** The accepted revision as it is now. Accepted while it could not be shown yet, it may be unfit when it can. */
async function judgeShown(
  context: StepContext,
  entry: Entry,
  before: BriefingState,
  shown: Briefing | null,
): Promise<Verdict> {
  const verdict = await judgeRevision(context, entry, before, shown, shown);
  const wasLive = before.state === 'live' || before.state === 'leaving';
  if (verdict.state !== 'live' || wasLive || shown === null) return verdict;
  const { id, rev, updatedAt } = shown;
  const problems = await refusedByDrawing(context, id, rev);
  if (problems === null) return verdict;
  const { epoch } = context.input.stage;
  return {
    ...verdict,
    state: before.publishedAt === null ? 'waiting' : 'gone',
    accepted: null,
    resolved: null,
    path: null,
    address: null,
    publishedAt: before.publishedAt,
    notes: [],
    refusal: { rev, updatedAt, problems, references: {}, claim: null, due: [], epoch },
    isUnfit: true,
  };
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
    isUnfit: false,
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
    isUnfit: false,
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

function note(problem: ProblemNote): ProblemNote {
  return { code: problem.code, path: problem.path };
}
