import type { DocumentId } from '../briefing/model.ts';
import { receiptPath } from '../site/paths.ts';
import type { Receipt } from './release.ts';
import type { Entry } from './state.ts';
import type { StepContext } from './step-context.ts';

/**
 * What the Studio shows an editor after Publish. Its address is a hash of id and revision, which
 * only the Studio knows; it never holds content.
 */
export interface ReceiptBody {
  readonly state: 'embargoed' | 'live' | 'gone' | 'expired' | 'quarantined';
  readonly release: number;
  readonly committedAt: string;
  /** Content hash of the page: what the Studio compares with what the edge serves. */
  readonly contentHash: string | null;
  readonly problems: readonly { readonly code: string; readonly path: string }[];
}

/** The receipt of a revision after this step, or null for a document nobody asks about. */
export async function receiptOf(
  context: StepContext,
  id: DocumentId,
  rev: string,
  hash: string,
): Promise<Receipt | null> {
  const entry = await context.work.entry(id);
  if (entry === undefined) return null;
  const path = entry.briefing?.path ?? entry.facet?.path ?? null;
  const refused = entry.refused?.rev === rev ? entry.refused.problems : [];
  const body: ReceiptBody = {
    state: refused.length > 0 ? 'quarantined' : stateOf(entry),
    release: context.seq,
    committedAt: context.asOf,
    contentHash: path === null ? null : (entry.views[path]?.hash ?? null),
    problems: [...refused, ...entry.notes],
  };
  return { path: receiptPath(hash), body: `${JSON.stringify(body)}\n` };
}

function stateOf(entry: Entry): ReceiptBody['state'] {
  switch (entry.briefing?.state) {
    case undefined:
      return entry.present ? 'live' : 'gone';
    case 'live':
      return 'live';
    case 'embargoed':
      return 'embargoed';
    case 'expired':
      return 'expired';
    case 'leaving':
    case 'gone':
      return 'gone';
    case 'waiting':
      return entry.accepted === null || entry.refused !== null ? 'quarantined' : 'gone';
  }
}
