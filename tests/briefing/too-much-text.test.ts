import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../src/briefing/parse.ts';
import { parseOnce } from '../../src/briefing/parse-once.ts';
import { briefingDocument, paragraph, personDocument, problemsIn, told } from './sample.ts';

const refused = ['error too-much-text '];
const errorsOf = (document: unknown): readonly string[] =>
  told(parseDocument(document)).filter((line) => line.startsWith('error'));

describe('a new revision holds at most 200,000 characters of text in all', () => {
  it('whichever fields they stand in: one more is refused, in words that say what to do', () => {
    const document = filledTo(200_000);
    expect(errorsOf(document)).toEqual([]);
    const longer = { ...document, summary: `${document.summary}.` };
    expect(problemsIn(parseDocument(longer))).toEqual([
      {
        code: 'too-much-text',
        severity: 'error',
        path: '',
        message: 'All texts of the document together have more than 200000 characters.',
        fix: 'Shorten it, or divide it into several briefings.',
      },
    ]);
  });

  it('a character is a unit of UTF-16, as it came: an accent of its own is one more', () => {
    const words = 'a'.repeat(60_000);
    const accents = paragraph('e', 'e\u0301'.repeat(30_001));
    const document = briefingDocument({ whyInTheNews: [paragraph('a', words), accents] });
    expect(errorsOf(document)).toEqual([]);
    const emoji = [1, 2].map((at) => paragraph(`f${at}`, '😀'.repeat(30_000)));
    const furtherComments = [...emoji, paragraph('g', words)];
    expect(errorsOf({ ...document, furtherComments })).toEqual(refused);
  });

  it('what no editor writes is not counted: ids, keys, references, names of styles and marks', () => {
    const key = 'k'.repeat(60);
    const spans = Array.from({ length: 2_000 }, (_, at) => ({
      _type: 'span',
      _key: `${at}${key}`,
      text: 'a',
      marks: [key, 'strong'],
    }));
    const markDefs = [{ _key: key, _type: 'link', href: 'https://example.org/' }];
    const whyWeCare = [paragraph('p', '', { children: spans, markDefs })];
    expect(JSON.stringify(whyWeCare).length).toBeGreaterThan(200_000);
    expect(errorsOf(briefingDocument({ whyWeCare }))).toEqual([]);
  });

  it('a person is no other than a briefing', () => {
    const roles = Array.from({ length: 60 }, (_, at) => ({
      _key: `r${at}`,
      title: 'Head',
      titleInOtherLanguages: Array.from({ length: 20 }, (_, other) => ({
        _key: `o${other}`,
        language: 'fr',
        text: 'x'.repeat(200),
      })),
    }));
    expect(errorsOf(personDocument({ roles }))).toEqual(refused);
  });

  it('and at most 10,000 line ends, each an element of its own', () => {
    const lines = (count: number) =>
      briefingDocument({ whyInTheNews: [paragraph('a', `a${'\r\n'.repeat(count)}b`)] });
    expect(errorsOf(lines(10_000))).toEqual([]);
    expect(problemsIn(parseDocument(lines(10_001)))).toEqual([
      {
        code: 'too-much-text',
        severity: 'error',
        path: '',
        message: 'The texts of the document have more than 10000 line ends.',
        fix: 'Delete empty lines, or divide it into several briefings.',
      },
    ]);
  });
});

describe('a revision that was accepted before there was that bound', () => {
  const document = filledTo(300_000);

  it('is read as it was, and its next revision is refused', () => {
    expect(parseDocument(document, 'accepted')).toMatchObject({ ok: true });
    expect(errorsOf(document)).toEqual(refused);
  });

  it('by whoever remembers, too: one verdict does not stand for the other', () => {
    const parse = parseOnce();
    expect(parse(document, 'accepted').ok).toBe(true);
    expect(parse(document).ok).toBe(false);
    expect(parse(document, 'accepted')).toBe(parse(document, 'accepted'));
  });

  it('has the bounds of its day all the same', () => {
    expect(told(parseDocument(filledTo(1_100_000), 'accepted'))).toContain('error too-large ');
  });
});

/** A briefing with so many characters of text in all. */
function filledTo(
  length: number,
): Readonly<Record<string, unknown>> & { readonly summary: string } {
  const summary = 'In short';
  const citations = Array.from({ length: 50 }, (_, at) => ({
    key: `k${at}`,
    url: `https://example.org/${at}`,
    title: 't'.repeat(200),
  }));
  const shortest = briefingDocument({ summary, citations });
  const left = length - written(shortest);
  const texts = Array.from({ length: Math.ceil(left / 50_000) }, (_, at) =>
    'x'.repeat(Math.min(50_000, left - at * 50_000)),
  );
  const furtherComments = texts.map((text, at) => paragraph(`p${at}`, text));
  return { ...shortest, summary, furtherComments };
}

/** Counted apart from the code: all strings of the JSON but those under names that are not text. */
function written(value: unknown): number {
  let length = 0;
  JSON.stringify(value, (name, each: unknown) => {
    if (name.startsWith('_') || ['marks', 'style', 'listItem'].includes(name)) return undefined;
    if (typeof each === 'string') length += each.length;
    return each;
  });
  return length;
}
