import type { Problem } from './model.ts';
import { error, fieldStep, isRecord } from './problem.ts';
import { normaliseText } from './unicode.ts';

/** A fetched value that is small enough to look at, with every string of it normalised. */
export type Admitted =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: Problem };

/**
 * What a document may be at most. A long briefing is some 10,000 characters and 500 values, so
 * only a mistake or an attack comes near.
 */
const bounds = {
  depth: 20,
  values: 60_000,
  characters: 1_000_000,
  charactersInText: 65_536,
} as const;

/**
 * Lets a fetched document in, once: refuses what is too large or too deep before anything else
 * looks at it, normalises every string, and leaves out nulls (Sanity's word for unset) and the key
 * `__proto__`. A document that needs none of that comes back as it is, not copied.
 */
export function admit(document: unknown): Admitted {
  const measure: Measure = { values: 0, characters: 0, problem: null };
  const value = admitValue(document, 0, '', measure);
  return measure.problem === null ? { ok: true, value } : { ok: false, problem: measure.problem };
}

type Fields = Readonly<Record<string, unknown>>;

interface Measure {
  values: number;
  characters: number;
  problem: Problem | null;
}

function admitValue(value: unknown, depth: number, at: string, measure: Measure): unknown {
  measure.values += 1;
  if (measure.values > bounds.values) return refuse(tooManyValues(), measure);
  if (typeof value === 'string') return admitText(value, at, measure);
  if (!isRecord(value)) return value;
  if (depth >= bounds.depth) return refuse(tooDeep(at), measure);
  return Array.isArray(value)
    ? admitList(value, depth, at, measure)
    : admitRecord(value, depth, at, measure);
}

function admitText(text: string, at: string, measure: Measure): string {
  measure.characters += text.length;
  if (text.length > bounds.charactersInText) refuse(textTooLong(at, text.length), measure);
  else if (measure.characters > bounds.characters) refuse(documentTooLong(), measure);
  return measure.problem === null ? normaliseText(text) : '';
}

function admitList(
  list: readonly unknown[],
  depth: number,
  at: string,
  measure: Measure,
): readonly unknown[] {
  if (list.length > bounds.values) {
    refuse(tooManyValues(), measure);
    return [];
  }
  let copy: unknown[] | null = null;
  for (let index = 0; index < list.length; index += 1) {
    const before = list[index];
    const after = admitValue(before, depth + 1, at, measure);
    if (measure.problem !== null) return [];
    if (after !== before && copy === null) copy = list.slice();
    if (copy !== null) copy[index] = after;
  }
  return copy ?? list;
}

function admitRecord(record: Fields, depth: number, at: string, measure: Measure): Fields {
  let copy: Record<string, unknown> | null = null;
  for (const key of Object.keys(record)) {
    const before = record[key];
    const dropped = before === null || before === undefined || key === '__proto__';
    measure.characters += key.length;
    // Problems of size are told by the top-level field, which is where an editor would look.
    const after = dropped
      ? undefined
      : admitValue(before, depth + 1, depth === 0 ? fieldStep(key) : at, measure);
    if (measure.problem !== null) return {};
    if (copy === null && (dropped || after !== before)) copy = fieldsBefore(record, key);
    if (copy !== null && !dropped) copy[key] = after;
  }
  return copy ?? record;
}

/** A copy of the fields up to a key, which are all as they should be. */
function fieldsBefore(record: Fields, end: string): Record<string, unknown> {
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(record)) {
    if (key === end) break;
    copy[key] = record[key];
  }
  return copy;
}

function refuse(problem: Problem, measure: Measure): undefined {
  measure.problem ??= problem;
}

function tooDeep(path: string): Problem {
  return error({
    code: 'too-deep',
    path,
    message: `Fields stand inside fields more than ${bounds.depth} levels deep here.`,
    fix: 'Clear this field and fill it in again in the form.',
  });
}

function tooManyValues(): Problem {
  return error({
    code: 'too-large',
    path: '',
    message: `The document has more than ${bounds.values} values.`,
    fix: 'Shorten it, or divide it into several briefings.',
  });
}

function textTooLong(path: string, length: number): Problem {
  return error({
    code: 'too-large',
    path,
    message: `One text has ${length} characters; at most ${bounds.charactersInText} fit.`,
    fix: 'Shorten the text, or divide it into paragraphs.',
  });
}

function documentTooLong(): Problem {
  return error({
    code: 'too-large',
    path: '',
    message: `The document has more than ${bounds.characters} characters.`,
    fix: 'Shorten it, or divide it into several briefings.',
  });
}
