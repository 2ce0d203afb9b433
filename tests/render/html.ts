import { type DefaultTreeAdapterTypes, html, parse, parseFragment, serialize } from 'parse5';

type Node = DefaultTreeAdapterTypes.Node;
export type Element = DefaultTreeAdapterTypes.Element;

export interface ReadHtml {
  /** What an HTML parser had to put right. */
  readonly errors: readonly string[];
  readonly elements: readonly Element[];
}

/** A whole page as an independent parser reads it. */
export function readPage(body: string): ReadHtml {
  const errors: string[] = [];
  const document = parse(body, { onParseError: ({ code }) => errors.push(code) });
  return {
    errors: [...errors, ...misnested(body, serialize(document))],
    elements: elementsIn(document),
  };
}

/** HTML that will stand inside some other page. */
export function readFragment(body: string): ReadHtml {
  const errors: string[] = [];
  const fragment = parseFragment(body, { onParseError: ({ code }) => errors.push(code) });
  return {
    errors: [...errors, ...misnested(body, serialize(fragment))],
    elements: elementsIn(fragment),
  };
}

/**
 * The parser tells of broken tokens, not of elements that it had to close, open or move. But then
 * what it writes is not what it read, character references and the form of empty elements apart.
 */
function misnested(read: string, written: string): readonly string[] {
  const [was, is] = [read, written].map((html) =>
    html
      .replaceAll('/>', '>')
      .replaceAll('=""', '')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&nbsp;', '\u00A0')
      .replace(/^<!doctype html>\n?/i, '')
      .replace(/\n?(<\/body><\/html>)\n?$/, '$1'),
  );
  if (was === undefined || is === undefined || was === is) return [];
  let at = 0;
  while (was[at] === is[at]) at += 1;
  return [`misnested near ${was.slice(Math.max(0, at - 60), at + 60)} / ${is.slice(at, at + 60)}`];
}

export function attributeOf(element: Element, name: string): string | undefined {
  return element.attrs.find((attribute) => attribute.name === name)?.value;
}

export function textOf(node: Node): string {
  if ('value' in node) return node.value;
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}

/** Every element of HTML within a node, in order. */
export function elementsIn(node: Node): Element[] {
  const children = 'childNodes' in node ? node.childNodes.flatMap(elementsIn) : [];
  return 'tagName' in node && node.namespaceURI === html.NS.HTML ? [node, ...children] : children;
}
