import { describe, expect, it } from 'vitest';
import { blanks, sample } from './cases.ts';
import { everythingOf } from './everything.ts';
import { documentWith } from './fields.ts';
import { complaint, measured, most } from './growth.ts';
import { textOf } from './texts.ts';

const lengths = [8_192, 131_072];

/*
 * What an edit sets in motion takes time linear in its text (F95), whatever the text is. Every kind in every
 * field is `npm run test:long growth`.
 */
describe('from a text of 8 k characters to one of 128 k', { timeout: 600_000 }, () => {
  it(`an answer of blanks takes ${most} ms at most, in whatever pieces`, () => {
    const growths = blanks.map((each) => measured(each, lengths));
    console.log(
      growths.map(({ of, times }) => `${of.field}: ${times.at(-1)?.milliseconds} ms`).join('\n'),
    );
    expect(growths.flatMap((growth) => complaint(growth) ?? [])).toEqual([]);
  });

  it('each kind of character, and each field, grows with its length', () => {
    const complaints = sample.flatMap((each) => complaint(measured(each, lengths)) ?? []);
    console.log(`${sample.length} texts, ${complaints.length} that grow faster`);
    expect(complaints).toEqual([]);
  });

  it('the measure can tell: what grows with the square is told', () => {
    const of = { field: 'headline', kind: 'blanks', shape: 'alone' } as const;
    const times = (milliseconds: readonly number[]) =>
      lengths.map((length, at) => ({ length, milliseconds: milliseconds[at] ?? 0 }));
    expect(complaint({ of, times: times([0.6, 150]) })).toContain('exponent 1.99');
    expect(complaint({ of, times: times([20, 201]) })).toContain('131072: 201 ms');
    expect(complaint({ of, times: times([6, 100]) })).toBeNull();
  });

  it('and what is measured is the work: a text of that length is published', () => {
    const text = textOf('words', 'alone', 131_072);
    const done = everythingOf(documentWith('answer: many paragraphs', text));
    expect(done.isPublished).toBe(true);
    expect(done.bytes).toBeGreaterThan(10 * text.length);
  });
});
