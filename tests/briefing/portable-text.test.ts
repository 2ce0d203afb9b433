import { describe, expect, it } from 'vitest';
import type { RichText } from '../../src/briefing/model.ts';
import { parseDocument } from '../../src/briefing/parse.ts';
import { readRichText } from '../../src/briefing/portable-text.ts';
import { cpuTimeOf } from './cpu-time.ts';
import { briefingDocument, marked, paragraph, problemsIn, reference, told } from './sample.ts';

const image = {
  asset: reference('image-0123456789abcdef0123456789abcdef01234567-1200x1500-jpg'),
};
const span = { _type: 'span', _key: 'm1', text: 'words' };

describe('the closed set of rich text (F32)', () => {
  it('keeps what it knows, to the letter', () => {
    const blocks = [
      paragraph('a', 'A heading', { style: 'h3' }),
      paragraph('b', 'A quotation', { style: 'blockquote', cite: ' Ada,  2026 ' }),
      paragraph('c', 'One', { listItem: 'number', level: 1 }),
      paragraph('d', 'Deeper', { listItem: 'bullet', level: 3 }),
      {
        ...marked(
          'words',
          ['strong', 'em', 'l', 'c', 'r', 'g'],
          [
            { _key: 'l', _type: 'link', href: 'HTTPS://example.org/a' },
            { _key: 'c', _type: 'citation', citation: 'one' },
            {
              _key: 'r',
              _type: 'briefingReference',
              reference: { _type: 'reference', _ref: 'briefing-b', _weak: true },
            },
            { _key: 'g', _type: 'lang', language: 'KK-cyrl' },
          ],
        ),
      },
      { _key: 'p', _type: 'portrait', alt: 'A drawing', caption: 'The hall' },
    ];
    expect(readRichText(blocks)).toMatchObject({
      blocks: [
        { style: 'h3', children: [{ text: 'A heading', marks: [] }] },
        { style: 'blockquote', cite: 'Ada, 2026' },
        { style: 'normal', listItem: 'number', level: 1 },
        { style: 'normal', listItem: 'bullet', level: 3 },
        {
          children: [{ ...span, marks: ['strong', 'em', 'l', 'c', 'r', 'g'] }],
          markDefs: [
            { _type: 'link', _key: 'l', href: 'https://example.org/a' },
            { _type: 'citation', _key: 'c', citation: 'one' },
            { _type: 'briefingReference', _key: 'r', briefingId: 'briefing-b' },
            { _type: 'lang', _key: 'g', language: 'kk-Cyrl' },
          ],
        },
        {
          _type: 'portrait',
          _key: 'p',
          portrait: { image: null, alt: 'A drawing', caption: 'The hall', decorative: false },
        },
      ],
      problems: [],
      citations: [{ key: 'one', path: '[_key=="m"].markDefs[_key=="c"].citation' }],
      mentionedIds: ['briefing-b'],
      hasText: true,
    });
  });

  it.each<[story: string, blocks: readonly unknown[], text: string, problems: string[]]>([
    [
      'an unknown style',
      [paragraph('a', 'words', { style: 'h1' })],
      'words',
      ['warning unknown-style [_key=="a"].style'],
    ],
    [
      'a style of a wrong type',
      [paragraph('a', 'words', { style: {} })],
      'words',
      ['warning unknown-style [_key=="a"].style'],
    ],
    [
      'an unknown list',
      [paragraph('a', 'words', { listItem: 'checkbox' })],
      'words',
      ['warning unknown-list [_key=="a"].listItem'],
    ],
    [
      'a heading in a list',
      [paragraph('a', 'words', { listItem: 'bullet', style: 'h3' })],
      'words',
      ['warning styled-list [_key=="a"].style'],
    ],
    [
      'level 4',
      [paragraph('a', 'words', { listItem: 'bullet', level: 4 })],
      'words',
      ['warning deep-list [_key=="a"].level'],
    ],
    [
      'level 10^6',
      [paragraph('a', 'words', { listItem: 'bullet', level: 1e6 })],
      'words',
      ['error bad-level [_key=="a"].level'],
    ],
    [
      'level −1',
      [paragraph('a', 'words', { listItem: 'bullet', level: -1 })],
      'words',
      ['error bad-level [_key=="a"].level'],
    ],
    [
      'level 1.5',
      [paragraph('a', 'words', { listItem: 'bullet', level: 1.5 })],
      'words',
      ['error bad-level [_key=="a"].level'],
    ],
    [
      'a level of words',
      [paragraph('a', 'words', { listItem: 'bullet', level: '1' })],
      'words',
      ['error bad-level [_key=="a"].level'],
    ],
    ['a level of no list', [paragraph('a', 'words', { level: 7 })], 'words', []],
    [
      'an unknown mark',
      [marked('words', ['underline'])],
      'words',
      ['warning unknown-mark [_key=="m"].children[_key=="m1"].marks'],
    ],
    [
      'a mark of no definition',
      [marked('words', ['gone'])],
      'words',
      ['warning unknown-mark [_key=="m"].children[_key=="m1"].marks'],
    ],
    [
      'marks named like prototypes',
      [marked('words', ['__proto__', 'constructor', 'toString'])],
      'words',
      Array(3).fill('warning unknown-mark [_key=="m"].children[_key=="m1"].marks'),
    ],
    [
      'marks that are no names',
      [marked('words', [null, 3, {}])],
      'words',
      Array(3).fill('warning unknown-mark [_key=="m"].children[_key=="m1"].marks'),
    ],
    [
      'marks that are no list',
      [paragraph('a', '', { children: [{ ...span, marks: 'strong' }] })],
      'words',
      ['error bad-marks [_key=="a"].children[_key=="m1"].marks'],
    ],
    [
      'a hundred marks',
      [marked('words', Array(100).fill('strong'))],
      'words',
      ['error bad-marks [_key=="m"].children[_key=="m1"].marks'],
    ],
    ['the same mark twice', [marked('words', ['em', 'em'])], 'words', []],
    [
      'a definition of an unknown type',
      [marked('words', ['x'], [{ _key: 'x', _type: 'tooltip' }])],
      'words',
      ['warning unknown-mark [_key=="m"].markDefs[_key=="x"]'],
    ],
    [
      'a definition of no type',
      [marked('words', ['x'], [{ _key: 'x' }])],
      'words',
      ['warning unknown-mark [_key=="m"].markDefs[_key=="x"]'],
    ],
    [
      'a link by script',
      [marked('words', ['x'], [{ _key: 'x', _type: 'link', href: 'javascript:x' }])],
      'words',
      ['warning unsafe-link [_key=="m"].markDefs[_key=="x"].href'],
    ],
    [
      'a link of no address',
      [marked('words', ['x'], [{ _key: 'x', _type: 'link' }])],
      'words',
      ['warning unsafe-link [_key=="m"].markDefs[_key=="x"].href'],
    ],
    [
      'a link that nothing uses',
      [marked('words', [], [{ _key: 'x', _type: 'link', href: 'javascript:x' }])],
      'words',
      [],
    ],
    [
      'a citation of nothing',
      [marked('words', ['x'], [{ _key: 'x', _type: 'citation' }])],
      'words',
      ['error dangling-citation [_key=="m"].markDefs[_key=="x"].citation'],
    ],
    [
      'a reference to nothing',
      [marked('words', ['x'], [{ _key: 'x', _type: 'briefingReference' }])],
      'words',
      ['warning bad-reference [_key=="m"].markDefs[_key=="x"].reference'],
    ],
    [
      'a reference to a draft',
      [
        marked(
          'words',
          ['x'],
          [{ _key: 'x', _type: 'briefingReference', reference: { _ref: 'drafts.b' } }],
        ),
      ],
      'words',
      ['warning bad-reference [_key=="m"].markDefs[_key=="x"].reference'],
    ],
    [
      'a language that is none',
      [marked('words', ['x'], [{ _key: 'x', _type: 'lang', language: '"><b>' }])],
      'words',
      ['warning bad-language [_key=="m"].markDefs[_key=="x"].language'],
    ],
    [
      'a definition called strong',
      [marked('words', ['strong'], [{ _key: 'strong', _type: 'link', href: 'javascript:x' }])],
      'words',
      [],
    ],
    ['definitions that are no list', [{ ...marked('words', []), markDefs: { a: 1 } }], 'words', []],
    ['no definitions at all', [{ ...marked('words', []), markDefs: undefined }], 'words', []],
    ['no style at all', [{ ...marked('words', []), style: undefined }], 'words', []],
    ['a span of no type', [paragraph('a', '', { children: [{ text: 'words' }] })], 'words', []],
    [
      'a span of no text',
      [paragraph('a', '', { children: [{ _type: 'span', _key: 's' }] })],
      '',
      ['error unknown-inline [_key=="a"].children[_key=="s"]'],
    ],
    [
      'an inline object',
      [paragraph('a', '', { children: [{ ...span }, { _type: 'emoji', _key: 's', name: 'x' }] })],
      'words',
      ['error unknown-inline [_key=="a"].children[_key=="s"]'],
    ],
    [
      'children that are words',
      [paragraph('a', '', { children: 'words' })],
      '',
      ['error wrong-type [_key=="a"].children'],
    ],
    ['no children', [{ _type: 'block', _key: 'a' }], '', ['error wrong-type [_key=="a"].children']],
    [
      'a block of raw HTML',
      [{ _type: 'html', _key: 'a', html: '<b>' }],
      '',
      ['error unknown-block [_key=="a"]'],
    ],
    ['a block of no type', [{ _key: 'a' }], '', ['error unknown-block [_key=="a"]']],
    ['a block that is words', ['words'], '', ['error unknown-block [0]']],
    ['a block that is nothing', [null], '', ['error unknown-block [0]']],
    ['a block that is a list', [[paragraph('a', 'words')]], '', ['error unknown-block [0]']],
    [
      'a block called __proto__',
      [{ _type: '__proto__', _key: 'a' }],
      '',
      ['error unknown-block [_key=="a"]'],
    ],
    [
      'a key by injection',
      [paragraph('"]==1||x["', 'words', { style: 'h1' })],
      'words',
      ['warning unknown-style [0].style'],
    ],
    [
      'empty paragraphs',
      [paragraph('a', ''), paragraph('b', ' \u200D'), paragraph('c', 'words')],
      'words',
      [],
    ],
    [
      'a source of a quotation that is no text',
      [paragraph('a', 'words', { style: 'blockquote', cite: {} })],
      'words',
      ['error wrong-type [_key=="a"].cite'],
    ],
    [
      'a source of 301',
      [paragraph('a', 'words', { style: 'blockquote', cite: 'x'.repeat(301) })],
      'words',
      ['error too-long [_key=="a"].cite'],
    ],
    ['a picture of nothing', [{ _type: 'portrait', _key: 'p' }], '', []],
    [
      'a picture without its words',
      [{ _type: 'portrait', _key: 'p', image }],
      '',
      [
        'error alt-missing [_key=="p"].alt',
        'error credit-missing [_key=="p"].credit',
        'error licence-missing [_key=="p"].licence.name',
      ],
    ],
    [
      'a picture of wrong types',
      [{ _type: 'portrait', _key: 'p', alt: 3 }],
      '',
      ['error wrong-type [_key=="p"].alt'],
    ],
  ])('%s', (_, blocks, text, problems) => {
    const reading = readRichText(blocks);
    expect(words(reading.blocks)).toBe(text);
    expect(told({ ok: false, problems: reading.problems })).toEqual(problems);
  });

  it('gives every block and span a key of its own', () => {
    const blocks = [
      paragraph('same', 'a'),
      paragraph('same', 'b'),
      { _type: 'block', children: [{ text: 'c' }, { text: 'd' }] },
      paragraph('b1', 'e'),
      paragraph('"', 'f'),
    ];
    const keys = readRichText(blocks).blocks.flatMap((block) =>
      block._type === 'block'
        ? [`${block._key}: ${block.children.map((each) => each._key).join(' ')}`]
        : [],
    );
    expect(keys).toEqual(['same: same1', 'b1-2: same1', 'b2: s0 s1', 'b1: b11', 'b4: s0']);
  });

  it('changes nothing when it reads what it wrote', () => {
    const blocks = [
      marked('words', ['em', 'l'], [{ _key: 'l', _type: 'link', href: 'https://x.org' }]),
    ];
    const once = readRichText(blocks).blocks;
    expect(readRichText(once).blocks).toEqual(once);
  });
});

describe('the size of a document (F33)', () => {
  it.each<[story: string, fields: Record<string, unknown>, problem: string]>([
    [
      '5,001 spans',
      { whyWeCare: [paragraph('a', '', { children: spans(5_001) })] },
      'error too-large whyWeCare',
    ],
    [
      '20,000 spans',
      { whyWeCare: [paragraph('a', '', { children: spans(20_000) })] },
      'error too-large ',
    ],
    [
      '20,000 paragraphs',
      { whyWeCare: Array(20_000).fill(paragraph('a', 'x')) },
      'error too-large ',
    ],
    [
      '2,001 paragraphs',
      { whyWeCare: Array(2_001).fill(paragraph('a', 'x')) },
      'error too-many whyWeCare',
    ],
    ['a depth of 5,000', { whyWeCare: nested(5_000) }, 'error too-deep whyWeCare'],
    ['a depth of 21', { whyWeCare: nested(21) }, 'error too-deep whyWeCare'],
    [
      'a paragraph of 70,000',
      { whyWeCare: [paragraph('a', 'x'.repeat(70_000))] },
      'error too-large whyWeCare',
    ],
    [
      '5 MB of paragraphs',
      {
        whyWeCare: Array.from({ length: 100 }, (_, at) => paragraph(`a${at}`, 'x'.repeat(50_000))),
      },
      'error too-much-text ',
    ],
    ['32 MB in one text', { headline: 'x'.repeat(32 * 1024 * 1024) }, 'error too-large headline'],
    ['a list of a million', { related: Array(1_000_000) }, 'error too-large '],
    [
      '201 citations',
      {
        citations: Array.from({ length: 201 }, (_, at) => ({
          key: `k${at}`,
          url: 'https://x.org',
          title: 'x',
        })),
      },
      'error too-many citations',
    ],
  ])('%s is refused, fast', (_, fields, problem) => {
    const document = briefingDocument(fields);
    let problems: string[] = [];
    const spent = cpuTimeOf(() => {
      problems = told(parseDocument(document));
    });
    expect(problems).toContain(problem);
    expect(spent).toBeLessThan(1_000);
  });

  it('a document that holds itself is refused', () => {
    const whole: Record<string, unknown> = { ...briefingDocument() };
    whole['related'] = [whole];
    expect(told(parseDocument(whole))).toEqual(['error too-deep related']);
  });

  it('says how large is too large', () => {
    const [problem] = problemsIn(parseDocument(briefingDocument({ headline: 'x'.repeat(70_000) })));
    expect(problem).toEqual({
      code: 'too-large',
      severity: 'error',
      path: 'headline',
      message: 'One text has 70000 characters; at most 65536 fit.',
      fix: 'Shorten the text, or divide it into paragraphs.',
    });
  });
});

function words(blocks: RichText): string {
  return blocks
    .flatMap((block) => (block._type === 'block' ? block.children.map(({ text }) => text) : []))
    .join(' ');
}

function spans(count: number): unknown[] {
  return Array.from({ length: count }, () => span);
}

function nested(depth: number): unknown {
  let value: unknown = 'bottom';
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}
