import type { Parsed, PublishedDocument } from './model.ts';
import { parseDocument } from './parse.ts';

/** Reads a document as fetched: `parseDocument`, or one that remembers. */
export type ParseDocument = typeof parseDocument;

/**
 * `parseDocument` for whoever looks at the same documents again and again: each is parsed once, and
 * forgotten when nobody holds it any more. A document is known by being the same object, so it must not be
 * changed in place.
 */
export function parseOnce(): ParseDocument {
  const known = new WeakMap<object, Parsed<PublishedDocument>>();
  return (document) => {
    if (typeof document !== 'object' || document === null) return parseDocument(document);
    const before = known.get(document);
    if (before !== undefined) return before;
    const parsed = parseDocument(document);
    known.set(document, parsed);
    return parsed;
  };
}
