import { describe, expect, it } from 'vitest';
import type { Parsed, PublishedDocument } from '../../src/briefing/model.ts';
import { parseDocument } from '../../src/briefing/parse.ts';
import { referencesOf } from '../../src/briefing/references.ts';
import { normaliseText } from '../../src/briefing/unicode.ts';
import { hostileDocuments, hostileValues, soundDocuments } from './hostile.ts';

describe('documents nobody meant to write (F15, F56, F72)', { timeout: 120_000 }, () => {
  it('5,000 of them are read or refused, never thrown over, and every refusal can be acted on', () => {
    const documents = hostileDocuments(20261124, 5_000);
    const verdicts = documents.map((document) => parseDocument(document));
    const read = verdicts.filter((verdict) => verdict.ok).length;
    console.log(`documents 5000, read ${read}, refused ${5_000 - read}, thrown 0`);
    expect(read).toBeGreaterThan(1_500);
    expect(read).toBeLessThan(3_500);
    expect(verdicts.flatMap(unactionable)).toEqual([]);
    expect(verdicts.flatMap(unclean)).toEqual([]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  it('a sound document with hostile texts is read', () => {
    const problems = soundDocuments(7, 1_000)
      .map((document) => parseDocument(document))
      .flatMap((verdict) => (verdict.ok ? [] : verdict.problems));
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('each field of each type holds each wrong value once, and nothing is thrown', () => {
    const broken = fullDocuments().flatMap((document) =>
      Object.keys(document).flatMap((field) =>
        hostileValues.map((value) => ({ ...document, [field]: value })),
      ),
    );
    expect(broken.length).toBeGreaterThan(5_000);
    expect(broken.map((document) => parseDocument(document)).flatMap(unactionable)).toEqual([]);
  });

  it('each field, however deep, of a wrong type is refused where it stands', () => {
    const broken = fullDocuments().flatMap((document) =>
      waysThrough(document).map((way) => ({ way, document: withWrongType(document, way) })),
    );
    expect(broken.length).toBeGreaterThan(150);
    const missed = broken.filter(({ way, document }) => {
      const verdict = parseDocument(document);
      const field = new RegExp(`^${String(way[0])}(?![A-Za-z])`);
      return (
        verdict.ok ||
        !verdict.problems.some(({ severity, path }) => severity === 'error' && field.test(path))
      );
    });
    expect(missed.map(({ way }) => way.join('.'))).toEqual([]);
  });

  it('the same seed gives the same documents, and they the same verdicts', () => {
    const verdicts = () => hostileDocuments(3, 300).map((document) => parseDocument(document));
    expect(verdicts()).toEqual(verdicts());
  });

  it('every reference of what was read (F27) is the id of a published document', () => {
    const references = soundDocuments(11, 500)
      .map((document) => parseDocument(document))
      .flatMap((verdict) => (verdict.ok ? referencesOf(verdict.value) : []));
    expect(references.length).toBeGreaterThan(500);
    expect(references.filter(({ id }) => /^(drafts|versions)\./.test(id))).toEqual([]);
  });
});

/** Problems that leave an editor without a place, a sentence or a way out; refusals without one. */
function unactionable(verdict: Parsed<PublishedDocument>): unknown[] {
  const problems = verdict.ok ? verdict.warnings : verdict.problems;
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (verdict.ok ? errors.length > 0 : errors.length === 0) return [verdict];
  return problems.filter(
    ({ code, path, message, fix }) =>
      !/^[a-z]+(-[a-z]+)*$/.test(code) ||
      typeof path !== 'string' ||
      !/^[A-Z“0-9-].{10,}[.!]$/su.test(message) ||
      !/^[A-Z].{5,}[.]$/su.test(fix) ||
      message.length > 500,
  );
}

/** Strings of the domain that the normaliser would still change. */
function unclean(verdict: Parsed<PublishedDocument>): string[] {
  return verdict.ok ? stringsIn(verdict.value).filter((text) => normaliseText(text) !== text) : [];
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}

/** One document of each type with as many fields as the generator ever gives it. */
function fullDocuments(): Record<string, unknown>[] {
  const fullest = new Map<unknown, Record<string, unknown>>();
  for (const document of soundDocuments(5, 400)) {
    if (!isRecord(document)) continue;
    const known = fullest.get(document['_type']);
    if (known === undefined || Object.keys(known).length < Object.keys(document).length) {
      fullest.set(document['_type'], document);
    }
  }
  return [...fullest.values()];
}

type Way = readonly string[];

/** The way to every value of a document; of the answers only to the whole, as their text is mended. */
function waysThrough(value: unknown): Way[] {
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([step, child]): Way[] => {
    if (child === undefined || step === '_key') return [];
    return isAnswer(child)
      ? [[step]]
      : [[step], ...waysThrough(child).map((rest) => [step, ...rest])];
  });
}

function isAnswer(value: unknown): boolean {
  return Array.isArray(value) && isRecord(value[0]) && value[0]['_type'] === 'block';
}

function withWrongType(value: unknown, [step, ...rest]: Way): unknown {
  if (step === undefined) return typeof value === 'number' ? 'seven' : 42;
  if (Array.isArray(value)) {
    return value.map((child, at) => (String(at) === step ? withWrongType(child, rest) : child));
  }
  return isRecord(value) ? { ...value, [step]: withWrongType(value[step], rest) } : value;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
