/**
 * Preloaded into a Lambda process: stands in for the compiled client that AWS's runtime interface client
 * loads as `rapid-client.node`. Only the transport is ours: it posts answers to the Runtime API by HTTP.
 * (`next` is done by the runtime's own HTTP client, switched on by an environment variable.)
 */
'use strict';

const http = require('node:http');
const Module = require('node:module');

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
// oxlint-disable no-underscore-dangle -- the only place where Node lets the load of a compiled file be answered
const load = Module._load;

Module._load = function (request, ...rest) {
  return request.endsWith('rapid-client.node') ? client : load.call(this, request, ...rest);
};
// oxlint-enable no-underscore-dangle

const client = {
  initializeClient() {},
  done(id, body) {
    post(`/2018-06-01/runtime/invocation/${id}/response`, body, {});
  },
  error(id, body, xray) {
    post(`/2018-06-01/runtime/invocation/${id}/error`, body, {
      'lambda-runtime-function-xray-error-cause': encodeURIComponent(xray),
    });
  },
};

function post(path, body, headers) {
  const [hostname, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
  const request = http.request(
    {
      hostname,
      port,
      path,
      method: 'POST',
      agent,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    },
    (response) => response.resume(),
  );
  // Without its Runtime API a Lambda process has nothing to live for.
  request.on('error', () => process.exit(1));
  request.end(body);
}
