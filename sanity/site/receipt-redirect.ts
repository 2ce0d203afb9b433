import type { DocumentId } from '../../src/briefing/model.ts';
import { hexOf, sha256 } from './receipt-hash.ts';

/** The id of the document that says where readers of a gone briefing should go, as the publisher reads it. */
export async function redirectIdOf(id: DocumentId): Promise<DocumentId> {
  const name = `redirect-${id}`;
  return name.length > 128 ? `redirect-${hexOf(await sha256(id))}` : name;
}
