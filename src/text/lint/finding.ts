/** Something that a careful reader would mark in the margin. Never keeps a briefing from readers. */
export interface LintFinding {
  /** A stable word, such as `quotation-open`. */
  readonly code: string;
  /** Path in the document, as Sanity writes it, down to the piece of text. */
  readonly path: string;
  /** Where in the text at `path` the place begins; 0 when the whole field is meant. */
  readonly at: number;
  /** One sentence: what is there. */
  readonly message: string;
  /** What to do about it. */
  readonly fix: string;
  /** The words around the place, or null when the whole field is meant. */
  readonly excerpt: string | null;
}

/** The words around a place of a text, cut at words, on one line. */
export function excerptOf(text: string, at: number, length: number): string {
  const from = wordStart(text, Math.max(0, at - around));
  const until = wordEnd(text, Math.min(text.length, at + length + around));
  // Spaces are kept as they are: sometimes they are what is wrong.
  const words = text.slice(from, until).replaceAll('\n', ' ');
  return `${from > 0 ? '…' : ''}${words}${until < text.length ? '…' : ''}`;
}

const around = 28;
const longestWord = 20;

function wordStart(text: string, at: number): number {
  if (at === 0) return 0;
  const space = text.slice(at, at + longestWord).search(/\s/);
  return space === -1 ? at : at + space + 1;
}

function wordEnd(text: string, at: number): number {
  if (at === text.length) return at;
  const before = text.slice(Math.max(0, at - longestWord), at);
  const space = before.search(/\s\S*$/);
  return space === -1 ? at : at - before.length + space;
}
