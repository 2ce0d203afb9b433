import { describe, expect, it } from 'vitest';
import { parseDocument } from '../../src/briefing/parse.ts';
import {
  briefingDocument,
  countryDocument,
  marked,
  paragraph,
  personDocument,
  problemsIn,
  reference,
  settingsDocument,
  teamDocument,
  told,
} from './sample.ts';

const clean = {
  whyWeCare: [marked('Grain.', ['c'], [{ _key: 'c', _type: 'citation', citation: 'one' }])],
};
const image = {
  _type: 'image',
  asset: reference('image-0123456789abcdef0123456789abcdef01234567-1200x1500-jpg'),
};

describe('what a briefing needs (F15)', () => {
  it('is nothing more than the sample has', () => {
    expect(told(parseDocument(briefingDocument(clean)))).toEqual([]);
  });

  it.each([
    'headline',
    'slug',
    'date',
    'person',
    'whyInTheNews',
    'whyWeCare',
    'whyYouShouldCare',
    'whoElseCares',
  ])('is %s', (field) => {
    for (const absent of [undefined, null]) {
      expect(told(parseDocument(briefingDocument({ ...clean, [field]: absent })))).toContain(
        `error required ${field}`,
      );
    }
  });

  it('is words, not empty paragraphs or spaces', () => {
    const document = briefingDocument({
      ...clean,
      headline: ' \u200B\u00A0 ',
      whoElseCares: [paragraph('d', ' '), paragraph('e', '')],
      slug: { _type: 'slug' },
    });
    expect(told(parseDocument(document))).toEqual([
      'error required headline',
      'error required slug',
      'error required whoElseCares',
    ]);
  });

  it('is told in an editor’s words, with a way out', () => {
    const [problem] = problemsIn(parseDocument(briefingDocument({ ...clean, headline: '' })));
    expect(problem).toEqual({
      code: 'required',
      path: 'headline',
      severity: 'error',
      message: 'The headline is empty.',
      fix: 'Write the headline of the briefing.',
    });
  });

  it('can do without score, citations, countries, byline and language, with a warning for each', () => {
    const absent = ['score', 'citations', 'countries', 'byline', 'language'];
    const fields = Object.fromEntries(absent.map((field) => [field, undefined]));
    const verdict = parseDocument(briefingDocument(fields));
    expect(verdict.ok).toBe(true);
    expect(told(verdict)).toEqual([
      'warning recommended language',
      'warning recommended score',
      'warning recommended citations',
      'warning recommended countries',
      'warning recommended byline',
    ]);
  });
});

describe('what a briefing must not say (F15, F29)', () => {
  it.each<[story: string, fields: Record<string, unknown>, problems: string[]]>([
    ['half a point', { score: { value: 7.5, about: 'grain' } }, ['error out-of-range score.value']],
    ['eleven of ten', { score: { value: 11, about: 'grain' } }, ['error out-of-range score.value']],
    ['a score of nothing', { score: { value: 7 } }, ['error required score.about']],
    ['a score without a number', { score: { about: 'grain' } }, ['error required score.value']],
    ['an age without a reason', { age: { value: 68 } }, ['error required age.reason']],
    ['an age of words', { age: { value: '68', reason: 'x' } }, ['error wrong-type age.value']],
    ['a date of another age', { date: '0800-12-25' }, ['error bad-date date']],
    [
      'an instant after all zones',
      { publishAt: '9999-12-31T23:59:59Z' },
      ['error bad-instant publishAt'],
    ],
    [
      'groups that the Studio left empty',
      { age: { _type: 'age' }, retraction: {}, portrait: {} },
      [],
    ],
    ['a score cleared', { score: {} }, ['warning recommended score']],
    ['a date that is none', { date: '2026-02-30' }, ['error bad-date date']],
    [
      'an instant with an offset',
      { publishAt: '2026-11-24T07:00:00+01:00' },
      ['error bad-instant publishAt'],
    ],
    [
      'down before up',
      { publishAt: '2026-11-24T07:00:00Z', unpublishAt: '2026-11-24T07:00:00.000Z' },
      ['error period-reversed unpublishAt'],
    ],
    ['a reserved slug', { slug: { current: 'index' } }, ['error reserved-slug slug.current']],
    ['a summary of 201', { summary: 'a'.repeat(201) }, ['error too-long summary']],
    ['a language that is none', { language: 'english!' }, ['error bad-language language']],
    ['pronouns that are none', { pronouns: 'xe' }, ['error bad-choice pronouns']],
    ['a draft’s person', { person: reference('drafts.p') }, ['error draft-reference person._ref']],
    ['a person by path', { person: reference('../p') }, ['error bad-reference person._ref']],
    [
      'its own translation',
      { translationOf: reference('briefing-a') },
      ['error self-reference translationOf'],
    ],
    [
      'itself as related',
      { related: [{ ...reference('briefing-a'), _key: 'x' }] },
      ['error self-reference related[_key=="x"]'],
    ],
    [
      'a country twice',
      {
        countries: [
          { ...reference('c'), _key: 'x' },
          { ...reference('c'), _key: 'y' },
        ],
      },
      ['error duplicate-reference countries[_key=="y"]'],
    ],
    [
      'a line by nobody',
      { byline: [{ _key: 'x', note: 'us' }] },
      ['error required byline[_key=="x"].contributor'],
    ],
    [
      'a correction of nothing',
      { corrections: [{ _key: 'x' }] },
      [
        'error required corrections[_key=="x"].at',
        'error required corrections[_key=="x"].kind',
        'error required corrections[_key=="x"].text',
      ],
    ],
    [
      'a retraction without a word',
      { retraction: { at: '2026-11-25T07:00:00Z' } },
      ['error required retraction.reason'],
    ],
    [
      'an identity of no country',
      { identities: [{ _key: 'x', from: '1999', until: '1998-05' }] },
      [
        'error period-reversed identities[_key=="x"].until',
        'error required identities[_key=="x"].country',
      ],
    ],
    [
      'a source without a name',
      { citations: [{ _key: 'one', key: 'one' }] },
      ['error required citations[_key=="one"].url', 'error required citations[_key=="one"].title'],
    ],
    [
      'a source by script',
      { citations: [{ _key: 'one', key: 'one', url: 'javascript:x', title: 'One' }] },
      ['error unsafe-link citations[_key=="one"].url'],
    ],
    [
      'two sources of one key',
      {
        citations: ['a', 'b'].map((_key) => ({
          _key,
          key: 'one',
          url: 'https://x.org',
          title: 'One',
        })),
      },
      ['error duplicate-key citations[_key=="b"].key'],
    ],
    [
      'a source that is not there',
      { citations: [] },
      [
        'error dangling-citation whyWeCare[_key=="m"].markDefs[_key=="c"].citation',
        'warning recommended citations',
      ],
    ],
    ['a field misspelt', { hedline: 'x' }, ['warning unknown-field hedline']],
    [
      'a field misspelt inside',
      { score: { value: 1, about: 'x', abuot: 'y' } },
      ['warning unknown-field score.abuot'],
    ],
    ['Sanity’s own fields', { _system: {}, _originalId: 'x' }, []],
    ['nothing, by null', { summary: null, related: null }, []],
  ])('%s', (_, fields, problems) => {
    expect(told(parseDocument(briefingDocument({ ...clean, ...fields })))).toEqual(problems);
  });

  it('does not come from a prototype (F72)', () => {
    const { headline: _, ...rest } = briefingDocument(clean);
    const text = JSON.stringify({ summary: null, ...rest });
    const document: unknown = JSON.parse(
      `${text.slice(0, -1)},"__proto__":{"headline":"Polluted"}}`,
    );
    expect(told(parseDocument(document))).toEqual(['error required headline']);
  });

  it('is told all at once, and a field that cannot be read is not called missing', () => {
    const document = briefingDocument({ ...clean, headline: 3, date: 'soon', citations: 'none' });
    expect(told(parseDocument(document))).toEqual([
      'error wrong-type headline',
      'error bad-date date',
      'error wrong-type citations',
    ]);
  });
});

describe('a portrait', () => {
  it.each<[story: string, portrait: Record<string, unknown>, problems: string[]]>([
    ['with all it needs', { image, alt: 'A woman', credit: 'Ada', licence: { name: 'CC0' } }, []],
    ['as decoration', { image, decorative: true, credit: 'Ada', licence: { name: 'CC0' } }, []],
    ['of words alone, from an old issue', { alt: 'A woman', caption: 'The winner' }, []],
    [
      'of a picture alone',
      { image },
      [
        'error alt-missing portrait.alt',
        'error credit-missing portrait.credit',
        'error licence-missing portrait.licence.name',
      ],
    ],
    [
      'with one sentence twice',
      { alt: 'A woman', caption: 'A woman' },
      ['warning caption-equals-alt portrait.caption'],
    ],
    [
      'described and decorative',
      { image, alt: 'A', decorative: true, credit: 'A', licence: { name: 'CC0' } },
      ['warning alt-of-decoration portrait.alt'],
    ],
    [
      'cropped away',
      {
        image: { ...image, crop: { top: 0.5, bottom: 0.5, left: 0, right: 0 } },
        alt: 'A',
        credit: 'A',
        licence: { name: 'CC0' },
      },
      ['error bad-crop portrait.image.crop'],
    ],
    [
      'of a file of another kind',
      {
        image: { asset: reference('file-abc-pdf') },
        alt: 'A',
        credit: 'A',
        licence: { name: 'CC0' },
      },
      ['error bad-image portrait.image.asset._ref'],
    ],
    ['of a picture that was removed', { image: { _type: 'image' }, alt: 'A' }, []],
    ['of nothing, as the Studio leaves it', { _type: 'portrait' }, []],
  ])('%s', (_, portrait, problems) => {
    expect(told(parseDocument(briefingDocument({ ...clean, portrait })))).toEqual(problems);
  });
});

describe('other documents', () => {
  it.each<[story: string, document: unknown, problems: string[]]>([
    ['a person', personDocument(), []],
    [
      'a person of whom little is known',
      personDocument({ pronouns: undefined, born: undefined, identities: [], portrait: undefined }),
      [
        'warning recommended pronouns',
        'warning recommended born',
        'warning recommended identities',
        'warning recommended portrait',
      ],
    ],
    [
      'an organisation',
      personDocument({
        kind: 'organisation',
        pronouns: undefined,
        born: undefined,
        identities: [],
      }),
      [],
    ],
    ['a person without a name', personDocument({ name: '' }), ['error required name']],
    [
      'a person who died first',
      personDocument({ born: '1957-05', died: '1957-04-30' }),
      ['error period-reversed died'],
    ],
    ['a person who died the same year', personDocument({ born: '1957-05', died: '1957' }), []],
    ['a person born on no day', personDocument({ born: '1957-02-29' }), ['error bad-date born']],
    [
      'a native name of no language',
      personDocument({ nativeName: { text: 'Ада' } }),
      ['error required nativeName.language'],
    ],
    [
      'a role of no title',
      personDocument({ roles: [{ _key: 'x' }] }),
      ['error required roles[_key=="x"].title'],
    ],
    [
      'a role that ends first',
      personDocument({ roles: [{ _key: 'x', title: 'President', from: '2020', until: '2019' }] }),
      ['error period-reversed roles[_key=="x"].until'],
    ],
    [
      'a link to nowhere',
      personDocument({ links: [{ _key: 'x', title: 'Home' }] }),
      ['error required links[_key=="x"].url'],
    ],
    [
      'a person merged into herself',
      personDocument({ mergedInto: reference('person-a') }),
      ['error self-reference mergedInto'],
    ],
    ['a team', teamDocument(), []],
    ['a team without a slug', teamDocument({ slug: undefined }), ['error required slug']],
    ['an author', { _id: 'a', _type: 'author', name: 'Ada' }, []],
    ['a topic', { _id: 't', _type: 'topic', title: 'Grain', slug: { current: 'grain' } }, []],
    [
      'a topic without a title',
      { _id: 't', _type: 'topic', slug: { current: 'grain' } },
      ['error required title'],
    ],
    ['a redirect', { _id: 'redirect-b', _type: 'redirect', from: 'b', to: reference('c') }, []],
    ['a redirect home', { _id: 'redirect-b', _type: 'redirect', from: 'b' }, []],
    [
      'a redirect of another',
      { _id: 'redirect-x', _type: 'redirect', from: 'b' },
      ['error bad-id _id'],
    ],
    [
      'a redirect to itself',
      { _id: 'redirect-b', _type: 'redirect', from: 'b', to: reference('b') },
      ['error self-reference to'],
    ],
    [
      'a redirect of a long id',
      { _id: `redirect-${'0'.repeat(64)}`, _type: 'redirect', from: 'b'.repeat(125) },
      [],
    ],
    ['settings', settingsDocument(), []],
    ['second settings', settingsDocument({ _id: 'other' }), ['error bad-id _id']],
    [
      'settings of no place',
      settingsDocument({ timeZone: 'Europe/Nowhere' }),
      ['error bad-time-zone timeZone'],
    ],
    [
      'a label from no day',
      settingsDocument({ labelOverrides: [{ _key: 'x', question: 'age', text: 'Years?' }] }),
      ['error required labelOverrides[_key=="x"].effectiveFrom'],
    ],
    ['a draft', briefingDocument({ ...clean, _id: 'drafts.briefing-a' }), ['error draft _id']],
    [
      'a version',
      briefingDocument({ ...clean, _id: 'versions.r1.briefing-a' }),
      ['error draft _id'],
    ],
    ['an id by path', briefingDocument({ ...clean, _id: '../secret' }), ['error bad-id _id']],
    ['a document of another type', { _id: 'x', _type: 'page' }, ['error unknown-type _type']],
    ['no document', null, ['error unknown-type _type']],
    ['a list', [], ['error unknown-type _type']],
  ])('%s', (_, document, problems) => {
    expect(told(parseDocument(document))).toEqual(problems);
  });
});

describe('a country’s code', () => {
  it.each([
    ['KZ', 'current', []],
    ['XK', 'contested', []],
    ['TW', 'contested', []],
    ['PS', 'contested', []],
    ['EH', 'contested', []],
    ['SU', 'former', []],
    ['YU', 'former', []],
    ['YUCS', 'former', []],
    ['DDDE', 'former', []],
    ['X-STATELESS', 'none', []],
    ['X-KURDISTAN', 'contested', []],
    ['SU', 'current', ['warning former-country-code status']],
    ['ZZ', 'current', ['error unknown-country-code code']],
    ['kz', 'current', ['error unknown-country-code code']],
    ['KAZ', 'current', ['error unknown-country-code code']],
    ['X-', 'none', ['error unknown-country-code code']],
    ['__proto__', 'none', ['error unknown-country-code code']],
  ])('%s, %s', (code, status, problems) => {
    expect(told(parseDocument(countryDocument({ code, status })))).toEqual(problems);
  });
});
