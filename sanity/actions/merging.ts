import type { SanityClient } from 'sanity';
import type { DocumentId } from '../../src/briefing/model.ts';
import { changeAtOnce } from './change-at-once.ts';
import type { PublishedRevision } from './unpublication.ts';

/** Publishes that a document goes on as another, or with null that it does not. */
export async function mergeInto(
  client: SanityClient,
  published: PublishedRevision,
  { kept, hasDraft }: { readonly kept: DocumentId | null; readonly hasDraft: boolean },
): Promise<void> {
  const change =
    kept === null
      ? { unset: ['mergedInto'] }
      : { set: { mergedInto: { _type: 'reference', _ref: kept, _weak: true } } };
  await changeAtOnce(client, published, { change, hasDraft });
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
