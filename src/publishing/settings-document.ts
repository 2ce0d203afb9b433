import type { DocumentId } from '../briefing/model.ts';

/** The one document that every page depends on. */
export const settingsId: DocumentId = 'siteSettings';

/** There are no settings to draw with: the run is aborted and nothing is changed. */
export class SettingsMissing extends Error {
  override readonly name = 'SettingsMissing';
}
