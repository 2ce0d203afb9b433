import { describe, expect, it } from 'vitest';
import { readRichText } from '../../src/briefing/portable-text.ts';
import { cutAtWord, summaryOf } from '../../src/briefing/summary.ts';
import { briefingDocument, paragraph, parsed } from './sample.ts';

describe('the summary', () => {
  it.each([
    ['One sentence.', 'One sentence.'],
    ['One. Two.', 'One.'],
    ['Mr. Smith met Dr. Who. They talked.', 'Mr. Smith met Dr. Who.'],
    ['The U.S. President spoke. He left.', 'The U.S. President spoke.'],
    ['J. R. R. Tolkien wrote it. It sold.', 'J. R. R. Tolkien wrote it.'],
    ['It cost 1.5 million. He paid.', 'It cost 1.5 million.'],
    ['“Is it?” he asked. It was.', '“Is it?” he asked.'],
    ['“It is.” He left.', '“It is.”'],
    ['هل هو هنا؟ نعم.', 'هل هو هنا؟'],
    ['他在这里。他走了。', '他在这里。'],
    ['no stop at all', 'no stop at all'],
    ['two\nlines. And more.', 'two lines.'],
  ])('of %j is %j', (text, summary) => {
    expect(summaryOf(readRichText([paragraph('a', text)]).blocks)).toBe(summary);
  });

  it('is of the first paragraph, not of a heading or a picture', () => {
    const blocks = [
      { _type: 'portrait', _key: 'p', alt: 'A hall' },
      paragraph('a', 'Heading', { style: 'h3' }),
      paragraph('b', 'Text. More.'),
    ];
    expect(summaryOf(readRichText(blocks).blocks)).toBe('Text.');
    expect(summaryOf(readRichText(blocks.slice(0, 2)).blocks)).toBe('Heading');
    expect(summaryOf([])).toBe('');
  });

  it('is cut at a word when the sentence is long, and says so', () => {
    const text = `${'word '.repeat(60)}end.`;
    const summary = summaryOf(readRichText([paragraph('a', text)]).blocks);
    expect(summary).toBe(`${'word '.repeat(39)}word…`);
    expect(summary.length).toBeLessThanOrEqual(200);
  });

  it.each([
    ['a'.repeat(300), 200],
    ['👩‍🚀'.repeat(100), 200],
    ['e\u0323\u0301'.repeat(200), 200],
  ])('is cut where no word ends, but never inside a character: %j', (text, limit) => {
    const cut = cutAtWord(text, limit);
    expect(Array.from(cut).length).toBeLessThanOrEqual(limit);
    expect(cut).toMatch(/[^\u200D]…$/);
  });

  it('is the editor’s where there is one', () => {
    expect(parsed('briefing', briefingDocument({ summary: ' In  short. ' })).summary).toBe(
      'In short.',
    );
    expect(parsed('briefing', briefingDocument({ summary: '' })).summary).toBe(
      'A summit was held.',
    );
  });
});
