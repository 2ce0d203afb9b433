import type { Judgement } from './admission.ts';
import type { Parsed, PublishedDocument } from './model.ts';
import { parseDocument } from './parse.ts';

/** Reads a document as fetched: `parseDocument`, or one that remembers. */
export type ParseDocument = typeof parseDocument;

/**
 * `parseDocument` for whoever looks at the same documents again and again: each is parsed once by each
 * judgement, and forgotten when nobody holds it any more. A document is known by being the same object, so it must not be
 * changed in place.
 */
export function parseOnce(): ParseDocument {
  const known = {
    new: new WeakMap<object, Parsed<PublishedDocument>>(),
    accepted: new WeakMap<object, Parsed<PublishedDocument>>(),
  } satisfies Record<Judgement, unknown>;
  return (document, judgement) => {
    const remembered = known[judgement ?? 'new'];
    if (typeof document !== 'object' || document === null) return parseDocument(document);
    const before = remembered.get(document);
    if (before !== undefined) return before;
    const parsed = parseDocument(document, judgement);
    remembered.set(document, parsed);
    return parsed;
  };
}
