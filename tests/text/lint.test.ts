import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cpuTimeOf } from '../briefing/cpu-time.ts';
import { childOf } from '../../src/briefing/problem.ts';
import { lintBriefing } from '../../src/text/lint/lint-briefing.ts';
import { type LintPerson, lintPersonOf } from '../../src/text/lint/manuscript.ts';

/** Known defects, each with what the proofreader must say of it, and nothing else. */
const defects: readonly (readonly [
  defect: string,
  text: string | readonly string[],
  findings: readonly string[],
])[] = [
  // Quotations.
  ['opened and never closed', 'She said “We will wait. Nobody did.', ['quotation-open']],
  ['closed and never opened', 'We will wait,” she said.', ['quotation-close']],
  ['straight, opened and never closed', 'She said "We will wait. Nobody did.', ['quotation-open']],
  [
    'the outer of two never closed',
    '“I heard him say “no” and leave, she said.',
    ['quotation-open'],
  ],
  ['single marks, never closed', 'She said ‘We will wait. Nobody did.', ['quotation-open']],
  [
    'opened curly, closed straight',
    'She said “wait" and left.',
    ['quotation-mixed', 'quotation-styles'],
  ],
  ['two styles', ['She said “wait”.', 'He said "go".'], ['quotation-styles']],
  ['apostrophes of two styles', "It isn’t, and it won't be.", ['quotation-styles']],
  ['a quotation that ends with its paragraph', ['“One.', 'Two.'], ['quotation-open']],
  ['guillemets never closed', 'Elle a dit « attends.', ['quotation-open']],
  // Spaces and stops.
  ['two spaces', 'Two  spaces.', ['doubled-space']],
  ['two full stops', 'The end.. Or not.', ['doubled-stop']],
  ['two full stops with a space', 'The end. . Or not.', ['doubled-stop']],
  ['two commas', 'One,, two.', ['doubled-stop']],
  ['a space before a comma', 'One , two.', ['space-before-stop']],
  // Dashes.
  [
    'a hyphen between spaces',
    'The vote - late as it was - counted.',
    ['hyphen-for-dash', 'hyphen-for-dash'],
  ],
  ['a hyphen that hangs', 'They talked through the night- and slept at noon.', ['hyphen-for-dash']],
  ['a hyphen that leads', 'They talked through the night -and slept at noon.', ['hyphen-for-dash']],
  ['two hyphens', 'The vote--late as it was--counted.', ['hyphen-for-dash', 'hyphen-for-dash']],
  // Numbers.
  [
    'one number in two ways',
    'Some 1,200 people came; of the 1200 people many stayed.',
    ['number-two-ways'],
  ],
  [
    'over two paragraphs',
    ['It cost 45,000 pounds.', 'For 45000 pounds it is cheap.'],
    ['number-two-ways'],
  ],
  ['with thin spaces', 'First 12\u202f000, then 12,000.', ['number-two-ways']],
  // Names.
  ['y and yy', 'Mr Zelensky spoke. Later President Zelenskyy left.', ['name-two-ways']],
  [
    'with and without marks',
    'President Erdoğan met his party; for Erdogan it was late.',
    ['name-two-ways'],
  ],
  ['one m and two', 'The crown prince, Mohammed, and his cousin Mohamed.', ['name-two-ways']],
  ['ph and f', 'Her sister Sophia and the other one, Sofia, agree.', ['name-two-ways']],
  ['the person, at the beginning of a sentence', 'Navalnya is in Berlin.', ['name-two-ways']],
  ['the person, letters swapped', 'Then Navalnaay left.', ['name-two-ways']],
  ['the person, with a possessive', 'It was Navalnayya’s idea.', ['name-two-ways']],
  // Dates.
  ['a weekday of another day', 'It began on Monday, 24 November 2026.', ['weekday-differs']],
  ['without a year', 'It began on Monday, November 24th.', ['weekday-differs']],
  ['in brackets', 'Wednesday (November 24th) was the day.', ['weekday-differs']],
  ['the weekday last', 'On 24 November 2026, a Friday, it began.', ['weekday-differs']],
  // Ages.
  ['an age after the name', 'Yulia Navalnaya, 49, lives in exile.', ['age-differs']],
  ['in brackets', 'Navalnaya (51) lives in exile.', ['age-differs']],
  ['before the name', 'The 48-year-old Yulia Navalnaya lives in exile.', ['age-differs']],
  ['in words', 'Navalnaya is 55 years old.', ['age-differs']],
];

const sound: readonly (readonly [sound: string, text: string | readonly string[]])[] = [
  ['apostrophes', 'It’s the workers’ rights of the ’90s, rock ’n’ roll.'],
  ['nested quotations', '“He said ‘never’ to me,” she said.'],
  ['a quotation over paragraphs', ['“One.', '“Two.”']],
  ['inches', 'A 5" pipe.'],
  ['a possessive inside single marks', 'It is about ‘the workers’ rights’, he said.'],
  ['a name with an ayn', 'He met ‘Abd al-Rahman there.'],
  ['German marks', 'Er sagte „warte“ und ging.'],
  ['an ellipsis', 'And then... nothing.'],
  [
    'an address with doubled stops',
    'See https://example.org/a..b/1200 - no, do.'.replace(' - ', ' – '),
  ],
  ['a suspended hyphen', 'Two- and three-year terms, short- and long-term plans.'],
  ['a compound', 'A well-known twenty-one-year-old.'],
  ['a negative number', 'It was -4 degrees, 10 - 4 in all.'],
  ['a year and a number', 'In 2026 some 2,026 people came.'],
  ['years', 'From 1200 to 1300, in spring 1200, and 1,200 men.'],
  ['places and their people', 'Russia and the Russian state; Iran and Iraq; Austria, Australia.'],
  ['sentences that begin alike', 'Latter days. Later days.'],
  ['two people', 'Then Maria met Mario, and Merkel met Markle.'],
  ['the right weekday', 'On Tuesday, 24 November 2026, and on Tuesday (November 24th).'],
  ['a date of the next year', 'It ends on Friday, 1 January.'],
  ['the right age', 'Yulia Navalnaya, 50, and Navalnaya (50).'],
  ['an age of others', 'Her daughter, 25, and a 3-year-old war. Navalnaya was 12 then.'],
];

describe('the proofreader', () => {
  it.each(defects)('marks %s', (_, text, findings) => {
    expect(codesOf(text)).toEqual(findings);
  });

  it.each(sound)('leaves %s alone', (_, text) => {
    expect(codesOf(text)).toEqual([]);
  });
});

const navalnaya: LintPerson = {
  kind: 'individual',
  names: ['Yulia Navalnaya', 'Navalnaya, Yulia'],
  born: '1976-07-24',
  died: null,
};

function codesOf(text: string | readonly string[]): string[] {
  const document = { ...written, whyWeCare: paragraphs(text) };
  return lintBriefing({ document, person: navalnaya })
    .map(({ code }) => code)
    .filter((code) => !code.startsWith('answer-') && code !== 'no-source');
}

const written = { _id: 'briefing-a', _type: 'briefing', date: '2026-11-24', language: 'en' };

function paragraphs(text: string | readonly string[]) {
  return [text].flat().map((words, index) => ({
    _type: 'block',
    _key: `b${index}`,
    style: 'normal',
    children: [{ _type: 'span', _key: 's0', text: words, marks: [] }],
    markDefs: [],
  }));
}

describe('a finding', () => {
  it('names the piece of text, the place in it, and what to do', () => {
    const document = {
      ...written,
      headline: 'A day  of waiting',
      score: { value: 6 },
      portrait: { caption: 'Navalnaya in Berlin.', alt: 'navalnaya in Berlin' },
      whyYouShouldCare: [
        {
          _type: 'block',
          _key: 'b0',
          children: [
            { _type: 'span', _key: 's0', text: 'Much is not known yet. ', marks: [] },
            { _type: 'span', _key: 's1', text: 'You should care 7/10 about it.', marks: ['em'] },
          ],
          markDefs: [],
        },
      ],
    };
    expect(lintBriefing({ document, person: navalnaya })).toEqual([
      {
        code: 'doubled-space',
        path: 'headline',
        at: 5,
        message: 'There are two spaces where one is enough.',
        fix: 'Delete one of them.',
        excerpt: 'A day  of waiting',
      },
      {
        code: 'caption-equals-alt',
        path: 'portrait.caption',
        at: 0,
        message: 'Caption and alternative text say the same.',
        fix: 'Let the alternative text say what is seen, and the caption what it means.',
        excerpt: 'Navalnaya in Berlin.',
      },
      {
        code: 'answer-short',
        path: 'whyYouShouldCare',
        at: 0,
        message: 'This answer has 11 words; most have 15 to 160.',
        fix: 'Tell a reader who has never heard of this a little more.',
        excerpt: null,
      },
      {
        code: 'score-differs',
        path: 'whyYouShouldCare[_key=="b0"].children[_key=="s1"]',
        at: 16,
        message: 'The text says 7/10, and the field of the score 6/10.',
        fix: 'Let both say the same.',
        excerpt: '…known yet. You should care 7/10 about it.',
      },
      {
        code: 'score-about-nothing',
        path: 'score.about',
        at: 0,
        message: 'The score is 6/10, but about what?',
        fix: 'Write what the reader should care about, so that it reads “7/10 about …”.',
        excerpt: null,
      },
      {
        code: 'no-source',
        path: 'citations',
        at: 0,
        message: 'No sentence points to a source.',
        fix: 'Add the source to the citations, then mark the words it supports.',
        excerpt: null,
      },
    ]);
  });

  it.each([
    ['You should care seven out of ten about it.', 7, []],
    ['You should care 7 / 10 about it.', 7, []],
    ['9 out of 10 doctors say 7/10.', 7, []],
    ['You should care zero out of ten about it.', 0, []],
    ['You should care nought out of ten about it.', 1, ['score-differs']],
    ['You should care 7.5/10 about it.', 7, ['score-uneven']],
    ['You should care 12/10 about it.', 7, ['score-uneven']],
    ['You should care 7/10 about it.', undefined, ['score-only-in-prose']],
    ['It began on 7/10/2026.', 3, []],
  ])('“%s” against %s', (text, value, codes) => {
    const document = {
      ...written,
      score: { value, about: 'it' },
      whyYouShouldCare: paragraphs(text),
    };
    const found = lintBriefing({ document, person: navalnaya }).map(({ code }) => code);
    expect(found.filter((code) => code.startsWith('score'))).toEqual(codes);
  });

  it.each([
    ['an answer that is far too long', paragraphs('word '.repeat(300)), ['answer-long']],
    ['an answer without a single word', [], []],
    ['a language without spaces', paragraphs('東京'), []],
  ])('%s', (_, whyWeCare, codes) => {
    const document = { ...written, language: codes.length > 0 ? 'en' : 'ja', whyWeCare };
    const found = lintBriefing({ document, person: null }).map(({ code }) => code);
    expect(found.filter((code) => code.startsWith('answer'))).toEqual(codes);
  });

  it('words of another language are not looked for', () => {
    const document = {
      ...written,
      language: 'fr',
      whyWeCare: paragraphs('Monday, 24 November 2026. Navalnaya, 49, attend : oui !'),
    };
    expect(lintBriefing({ document, person: navalnaya }).map(({ code }) => code)).toEqual([
      'answer-short',
      'no-source',
    ]);
  });
});

describe('whatever the document', () => {
  it('the proofreader answers', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (document, person) => {
        expect(lintBriefing({ document, person: lintPersonOf(person) })).toBeInstanceOf(Array);
      }),
    );
  });

  it('any text and any name are read', () => {
    const marks = fc.constantFrom(...'“”„‘’«»"\'- ,.()[]{}|/\\^$*+?7/10 Aéß東1,200 '.split(''));
    const text = fc.array(fc.oneof(marks, fc.string({ unit: 'grapheme' })), { maxLength: 60 });
    fc.assert(
      fc.property(text, text, (words, name) => {
        const person = lintPersonOf({ name: name.join(''), born: '1976' });
        const document = { ...written, whyWeCare: paragraphs(words.join('')) };
        for (const { at, path } of lintBriefing({ document, person })) {
          expect(at).toBeGreaterThanOrEqual(0);
          expect(path).not.toBe('');
        }
      }),
    );
  });

  it.each([
    'She said “We, the Navalnaya family of 1,200 - or 1200 - wait. On Monday, 24 November " ‘It’s 7/10.. ',
    'a-',
    'a.@',
    'A’b',
    '“',
    '1,000,',
    'http://.',
    'Navalnaya  ',
  ])('a very long text of “%s” takes a moment', (piece) => {
    const text = piece.repeat(64_000 / piece.length);
    const document = { ...written, whyYouShouldCare: paragraphs(text) };
    // It takes some 50 milliseconds; in the square of its length it would take many seconds.
    expect(
      cpuTimeOf(() => {
        lintBriefing({ document, person: navalnaya });
      }),
    ).toBeLessThan(1_500);
  });
});

describe('the demo publication', () => {
  const documents = readFileSync('demo/publication.ndjson', 'utf8')
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  const byId = new Map(documents.map((document) => [childOf(document, '_id'), document]));

  it('is clean, but for the briefings that really cite no source', () => {
    const findings = documents
      .filter((document) => childOf(document, '_type') === 'briefing')
      .flatMap((document) => {
        const person = byId.get(childOf(childOf(document, 'person'), '_ref'));
        return lintBriefing({ document, person: lintPersonOf(person) }).map(
          ({ code, path, excerpt }) => ({ id: childOf(document, '_id'), code, path, excerpt }),
        );
      });
    expect(findings).toEqual(
      [
        'briefing-thirty-names-and-one-wave',
        'briefing-and-yet-he-may-not-have-said-it',
        'briefing-the-birthday-on-top-of-the-world',
      ].map((id) => ({ id, code: 'no-source', path: 'citations', excerpt: null })),
    );
  });
});
