/*
 * The CloudFront Function behind the cache (runtime cloudfront-js-2.0), shipped as it stands.
 * A bucket can only say 200: what is gone or has moved is an object whose metadata says so, and becomes
 * that answer here. CloudFront does not call this when the origin answered 400 or above.
 *
 * The runtime knows ES5.1 with let and const, arrows, template literals and little more; a test holds
 * this file to that.
 */

// oxlint-disable-next-line no-unused-vars -- called by CloudFront
function handler(event) {
  const response = event.response;
  const headers = response.headers;
  const status = valueOf(headers, 'x-amz-meta-status');
  const location = valueOf(headers, 'x-amz-meta-location');

  Object.keys(headers).forEach((name) => {
    if (name.startsWith('x-amz-') && !name.startsWith('x-amz-cf-')) delete headers[name];
  });

  if (status === '301' && PLAIN.test(location)) {
    response.statusCode = 301;
    response.statusDescription = 'Moved Permanently';
    headers['location'] = { value: location };
    dropValidators(headers);
  } else if (status === '301' || status === '410') {
    /* A move to nowhere safe is no move: the address is gone. */
    response.statusCode = 410;
    response.statusDescription = 'Gone';
    dropValidators(headers);
  }
  return response;
}

/* A path on this site, and nothing that could lead away from it. The end is not "$": the runtime's
 * expressions are Perl's, where "$" lets a last line feed pass. */
const PLAIN = /^\/(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*(?:[A-Za-z0-9_-][A-Za-z0-9._-]*)?(?![\s\S])/;

function valueOf(headers, name) {
  return headers[name] === undefined ? '' : headers[name].value;
}

/* With a validator a conditional request for what is gone would be answered by a 304 without a word. */
function dropValidators(headers) {
  delete headers['etag'];
  delete headers['last-modified'];
  delete headers['accept-ranges'];
}
