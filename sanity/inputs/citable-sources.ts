import { childOf } from '../../src/briefing/problem.ts';

/** The sources of a briefing that words can point to, as they are offered, in the editor's order. */
export function citableSources(
  document: unknown,
): readonly { readonly key: string; readonly label: string }[] {
  const list = childOf(document, 'citations');
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown) => {
    const [key, title, publisher] = ['key', 'title', 'publisher'].map((field) => {
      const text = childOf(entry, field);
      return typeof text === 'string' ? text.trim() : '';
    });
    if (key === undefined || key === '') return [];
    const words = [title, publisher].filter((text) => text !== undefined && text !== '');
    return [{ key, label: words.length === 0 ? key : words.join(', ') }];
  });
}
