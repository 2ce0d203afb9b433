import type { RichText } from '../briefing/model.ts';
import type { ResolvedBriefing } from '../briefing/resolved.ts';
import { type Inline, type List, richTextTree } from '../render/rich-text-tree.ts';
import type { Surface } from '../render/surface.ts';

/** An answer as lines of text: paragraphs apart by a blank line, lists and quotations marked. */
export function plainAnswer(text: RichText, resolved: ResolvedBriefing, surface: Surface): string {
  const line = (children: readonly Inline[]): string =>
    tidy(children.map((child) => inline(child, resolved, surface)).join(''));
  return richTextTree(text)
    .map((node) => {
      switch (node.kind) {
        case 'paragraph':
        case 'heading':
          return line(node.children);
        case 'quote':
          return quotation(line(node.children), node.cite);
        case 'list':
          return list(node, 0, line).join('\n');
        case 'image':
          return node.portrait.caption ?? '';
      }
    })
    .filter((paragraph) => paragraph !== '')
    .join('\n\n');
}

/** Each line marked; whose words they are on a line of its own, after a dash. */
function quotation(words: string, cite: string | null): string {
  return (cite === null ? words : `${words}\n— ${cite}`).replace(/^/gm, '> ');
}

function list(
  { ordered, items }: List,
  depth: number,
  line: (children: readonly Inline[]) => string,
): readonly string[] {
  return items.flatMap(({ children, lists }, index) => {
    const mark = ordered ? `${index + 1}. ` : '- ';
    const indent = '  '.repeat(depth);
    return [
      // A line end inside an entry must not look like a new one.
      indent + mark + line(children).replaceAll('\n', ' '),
      ...lists.flatMap((nested) => list(nested, depth + 1, line)),
    ];
  });
}

function inline(node: Inline, resolved: ResolvedBriefing, surface: Surface): string {
  if (node.kind === 'text') return node.text;
  if (node.kind === 'break') return '\n';
  const text = node.children.map((child) => inline(child, resolved, surface)).join('');
  if (node.kind === 'link') {
    const href = surface.typedLink(node.href);
    return href === null || href === text ? text : `${text} (${href})`;
  }
  if (node.kind === 'briefing') {
    const path = resolved.mentioned.get(node.id);
    return path === undefined ? text : `${text} (${surface.url(path)})`;
  }
  return text;
}

/**
 * No spaces at the end of a line, no empty line inside a paragraph. A run of spaces is looked at from its
 * first alone: from each of them it would take the square of its length.
 */
function tidy(text: string): string {
  if (!/\n|[ \t]$/.test(text)) return text;
  return text.replace(/(?<![ \t])[ \t]+$/gm, '').replace(/\n{2,}/g, '\n');
}
