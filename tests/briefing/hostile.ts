import fc from 'fast-check';

/**
 * Documents as they may come from the content lake: sound ones whose texts hold whatever people
 * and attackers type, and the same with something replaced by what no form would write. The same
 * seed gives the same documents.
 */

/** Plain arrays of documents, for tests that only want to look at many. About half of them parse. */
export function hostileDocuments(seed: number, count: number): unknown[] {
  return fc.sample(anyDocument, { seed, numRuns: count });
}

/** As `hostileDocuments`, but nothing is broken: only texts, links and marks are hostile. */
export function soundDocuments(seed: number, count: number): unknown[] {
  return fc.sample(soundDocument, { seed, numRuns: count });
}

/** Texts that run, leave or break a page, a feed or a script where somebody forgot to escape. */
export const activeTexts: readonly string[] = [
  '<script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  `' onmouseover='alert(1)`,
  '" autofocus onfocus="alert(1)',
  '<!--<script>',
  '--><img src=x onerror=alert(1)>',
  ']]><script>alert(1)</script>',
  '<![CDATA[<script>alert(1)</script>]]>',
  '<?xml-stylesheet href="javascript:alert(1)"?>',
  '<!ENTITY x SYSTEM "file:///etc/passwd">&x;',
  '</title><script>alert(1)</script>',
  '</style><script>alert(1)</script>',
  '</textarea><iframe srcdoc="<script>alert(1)</script>">',
  '<math><mi//xlink:href="data:x,<script>alert(1)</script>">',
  '<a href="javascript:alert(1)">x</a>',
  '<base href="https://evil.example/">',
  '<form id=location><input name=href>',
  '<meta http-equiv="refresh" content="0;url=https://evil.example/">',
  '&lt;script&gt;alert(1)&lt;/script&gt;',
  '&#60;script&#62;alert(1)',
  '{{constructor.constructor("alert(1)")()}}',
  '${alert(1)}',
  '\u2028alert(1)\u2029',
  '\\u003cscript\\u003e',
  'javascript:alert(1)',
  '=HYPERLINK("https://evil.example","x")',
  'Set-Cookie: a=b\r\nX-Injected: 1',
  // To a page of ours that there is not, as one might write about the web.
  'Every page had a link, <a href="/contact/">contact</a>, in 1996.',
  '[contact](https://daily.example/contact/) <https://short-answer.example/contact>',
  '","url":"https://daily.example/contact/","x":"',
];

/** Texts that are hard on layout and encodings, and mean no harm or some. */
export const oddTexts: readonly string[] = [
  '',
  ' ',
  '\u200B',
  'ordinary words',
  'naïve café – “quoted” … 10 %',
  'cafe\u0301',
  'Қасым-Жомарт Тоқаев',
  'محمد بن سلمان',
  'בִּנְיָמִין',
  '習近平',
  '👩🏽‍🚀 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ❤️‍🔥 1️⃣',
  'می‌خواهم',
  'क्‍ष',
  '\u202Eevil\u202C and on',
  'open \u202E override',
  'close \u2069\u202C nothing',
  '\u2067isolate',
  'a\u0000b\u0007c\u001Bd\u007Fe\u0085f',
  '\uFEFFbom',
  '\uFDD0marker\uFDEF \uFFFE\uFFFF \u{1FFFE}',
  '\uD800lone\uDFFF',
  'tab\tline\r\nline\rline\n\n\n\nline',
  'a'.repeat(400),
  `Z${'\u0300\u0301\u0302\u0303'.repeat(30)}algo`,
  'zero\u200Bwidth\u200C\u200D\u2060stega\uFEFF',
  '__proto__',
  'constructor',
  'null',
  'NaN',
  '0',
];

/** Addresses that must never become a link. */
export const hostileUrls: readonly string[] = [
  'javascript:alert(1)',
  'JaVaScRiPt:alert(1)',
  'java\nscript:alert(1)',
  'java\tscript:alert(1)',
  '\u0001javascript:alert(1)',
  ' javascript:alert(1)',
  'javascript\u200B:alert(1)',
  'javascript&colon;alert(1)',
  'javascript://example.org/%0Aalert(1)',
  'data:text/html,<script>alert(1)</script>',
  'data:image/svg+xml;base64,PHN2Zz4=',
  'vbscript:msgbox(1)',
  'file:///etc/passwd',
  'blob:https://example.org/1',
  'filesystem:https://example.org/1',
  'about:blank',
  'view-source:https://example.org/',
  'ws://example.org/',
  'ftp://example.org/',
  'intent://example.org/#Intent;end',
  '//evil.example/',
  '\\\\evil.example\\',
  'https:\\\\evil.example',
  'https:evil.example',
  'https:/evil.example',
  'https://',
  'https:// evil.example/',
  'https://user:secret@evil.example/',
  'https://user@evil.example/',
  'https://:secret@evil.example/',
  'https://example.org\\@evil.example/',
  'https://example.org/a\nb',
  'https://example.org/\u200Ehidden',
  'https://exam\u202Eple.org/',
  'https://example.org\u0000.evil.example/',
  'https://[::1',
  'https://example.org:99999/',
  'http://%00/',
  '/relative',
  './relative',
  '?query',
  '#fragment',
  '',
  ' ',
  'example.org',
  'mailto:',
  'mailto:nobody',
  'mailto:a@b?subject=x%0D%0ABcc:c@d',
  'mailto:"><script>@b',
  'tel:',
  'tel:call-me',
  'tel:+1<script>',
];

/** Slugs that must never become part of an address or an object key. */
export const hostileSlugs: readonly string[] = [
  '',
  ' ',
  '-',
  '--',
  'a-',
  '-a',
  'a--b',
  'A',
  'Index',
  'index',
  'a b',
  'a_b',
  'a.b',
  '.',
  '..',
  '../a',
  '..%2fa',
  '%2e%2e',
  'a/b',
  '/a',
  'a/',
  'a\\b',
  'a\u0000',
  'a\n',
  'a\r\nX-Header: 1',
  'a?b',
  'a#b',
  'a&b',
  'a=b',
  'a;b',
  'a,b',
  'a:b',
  'a@b',
  'a+b',
  'a*b',
  'a|b',
  'a<b',
  'a>b',
  'a"b',
  "a'b",
  'a`b',
  'a$b',
  'a~b',
  'a!b',
  'a(b)',
  'a[b]',
  'a{b}',
  'index.html',
  '__proto__',
  'é',
  'ａ',
  'а',
  '中',
  '😀',
  'a\u200Bb',
  'a\u202Eb',
  'ı',
  'a'.repeat(81),
  `${'a-'.repeat(60)}a`,
];

/** Dates that no calendar has, or that are not written as dates. */
export const badDates: readonly string[] = [
  '',
  '2026',
  '2026-13-01',
  '2026-00-10',
  '2026-02-29',
  '2024-02-30',
  '1900-02-29',
  '2026-04-31',
  '2026-11-00',
  '2026-11-32',
  '0000-01-01',
  '-001-01-01',
  '26-11-24',
  '2026-1-1',
  '2026/11/24',
  '24.11.2026',
  '20261124',
  '2026-11-24T00:00:00Z',
  '2026-W48-2',
  '2026-328',
  ' 2026-11-24 x',
  '２０２６-11-24',
  'today',
  'Invalid Date',
];

const anyText = fc.oneof(
  { weight: 4, arbitrary: fc.lorem({ maxCount: 12 }) },
  { weight: 3, arbitrary: fc.constantFrom(...activeTexts) },
  { weight: 2, arbitrary: fc.constantFrom(...oddTexts) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  {
    weight: 1,
    arbitrary: fc.array(fc.constantFrom(...activeTexts, ...oddTexts), { maxLength: 3 }).map(joined),
  },
);
/** For fields of one line, which are bounded. */
const shortText = anyText.map((text) => text.slice(0, 90));
/** For fields of which a reader must see something; short enough for the shortest of them. */
const visibleText = fc
  .tuple(fc.constantFrom('Words ', 'Слова ', 'كلمات '), shortText)
  .map(([words, text]) => words + text);
const anySlug = fc
  .array(fc.stringMatching(/^[a-z0-9]{1,8}$/), { minLength: 1, maxLength: 5 })
  .map((words) => words.join('-'))
  .filter((slug) => slug !== 'index');
const anyDate = fc
  .tuple(
    fc.integer({ min: 1900, max: 2100 }),
    fc.integer({ min: 1, max: 12 }),
    fc.integer({ min: 1, max: 28 }),
  )
  .map(([year, month, day]) => `${year}-${padded(month)}-${padded(day)}`);
const anyPartialDate = anyDate.chain((date) =>
  fc.constantFrom(date, date.slice(0, 7), date.slice(0, 4)),
);
const anyInstant = anyDate.map((date) => `${date}T10:20:30.456Z`);
const anyLanguage = fc.constantFrom('en', 'ar', 'he', 'ru', 'kk', 'zh-Hant', 'pt-BR');
const anyUrl = fc.oneof(
  fc.webUrl({ withQueryParameters: true, withFragments: true }),
  fc.constantFrom(
    'https://example.org',
    'http://example.org/a%20b?c=d&e="f"',
    'https://例え.jp/道',
  ),
);
const anyHref = fc.oneof(
  { weight: 2, arbitrary: anyUrl },
  { weight: 2, arbitrary: fc.constantFrom(...hostileUrls) },
  { weight: 1, arbitrary: fc.constantFrom('mailto:desk@example.org', 'tel:+44-20-7946-0000') },
);
const anyKey = fc.stringMatching(/^[a-f0-9]{12}$/);
const anyId = fc.stringMatching(/^[a-z]{1,6}-[a-z0-9]{1,8}$/);
const anyReference = fc.record({
  _type: fc.constant('reference'),
  _ref: anyId,
  _key: anyKey,
});
const anyReferences = fc.uniqueArray(anyReference, { maxLength: 3, selector: ({ _ref }) => _ref });

const anyPortrait = fc
  .record({
    decorative: fc.boolean(),
    alt: visibleText,
    caption: fc.option(shortText, { nil: undefined }),
    credit: visibleText,
    creator: fc.option(shortText, { nil: undefined }),
    licence: fc.record({ name: visibleText, url: anyUrl }),
    acquireUrl: fc.option(anyUrl, { nil: undefined }),
    image: fc.option(
      fc.record({
        _type: fc.constant('image'),
        asset: fc.record({
          _type: fc.constant('reference'),
          _ref: fc.stringMatching(/^[0-9a-f]{40}$/).map((hash) => `image-${hash}-1200x1500-jpg`),
        }),
      }),
      { nil: undefined },
    ),
  })
  .map((portrait) => ({ _type: 'portrait', ...portrait }));

/** Where a definition stands that its text may point to, and what may be wrong with it is text. */
const anyDefinition = fc.oneof(
  anyHref.map((href) => ({ _type: 'link', href })),
  anyId.map((id) => ({
    _type: 'briefingReference',
    reference: { _type: 'reference', _ref: id, _weak: true },
  })),
  anyLanguage.map((language) => ({ _type: 'lang', language })),
  fc.constant({ _type: 'citation', citation: 'source' }),
  shortText.map((text) => ({ _type: 'internalLink', text })),
);

const anyBlock = fc
  .record({
    key: anyKey,
    style: fc.constantFrom('normal', 'normal', 'h3', 'blockquote', 'h1'),
    listItem: fc.constantFrom(undefined, undefined, 'bullet', 'number', 'checkbox'),
    level: fc.constantFrom(undefined, 1, 2, 3, 7),
    texts: fc.array(anyText, { minLength: 1, maxLength: 4 }),
    definition: anyDefinition,
    cite: fc.option(shortText, { nil: undefined }),
    marks: fc.subarray(['strong', 'em', 'defined', 'underline', '__proto__']),
  })
  .map(({ key, texts, definition, marks, ...shape }) => ({
    _type: 'block',
    _key: key,
    ...shape,
    markDefs: [{ _key: 'defined', ...definition }],
    children: texts.map((text, at) => ({
      _type: 'span',
      _key: `${key}${at}`,
      text,
      marks: at % 2 === 0 ? marks : [],
    })),
  }));

const anyAnswer = fc
  .tuple(
    visibleText,
    fc.array(fc.oneof({ weight: 5, arbitrary: anyBlock }, { weight: 1, arbitrary: anyPortrait }), {
      maxLength: 4,
    }),
  )
  .map(([first, blocks]) => [
    {
      _type: 'block',
      _key: 'first',
      style: 'normal',
      markDefs: [],
      children: [{ _type: 'span', _key: 'only', text: first, marks: [] }],
    },
    ...blocks,
  ]);

const system = {
  _id: anyId,
  _rev: fc.stringMatching(/^[A-Za-z0-9]{22}$/),
  _createdAt: anyInstant,
  _updatedAt: anyInstant,
};
const slug = anySlug.map((current) => ({ _type: 'slug', current }));
const translations = fc.array(fc.record({ _key: anyKey, language: anyLanguage, text: shortText }), {
  maxLength: 2,
});
const identities = fc.array(
  fc.record({
    _key: anyKey,
    _type: fc.constant('identity'),
    country: anyReference,
    demonym: fc.option(shortText, { nil: undefined }),
    note: fc.option(shortText, { nil: undefined }),
    from: fc.option(fc.constantFrom('1950', '1950-02', '1950-02-03'), { nil: undefined }),
    until: fc.option(fc.constantFrom('1991', '1991-12', '1991-12-26'), { nil: undefined }),
  }),
  { maxLength: 3 },
);
const links = fc.array(fc.record({ _key: anyKey, title: shortText, url: anyUrl }), {
  maxLength: 3,
});

const soundBriefing = fc.record(
  {
    ...system,
    _type: fc.constant('briefing'),
    headline: visibleText,
    slug,
    date: anyDate,
    person: anyReference,
    whyInTheNews: anyAnswer,
    whyWeCare: anyAnswer,
    whyYouShouldCare: anyAnswer,
    whoElseCares: anyAnswer,
    citations: fc
      .record({ url: anyUrl, title: visibleText, publisher: shortText, accessedOn: anyDate })
      .map((citation) => [{ _key: 'source', key: 'source', ...citation }]),
    furtherComments: anyAnswer,
    summary: shortText,
    language: anyLanguage,
    translationOf: anyReference,
    age: fc.record({ value: fc.integer({ min: 0, max: 150 }), reason: visibleText }),
    identities,
    pronouns: fc.constantFrom('he', 'she', 'it', 'they'),
    portrait: anyPortrait,
    score: fc.record({ value: fc.integer({ min: 0, max: 10 }), about: visibleText }),
    countries: anyReferences,
    topics: anyReferences,
    byline: fc.array(fc.record({ _key: anyKey, contributor: anyReference, note: shortText }), {
      maxLength: 3,
    }),
    related: anyReferences,
    publishAt: fc.constant('2026-11-24T07:00:00Z'),
    unpublishAt: fc.constant('2027-11-24T07:00:00Z'),
    corrections: fc.array(
      fc.record({
        _key: anyKey,
        at: anyInstant,
        kind: fc.constantFrom('correction', 'update', 'clarification'),
        text: visibleText,
      }),
      { maxLength: 2 },
    ),
    retraction: fc.record({ at: anyInstant, reason: visibleText }),
  },
  {
    requiredKeys: [
      '_id',
      '_type',
      'headline',
      'slug',
      'date',
      'person',
      'whyInTheNews',
      'whyWeCare',
      'whyYouShouldCare',
      'whoElseCares',
      'citations',
    ],
  },
);

const soundPerson = fc.record(
  {
    ...system,
    _type: fc.constant('person'),
    name: visibleText,
    slug,
    nameInOtherLanguages: translations,
    sortName: shortText,
    nativeName: fc.record({ text: visibleText, language: anyLanguage }),
    alsoKnownAs: fc.array(shortText, { maxLength: 3 }),
    kind: fc.constantFrom('individual', 'organisation', 'group'),
    pronouns: fc.constantFrom('he', 'she', 'it', 'they'),
    born: anyPartialDate,
    identities,
    roles: fc.array(fc.record({ _key: anyKey, title: visibleText, from: fc.constant('2019') }), {
      maxLength: 2,
    }),
    portrait: anyPortrait,
    links,
    mergedInto: anyReference,
  },
  { requiredKeys: ['_id', '_type', 'name', 'slug'] },
);

const soundCountry = fc.record(
  {
    ...system,
    _type: fc.constant('country'),
    code: fc.constantFrom('KZ', 'XK', 'SU', 'X-STATELESS'),
    name: visibleText,
    demonym: visibleText,
    slug,
    nameInOtherLanguages: translations,
    demonymInOtherLanguages: translations,
    status: fc.constantFrom('current', 'former', 'contested', 'none'),
  },
  { requiredKeys: ['_id', '_type', 'code', 'name', 'demonym', 'slug'] },
);

const soundTeam = fc.record(
  {
    ...system,
    _type: fc.constant('team'),
    name: visibleText,
    slug,
    description: shortText,
    links,
    logo: anyPortrait,
    mergedInto: anyReference,
  },
  { requiredKeys: ['_id', '_type', 'name', 'slug'] },
);

const soundAuthor = fc.record(
  {
    ...system,
    _type: fc.constant('author'),
    name: visibleText,
    description: shortText,
    links,
    portrait: anyPortrait,
  },
  { requiredKeys: ['_id', '_type', 'name'] },
);

const soundTopic = fc.record(
  {
    ...system,
    _type: fc.constant('topic'),
    title: visibleText,
    slug,
    description: shortText,
    titleInOtherLanguages: translations,
  },
  { requiredKeys: ['_id', '_type', 'title', 'slug'] },
);

const soundRedirect = fc
  .tuple(anyId, fc.option(anyReference, { nil: undefined }))
  .map(([from, to]) => ({ _id: `redirect-${from}`, _type: 'redirect', from, to }));

const soundSettings = fc.record(
  {
    _id: fc.constant('siteSettings'),
    _type: fc.constant('siteSettings'),
    name: visibleText,
    timeZone: fc.constantFrom('Europe/London', 'Asia/Almaty', 'UTC'),
    language: anyLanguage,
    description: shortText,
    defaultTeam: anyReference,
    licence: fc.record({ name: visibleText, url: anyUrl }),
    attribution: shortText,
    contact: shortText,
    accent: fc.constantFrom('ink', 'rose'),
    labelOverrides: fc.array(
      fc.record({
        _key: anyKey,
        question: fc.constantFrom('age', 'in-the-news'),
        pronouns: fc.constantFrom('he', 'they'),
        language: anyLanguage,
        text: visibleText,
        effectiveFrom: anyDate,
      }),
      { maxLength: 2 },
    ),
  },
  { requiredKeys: ['_id', '_type', 'name', 'timeZone', 'language'] },
);

const soundDocument: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 12, arbitrary: soundBriefing },
  { weight: 4, arbitrary: soundPerson },
  { weight: 1, arbitrary: soundCountry },
  { weight: 1, arbitrary: soundTeam },
  { weight: 1, arbitrary: soundAuthor },
  { weight: 1, arbitrary: soundTopic },
  { weight: 1, arbitrary: soundRedirect },
  { weight: 1, arbitrary: soundSettings },
);

/** Values that a field of any kind may hold when nobody keeps the form. */
export const hostileValues: readonly unknown[] = [
  undefined,
  null,
  true,
  false,
  0,
  -1,
  7.5,
  1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  '',
  'text',
  [],
  [[]],
  [null],
  ['text'],
  [0],
  {},
  { _type: 'unknown' },
  [{}],
  [{ _type: 'block' }],
  [{ _type: 'block', children: 'text' }],
  [{ _type: 'block', children: [{ _type: 'span' }] }],
  [{ _type: 'block', children: [{ _type: 'widget', html: '<script>alert(1)</script>' }] }],
  [{ _type: 'html', html: '<script>alert(1)</script>' }],
  [{ _type: 'block', level: 1_000_000, listItem: 'bullet', children: [] }],
  [{ _type: 'block', markDefs: 'x', children: [{ _type: 'span', text: 'x', marks: 'strong' }] }],
  [{ _type: 'block', children: [{ _type: 'span', text: 'x', marks: [{}, null, 3] }] }],
  { _type: 'reference', _ref: 'drafts.secret' },
  { _type: 'reference', _ref: 'versions.r1.secret' },
  { _type: 'reference', _ref: '../../etc' },
  { _ref: 3 },
  { current: '../index.html' },
  { value: 11, about: {} },
  JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'),
  JSON.parse('[{"__proto__": {"polluted": true}, "_type": "block"}]'),
  nested(30),
  nested(5_000),
  'x'.repeat(70_000),
  Array.from({ length: 3_000 }, () => ({ _type: 'block', children: [] })),
  ...badDates,
];

const anyHostileValue = fc.oneof(
  fc.constantFrom(...hostileValues),
  fc.constantFrom<unknown>(...activeTexts, ...oddTexts, ...hostileUrls, ...hostileSlugs),
  fc.jsonValue({ maxDepth: 3 }),
);

/** A sound document in which something, anywhere, was replaced, added or taken away. */
const brokenDocument = fc
  .tuple(
    soundDocument,
    fc.array(
      fc.record({
        where: fc.array(fc.nat({ max: 40 }), { minLength: 1, maxLength: 5 }),
        what: anyHostileValue,
        how: fc.constantFrom('replace', 'replace', 'remove', 'add'),
        name: fc.constantFrom('extra', '__proto__', 'constructor', '<b>', '_system', 'a b'),
      }),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([document, changes]) =>
    changes.reduce<unknown>((changed, change) => altered(changed, change.where, change), document),
  );

const anyDocument: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: soundDocument },
  { weight: 7, arbitrary: brokenDocument },
  { weight: 1, arbitrary: anyHostileValue },
);

interface Change {
  readonly what: unknown;
  readonly how: string;
  readonly name: string;
}

/** A copy with one change, at the end of a way that numbers tell: the nth child of the nth child. */
function altered(value: unknown, where: readonly number[], change: Change): unknown {
  const [step, ...rest] = where;
  if (step === undefined || typeof value !== 'object' || value === null) return change.what;
  const fields = Object.entries(value);
  const [name, child] = fields[step % Math.max(1, fields.length)] ?? [change.name, undefined];
  const isEnd = rest.length === 0 || typeof child !== 'object' || child === null;
  const after = fields.filter(([each]) => each !== name || !isEnd || change.how !== 'remove');
  const rebuilt = after.map(([each, before]): [string, unknown] => [
    each,
    each === name && change.how !== 'add'
      ? isEnd
        ? change.what
        : altered(before, rest, change)
      : before,
  ]);
  if (change.how === 'add') rebuilt.push([change.name, change.what]);
  return Array.isArray(value) ? rebuilt.map(([, each]) => each) : Object.fromEntries(rebuilt);
}

function nested(depth: number): unknown {
  let value: unknown = 'bottom';
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { value };
  return value;
}

function joined(texts: readonly string[]): string {
  return texts.join(' ');
}

function padded(number: number): string {
  return String(number).padStart(2, '0');
}
