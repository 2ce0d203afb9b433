import type { DocumentId } from '../../src/briefing/model.ts';
import type { Path } from '../../src/briefing/resolved.ts';
import { receiptPath } from '../../src/site/paths.ts';
import { hexOf, sha256 } from './receipt-hash.ts';

/** Where the receipt of one revision is: an address that nobody guesses who does not know both. */
export async function receiptAddress(id: DocumentId, rev: string): Promise<Path> {
  return receiptPath(hexOf(await sha256(`${id}:${rev}`)));
}
