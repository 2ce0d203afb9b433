import { type DefaultTreeAdapterTypes, html, parse, parseFragment } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
export type Element = DefaultTreeAdapterTypes.Element;

export interface ReadHtml {
  /** What an HTML parser had to put right: codes of the standard. */
  readonly errors: readonly string[];
  readonly elements: readonly Element[];
}

/** A whole page as an independent parser reads it. */
export function readPage(body: string): ReadHtml {
  const errors: string[] = [];
  const document = parse(body, { onParseError: ({ code }) => errors.push(code) });
  return { errors, elements: elementsIn(document) };
}

/** HTML that will stand inside some other page. */
export function readFragment(body: string): ReadHtml {
  const errors: string[] = [];
  const fragment = parseFragment(body, { onParseError: ({ code }) => errors.push(code) });
  return { errors, elements: elementsIn(fragment) };
}

export function attributeOf(element: Element, name: string): string | undefined {
  return element.attrs.find((attribute) => attribute.name === name)?.value;
}

export function textOf(node: Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

function elementsIn(node: Node): Element[] {
  const children = 'childNodes' in node ? node.childNodes.flatMap(elementsIn) : [];
  return 'tagName' in node && node.namespaceURI === html.NS.HTML ? [node, ...children] : children;
}
