import type { SanityClient } from 'sanity';
import type { DocumentId } from '../../src/briefing/model.ts';
import { redirectIdOf } from '../site/receipt-redirect.ts';
import { draftOf, ifStill } from './revision-guard.ts';

/** Where readers of a briefing that is taken down should go. */
export type Onward =
  | { readonly kind: 'home' }
  | { readonly kind: 'briefing'; readonly id: DocumentId }
  /** Its address says that the page is gone. */
  | { readonly kind: 'nowhere' };

/** A published document as the content lake has it. */
export interface PublishedRevision {
  readonly _id: DocumentId;
  readonly _rev: string;
  readonly _type: string;
}

/**
 * Takes a briefing down and says where its readers go, in one transaction: whoever hears of the one
 * knows the other. What was published stays as a draft. Rejects when it was published again
 * meanwhile.
 */
export async function unpublishTo(
  client: SanityClient,
  published: PublishedRevision,
  onward: Onward,
): Promise<void> {
  const id = published._id;
  const redirectId = await redirectIdOf(id);
  const { _rev, ...content } = published;
  const transaction = client
    .transaction()
    .patch(id, ifStill(_rev))
    .createIfNotExists({ ...content, _id: draftOf(id) })
    .delete(id);
  if (onward.kind === 'nowhere') transaction.delete(redirectId);
  else {
    transaction.createOrReplace({
      _id: redirectId,
      _type: 'redirect',
      from: id,
      ...(onward.kind === 'home'
        ? {}
        : { to: { _type: 'reference', _ref: onward.id, _weak: true } }),
    });
  }
  await transaction.commit({ visibility: 'sync' });
}
