import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { evaluate, parse } from 'groq-js';
import { describe, expect, it } from 'vitest';
import { addressOfSlug } from '../../sanity/inputs/address-of-slug.ts';
import { lengthOfAnswer } from '../../sanity/inputs/answer-length.ts';
import { circumstancesOf } from '../../sanity/inputs/circumstances.ts';
import { citableSources } from '../../sanity/inputs/citable-sources.ts';
import { citationFrom } from '../../sanity/inputs/citation-from.ts';
import { countriesFrom, searchCountries } from '../../sanity/inputs/countries.ts';
import { groupFindings } from '../../sanity/inputs/group-findings.ts';
import { numberSources } from '../../sanity/inputs/number-sources.ts';
import { portraitLook } from '../../sanity/inputs/portrait-look.ts';
import { printedAge } from '../../sanity/inputs/printed-age.ts';
import { printedIdentities } from '../../sanity/inputs/printed-identities.ts';
import { printedScore } from '../../sanity/inputs/printed-score.ts';
import { slugFrom } from '../../sanity/inputs/slug-from.ts';
import { holderFrom, holderQuery } from '../../sanity/inputs/slug-holder.ts';
import { stepFrom } from '../../sanity/inputs/step-from.ts';
import type { LakeDocument } from '../../sanity/inputs/use-lake-document.ts';
import { english } from '../../src/briefing/labels/en.ts';
import { parseDocument } from '../../src/briefing/parse.ts';
import { childOf } from '../../src/briefing/problem.ts';
import { isSlug } from '../../src/briefing/slug.ts';
import { notesOf } from '../../src/render/notes.ts';
import { derivativesOf } from '../../src/site/images.ts';

const demo = readFileSync('demo/publication.ndjson', 'utf8')
  .trim()
  .split('\n')
  .map((line): unknown => JSON.parse(line));
const briefings = demo.filter((document) => childOf(document, '_type') === 'briefing');

const none: LakeDocument = { state: 'none' };

function there(document: object): LakeDocument {
  return { state: 'there', document, isDraft: false };
}

describe('the questions above the fields', () => {
  const questionsOf = (given: {
    readonly briefing?: object;
    readonly person?: object;
    readonly settings?: object;
  }) =>
    circumstancesOf({
      briefing: { date: '2026-11-24', ...given.briefing },
      person: given.person === undefined ? none : there(given.person),
      settings: given.settings === undefined ? none : there(given.settings),
    }).questions['in-the-news'];
  const settings = {
    _id: 'siteSettings',
    _type: 'siteSettings',
    name: 'Well Met',
    timeZone: 'Europe/London',
    language: 'en',
    labelOverrides: [
      {
        question: 'in-the-news',
        pronouns: 'she',
        text: 'Why does everybody speak of her?',
        effectiveFrom: '2026-11-01',
      },
    ],
  };

  it.each([
    ['of a man', { person: { pronouns: 'he' } }, 'Why is he in the news?'],
    ['of a woman', { person: { pronouns: 'she' } }, 'Why is she in the news?'],
    ['of nobody yet', {}, 'Why are they in the news?'],
    ['of an organisation', { person: { kind: 'organisation' } }, 'Why is it in the news?'],
    [
      'as the briefing alone has it',
      { person: { pronouns: 'he' }, briefing: { pronouns: 'they' } },
      'Why are they in the news?',
    ],
    [
      'as the settings word them',
      { person: { pronouns: 'she' }, settings },
      'Why does everybody speak of her?',
    ],
    [
      'before the settings worded them so',
      { person: { pronouns: 'she' }, settings, briefing: { date: '2026-10-31' } },
      'Why is she in the news?',
    ],
    [
      'of a briefing without a date: as they are worded now',
      { person: { pronouns: 'she' }, settings, briefing: { date: undefined } },
      'Why does everybody speak of her?',
    ],
  ])('%s', (_, given, question) => {
    expect(questionsOf(given)).toBe(question);
  });
});

describe('the age', () => {
  const printed = (given: {
    readonly date?: string | undefined;
    readonly person?: LakeDocument;
    readonly override?: unknown;
  }) => {
    const { text, because } = printedAge({
      override: given.override,
      circumstances: circumstancesOf({
        briefing: {
          date: 'date' in given ? given.date : '2026-02-28',
          person: { _ref: 'person-a' },
        },
        person: given.person ?? there({ born: '1976-07-24' }),
        settings: none,
      }),
      words: english,
    });
    return [text, because];
  };

  it.each([
    [
      'on the date of the briefing',
      {},
      [
        '49',
        'On 28 February 2026, counted from the birth date in the person’s record: 24 July 1976.',
      ],
    ],
    [
      'of one born on 29 February, the day before the birthday',
      { person: there({ born: '2000-02-29' }) },
      [
        '25',
        'On 28 February 2026, counted from the birth date in the person’s record: 29 February 2000.',
      ],
    ],
    [
      'and on it',
      { date: '2026-03-01', person: there({ born: '2000-02-29' }) },
      [
        '26',
        'On 1 March 2026, counted from the birth date in the person’s record: 29 February 2000.',
      ],
    ],
    [
      'of a birth known to the year',
      { person: there({ born: '1957' }) },
      [
        '68 or 69',
        'On 28 February 2026. Of the birth only 1957 is known; with the day it would be one number.',
      ],
    ],
    [
      'of the dead, whatever their pronouns',
      { person: there({ pronouns: 'he', born: '1809-01-04', died: '1852-01-06' }) },
      [
        'Died on 6 January 1852, aged 43',
        'Had died by the date of the briefing, 28 February 2026.',
      ],
    ],
    [
      'without a birth date',
      { person: there({ name: 'A' }) },
      ['Unknown', 'The person’s record has no birth date.'],
    ],
    [
      'before the birth',
      { date: '1950-01-01', person: there({ pronouns: 'she', born: '1976-07-24' }) },
      ['Unknown', 'By the person’s record, born after the briefing: 24 July 1976.'],
    ],
    [
      'of an organisation',
      { person: there({ kind: 'organisation' }) },
      ['Not applicable', 'Organisations and groups have no age.'],
    ],
    [
      'without a date',
      { date: undefined },
      ['Not known yet', 'Choose the date of the briefing: the age is printed as of that day.'],
    ],
    [
      'of a record that is gone',
      { person: { state: 'absent' } as const },
      ['Not known', 'The person’s record is not there any more. Choose the person again.'],
    ],
    [
      'while it is fetched',
      { person: { state: 'loading' } as const },
      ['…', 'Looking at the person’s record.'],
    ],
    [
      'overridden',
      { override: { value: 51, reason: 'as printed' } },
      ['51 (as given: as printed)', 'Instead of the computed 49: 2 years older.'],
    ],
    [
      'overridden by a year less, and no reason',
      { override: { value: 48 } },
      [
        '48',
        'Instead of the computed 49: one year younger. Readers are told why: write the reason.',
      ],
    ],
    [
      'overridden by what is computed anyway',
      { override: { value: 49, reason: 'sure' } },
      ['49 (as given: sure)', 'The computed age is 49 as well; you can go back to it.'],
    ],
    [
      'overridden within what is known',
      { override: { value: 69, reason: 'she says' }, person: there({ born: '1957' }) },
      ['69 (as given: she says)', 'The computed age is 68 or 69 as well; you can go back to it.'],
    ],
  ])('%s', (_, given, expected) => {
    expect(printed(given)).toEqual(expected);
  });

  it('of nobody yet', () => {
    const circumstances = circumstancesOf({ briefing: {}, person: none, settings: none });
    expect(printedAge({ override: undefined, circumstances, words: english }).because).toBe(
      'Choose the person, and their age on the date of the briefing appears here.',
    );
  });
});

describe('the score', () => {
  const prose = (text: string) => [{ _type: 'block', children: [{ _type: 'span', text }] }];

  it.each([
    [undefined, undefined, 'Nothing yet.'],
    [{ value: 0 }, undefined, 'You should care 0/10 about ….'],
    [
      { value: 7, about: ' the next harvest ' },
      prose('Bread will cost more.'),
      'You should care 7/10 about the next harvest.',
    ],
    [
      { value: 7, about: 'the next harvest' },
      prose('Bread will cost more. Care seven out of ten about the harvest. And so on.'),
      'Care seven out of ten about the harvest.',
    ],
  ])('%o', (score, answer, sentence) => {
    expect(printedScore({ score, prose: answer, words: english }).sentence).toBe(sentence);
  });

  it.each([
    ['ArrowRight', 7, 8],
    ['ArrowUp', 10, 10],
    ['ArrowLeft', 0, 0],
    ['ArrowDown', 3, 2],
    ['ArrowRight', null, 0],
    ['ArrowLeft', null, 10],
    ['Home', 5, 0],
    ['End', 5, 10],
    ['8', 5, 8],
    ['0', 5, 0],
    ['0', 1, 10],
    ['Delete', 5, null],
    ['Backspace', 5, null],
    ['a', 5, undefined],
    ['Tab', 5, undefined],
  ])('the key %s at %s leads to %s', (key, current, step) => {
    expect(stepFrom({ key, current })).toBe(step);
  });
});

describe('the slug', () => {
  it.each([
    ['Six dots', 'en', 'six-dots', []],
    ['What’s “new”? – It isn’t: 100% sure', 'en', 'whats-new-it-isnt-100-sure', []],
    ['Зеленський у Києві', 'uk', 'zelenskii-u-kiyevi', []],
    ['Юлия Навальная', 'ru', 'yuliya-navalnaya', []],
    ['قمة الرياض', 'ar', 'qmh-alryadh', []],
    ['Αθήνα', 'en', 'athina', []],
    ['Ærøskøbing & Łódź', 'en', 'aeroskobing-lodz', []],
    ['Ḥāfiẓ Ibrāhīm', 'en', 'hafiz-ibrahim', []],
    ['Қасым-Жомарт', 'kk', 'asym-zhomart', ['Қ']],
    ['東京', 'ja', '', ['東', '京']],
    ['', 'en', '', []],
  ])('of “%s” in %s', (text, language, slug, lost) => {
    expect(slugFrom({ text, language })).toEqual({ slug, lost });
  });

  it('is cut at a word', () => {
    const { slug } = slugFrom({ text: 'incontrovertible '.repeat(9), language: 'en' });
    expect(slug).toBe('incontrovertible-incontrovertible-incontrovertible-incontrovertible');
  });

  it('is one whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme', maxLength: 120 }),
        fc.constantFrom('en', 'de', 'uk', 'zh-Hant', 'constructor'),
        (text, language) => {
          const { slug } = slugFrom({ text, language });
          expect(slug === '' || isSlug(slug)).toBe(true);
        },
      ),
    );
  });

  it.each([
    ['briefing', 'six-dots', 'en', '/briefings/six-dots/'],
    ['briefing', 'six-dots', 'fr', '/fr/briefings/six-dots/'],
    ['person', 'louis-braille', 'en', '/people/louis-braille/'],
    ['country', 'france', 'en', null],
    ['briefing', 'Six dots', 'en', null],
  ])('a %s of the slug %s in %s stands at %s', (type, slug, language, address) => {
    expect(addressOfSlug({ type, slug, language, publicationLanguage: 'en' })).toBe(address);
  });

  it.each([
    ['itself and its draft hold nothing against it', 'a', 'one', 'en', null],
    ['a published one holds it', 'b', 'one', 'en', { id: 'a', title: 'A', isDraft: false }],
    ['in another language it is free', 'b', 'one', 'fr', null],
    ['a draft wants it', 'b', 'two', 'en', { id: 'c', title: 'C', isDraft: true }],
    ['another type may have it too', 'b', 'three', 'en', null],
  ])('%s', async (_, id, slug, language, holder) => {
    const dataset = [
      { _id: 'a', _type: 'briefing', headline: 'A', slug: { current: 'one' } },
      { _id: 'drafts.a', _type: 'briefing', headline: 'A, edited', slug: { current: 'one' } },
      {
        _id: 'drafts.c',
        _type: 'briefing',
        headline: 'C',
        language: 'en',
        slug: { current: 'two' },
      },
      { _id: 'p', _type: 'person', name: 'P', slug: { current: 'three' } },
    ];
    const params = { type: 'briefing', id, slug, language };
    const answer = await evaluate(parse(holderQuery, { params }), { dataset, params });
    expect(holderFrom(await answer.get())).toEqual(holder);
  });
});

describe('the identities', () => {
  const country = (code: string, name: string, demonym: string, status = 'current') => ({
    _id: `country-${code.toLowerCase()}`,
    _type: 'country',
    code,
    name,
    demonym,
    status,
    slug: { current: `country-${code.toLowerCase()}` },
  });
  const countries = countriesFrom([
    country('XK', 'Kosovo', 'Kosovar', 'contested'),
    country('TW', 'Taiwan', 'Taiwanese', 'contested'),
    country('SU', 'Soviet Union', 'Soviet', 'former'),
    country('YU', 'Yugoslavia', 'Yugoslav', 'former'),
    country('X-STATELESS', 'No state', 'stateless', 'none'),
    country('MM', 'Myanmar', 'Burmese'),
    country('IR', 'Iran', 'Iranian'),
    country('CI', 'Côte d’Ivoire', 'Ivorian'),
    country('CD', 'Democratic Republic of the Congo', 'Congolese'),
    {
      ...country('DE', 'Germany', 'German'),
      nameInOtherLanguages: [{ language: 'de', text: 'Deutschland' }],
      demonymInOtherLanguages: [{ language: 'fr', text: 'Allemande' }],
    },
    country('US', 'United States', 'American'),
    country('GB', 'United Kingdom', 'British'),
    { _id: 'country-broken', _type: 'country', code: 'QQ' },
  ]);

  it.each([
    ['koso', ['XK']],
    ['XK', ['XK']],
    ['taiwanese', ['TW']],
    ['formosa', ['TW']],
    ['ussr', ['SU']],
    ['Soviet', ['SU']],
    ['stateless', ['X-STATELESS']],
    ['burma', ['MM']],
    ['persia', ['IR']],
    ['cote', ['CI']],
    ['ivory', ['CI']],
    ['zaire', ['CD']],
    ['congo', ['CD']],
    ['deutsch', ['DE']],
    ['allem', ['DE']],
    ['united', ['GB', 'US']],
    ['us', ['US', 'SU']],
    ['nowhere', []],
  ])('“%s” finds %j', (query, codes) => {
    expect(searchCountries(countries, query).map(({ code }) => code)).toEqual(codes);
  });

  it('are listed by name while nothing is typed', () => {
    expect(searchCountries(countries, ' ')).toEqual(countries);
    expect(countries.slice(0, 3).map(({ code }) => code)).toEqual(['CI', 'CD', 'DE']);
  });

  const identity = (code: string, more: object = {}) => ({
    country: { _ref: `country-${code.toLowerCase()}` },
    ...more,
  });
  it.each([
    ['several at once', [identity('US'), identity('XK')], null, 'en', ['American', 'Kosovar']],
    [
      'those of the day',
      [identity('SU', { until: '1991' }), identity('DE', { from: '1992-01-02' })],
      '1991-12-31',
      'en',
      ['Soviet'],
    ],
    ['another word', [identity('DE', { demonym: 'Prussian' })], null, 'en', ['Prussian']],
    ['with its note', [identity('US', { note: 'by birth' })], null, 'en', ['American by birth']],
    ['in another language', [identity('DE')], null, 'fr', ['Allemande']],
    ['of a country that is not there', [identity('QQ')], null, 'en', []],
    ['of none', undefined, null, 'en', []],
  ])('print %s', (_, identities, date, language, printed) => {
    expect(
      printedIdentities({ identities, countries, date, language, publicationLanguage: 'en' }),
    ).toEqual(printed);
  });
});

describe('the sources', () => {
  it('have the numbers of the page, in the whole demo publication', () => {
    const ours = briefings.map((briefing) => numberSources(briefing).length);
    expect(ours.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(25);
    for (const briefing of briefings) {
      const parsed = parseDocument(briefing);
      if (!parsed.ok || parsed.value.type !== 'briefing' || parsed.value.retraction) continue;
      const list = childOf(briefing, 'citations');
      const keyOf = (itemKey: unknown) =>
        Array.isArray(list)
          ? childOf(
              list.find((entry) => childOf(entry, '_key') === itemKey),
              'key',
            )
          : undefined;
      expect(
        numberSources(briefing).map(({ number, itemKey, cited }) => [
          number,
          keyOf(itemKey),
          cited.reduce((sum, { times }) => sum + times, 0),
        ]),
      ).toEqual(
        notesOf(parsed.value).sources.map(({ number, citation, occurrences }) => [
          number,
          citation.key,
          occurrences,
        ]),
      );
    }
  });

  it('are numbered as the text meets them, the uncited last', () => {
    const marked = (key: string, citation: string) => ({
      _type: 'block',
      _key: key,
      children: [
        { _type: 'span', _key: 'a', text: 'Words ', marks: ['m'] },
        { _type: 'span', _key: 'b', text: 'go on', marks: ['m', 'em'] },
        { _type: 'span', _key: 'c', text: ', then stop.', marks: [] },
      ],
      markDefs: [{ _type: 'citation', _key: 'm', citation }],
    });
    expect(
      numberSources({
        citations: [
          { _key: '1', key: 'never' },
          { _key: '2', key: 'late' },
          { _key: '3', key: 'early' },
        ],
        whyInTheNews: [marked('x', 'early'), marked('y', 'late')],
        whoElseCares: [marked('z', 'early')],
      }),
    ).toEqual([
      {
        itemKey: '3',
        number: 1,
        cited: [
          { field: 'whyInTheNews', times: 1 },
          { field: 'whoElseCares', times: 1 },
        ],
      },
      { itemKey: '2', number: 2, cited: [{ field: 'whyInTheNews', times: 1 }] },
      { itemKey: '1', number: 3, cited: [] },
    ]);
  });

  it.each([
    [
      'https://www.un.org/en/observances/braille-day',
      { key: 'un', url: 'https://www.un.org/en/observances/braille-day' },
    ],
    [
      'World Braille Day, 4 January – https://www.un.org/en/observances/braille-day.',
      {
        key: 'un',
        url: 'https://www.un.org/en/observances/braille-day',
        title: 'World Braille Day, 4 January',
      },
    ],
    [
      '[A page](https://news.example.co.uk/a)',
      { key: 'example', url: 'https://news.example.co.uk/a', title: 'A page' },
    ],
    [
      'https://web.archive.org/web/20250101000000/https://www.bbc.com/news',
      {
        key: 'bbc-2',
        url: 'https://www.bbc.com/news',
        archiveUrl: 'https://web.archive.org/web/20250101000000/https://www.bbc.com/news',
      },
    ],
    ['no address at all', null],
    ['javascript:alert(1)', null],
    ['', null],
  ])('“%s” is read', (text, citation) => {
    expect(citationFrom({ text, taken: ['bbc', undefined] })).toEqual(citation);
  });
});

describe('the portrait', () => {
  const sha = 'a'.repeat(40);
  const whole = {
    image: {
      asset: { _ref: `image-${sha}-1000x1000-jpg` },
      hotspot: { x: 0.8, y: 0.5, width: 0.2, height: 0.2 },
      crop: { top: 0, bottom: 0, left: 0, right: 0.1 },
    },
    alt: 'A woman at a desk',
    caption: 'In Berlin',
    credit: 'A. Person',
    licence: { name: 'CC BY 4.0' },
  };

  it('is shown by the queries that fetch it when it is published', () => {
    const { crop, problems, isBegun } = portraitLook(whole);
    const pictures = derivativesOf({
      assetId: `image-${sha}-1000x1000-jpg`,
      width: 1000,
      height: 1000,
      crop: { top: 0, bottom: 0, left: 0, right: 0.1 },
      hotspot: { x: 0.8, y: 0.5, width: 0.2, height: 0.2 },
    }).filter(({ format }) => format === 'jpeg');
    expect([crop?.narrow, crop?.wide]).toEqual(pictures);
    expect(crop?.frame).toEqual({ left: 10, top: 0, width: 80, height: 100 });
    expect({ isSmall: crop?.isSmall, problems, isBegun }).toEqual({
      isSmall: false,
      problems: [],
      isBegun: true,
    });
  });

  it.each([
    ['nothing yet', undefined, [], false],
    [
      'a picture without words and rights',
      { image: whole.image },
      ['alt-missing', 'credit-missing', 'licence-missing'],
      true,
    ],
    ['decoration', { ...whole, alt: undefined, decorative: true }, [], true],
    [
      'decoration with an alternative text',
      { ...whole, decorative: true },
      ['alt-of-decoration'],
      true,
    ],
    ['a caption that repeats', { ...whole, caption: whole.alt }, ['caption-equals-alt'], true],
    ['words of an imported issue', { caption: 'In Berlin' }, [], true],
  ])('of %s', (_, value, codes, isBegun) => {
    const look = portraitLook(value);
    expect([look.problems.map(({ code }) => code), look.isBegun]).toEqual([codes, isBegun]);
  });
});

describe('the writing aids', () => {
  it('stand together by field', () => {
    const finding = (path: string) => ({
      code: 'c',
      path,
      at: 0,
      message: '',
      fix: '',
      excerpt: null,
    });
    const [one, two, three] = ['whyWeCare[_key=="a"]', 'score.about', 'whyWeCare'].map(finding);
    expect(groupFindings([one, two, three].filter((each) => each !== undefined))).toEqual([
      { field: 'whyWeCare', findings: [one, three] },
      { field: 'score', findings: [two] },
    ]);
  });

  it('count the words of an answer', () => {
    const value = [
      { _type: 'block', children: [{ text: 'Two ' }, { text: 'words.' }] },
      { _type: 'portrait' },
    ];
    const of = (field: string, language: string) => lengthOfAnswer({ field, value, language });
    expect(of('whyWeCare', 'en')).toEqual({ words: 2, from: 40, to: 260 });
    expect(of('whyWeCare', 'ja')).toBeNull();
    expect(of('headline', 'en')).toBeNull();
  });
});

it('the sources that words can point to are offered by title', () => {
  expect(
    citableSources({
      citations: [
        { key: 'un', title: 'World Braille Day', publisher: 'United Nations' },
        { key: 'bare' },
        { title: 'Without a key' },
      ],
    }),
  ).toEqual([
    { key: 'un', label: 'World Braille Day, United Nations' },
    { key: 'bare', label: 'bare' },
  ]);
});
