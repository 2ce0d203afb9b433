import type { CivilMonth, DocumentId } from '../briefing/model.ts';

/** The header in which the bucket tells the edge an object's tags. */
export const cacheTagHeader = 'x-amz-meta-cache-tag';

/** Names by which a purge can find what shows something: ASCII, no commas, one place to make them. */
export const cacheTags = {
  home: 'home',
  archive: 'archive',
  feeds: 'feeds',
  sitemaps: 'sitemaps',
  schemas: 'schemas',
  index: 'index',
  changes: 'changes',
  messages: 'messages',
  briefing: (id: DocumentId): string => `briefing-${id}`,
  person: (id: DocumentId): string => `person-${id}`,
  month: (month: CivilMonth): string => `month-${month}`,
} as const;
