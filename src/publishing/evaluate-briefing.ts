import type { DocumentId } from '../briefing/model.ts';
import { fileBriefing } from './file-briefing.ts';
import { type Candidate, judge } from './judge-briefing.ts';
import { claim, unclaim } from './ledger.ts';
import { placeBriefing } from './place-briefing.ts';
import { chooseRelated } from './related.ts';
import type { Entry } from './state.ts';
import { newEntry, type StepContext } from './step-context.ts';

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
  if (verdict.isUnfit && candidate === null && refusal !== null) {
    const { rev, problems } = refusal;
    context.reports.push({ id, rev, outcome: 'refused', problems });
  }
  context.work.set(`entry:${id}`, {
    ...entry,
    accepted:
      accepted !== null
        ? { rev: accepted.rev, createdAt: accepted.createdAt, updatedAt: accepted.updatedAt }
        : verdict.isUnfit
          ? null
          : entry.accepted,
    refused,
  });
  const claims = [...new Set([refused?.claim ?? null, verdict.shownClaim])].filter(
    (address) => address !== null,
  );
  await moveClaims(context, id, before.claims, claims);
  await placeBriefing(context, id, verdict, claims);
}

/** Looking again at what is shown says nothing about a newer revision that was refused. */
function standingRefusal(entry: Entry, candidate: Candidate | null): Entry['refused'] {
  const isNewer = entry.refused !== null && entry.refused.rev !== entry.accepted?.rev;
  return candidate === null && entry.present && isNewer ? entry.refused : null;
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
    await fileBriefing(context, id, briefing);
  }
}
