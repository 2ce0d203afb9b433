import type { Path } from 'sanity';

/**
 * The path of a problem as the form knows it: entries of lists by their key wherever they have one.
 * What is said of a document's own id or type is told of the document as a whole.
 *
 * @example pathInForm('citations[_key=="a"].url', document) // ['citations', {_key: 'a'}, 'url']
 */
export function pathInForm(path: string, document: unknown): Path {
  const steps: Path = [];
  let value = document;
  for (const [, key, index, quoted, name] of path.matchAll(step)) {
    if (key !== undefined) {
      value = Array.isArray(value) ? byKey(value).get(key) : undefined;
      steps.push({ _key: key });
    } else if (index !== undefined) {
      value = childOf(value, Number(index));
      const own = keyOf(value);
      steps.push(own === undefined ? Number(index) : { _key: own });
    } else {
      const field = quoted ?? name ?? '';
      value = childOf(value, field);
      steps.push(field);
    }
  }
  return steps[0] === '_id' || steps[0] === '_type' ? [] : steps;
}

const step = /\[_key=="([^"]*)"\]|\[(\d+)\]|\["([^"]*)"\]|([^.[\]]+)/g;

/** The entries of a list by their keys, the first of each; made once, since a broken list has many problems. */
function byKey(list: readonly unknown[]): ReadonlyMap<unknown, unknown> {
  const known = keyed.get(list);
  if (known !== undefined) return known;
  const entries = new Map(list.toReversed().map((entry) => [keyOf(entry), entry]));
  keyed.set(list, entries);
  return entries;
}

const keyed = new WeakMap<readonly unknown[], ReadonlyMap<unknown, unknown>>();

function keyOf(entry: unknown): string | undefined {
  const key = childOf(entry, '_key');
  return typeof key === 'string' ? key : undefined;
}

function childOf(value: unknown, field: string | number): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field)) return undefined;
  return Reflect.get(value, field);
}
