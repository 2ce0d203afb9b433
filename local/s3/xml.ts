/** One XML element. Content is text (escaped here) or elements made by this function. */
export function element(
  name: string,
  content: string | number | boolean | XmlElement[],
): XmlElement {
  const inner = Array.isArray(content)
    ? content.map((child) => child.toString()).join('')
    : escapeXml(String(content));
  return new XmlElement(`<${name}>${inner}</${name}>`);
}

/** A document with the namespace that S3 puts on its answers. */
export function s3Document(name: string, children: XmlElement[]): string {
  const inner = children.map((child) => child.toString()).join('');
  return `${declaration}<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inner}</${name}>`;
}

/** Finished markup: a type of its own so that text is never mistaken for it. */
export class XmlElement {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/**
 * The contents of every element of that name, markup inside included.
 * S3 request bodies are flat and machine-made, so no general XML parser is needed.
 */
export function innerXml(xml: string, name: string): string[] {
  const pattern = new RegExp(`<${name}(?:\\s[^>]*)?>([\\s\\S]*?)</${name}>`, 'g');
  return [...xml.matchAll(pattern)].map((match) => match[1] ?? '');
}

/** The text of the first element of that name, or undefined if there is none. */
export function textOf(xml: string, name: string): string | undefined {
  const inner = innerXml(xml, name)[0];
  return inner === undefined ? undefined : unescapeXml(inner);
}

export const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

function escapeXml(text: string): string {
  // Carriage returns are written as references: a parser would read them back as line feeds.
  return text.replace(/[&<>"\r]/g, (character) => named[character] ?? character);
}

const named: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': '&#13;',
};

function unescapeXml(text: string): string {
  return text.replace(
    /&(?:#x([0-9a-f]+)|#([0-9]+)|(lt|gt|quot|apos|amp));/gi,
    (_match, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (decimal !== undefined) return String.fromCodePoint(Number.parseInt(decimal, 10));
      return { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }[(name ?? '').toLowerCase()] ?? '';
    },
  );
}
