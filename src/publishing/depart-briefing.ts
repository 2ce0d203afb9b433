import type { DocumentId } from '../briefing/model.ts';
import { fileBriefing } from './file-briefing.ts';
import { leave, splitViews } from './ledger.ts';
import type { StepContext } from './step-context.ts';

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
  await fileBriefing(context, id, await context.documents.briefing(id));
}
