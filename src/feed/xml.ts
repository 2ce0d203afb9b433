import { stampMarker } from '../site/public-object.ts';

/** An element, its attributes and its content escaped unless the content is markup already. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | undefined>>,
  content?: string | Markup,
): Markup {
  let start = `<${name}`;
  for (const [attribute, value] of Object.entries(attributes)) {
    if (value !== undefined)
      start += ` ${attribute}="${escapeXml(value).replaceAll('"', '&quot;')}"`;
  }
  if (content === undefined || content === '') return new Markup(`${start}/>`);
  return new Markup(
    `${start}>${content instanceof Markup ? content.text : escapeXml(content)}</${name}>`,
  );
}

/** Elements one after the other; absent ones are left out. */
export function all(...parts: readonly (Markup | null)[]): Markup {
  return new Markup(parts.map((part) => part?.text ?? '').join(''));
}

/** XML that was escaped where it was made. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** A whole document, with the place of its release stamp after the declaration. */
export function xmlDocument(root: Markup): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n<!-- release ${stampMarker} -->\n${root.text}\n`;
}

/** Text for an element. The door has removed controls; XML forbids them, so the sink does too. */
export function escapeXml(text: string): string {
  return escapeHtml(text.replace(forbidden, ''));
}

/** Plain text as HTML that shows it letter by letter: not for attributes. */
export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

// oxlint-disable-next-line no-control-regex
const forbidden = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;
