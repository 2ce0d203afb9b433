import type { TemplateItem } from 'sanity';

/**
 * What “+” offers, and lists and fields where a document can be begun: the types that an editor begins
 * by hand. There is one document of settings, “Unpublish” writes redirects, and a briefing about
 * somebody is begun at the person. A type that is not named is not offered.
 */
export function newDocumentOptions(offered: readonly TemplateItem[]): TemplateItem[] {
  return offered.filter(({ templateId }) => begunByHand.has(templateId));
}

const begunByHand: ReadonlySet<string> = new Set([
  'briefing',
  'person',
  'country',
  'team',
  'author',
  'topic',
]);
