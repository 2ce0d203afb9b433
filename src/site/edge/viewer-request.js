/*
 * The CloudFront Function in front of the cache (runtime cloudfront-js-2.0), shipped as it stands.
 * One address, one key: whatever a reader adds to an address, the same object answers or none.
 * The origin path of the distribution is /public, so a URI here is an object key without that prefix.
 *
 * The runtime knows ES5.1 with let and const, arrows, template literals and little more; a test holds
 * this file to that.
 */

// oxlint-disable-next-line no-unused-vars -- called by CloudFront
function handler(event) {
  const request = event.request;
  const uri = request.uri;

  if (request.method === 'OPTIONS') return preflight();
  if (request.method !== 'GET' && request.method !== 'HEAD') return methodNotAllowed();
  if (ADMITS !== '' && !uri.startsWith(RECEIPTS) && !isAdmitted(request)) return unauthorized();

  request.querystring = {};
  request.cookies = {};
  // The ETag is the only validator: dates do not see a change of metadata.
  delete request.headers['if-modified-since'];
  delete request.headers['if-unmodified-since'];
  delete request.headers['authorization'];
  if (!uri.startsWith('/images/')) {
    delete request.headers['range'];
    delete request.headers['if-range'];
  }

  if (uri.length > LONGEST || !PLAIN.test(uri)) {
    request.uri = NO_SUCH_KEY;
    return request;
  }
  const canonical = canonicalPath(uri);
  if (canonical !== uri) return movedPermanently(canonical);
  /* The page of errors is fetched by the edge itself, without this function; to readers it is missing too. */
  request.uri = uri === ERROR_PAGE ? NO_SUCH_KEY : uri.endsWith('/') ? uri + INDEX : uri;
  return request;
}

/* What opens a stage that is closed to readers: SHA-256, in hex, of the Authorization header. The stack
 * puts it here; empty where everybody may read. */
const ADMITS = '';
/* The Studio looks at these without a password: no address can be guessed, and nothing in them is content. */
const RECEIPTS = '/v1/receipts/';

/* What a reader sees who was asked for the password and had none to give. */
const CLOSED =
  'This site is closed to readers. Load it again to be asked for name and password; who runs it knows both.\n';

function isAdmitted(request) {
  const given = request.headers['authorization'];
  if (given === undefined) return false;
  // oxlint-disable-next-line house/pure -- the runtime's own module, and a hash is a pure function
  return require('crypto').createHash('sha256').update(given.value).digest('hex') === ADMITS;
}

/* Segments of ASCII letters, digits, ".", "_" and "-" that do not begin with a dot. So no traversal, no
 * escapes, no control characters, and no "//host" that a redirect could be led to. The end is not "$":
 * the runtime's expressions are Perl's, where "$" lets a last line feed pass. */
const PLAIN = /^\/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*(?:[A-Za-z0-9_-][A-Za-z0-9._-]*)?(?![\s\S])/;
const LONGEST = 1000;
const INDEX = 'index.html';
const ERROR_PAGE = '/404.html';
/* Nothing is ever stored here: the origin answers 404, and the reader gets the page for it. */
const NO_SUCH_KEY = '/_/404';

/* Document ids, recipes and hashes have upper case. */
const CASE_IS_KEPT = /^\/(?:v1|embed|images|cards|assets)\//;
/* Files without an extension. */
const BARE_FILES = ['/oembed'];

function canonicalPath(uri) {
  let path = CASE_IS_KEPT.test(uri) ? uri : uri.toLowerCase();
  if (path.endsWith('/' + INDEX)) path = path.slice(0, -INDEX.length);
  return path.endsWith('/') || isFile(path) ? path : path + '/';
}

function isFile(path) {
  if (BARE_FILES.indexOf(path) >= 0) return true;
  /* A document id may have dots, and an embed is a directory named by one. */
  if (path.startsWith('/embed/')) return path.endsWith('.js');
  return path.lastIndexOf('.') > path.lastIndexOf('/');
}

function movedPermanently(path) {
  return {
    statusCode: 301,
    statusDescription: 'Moved Permanently',
    headers: {
      location: { value: path },
      'cache-control': { value: 'public, max-age=300' },
      'access-control-allow-origin': { value: '*' },
    },
  };
}

function preflight() {
  return {
    statusCode: 204,
    statusDescription: 'No Content',
    headers: {
      'access-control-allow-origin': { value: '*' },
      'access-control-allow-methods': { value: 'GET, HEAD, OPTIONS' },
      'access-control-allow-headers': { value: '*' },
      'access-control-max-age': { value: '86400' },
    },
  };
}

function unauthorized() {
  return {
    statusCode: 401,
    statusDescription: 'Unauthorized',
    headers: {
      'www-authenticate': { value: 'Basic realm="closed to readers", charset="UTF-8"' },
      'cache-control': { value: 'no-store' },
      'content-type': { value: 'text/plain; charset=utf-8' },
      'access-control-allow-origin': { value: '*' },
    },
    body: { encoding: 'text', data: CLOSED },
  };
}

function methodNotAllowed() {
  return {
    statusCode: 405,
    statusDescription: 'Method Not Allowed',
    headers: {
      allow: { value: 'GET, HEAD, OPTIONS' },
      'access-control-allow-origin': { value: '*' },
    },
  };
}
