import { isOutage } from './outage.ts';
import { publish, type PublishOutcome, type PublishRequest } from './publish.ts';
import type { Publisher } from './publisher.ts';
import { SettingsMissing } from './settings-document.ts';

/**
 * Publishes; and where that throws for no reason outside, tries out each document apart, refuses the revisions
 * that make it throw, and publishes the rest: one document's fault is never another's. Throws what publishing
 * threw when no document is to blame.
 */
export async function publishGuarded(
  publisher: Publisher,
  request: PublishRequest,
): Promise<PublishOutcome> {
  try {
    return await publish(publisher, request);
  } catch (error) {
    const { tryOut } = publisher;
    const isOurs = !isOutage(error) && !(error instanceof SettingsMissing);
    if (!isOurs || tryOut === undefined || request.ids.length === 0) throw error;
    const refusals = await tryOut(request.ids);
    if (refusals.size === 0) throw error;
    return publish(publisher, { ...request, refusals });
  }
}
