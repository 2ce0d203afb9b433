import type { Problem } from './model.ts';

/** What a rule says before it says how grave that is. */
export type Finding = Omit<Problem, 'severity'>;

/** A problem that keeps the revision from being published. */
export function error(finding: Finding): Problem {
  return { ...finding, severity: 'error' };
}

/** A problem that an editor should know of and may leave. */
export function warning(finding: Finding): Problem {
  return { ...finding, severity: 'warning' };
}

export function isError(problem: Problem): boolean {
  return problem.severity === 'error';
}

/** The same problems, found in a part of a document, as problems of the document. */
export function under(path: string, problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, path: joinPath(path, problem.path) }));
}

/** @example joinPath('citations[_key=="a"]', 'url') === 'citations[_key=="a"].url' */
export function joinPath(path: string, rest: string): string {
  if (path === '' || rest === '' || rest.startsWith('[')) return path + rest;
  return `${path}.${rest}`;
}

/**
 * The path of an entry of an array as Sanity writes it: by its `_key` where it has one that can be
 * written, else by its place.
 */
export function entryPath(path: string, entry: unknown, index: number): string {
  const key = keyOf(entry);
  return key === null ? `${path}[${index}]` : `${path}[_key=="${key}"]`;
}

/** A path through a document, from the keys and places that lead there. */
export function pathThrough(document: unknown, steps: readonly PropertyKey[]): string {
  let path = '';
  let value = document;
  for (const step of steps) {
    const next = childOf(value, step);
    if (typeof step === 'number') path = entryPath(path, next, step);
    else path = joinPath(path, fieldStep(String(step)));
    value = next;
  }
  return path;
}

/** How a field is written in a path; a name that is no identifier is quoted, and cut when long. */
export function fieldStep(name: string): string {
  return /^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name)
    ? name
    : `["${name.replace(/[^A-Za-z0-9 _.-]/g, '?').slice(0, 40)}"]`;
}

/** What a value is, in an editor's words. */
export function describe(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (typeof value === 'string') return value.trim() === '' ? 'empty text' : 'text';
  if (typeof value === 'number') return 'a number';
  if (typeof value === 'boolean') return value ? 'a yes' : 'a no';
  if (Array.isArray(value)) return 'a list';
  return 'a group of fields';
}

/** Text of an editor's own, quoted for a message and cut when long. */
export function quoted(text: string): string {
  const points = Array.from(text.slice(0, 200));
  return points.length <= 60 ? `“${points.join('')}”` : `“${points.slice(0, 59).join('')}…”`;
}

function keyOf(entry: unknown): string | null {
  const key = fieldOf(entry, '_key');
  return typeof key === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(key) ? key : null;
}

/** The value at a key of a record or a place of a list; what is inherited is not there. */
export function childOf(value: unknown, step: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
  return Reflect.get(value, step);
}

/**
 * The value of a field that the schema names. Faster than `childOf`, and as safe for such names:
 * no object inherits them, and admission let no `__proto__` in.
 */
export function fieldOf(value: unknown, field: WireField): unknown {
  return isRecord(value) ? value[field] : undefined;
}

/** True for records and lists: whatever has fields. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

type WireField =
  | '_type'
  | '_key'
  | '_ref'
  | 'children'
  | 'cite'
  | 'citation'
  | 'href'
  | 'language'
  | 'level'
  | 'listItem'
  | 'markDefs'
  | 'marks'
  | 'reference'
  | 'style'
  | 'text';
