import { z } from 'zod';

/** What the soak looks at in a briefing. */
export interface Content {
  readonly headline: string;
  /** How many edits have counted up. */
  readonly count: number;
  /** The edits that left their mark, in order. */
  readonly marks: readonly string[];
}

/** A briefing as readers have it, and as it is being written. */
export interface Copies {
  readonly published: Content | null;
  readonly draft: Content | null;
}

const shape = z.object({
  headline: z.string(),
  count: z.number(),
  marks: z.array(z.object({ _key: z.string() })),
});

/** Throws for what no edit of the soak could have written. */
export function contentOf(document: unknown): Content | null {
  if (document === null || document === undefined) return null;
  const { headline, count, marks } = shape.parse(document);
  return { headline, count, marks: marks.map(({ _key }) => _key) };
}
