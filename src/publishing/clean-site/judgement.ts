import type { Judgement } from '../../briefing/admission.ts';
import type { DocumentId } from '../../briefing/model.ts';
import { childOf } from '../../briefing/problem.ts';
import type { History } from '../history.ts';

/** How a document of the lake is judged: as accepted where the history says that of this very revision. */
export function judgementOf(id: DocumentId, document: unknown, { accepted }: History): Judgement {
  const rev = accepted.get(id);
  return rev !== undefined && childOf(document, '_rev') === rev ? 'accepted' : 'new';
}
