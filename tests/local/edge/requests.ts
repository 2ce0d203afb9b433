import { createHash } from 'node:crypto';
import { cacheControl } from '../../../src/site/cache-policy.ts';
import type { CacheClass } from '../../../src/site/public-object.ts';
import type { HeaderSet } from '../../../src/site/security-headers.ts';

/** An object of the small bucket that the requests are made to. */
export interface StoredObject {
  readonly body: string;
  readonly contentType: string;
  readonly cache: CacheClass;
  readonly metadata: Readonly<Record<string, string>>;
}

/** What is asked, byte for byte: nobody tidies the target. */
export interface EdgeRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The whole outcome, but for the headers of the policy, which stands here by its name; `none` is for what
 * is refused before it is a request.
 */
export interface EdgeAnswer {
  readonly status: number;
  readonly policy: HeaderSet | 'none';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Row {
  readonly story: string;
  readonly request: EdgeRequest;
  readonly answer: EdgeAnswer;
}

/** When everything in the bucket was written. */
export const storedAt = Date.UTC(2026, 2, 9, 12);

const html = 'text/html; charset=utf-8';
const json = 'application/json; charset=utf-8';

const stored = (
  contentType: string,
  cache: CacheClass,
  body: string,
  metadata: Readonly<Record<string, string>> = {},
): StoredObject => ({ contentType, cache, body, metadata });

const gonePage = (body: string) => stored(html, 'short', body, { status: '410' });
const movedPage = (location: string) =>
  stored(html, 'short', `To ${location}`, { status: '301', location });

/** The bucket, by path below `public/`. */
export const objects = {
  'index.html': stored(html, 'page', 'Home'),
  '404.html': stored(html, 'short', '<h1>Not found</h1>', { 'cache-tag': 'messages' }),
  'people/index.html': stored(html, 'list', 'People'),
  'briefings/ada/index.html': stored(html, 'page', 'Ada', { 'cache-tag': 'briefing-1,person-2' }),
  'briefings/ada/index.txt': stored('text/plain; charset=utf-8', 'page', 'Ada, plainly'),
  'briefings/gone/index.html': gonePage('It is gone.'),
  'briefings/old/index.html': movedPage('/briefings/ada/'),
  'briefings/lured/index.html': movedPage('https://evil.example/'),
  'briefings/slashed/index.html': movedPage('//evil.example/'),
  'feed.json': stored(json, 'list', '{"items":[]}'),
  'sitemap.xml': stored('application/xml; charset=utf-8', 'list', '<urlset/>'),
  oembed: stored(json, 'list', '{"version":"1.0"}'),
  'v1/briefings/Doc-9.json': stored(json, 'page', '{"id":"Doc-9"}'),
  'v1/briefings/Gone-9.json': stored(json, 'short', '{"gone":true}', { status: '410' }),
  'status.json': stored(json, 'receipt', '{"type":"status"}'),
  'v1/receipts/Doc-9.json': stored(json, 'receipt', '{"seq":1}'),
  'embed/imported.7/index.html': stored(html, 'page', 'Embedded'),
  'embed/v1.js': stored('text/javascript; charset=utf-8', 'asset', 'void 0'),
  'images/aBc_9-640.webp': stored('image/webp', 'asset', '0123456789'),
} satisfies Record<string, StoredObject>;

type Key = keyof typeof objects;

/** What stands beside `public/`, and is nobody's business. */
export const secret = {
  key: 'state/root/index.html',
  body: 'The state of the publication',
} as const;

const etagOf = (body: string) => `"${createHash('md5').update(body).digest('hex')}"`;
const length = (body: string) => ({ 'content-length': String(Buffer.byteLength(body)) });
const varies = { vary: 'accept-encoding' } as const;

const ofObject = (key: Key) => ({
  'content-type': objects[key].contentType,
  'cache-control': cacheControl(objects[key].cache),
  ...varies,
});
const validators = (key: Key) => ({
  etag: etagOf(objects[key].body),
  'last-modified': new Date(storedAt).toUTCString(),
});

const found = (key: Key, policy: HeaderSet = 'page'): EdgeAnswer => ({
  status: 200,
  policy,
  headers: { ...ofObject(key), ...validators(key), ...length(objects[key].body) },
  body: objects[key].body,
});

const notModified = (key: Key, policy: HeaderSet = 'page'): EdgeAnswer => ({
  status: 304,
  policy,
  headers: { ...ofObject(key), ...validators(key) },
  body: '',
});

/** An object that says it is gone: its own words, and nothing by which it could be validated. */
const gone = (key: Key, policy: HeaderSet = 'page'): EdgeAnswer => ({
  status: 410,
  policy,
  headers: { ...ofObject(key), ...length(objects[key].body) },
  body: objects[key].body,
});

/** An object that says where it has moved. */
const moved = (key: Key, location: string): EdgeAnswer => {
  const { headers, body } = gone(key);
  return { status: 301, policy: 'page', headers: { ...headers, location }, body };
};

/** What our function says by itself, to whoever asks; the policy says it to who has an origin. */
const forAnybody = { 'access-control-allow-origin': '*' } as const;

/** An address that is written another way: the answer is given before the cache. */
const redirected = (location: string, policy: HeaderSet = 'page'): EdgeAnswer => ({
  status: 301,
  policy,
  headers: { location, 'cache-control': 'public, max-age=300', ...forAnybody },
  body: '',
});

const missing = (policy: HeaderSet = 'page'): EdgeAnswer => ({
  status: 404,
  policy,
  headers: {
    ...ofObject('404.html'),
    ...validators('404.html'),
    ...length(objects['404.html'].body),
  },
  body: objects['404.html'].body,
});

const preflight = (policy: HeaderSet = 'page'): EdgeAnswer => ({
  status: 204,
  policy,
  headers: {
    ...forAnybody,
    'access-control-allow-methods': 'GET, HEAD, OPTIONS',
    'access-control-allow-headers': '*',
    'access-control-max-age': '86400',
  },
  body: '',
});

const notAllowed = (policy: HeaderSet = 'page'): EdgeAnswer => ({
  status: 405,
  policy,
  headers: { allow: 'GET, HEAD, OPTIONS', ...forAnybody },
  body: '',
});

/** Not HTTP: CloudFront and Node both refuse it before any function is called. */
const malformed: EdgeAnswer = { status: 400, policy: 'none', headers: {}, body: '' };

const withoutBody = (answer: EdgeAnswer): EdgeAnswer => ({ ...answer, body: '' });

const part = (key: Key, first: number, last: number): EdgeAnswer => {
  const whole = found(key, 'shared');
  const body = whole.body.slice(first, last + 1);
  const range = { 'content-range': `bytes ${first}-${last}/${whole.body.length}` };
  return { ...whole, status: 206, headers: { ...whole.headers, ...range, ...length(body) }, body };
};

const unsatisfiable = (key: Key): EdgeAnswer => {
  const { policy } = found(key, 'shared');
  const range = { 'content-range': `bytes */${objects[key].body.length}` };
  return {
    status: 416,
    policy,
    headers: { ...ofObject(key), ...validators(key), ...range },
    body: '',
  };
};

type Headers = Readonly<Record<string, string>>;

const get = (target: string, headers: Headers = {}): EdgeRequest => ({
  method: 'GET',
  target,
  headers,
});
const by = (method: string, target: string, headers: Headers = {}): EdgeRequest => ({
  ...get(target, headers),
  method,
});
const row = (story: string, request: EdgeRequest, answer: EdgeAnswer): Row => ({
  story,
  request,
  answer,
});

const ada = 'briefings/ada/index.html';
const adaTag = etagOf(objects[ada].body);
const later = new Date(storedAt + 86_400_000).toUTCString();
const earlier = new Date(storedAt - 86_400_000).toUTCString();
const ifNoneMatch = (tags: string) => ({ 'if-none-match': tags });
const evil = 'https://evil.example';

/** What an address must never be made to say, each answered by the page for what is missing. */
const unreadable: readonly [story: string, target: string, policy?: HeaderSet][] = [
  ['two slashes and a host', '//evil.example/'],
  ['two slashes and a host without an end', '//evil.example'],
  ['three slashes', '///evil.example/'],
  ['two slashes in the middle', '/briefings//ada/'],
  ['a backslash and a host', '/\\evil.example'],
  ['two backslashes and a host', '/\\\\evil.example/'],
  ['an encoded backslash', '/%5cevil.example'],
  ['encoded slashes and a host', '/%2f%2fevil.example/'],
  ['a host behind an @', '/@evil.example'],
  ['a whole address in the place of a path', 'https://evil.example/'],
  ['a way up', '/../state/root'],
  ['a way up from within', '/briefings/../../state/root'],
  ['a way up in capitals of hex', '/%2E%2E/state/root'],
  ['a way up with encoded slashes', '/..%2f..%2fstate/root'],
  ['a way up, encoded twice', '/%252e%252e%252fstate%252froot'],
  ['a way up with backslashes', '/..\\..\\state\\root'],
  ['a way up in overlong UTF-8', '/%c0%ae%c0%ae/state/root'],
  ['a way up from the images', '/images/..%2f..%2fstate/root', 'shared'],
  ['the folder itself', '/./feed.json', 'shared'],
  ['a letter that is encoded', '/briefings/%61da/'],
  ['a slash that is encoded', '/briefings%2fada/'],
  ['a null byte', '/briefings/ada%00/'],
  ['a null byte before an extension', '/feed.json%00.html'],
  ['a line break and a header', '/briefings/ada%0d%0aset-cookie:%20a=b'],
  ['a line break and a redirect', '/%0d%0alocation:%20https://evil.example/'],
  ['a line feed at the end', '/briefings/ada/%0a'],
  ['a blank at the end', '/briefings/ada%20/'],
  ['a letter with an accent, encoded', '/briefings/%C3%A4da/'],
  ['letters of full width', '/%EF%BD%81da/'],
  ['a sign that turns the direction', '/briefings/ada%e2%80%ae/'],
  ['half an escape', '/briefings/ada%/'],
  ['parameters of a path', '/briefings/ada;v=1/'],
  ['an encoded query', '/briefings/ada%3fx=1/'],
  ['markup', '/<script>alert(1)</script>'],
  ['a hidden file', '/.git/config'],
  ['a hidden file in a folder', '/briefings/.env'],
  ['the name of what is nowhere', '/_/404.html'],
  ['the page of errors by its name', '/404.html'],
  ['six hundred folders', `/${'a/'.repeat(600)}`],
  ['five thousand capitals', `/${'A'.repeat(5000)}`],
  ['a letter more than is read', `/${'a'.repeat(1000)}`],
];

/**
 * Every kind of request that readers, other sites and attackers make, with its whole outcome. Each is
 * made in every engine, in this order and then backwards, so what one leaves in the cache meets the next.
 */
export const requests: Readonly<Record<string, readonly Row[]>> = {
  'what is there': [
    row('the entry', get('/'), found('index.html')),
    row('a directory', get('/briefings/ada/'), found(ada)),
    row('a list', get('/people/'), found('people/index.html')),
    row(
      'a text beside a page',
      get('/briefings/ada/index.txt'),
      found('briefings/ada/index.txt', 'shared'),
    ),
    row('a feed', get('/feed.json'), found('feed.json', 'shared')),
    row('a sitemap', get('/sitemap.xml'), found('sitemap.xml', 'shared')),
    row('a file without an extension', get('/oembed'), found('oembed')),
    row(
      'a document by its id',
      get('/v1/briefings/Doc-9.json'),
      found('v1/briefings/Doc-9.json', 'shared'),
    ),
    row('how the site stands', get('/status.json'), found('status.json', 'shared')),
    row('a receipt', get('/v1/receipts/Doc-9.json'), found('v1/receipts/Doc-9.json', 'receipt')),
    row(
      'an embed of an id with a dot',
      get('/embed/imported.7/'),
      found('embed/imported.7/index.html', 'embed'),
    ),
    row('the script of embeds', get('/embed/v1.js'), found('embed/v1.js', 'embed')),
    row('an image', get('/images/aBc_9-640.webp'), found('images/aBc_9-640.webp', 'shared')),
    row('a page, by its headers alone', by('HEAD', '/briefings/ada/'), withoutBody(found(ada))),
  ],
  'an address that is written another way has one redirect': [
    row('a directory without its slash', get('/briefings/ada'), redirected('/briefings/ada/')),
    row('the index by its name', get('/briefings/ada/index.html'), redirected('/briefings/ada/')),
    row('the entry by its name', get('/index.html'), redirected('/')),
    row('a list without its slash', get('/people'), redirected('/people/')),
    row('capitals', get('/Briefings/ADA/'), redirected('/briefings/ada/')),
    row('capitals, and no slash', get('/Briefings/ADA'), redirected('/briefings/ada/')),
    row(
      'capitals to the last letter',
      get('/BRIEFINGS/ADA/INDEX.HTML'),
      redirected('/briefings/ada/'),
    ),
    row('a feed in capitals', get('/FEED.JSON'), redirected('/feed.json')),
    row('an embed without its slash', get('/embed/Doc.9'), redirected('/embed/Doc.9/', 'embed')),
    row(
      'an embed by its index',
      get('/embed/Doc-9/index.html'),
      redirected('/embed/Doc-9/', 'embed'),
    ),
    row('by its headers alone', by('HEAD', '/people'), redirected('/people/')),
    row('whatever the reader has', get('/people', ifNoneMatch('*')), redirected('/people/')),
  ],
  'F54: what is gone says so, whoever asks and however': [
    row('a page', get('/briefings/gone/'), gone('briefings/gone/index.html')),
    row('its JSON', get('/v1/briefings/Gone-9.json'), gone('v1/briefings/Gone-9.json', 'shared')),
    row(
      'by its headers alone',
      by('HEAD', '/briefings/gone/'),
      withoutBody(gone('briefings/gone/index.html')),
    ),
    row(
      'to who has any version',
      get('/briefings/gone/', ifNoneMatch('*')),
      gone('briefings/gone/index.html'),
    ),
    row(
      'to who has its bytes',
      get('/briefings/gone/', ifNoneMatch(etagOf('It is gone.'))),
      gone('briefings/gone/index.html'),
    ),
    row(
      'to who had it later',
      get('/briefings/gone/', { 'if-modified-since': later }),
      gone('briefings/gone/index.html'),
    ),
    row(
      'to who asks for a part',
      get('/briefings/gone/', { range: 'bytes=0-1' }),
      gone('briefings/gone/index.html'),
    ),
    row(
      'without its slash it is elsewhere first',
      get('/briefings/gone'),
      redirected('/briefings/gone/'),
    ),
  ],
  'F62: redirects lead nowhere but to an address of our own': [
    row(
      'a page that has moved',
      get('/briefings/old/'),
      moved('briefings/old/index.html', '/briefings/ada/'),
    ),
    row(
      'a page that has moved, by its headers',
      by('HEAD', '/briefings/old/'),
      withoutBody(moved('briefings/old/index.html', '/briefings/ada/')),
    ),
    row(
      'to who has any version',
      get('/briefings/old/', ifNoneMatch('*')),
      moved('briefings/old/index.html', '/briefings/ada/'),
    ),
    row(
      'a move to another site is a tombstone',
      get('/briefings/lured/'),
      gone('briefings/lured/index.html'),
    ),
    row(
      'a move to another host is a tombstone',
      get('/briefings/slashed/'),
      gone('briefings/slashed/index.html'),
    ),
    row(
      'a target in the query of a move',
      get(`/briefings/old/?to=${evil}/`),
      moved('briefings/old/index.html', '/briefings/ada/'),
    ),
    row(
      'a target in the query of capitals',
      get('/PEOPLE?url=//evil.example'),
      redirected('/people/'),
    ),
    row(
      'a target in the query without a slash',
      get(`/briefings/ada?next=${evil}`),
      redirected('/briefings/ada/'),
    ),
    row('a host of the sender', get('/people', { host: 'evil.example' }), redirected('/people/')),
    row(
      'a host that a proxy claims',
      get('/people', { 'x-forwarded-host': 'evil.example', forwarded: 'host=evil.example' }),
      redirected('/people/'),
    ),
    row('a host behind a redirect', get('/evil.example/%2e%2e'), missing()),
  ],
  'F63: the same bytes whatever a request adds': [
    row('a query', get('/?utm_source=x'), found('index.html')),
    row('markup in a query', get('/?q=<script>alert(1)</script>'), found('index.html')),
    row(
      'the names of prototypes in a query',
      get('/?__proto__=1&constructor=2'),
      found('index.html'),
    ),
    row('a question mark in a query', get('/?a?b=/../state/root'), found('index.html')),
    row(
      'a query without an end',
      get(`/feed.json?${'a=1&'.repeat(1000)}`),
      found('feed.json', 'shared'),
    ),
    row('a line break in a query', get('/?%0d%0aset-cookie:%20a=b'), found('index.html')),
    row('another host', get('/', { host: 'evil.example' }), found('index.html')),
    row('a host with a path', get('/', { host: 'evil.example/state' }), found('index.html')),
    row(
      'a host that a proxy claims',
      get('/', { 'x-forwarded-host': 'evil.example' }),
      found('index.html'),
    ),
    row(
      'an address that a proxy claims',
      get('/', { 'x-original-url': '/state/root', 'x-rewrite-url': '/state/root' }),
      found('index.html'),
    ),
    row(
      'another scheme',
      get('/', { 'x-forwarded-proto': 'http', 'x-forwarded-port': '80' }),
      found('index.html'),
    ),
    row('another method', get('/', { 'x-http-method-override': 'DELETE' }), found('index.html')),
    row(
      'a session',
      get('/', { cookie: 'session=1', authorization: 'Bearer x' }),
      found('index.html'),
    ),
    row(
      'metadata of the store',
      get('/', { 'x-amz-meta-status': '410', 'x-amz-meta-location': '//evil.example' }),
      found('index.html'),
    ),
    row(
      'a language',
      get('/', { 'accept-language': 'de', accept: 'application/json' }),
      found('index.html'),
    ),
  ],
  'F64: every site may read, and none is named': [
    row(
      'a feed for another site',
      get('/feed.json', { origin: evil }),
      found('feed.json', 'shared'),
    ),
    row('a page for another site', get('/briefings/ada/', { origin: evil }), found(ada)),
    row(
      'a feed for a site without a name',
      get('/feed.json', { origin: 'null' }),
      found('feed.json', 'shared'),
    ),
    row(
      'a tombstone for another site',
      get('/briefings/gone/', { origin: evil }),
      gone('briefings/gone/index.html'),
    ),
    row('what is missing, for another site', get('/nowhere/', { origin: evil }), missing()),
    row('a redirect for another site', get('/people', { origin: evil }), redirected('/people/')),
    row(
      'a preflight',
      by('OPTIONS', '/feed.json', { origin: evil, 'access-control-request-method': 'GET' }),
      preflight('shared'),
    ),
    row(
      'a preflight with headers of its own',
      by('OPTIONS', '/v1/briefings/Doc-9.json', {
        origin: evil,
        'access-control-request-method': 'DELETE',
        'access-control-request-headers': 'x-evil',
      }),
      preflight('shared'),
    ),
    row('a preflight of nothing', by('OPTIONS', '/../state/root'), preflight()),
    ...['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND', 'PURGE'].map((method) =>
      row(
        `${method} for another site`,
        by(method, '/feed.json', { origin: evil }),
        notAllowed('shared'),
      ),
    ),
  ],
  'who has the bytes already is told so, by their tag alone': [
    row('the tag', get('/briefings/ada/', ifNoneMatch(adaTag)), notModified(ada)),
    row('the tag, weakly', get('/briefings/ada/', ifNoneMatch(`W/${adaTag}`)), notModified(ada)),
    row(
      'the tag in a list',
      get('/briefings/ada/', ifNoneMatch(`"other", W/"one" , ${adaTag}`)),
      notModified(ada),
    ),
    row('any tag', get('/briefings/ada/', ifNoneMatch('*')), notModified(ada)),
    row('another tag', get('/briefings/ada/', ifNoneMatch('"other"')), found(ada)),
    row('a list of others', get('/briefings/ada/', ifNoneMatch('"other", W/"one"')), found(ada)),
    row(
      'the tag without its marks',
      get('/briefings/ada/', ifNoneMatch(adaTag.slice(1, -1))),
      found(ada),
    ),
    row('an empty tag', get('/briefings/ada/', ifNoneMatch('')), found(ada)),
    row(
      'the tag, and headers alone',
      by('HEAD', '/briefings/ada/', ifNoneMatch(adaTag)),
      notModified(ada),
    ),
    row(
      'the tag of a feed',
      get('/feed.json', ifNoneMatch(etagOf('{"items":[]}'))),
      notModified('feed.json', 'shared'),
    ),
    row('the tag, with a query', get('/briefings/ada/?a=1', ifNoneMatch(adaTag)), notModified(ada)),
    row('a later date', get('/briefings/ada/', { 'if-modified-since': later }), found(ada)),
    row('an earlier date', get('/briefings/ada/', { 'if-unmodified-since': earlier }), found(ada)),
    row(
      'another tag, and a later date',
      get('/briefings/ada/', { ...ifNoneMatch('"other"'), 'if-modified-since': later }),
      found(ada),
    ),
    row('any tag of what is missing', get('/nowhere/', ifNoneMatch('*')), missing()),
  ],
  'parts of images, and of nothing else': [
    row(
      'a part',
      get('/images/aBc_9-640.webp', { range: 'bytes=2-4' }),
      part('images/aBc_9-640.webp', 2, 4),
    ),
    row(
      'the end',
      get('/images/aBc_9-640.webp', { range: 'bytes=-3' }),
      part('images/aBc_9-640.webp', 7, 9),
    ),
    row(
      'past the end',
      get('/images/aBc_9-640.webp', { range: 'bytes=10-' }),
      unsatisfiable('images/aBc_9-640.webp'),
    ),
    row('of a feed', get('/feed.json', { range: 'bytes=2-4' }), found('feed.json', 'shared')),
    row(
      'of a page',
      get('/briefings/ada/', { range: 'bytes=0-0', 'if-range': adaTag }),
      found(ada),
    ),
  ],
  'what is not there has one page': [
    row('a page', get('/nowhere/'), missing()),
    row('a file', get('/nowhere.json'), missing('shared')),
    row('by its headers alone', by('HEAD', '/nowhere/'), withoutBody(missing())),
    row('a document by an id in small letters', get('/v1/briefings/doc-9.json'), missing('shared')),
    row('an image in capitals', get('/images/ABC_9-640.WEBP'), missing('shared')),
    row('the state of the publication', get('/state/root/'), missing()),
    row('the state, without its slash', get('/state/root'), redirected('/state/root/')),
    row('the folder of what is public', get('/public/briefings/ada/'), missing()),
    row('a way up in raw overlong UTF-8', get('/\u00c0\u00ae\u00c0\u00ae/state/root'), malformed),
    row('a letter with an accent, raw', get('/briefings/\u00e4da/'), malformed),
    row(
      'the longest address that is read',
      get(`/${'a'.repeat(999)}`),
      redirected(`/${'a'.repeat(999)}/`),
    ),
    ...unreadable.map(([story, target, policy]) => row(story, get(target), missing(policy))),
  ],
};
