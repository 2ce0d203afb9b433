import { childOf, isRecord } from '../../src/briefing/problem.ts';

/**
 * What stands at a path of a document, or undefined.
 *
 * @example valueAt({ byline: [{ _key: 'a', note: 'x' }] }, 'byline[_key=="a"].note') === 'x'
 */
export function valueAt(document: unknown, path: string): unknown {
  let value = document;
  for (const [, name, key, index] of path.matchAll(step)) {
    if (name !== undefined) value = childOf(value, name);
    else if (key === undefined) value = childOf(value, Number(index));
    else value = Array.isArray(value) ? value.find((entry) => keyOf(entry) === key) : undefined;
  }
  return value;
}

/** The field of the document that a path begins with. */
export function fieldOf(path: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]*/.exec(path)?.[0] ?? '';
}

const step = /(?<![["\w])([A-Za-z_]\w*)|\[_key=="([^"]*)"\]|\[(\d+)\]/g;

function keyOf(entry: unknown): unknown {
  return isRecord(entry) ? entry['_key'] : undefined;
}
