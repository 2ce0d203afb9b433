import type { SanityClient } from 'sanity';
import type { Instant } from '../../src/briefing/model.ts';
import { changeAtOnce } from './change-at-once.ts';
import type { PublishedRevision } from './unpublication.ts';

/** Publishes a retraction, or takes one back with null. */
export async function setRetraction(
  client: SanityClient,
  published: PublishedRevision,
  { retraction, hasDraft }: { readonly retraction: Retraction | null; readonly hasDraft: boolean },
): Promise<void> {
  const change = retraction === null ? { unset: ['retraction'] } : { set: { retraction } };
  await changeAtOnce(client, published, { change, hasDraft });
}

export interface Retraction {
  readonly at: Instant;
  readonly reason: string;
}
