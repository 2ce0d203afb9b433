import type { PatchOperations, SanityClient } from 'sanity';
import { draftOf } from './revision-guard.ts';
import type { PublishedRevision } from './unpublication.ts';

/**
 * Publishes one change at once: in the published document itself, and in the draft where there is one,
 * whose other changes stay unpublished. Rejects when the document was published again meanwhile.
 */
export async function changeAtOnce(
  client: SanityClient,
  published: PublishedRevision,
  { change, hasDraft }: { readonly change: PatchOperations; readonly hasDraft: boolean },
): Promise<void> {
  const transaction = client
    .transaction()
    .patch(published._id, { ...change, ifRevisionID: published._rev });
  if (hasDraft) transaction.patch(draftOf(published._id), change);
  await transaction.commit({ visibility: 'sync' });
}
