import type { SanityClient } from 'sanity';
import type { DocumentId } from '../../src/briefing/model.ts';
import { draftOf } from './revision-guard.ts';
import type { PublishedRevision } from './unpublication.ts';

/**
 * Publishes that a document goes on as another, or with null that it does not: in the published
 * document itself, and in the draft where there is one.
 */
export async function mergeInto(
  client: SanityClient,
  published: PublishedRevision,
  { kept, hasDraft }: { readonly kept: DocumentId | null; readonly hasDraft: boolean },
): Promise<void> {
  const change =
    kept === null
      ? { unset: ['mergedInto'] }
      : { set: { mergedInto: { _type: 'reference', _ref: kept, _weak: true } } };
  const transaction = client
    .transaction()
    .patch(published._id, { ...change, ifRevisionID: published._rev });
  if (hasDraft) transaction.patch(draftOf(published._id), change);
  await transaction.commit({ visibility: 'sync' });
}

/** How many documents refer to one, drafts counted with what they are drafts of. */
export async function referrersOf(client: SanityClient, id: DocumentId): Promise<number> {
  const ids = await client.fetch<string[]>(
    '*[references($id)]._id',
    { id },
    { perspective: 'raw' },
  );
  return new Set(ids.map((each) => each.replace(/^drafts\./, ''))).size;
}
