import type { Problem } from './model.ts';
import { error, fieldStep, isRecord } from './problem.ts';
import { normaliseText } from './unicode.ts';

/** A fetched value that is small enough to look at, with every string of it normalised. */
export type Admitted =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly problem: Problem };

/**
 * By which rules a revision is judged. Rules that came later hold for what is new alone: a revision that was
 * accepted once is read for as long as it is shown, and its editor is told at the next edit.
 */
export type Judgement = 'new' | 'accepted';

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
 * What a new revision may hold in all its texts together: so much is judged, joined, drawn in every form and
 * proofread in a fraction of a second. Characters are UTF-16 code units as they came; a line end is an element
 * of its own in most forms, so it is counted for itself too.
 */
const boundsOfNew = { text: 200_000, lineEnds: 10_000 } as const;

/**
 * Strings that no editor writes: what the lake names with an underscore, and the names of styles and marks.
 * Keys and references are long where an answer has many links, and never printed.
 */
const formatting: ReadonlySet<string> = new Set(['marks', 'style', 'listItem']);
function isWritten(field: string): boolean {
  return !field.startsWith('_') && !formatting.has(field);
}

/**
 * Lets a fetched document in, once: refuses what is too large or too deep before anything else
 * looks at it, normalises every string, and leaves out nulls (Sanity's word for unset) and the key
 * `__proto__`. A document that needs none of that comes back as it is, not copied.
 */
export function admit(document: unknown, judgement: Judgement): Admitted {
  const measure: Measure = {
    isNew: judgement === 'new',
    isWritten: true,
    values: 0,
    characters: 0,
    text: 0,
    lineEnds: 0,
    problem: null,
  };
  const value = admitValue(document, 0, '', measure);
  return measure.problem === null ? { ok: true, value } : { ok: false, problem: measure.problem };
}

type Fields = Readonly<Record<string, unknown>>;

interface Measure {
  readonly isNew: boolean;
  /** Whether what is looked at now is text that an editor writes. */
  isWritten: boolean;
  values: number;
  characters: number;
  text: number;
  lineEnds: number;
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
  if (measure.problem !== null) return '';
  const normal = normaliseText(text);
  if (measure.isNew && measure.isWritten) countWritten(text.length, normal, measure);
  return normal;
}

function countWritten(length: number, normal: string, measure: Measure): void {
  measure.text += length;
  for (let at = normal.indexOf('\n'); at >= 0; at = normal.indexOf('\n', at + 1)) {
    measure.lineEnds += 1;
  }
  if (measure.text > boundsOfNew.text) refuse(tooMuchText(), measure);
  else if (measure.lineEnds > boundsOfNew.lineEnds) refuse(tooManyLineEnds(), measure);
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
  const { isWritten: isWrittenAround } = measure;
  for (const key of Object.keys(record)) {
    measure.isWritten = isWrittenAround && isWritten(key);
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
  measure.isWritten = isWrittenAround;
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

function tooMuchText(): Problem {
  return error({
    code: 'too-much-text',
    path: '',
    message: `All texts of the document together have more than ${boundsOfNew.text} characters.`,
    fix: 'Shorten it, or divide it into several briefings.',
  });
}

function tooManyLineEnds(): Problem {
  return error({
    code: 'too-much-text',
    path: '',
    message: `The texts of the document have more than ${boundsOfNew.lineEnds} line ends.`,
    fix: 'Delete empty lines, or divide it into several briefings.',
  });
}
