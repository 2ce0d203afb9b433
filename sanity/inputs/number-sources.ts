import { admit } from '../../src/briefing/admission.ts';
import { readRichText } from '../../src/briefing/portable-text.ts';
import { childOf } from '../../src/briefing/problem.ts';
import { answerFields, type AnswerField } from '../../src/text/lint/manuscript.ts';

/** A source as readers will meet it. */
export interface NumberedSource {
  /** The `_key` of its entry in the list. */
  readonly itemKey: unknown;
  /** The number of its note. */
  readonly number: number;
  /** The answers that cite it, in their order, with how often. */
  readonly cited: readonly { readonly field: AnswerField; readonly times: number }[];
}

/**
 * Numbers the sources of a briefing in any state as its page does: in the order in which the text
 * cites them, those that no text cites last, in the editor's order.
 */
export function numberSources(document: unknown): readonly NumberedSource[] {
  const admitted = admit(document, 'accepted');
  const briefing = admitted.ok ? admitted.value : undefined;
  const list = childOf(briefing, 'citations');
  if (!Array.isArray(list)) return [];
  const uses = usesOf(briefing);
  const entries = list.map((entry: unknown) => ({
    itemKey: childOf(entry, '_key'),
    uses: uses.get(childOf(entry, 'key')) ?? [],
  }));
  const firstUse = (entry: (typeof entries)[number]): number =>
    entry.uses[0]?.order ?? Number.POSITIVE_INFINITY;
  return entries
    .toSorted((one, other) => {
      const [first, second] = [firstUse(one), firstUse(other)];
      return first === second ? 0 : first - second;
    })
    .map((entry, index) => ({
      itemKey: entry.itemKey,
      number: index + 1,
      cited: answerFields.flatMap((field) => {
        const times = entry.uses.filter((use) => use.field === field).length;
        return times === 0 ? [] : [{ field, times }];
      }),
    }));
}

interface Use {
  readonly field: AnswerField;
  readonly order: number;
}

/** Where the text cites each key, in the order of the text. */
function usesOf(briefing: unknown): ReadonlyMap<unknown, readonly Use[]> {
  const uses = answerFields.flatMap((field) => {
    const blocks = childOf(briefing, field);
    if (!Array.isArray(blocks)) return [];
    return citedIn(blocks).map((key) => ({ key, field }));
  });
  return Map.groupBy(
    uses.map((use, order) => ({ ...use, order })),
    ({ key }) => key,
  );
}

/**
 * The cited keys in the order of the text. A definition counts once for each run of words that
 * carries it, as it makes one note there.
 */
function citedIn(blocks: readonly unknown[]): string[] {
  return readRichText(blocks).blocks.flatMap((block) => {
    if (block._type !== 'block') return [];
    const keyOf = new Map(
      block.markDefs.flatMap((mark) =>
        mark._type === 'citation' ? [[mark._key, mark.citation] as const] : [],
      ),
    );
    return block.children.flatMap(({ marks }, index) =>
      marks.flatMap((mark) => {
        const key = keyOf.get(mark);
        const goesOn = block.children[index - 1]?.marks.includes(mark) ?? false;
        return key === undefined || goesOn ? [] : [key];
      }),
    );
  });
}
