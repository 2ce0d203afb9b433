import type { RichText } from '../briefing/model.ts';

/** The words of a rich text: blocks apart by a space, no marks, no pictures. */
export function plainText(text: RichText): string {
  return text
    .map((block) =>
      block._type === 'block' ? block.children.map((span) => span.text).join('') : '',
    )
    .filter((words) => words !== '')
    .join(' ');
}
