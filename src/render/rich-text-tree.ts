import {
  nestLists,
  type ToolkitPortableTextHtmlList,
  type ToolkitPortableTextListItem,
} from '@portabletext/toolkit';
import type {
  DocumentId,
  LanguageTag,
  MarkDefinition,
  Portrait,
  RichText,
  RichTextBlock,
  TextBlock,
  TextSpan,
} from '../briefing/model.ts';
import { nestMarks } from './nest-marks.ts';

/** Rich text as its printers see it: lists nested, marks nested, one kind a node. */
export type RichTextNode =
  | { readonly kind: 'paragraph' | 'heading'; readonly children: readonly Inline[] }
  | { readonly kind: 'quote'; readonly children: readonly Inline[]; readonly cite: string | null }
  | List
  | { readonly kind: 'image'; readonly portrait: Portrait };

export interface List {
  readonly kind: 'list';
  readonly ordered: boolean;
  readonly items: readonly {
    readonly children: readonly Inline[];
    readonly lists: readonly List[];
  }[];
}

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'break' }
  | { readonly kind: 'strong' | 'em'; readonly children: readonly Inline[] }
  | { readonly kind: 'link'; readonly href: string; readonly children: readonly Inline[] }
  | { readonly kind: 'citation'; readonly citation: string; readonly children: readonly Inline[] }
  | { readonly kind: 'briefing'; readonly id: DocumentId; readonly children: readonly Inline[] }
  | { readonly kind: 'lang'; readonly language: LanguageTag; readonly children: readonly Inline[] };

/** The tree of a rich text. Kept per text, since page, JSON, text, Markdown and feeds all print it. */
export function richTextTree(text: RichText): readonly RichTextNode[] {
  const known = trees.get(text);
  if (known) return known;
  const tree = buildTree(text);
  trees.set(text, tree);
  return tree;
}

const trees = new WeakMap<RichText, readonly RichTextNode[]>();

function buildTree(text: RichText): readonly RichTextNode[] {
  if (!text.some((block) => block._type === 'block' && block.listItem)) {
    return text.map((block) => (block._type === 'block' ? blockNode(block) : imageNode(block)));
  }
  const images = new Map<string, RichTextNode>();
  const blocks = text.map((block) => {
    if (block._type === 'block') return toolkitBlock(block);
    images.set(block._key, imageNode(block));
    return { _type: 'portrait' as const, _key: block._key };
  });
  return nestLists(blocks, 'html').map((node) => {
    if (node._type === '@list') return listNode(node);
    if (node._type === 'portrait') return images.get(node._key) ?? emptyParagraph;
    return styled(node.style, inlines(node.children, node.markDefs), node.cite);
  });
}

function imageNode(block: Exclude<RichTextBlock, TextBlock>): RichTextNode {
  return { kind: 'image', portrait: block.portrait };
}

function blockNode(block: TextBlock): RichTextNode {
  const [only] = block.children;
  const plain =
    block.children.length === 1 && only?.marks.length === 0 && !only.text.includes('\n');
  return styled(
    block.style,
    plain ? [{ kind: 'text', text: only.text }] : nestMarks(block.children, block.markDefs),
    block.cite,
  );
}

const emptyParagraph: RichTextNode = { kind: 'paragraph', children: [] };

function styled(
  style: TextBlock['style'],
  children: readonly Inline[],
  cite: string | undefined,
): RichTextNode {
  if (style === 'blockquote') return { kind: 'quote', children, cite: cite ?? null };
  return { kind: style === 'h3' ? 'heading' : 'paragraph', children };
}

/** The toolkit's types are mutable, ours are not: a shallow copy is what lies between them. */
function toolkitBlock(block: TextBlock) {
  return {
    ...block,
    markDefs: [...block.markDefs],
    children: block.children.map((span) => ({ ...span, marks: [...span.marks] })),
  };
}

function listNode(list: ToolkitPortableTextHtmlList): List {
  const items = list.children.map(listItem);
  const [only, second] = items;
  const [nested, another] = only?.lists ?? [];
  // A list that begins deep is given outer ones by the toolkit: an entry without words, which would
  // show as a mark of its own.
  if (nested && !second && !another && only?.children.length === 0) return nested;
  return { kind: 'list', ordered: list.listItem === 'number', items };
}

function listItem(item: ToolkitPortableTextListItem): List['items'][number] {
  const lists: List[] = [];
  const spans: Parameters<typeof inlines>[0][number][] = [];
  for (const child of item.children) {
    if (child._type === 'span') spans.push(child);
    else if (child._type === '@list' && child.mode === 'html') lists.push(listNode(child));
  }
  return { children: inlines(spans, item.markDefs), lists };
}

function inlines(
  spans: readonly (Pick<TextSpan, 'text'> & { readonly marks?: readonly string[] })[],
  definitions: readonly { readonly _type: string }[] = [],
): readonly Inline[] {
  return nestMarks(
    spans.map(({ text, marks = [] }) => ({ text, marks })),
    definitions.filter(isMark),
  );
}

/** The toolkit hands back the very definition it was given. */
function isMark(mark: { readonly _type: string }): mark is MarkDefinition {
  return (
    mark._type === 'link' ||
    mark._type === 'citation' ||
    mark._type === 'briefingReference' ||
    mark._type === 'lang'
  );
}
