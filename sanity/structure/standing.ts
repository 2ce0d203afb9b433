import { momentAt } from '../receipt/moments.ts';

/** A document of a list as it is stored: its draft and what is published, where they are. */
export interface StoredPair {
  readonly draft: Stored | null;
  readonly published: Stored | null;
}
export interface Stored {
  readonly publishAt: string | null;
  readonly unpublishAt: string | null;
}

/** Asks how the documents of a list stand. */
export const standingQuery = `*[_id in $ids]{"id": _id, publishAt, unpublishAt}`;

export interface Standing {
  readonly label: string;
  readonly tone: 'default' | 'primary' | 'positive' | 'caution' | 'critical';
}

/**
 * How a document stands, in a word or two; nothing for what is simply there. That a briefing is
 * retracted its preview says, here as wherever else it can be chosen.
 */
export function standingOf(
  { draft, published }: StoredPair,
  {
    isBriefing,
    now,
    timeZone,
  }: { readonly isBriefing: boolean; readonly now: string; readonly timeZone: string },
): readonly Standing[] {
  if (published === null) return [{ label: 'Draft', tone: 'default' }];
  const edited: readonly Standing[] =
    draft === null ? [] : [{ label: 'Unpublished changes', tone: 'primary' }];
  if (!isBriefing) return edited;
  const { publishAt, unpublishAt } = published;
  if (publishAt !== null && publishAt > now) {
    return [{ label: `From ${momentAt(publishAt, timeZone)}`, tone: 'caution' }, ...edited];
  }
  if (unpublishAt !== null && unpublishAt <= now) {
    return [{ label: 'Expired', tone: 'default' }, ...edited];
  }
  return edited;
}
