import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBlank, normaliseText, oneLine, severalLines } from '../../src/briefing/unicode.ts';
import { cpuTimeOf } from './cpu-time.ts';
import { activeTexts, oddTexts } from './hostile.ts';

describe('the normaliser at the door (F30, F31, F70)', () => {
  it.each([
    ['ordinary words', 'ordinary words', 'stay'],
    ['“naïve café” – 10 %…', '“naïve café” – 10 %…', 'stay with their accents and quotes'],
    ['cafe\u0301', 'café', 'composes letters'],
    ['\u212B and \u2126', 'Å and Ω', 'spells signs as letters'],
    ['a\r\nb\rc\u2028d\u2029e\u0085f\vg\fh', 'a\nb\nc\nd\ne\nf\ng\nh', 'has one line end'],
    ['a\tb', 'a b', 'has no tabs'],
    ['a\u0000b\u0001c\u001Fd\u007Fe\u0080f\u009Fg', 'abcdefg', 'has no controls'],
    ['a\uFDD0b\uFDEFc\uFFFEd\uFFFFe\u{1FFFE}f\u{10FFFF}g', 'abcdefg', 'has no noncharacters'],
    ['a\uD800b\uDC00c', 'a\uFFFDb\uFFFDc', 'replaces lone surrogates'],
    ['\uFEFFa\u200Bb\u2060c\u180Ed\u2063e', 'abcde', 'hides nothing'],
    ['a\uFFFCb\uFFF9c', 'abc', 'has no placeholders'],
    ['a\u200Db\u200Cc', 'abc', 'has no joiners between Latin letters'],
    ['می‌خواهم', 'می‌خواهم', 'keeps a joiner that Persian needs'],
    ['क्‍ष', 'क्‍ष', 'keeps a joiner that Hindi needs'],
    ['م\u200C\u200D\u200Cم', 'مم', 'drops a run of joiners'],
    ['👩🏽‍🚀❤️‍🔥1️⃣', '👩🏽‍🚀❤️‍🔥1️⃣', 'keeps emoji together'],
    ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'keeps the flag of a region'],
    ['a\u{E0068}\u{E0069}b', 'ab', 'drops what tags spell elsewhere'],
    ['a\uFE0Fb\uFE01', 'ab', 'drops variation selectors of Latin letters'],
    ['葛\u{E0100}', '葛\u{E0100}', 'keeps the variant of a Han character'],
    ['葛\u{E0100}\u{E0101}\u{E0102}', '葛\u{E0100}', 'keeps one variant only'],
    [`Z${'\u0301'.repeat(40)}`, `Ź${'\u0301'.repeat(11)}`, 'stacks a dozen marks at most'],
    ['\u202Eevil\u202C ok', '\u202Eevil\u202C ok', 'keeps a closed embedding'],
    ['\u202Eevil', 'evil', 'strips an unclosed override'],
    ['evil\u202C\u2069', 'evil', 'strips what closes nothing'],
    ['\u2067a\u202Eb\u2069c', '\u2067ab\u2069c', 'strips what an isolate leaves open'],
    [
      '\u2067a\u202Cb\u2069c',
      '\u2067ab\u2069c',
      'lets nothing inside an isolate close what is outside',
    ],
    ['\u202Ea\nb\u202C', 'a\nb', 'closes within the line'],
    ['\u200Eleft \u200Fright \u061Cmark', '\u200Eleft \u200Fright \u061Cmark', 'keeps marks'],
  ])('%j becomes %j: %s', (before, after) => {
    expect(normaliseText(before)).toBe(after);
  });

  it('is idempotent, well formed and free of controls whatever comes', () => {
    const pieces = fc.constantFrom(
      ...activeTexts,
      ...oddTexts,
      ...Array.from(
        '\u200B\u200C\u200D\u2060\uFE0F\u{E0100}\u202A\u202B\u202C\u202D\u202E\u2066\u2069\u0301\u0327\u05D0م1#©❤',
      ),
      '\u{1F3F4}',
      '\u{E0067}',
      '\u{E007F}',
      '\uD800',
      '\uDC00',
    );
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc
        .array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 2 })))
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (before) => {
        const after = normaliseText(before);
        expect(normaliseText(after)).toBe(after);
        expect(after.isWellFormed()).toBe(true);
        expect(after.normalize('NFC')).toBe(after);
        expect(after).not.toMatch(/[[\p{Cc}--\n]\p{Noncharacter_Code_Point}\u200B\uFEFF]/v);
      }),
      { numRuns: 3_000, seed: 1 },
    );
  });

  it('leaves what its fast path lets through to itself, alone and side by side', () => {
    const characters = Array.from({ length: 0xd800 }, (_, code) => String.fromCharCode(code));
    const ordinary = characters.filter(
      (character) =>
        normaliseText(character) === character && !/[\p{M}\p{Cf}\p{Lm}]/u.test(character),
    );
    expect(ordinary.length).toBeGreaterThan(40_000);
    // A control in front, so that the slow path has to look.
    const changed = ordinary.filter((each) => normaliseText(`\0${each}`) !== each);
    expect(changed).toEqual([]);
    const text = fc
      .array(fc.constantFrom(...ordinary), { maxLength: 20 })
      .map((all) => all.join(''));
    fc.assert(
      fc.property(text, (before) => {
        const isSettled = normaliseText(before) === before;
        expect(normaliseText(`\0${before}`) === before).toBe(isSettled);
      }),
      { numRuns: 3_000, seed: 1 },
    );
  });

  it.each(['a', ' ', '\n', '\u0301', '\u200D', '\u202E', '\u2067', '\uD800', '\u{E0100}', '👩‍'])(
    'takes 50,000 of %j in less than a blink',
    (unit) => {
      const text = unit.repeat(50_000);
      const spent = cpuTimeOf(() => isBlank(severalLines(oneLine(normaliseText(text)))));
      expect(spent).toBeLessThan(200);
    },
  );
});

describe('fields of one line and of several', () => {
  it.each([
    ['  two   spaces ', 'two spaces'],
    ['a\nb\n\nc', 'a b c'],
    ['10\u00A0%', '10\u00A0%'],
    ['plain', 'plain'],
  ])('%j on one line is %j', (before, after) => {
    expect(oneLine(before)).toBe(after);
  });

  it('keeps paragraphs, but no more than one blank line', () => {
    expect(severalLines('\na\n\n\n\nb\nc \n')).toBe('a\n\nb\nc');
  });

  it.each(['', ' ', '\n', '\u00A0', '\u200B', '\u00AD', '\u3164', '\u2800', '\u0301'])(
    '%j shows nothing',
    (text) => {
      expect(isBlank(text)).toBe(true);
    },
  );
});
