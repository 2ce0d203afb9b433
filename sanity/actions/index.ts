import type { DocumentActionComponent, DocumentActionsResolver } from 'sanity';
import { AddCorrectionAction } from './add-correction.tsx';
import { CopyLinkAction } from './copy-link.tsx';
import { mergeAction } from './merge.tsx';
import { NewBriefingAction } from './new-briefing.ts';
import { PublishAtAction } from './publish-at.tsx';
import { RetractAction } from './retract.tsx';
import { UnpublishAction } from './unpublish.tsx';

/**
 * What an editor can do with a document: Sanity's own Publish first, then ours, then the rest of
 * Sanity's. Unpublish of a briefing is ours, since it must ask where readers go.
 */
export const documentActions: DocumentActionsResolver = (standard, { schemaType, versionType }) => {
  // An old revision can be restored, and nothing else.
  if (versionType !== 'draft' && versionType !== 'published') return standard;
  const isBriefing = schemaType === 'briefing';
  const publish = standard.filter(({ action }) => action === 'publish');
  const others = standard.filter(
    ({ action }) => action !== 'publish' && !(isBriefing && action === 'unpublish'),
  );
  if (schemaType === 'siteSettings') return publish.concat(others.filter(keepsTheSettings));
  // Written by Unpublish, and read with what it is of.
  if (schemaType === 'redirect') return [];
  return [...publish, ...(ours[schemaType] ?? []), ...others];
};

const ours: Readonly<Record<string, readonly DocumentActionComponent[]>> = {
  briefing: [CopyLinkAction, PublishAtAction, AddCorrectionAction, RetractAction, UnpublishAction],
  person: [NewBriefingAction, CopyLinkAction, mergeAction('person')],
  team: [mergeAction('team')],
  author: [mergeAction('author')],
  topic: [mergeAction('topic')],
};

/** There is one document of settings, and nothing can be published without it. */
function keepsTheSettings({ action }: DocumentActionComponent): boolean {
  return action !== 'delete' && action !== 'duplicate' && action !== 'unpublish';
}
