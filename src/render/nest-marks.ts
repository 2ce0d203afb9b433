import type { MarkDefinition, TextSpan } from '../briefing/model.ts';
import type { Inline } from './rich-text-tree.ts';

type Marked = Pick<TextSpan, 'text' | 'marks'>;

/**
 * The pieces of a paragraph with their marks as a tree, in as few elements as can be: a mark that goes on
 * over more pieces stands outside one that ends before it. Of marks that end together, annotations stand
 * outside bold, and bold outside italics. A line end is a node of its own.
 *
 * The toolkit's `buildMarksTree` gives the same tree, but counts each mark anew at each piece and copies what
 * it has: thousands of pieces under one mark took it seconds. It also orders keys as the machine's language
 * would. It is the witness in the tests.
 */
export function nestMarks(
  spans: readonly Marked[],
  definitions: readonly MarkDefinition[],
): readonly Inline[] {
  const byKey = new Map(definitions.map((definition) => [definition._key, definition]));
  const reaches = reachesOf(spans);
  const root: Inline[] = [];
  const open: { readonly mark: string; readonly children: Inline[] }[] = [];
  for (const [at, { text, marks }] of spans.entries()) {
    const needed = new Set(marks);
    let depth = 0;
    while (needed.delete(open[depth]?.mark ?? '')) depth += 1;
    open.length = depth;
    for (const mark of inOrder(needed, reaches[at])) {
      const children: Inline[] = [];
      const node = marked(mark, byKey, children);
      if (node === null) continue;
      (open.at(-1)?.children ?? root).push(node);
      open.push({ mark, children });
    }
    addLines(text, open.at(-1)?.children ?? root);
  }
  return root;
}

type Reach = ReadonlyMap<string, number>;

/** For each piece, over how many pieces from there on each of its marks goes on. Counted from the end, once. */
function reachesOf(spans: readonly Marked[]): readonly Reach[] {
  let next: Reach = new Map();
  return spans
    .toReversed()
    .map(({ marks }) => {
      const after = next;
      next = new Map(marks.map((mark) => [mark, 1 + (after.get(mark) ?? 0)]));
      return next;
    })
    .toReversed();
}

/** Marks with the outermost first. */
function inOrder(marks: ReadonlySet<string>, reach: Reach | undefined): readonly string[] {
  return [...marks].sort(
    (one, other) =>
      (reach?.get(other) ?? 0) - (reach?.get(one) ?? 0) ||
      decorators.indexOf(one) - decorators.indexOf(other) ||
      compareKeys(one, other),
  );
}

/** Annotations come before them, with a place of -1. */
const decorators: readonly string[] = ['strong', 'em'];

/** One order of keys for every machine: `_`, `-`, digits, letters; small letters before capitals at the last. */
function compareKeys(one: string, other: string): number {
  const [a, b] = [caseless(one), caseless(other)];
  if (a !== b) return a < b ? -1 : 1;
  return one === other ? 0 : one > other ? -1 : 1;
}

function caseless(key: string): string {
  return key.toLowerCase().replaceAll('_', '!');
}

/** The element of a mark, or null for one without a definition: its text stands without it. */
function marked(
  mark: string,
  byKey: ReadonlyMap<string, MarkDefinition>,
  children: readonly Inline[],
): Inline | null {
  if (mark === 'strong' || mark === 'em') return { kind: mark, children };
  const definition = byKey.get(mark);
  switch (definition?._type) {
    case undefined:
      return null;
    case 'link':
      return { kind: 'link', href: definition.href, children };
    case 'citation':
      return { kind: 'citation', citation: definition.citation, children };
    case 'briefingReference':
      return { kind: 'briefing', id: definition.briefingId, children };
    case 'lang':
      return { kind: 'lang', language: definition.language, children };
  }
}

function addLines(text: string, to: Inline[]): void {
  for (const [index, line] of text.split('\n').entries()) {
    if (index > 0) to.push({ kind: 'break' });
    to.push({ kind: 'text', text: line });
  }
}
