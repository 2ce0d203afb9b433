import type { SanityClient } from 'sanity';
import type { Instant } from '../../src/briefing/model.ts';
import { draftOf } from './revision-guard.ts';
import type { PublishedRevision } from './unpublication.ts';

/**
 * Publishes a retraction, or takes one back with null: in the published document itself, and in the
 * draft where there is one, whose other changes stay unpublished.
 */
export async function setRetraction(
  client: SanityClient,
  published: PublishedRevision,
  { retraction, hasDraft }: { readonly retraction: Retraction | null; readonly hasDraft: boolean },
): Promise<void> {
  const change = retraction === null ? { unset: ['retraction'] } : { set: { retraction } };
  const transaction = client
    .transaction()
    .patch(published._id, { ...change, ifRevisionID: published._rev });
  if (hasDraft) transaction.patch(draftOf(published._id), change);
  await transaction.commit({ visibility: 'sync' });
}

export interface Retraction {
  readonly at: Instant;
  readonly reason: string;
}
