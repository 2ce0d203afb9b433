import type { DocumentId } from '../briefing/model.ts';
import { LeadsNowhere, type Revision } from './check-links.ts';
import type { ProblemNote } from './state.ts';
import { revisionKey, type StepInput } from './step-context.ts';
import type { Work } from './work.ts';

/*
 * What is wrong with a revision shows sometimes only when it is drawn. Then it is refused like one that
 * the model refuses: it keeps what was accepted before, its editor is told, and everybody else's edits go
 * on. Such a verdict cannot be found again by reading the document, so it stands in state, is part of
 * history, and holds until there is a newer revision or newer code (`RefusedRevision.epoch`).
 */

/** Given to a step: revisions that it must keep out, by `revisionKey`, each with the problem. */
export type Refusals = ReadonlyMap<string, ProblemNote>;

/** The problems for which a revision is refused by its drawing, now or in a release before; null for none. */
export async function refusedByDrawing(
  { input, work }: { readonly input: StepInput; readonly work: Work },
  id: DocumentId,
  rev: string,
): Promise<readonly ProblemNote[] | null> {
  const problem = input.refusals.get(revisionKey(id, rev));
  if (problem !== undefined) return [problem];
  const refused = (await work.entry(id))?.refused;
  const stands = refused?.rev === rev && refused.epoch === input.stage.epoch;
  return stands ? refused.problems : null;
}

/**
 * Decide; and where something drawn would lead to nothing, decide again without the revisions that brought
 * it, which are refused. Tried first are those whose own objects lead nowhere, then all that are drawn for the
 * first time, and of these as few as will do, by halves: some 15 decisions for one among a hundred.
 * Throws LeadsNowhere, of the first decision, when none of them is the cause.
 */
export async function refusingWhatLeadsNowhere<Decided>(
  input: StepInput,
  decide: (input: StepInput) => Promise<Decided>,
): Promise<Decided> {
  const decideWithout = (revisions: readonly Revision[]) => attempt(input, decide, revisions);
  const first = await decideWithout([]);
  if (!(first instanceof LeadsNowhere)) return first.decided;
  const { suspects, links } = first;
  const owners = suspects.filter(({ id }) => links.some(({ owner }) => owner === `entry:${id}`));
  for (const some of [owners, suspects]) {
    if (some.length === 0 || (await decideWithout(some)) instanceof LeadsNowhere) continue;
    const culprits = await fewest(some, [], async (revisions) => {
      return !((await decideWithout(revisions)) instanceof LeadsNowhere);
    });
    const outcome = await decideWithout(culprits);
    if (!(outcome instanceof LeadsNowhere)) return outcome.decided;
  }
  throw first;
}

/** Of suspects who, refused with some others, suffice: few that do. No larger group of them is needed. */
async function fewest(
  suspects: readonly Revision[],
  others: readonly Revision[],
  suffice: (revisions: readonly Revision[]) => Promise<boolean>,
): Promise<readonly Revision[]> {
  if (suspects.length <= 1) return suspects;
  const half = Math.ceil(suspects.length / 2);
  const [one, other] = [suspects.slice(0, half), suspects.slice(half)];
  if (await suffice([...others, ...one])) return fewest(one, others, suffice);
  if (await suffice([...others, ...other])) return fewest(other, others, suffice);
  const ofOne = await fewest(one, [...others, ...other], suffice);
  const ofOther = await fewest(other, [...others, ...ofOne], suffice);
  return [...ofOne, ...ofOther];
}

async function attempt<Decided>(
  input: StepInput,
  decide: (input: StepInput) => Promise<Decided>,
  without: readonly Revision[],
): Promise<{ readonly decided: Decided } | LeadsNowhere> {
  const refusals = new Map(input.refusals);
  for (const { id, rev } of without) {
    refusals.set(revisionKey(id, rev), { code: 'leads-nowhere', path: '' });
  }
  try {
    return { decided: await decide({ ...input, refusals }) };
  } catch (error) {
    if (error instanceof LeadsNowhere) return error;
    throw error;
  }
}
