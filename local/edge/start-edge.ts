import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { cacheTagHeader } from '../../src/site/cache-tags.ts';
import { notFoundPath } from '../../src/site/paths.ts';
import { listen } from '../s3/listen.ts';
import {
  type CloudFrontFunctions,
  type FunctionHeaders,
  type FunctionRequest,
  type FunctionResponse,
  loadCloudFrontFunctions,
} from './cloudfront-function.ts';
import { encodeFor, type EncodedBody } from './compression.ts';
import { type CachedAnswer, EdgeCache, type Invalidation } from './edge-cache.ts';
import type { Origin } from './origin.ts';

export interface EdgeOptions {
  readonly origin: Origin;
  /** The headers every answer for a path carries. */
  readonly headers: (path: `/${string}`) => Readonly<Record<string, string>>;
  /** Headers of the origin that no answer carries: the policy removes them before it adds its own. */
  readonly removed?: readonly string[];
  /** 0, the default: any free one. */
  readonly port?: number;
  /** Ages in the cache go by it; milliseconds since 1970. */
  readonly clock?: () => number;
  /** The object metadata that holds cache tags; null where the distribution is not set up for them. */
  readonly tagHeader?: string | null;
  /** Told of every path the bucket refuses: the edge must be allowed to list, so this is a fault. */
  readonly onDenied?: (path: string) => void;
  /** Those that ship, in this process's own engine, unless another one is to run them. */
  readonly functions?: CloudFrontFunctions;
}

export interface RunningEdge {
  readonly endpoint: string;
  /** Makes the edge ask the origin again, at once. */
  invalidate(invalidation: Invalidation): void;
  close(): Promise<void>;
}

/**
 * Starts a local edge: the two CloudFront functions that ship, a cache that follows the objects'
 * Cache-Control, compression, the error pages and the header policy of the distribution.
 * It fails if the port is taken.
 */
export async function startEdge(options: EdgeOptions): Promise<RunningEdge> {
  const cache = new EdgeCache({
    origin: options.origin,
    clock: options.clock ?? Date.now,
    tagHeader: options.tagHeader === undefined ? cacheTagHeader : options.tagHeader,
  });
  const functions = options.functions ?? loadCloudFrontFunctions();
  const server = createServer((incoming, outgoing) => {
    void serve({ incoming, outgoing, cache, functions, options });
  });
  const { endpoint, close } = await listen(server, options.port ?? 0);
  return { endpoint, close, invalidate: (invalidation) => cache.invalidate(invalidation) };
}

interface Exchange {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly cache: EdgeCache;
  readonly functions: CloudFrontFunctions;
  readonly options: EdgeOptions;
}

/** An answer on its way out. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

async function serve(exchange: Exchange): Promise<void> {
  const { incoming, outgoing, options } = exchange;
  const viewed = readViewerRequest(incoming);
  const path: `/${string}` = `/${viewed.uri.slice(1)}`;
  let answer: Answer;
  try {
    answer = await answerTo(viewed, path, exchange);
  } catch (error) {
    // As CloudFront does when a function throws: no detail for readers, but here one for developers.
    const text = `A function of the edge failed: ${String(error)}\n`;
    answer = { status: 503, headers: plainText, body: Buffer.from(text) };
  }
  outgoing.writeHead(answer.status, { ...answer.headers, ...policyFor(viewed, path, options) });
  outgoing.end(incoming.method === 'HEAD' ? undefined : answer.body);
}

/**
 * The headers of the policy. Those of CORS come with the answers to requests that have an origin.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-response-headers-policies.html
 */
function policyFor(
  viewed: FunctionRequest,
  path: `/${string}`,
  { headers }: EdgeOptions,
): Record<string, string> {
  const isCors = valueOf(viewed, 'origin') !== '';
  return Object.fromEntries(
    Object.entries(headers(path)).filter(([name]) => isCors || !name.startsWith('access-control-')),
  );
}

async function answerTo(
  viewed: FunctionRequest,
  path: string,
  { functions, cache, options }: Exchange,
): Promise<Answer> {
  const result = functions.onViewerRequest(viewed);
  return 'statusCode' in result
    ? { status: result.statusCode, headers: plain(result.headers), body: bytesOf(result) }
    : answerFromCache({ request: result, path, cache, functions, options });
}

function bytesOf({ body }: FunctionResponse): Uint8Array {
  if (body === undefined) return nothing;
  return Buffer.from(body.data, body.encoding === 'text' ? 'utf8' : 'base64');
}

const plainText = {
  'x-cache': 'Error from cloudfront',
  'cache-control': 'public, max-age=0',
  'content-type': 'text/plain; charset=utf-8',
} as const;

const nothing = new Uint8Array();

function readViewerRequest(incoming: IncomingMessage): FunctionRequest {
  const [uri = '/', query = ''] = (incoming.url ?? '/').split(/\?(.*)/s);
  const headers: FunctionHeaders = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value !== undefined) headers[name] = { value: [value].flat().join(', ') };
  }
  const querystring: FunctionHeaders = {};
  for (const [name, value] of new URLSearchParams(query)) querystring[name] = { value };
  return { method: incoming.method ?? 'GET', uri, querystring, headers };
}

async function answerFromCache({
  request,
  path,
  cache,
  functions,
  options,
}: {
  request: FunctionRequest;
  path: string;
  cache: EdgeCache;
  functions: CloudFrontFunctions;
  options: EdgeOptions;
}): Promise<Answer> {
  const cached = await cache.get(request.uri, path);
  if (cached.status === 403) options.onDenied?.(path);
  // CloudFront does not call the viewer-response function for errors of the origin.
  if (cached.status >= 400) return errorAnswer({ cached, request, cache, options });
  const response = functions.onViewerResponse(request, {
    statusCode: cached.status,
    // The policy comes first: https://aws.amazon.com/blogs/networking-and-content-delivery/amazon-cloudfront-introduces-response-headers-policies/
    headers: wrapped(withoutRemoved(cached.headers, options)),
  });
  return delivered({ request, cached, response });
}

function withoutRemoved(
  headers: Readonly<Record<string, string>>,
  { removed = [] }: EdgeOptions,
): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !removed.includes(name)));
}

/**
 * A missing key has a page; a refusal of the bucket is a fault of ours and no reader's, 503 with that page. A
 * page comes with its own headers, less what the policy removes. When it cannot be had, CloudFront gives the
 * status with which it was refused.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/GeneratingCustomErrorResponses.html
 */
async function errorAnswer({
  cached,
  request,
  cache,
  options,
}: {
  cached: CachedAnswer;
  request: FunctionRequest;
  cache: EdgeCache;
  options: EdgeOptions;
}): Promise<Answer> {
  const status = pagedErrors.get(cached.status);
  if (status === undefined) return errorWithoutPage(cached, options);
  const page = await cache.get(notFoundPath);
  if (page.status !== 200) return errorWithoutPage(page, options);
  const own = withoutRemoved(page.headers, options);
  const { encoding, body } = encodeFor(valueOf(request, 'accept-encoding'), own, page.body);
  return {
    status,
    headers: {
      ...encoded(own, encoding),
      'x-cache': 'Error from cloudfront',
      'content-length': String(body.length),
    },
    body,
  };
}

/** The status of an answer that has the page of errors, by the one that the origin gave. */
const pagedErrors: ReadonlyMap<number, number> = new Map([
  [404, 404],
  [403, 503],
]);

function errorWithoutPage({ status, headers }: CachedAnswer, options: EdgeOptions): Answer {
  const text = status === 404 ? 'Not found\n' : 'Temporarily unavailable\n';
  return {
    status,
    headers: { ...withoutRemoved(headers, options), ...plainText },
    body: Buffer.from(text),
  };
}

/** The headers of a body that may have been compressed: its validator is then a weak one. */
function encoded(
  headers: Readonly<Record<string, string>>,
  encoding: EncodedBody['encoding'],
): Record<string, string> {
  const { etag } = headers;
  return {
    ...headers,
    ...(encoding !== undefined && { 'content-encoding': encoding }),
    ...(encoding !== undefined && etag !== undefined && { etag: weak(etag) }),
    vary: 'accept-encoding',
  };
}

function delivered({
  request,
  cached,
  response,
}: {
  request: FunctionRequest;
  cached: CachedAnswer;
  response: FunctionResponse;
}): Answer {
  const own = plain(response.headers);
  const { encoding, body } = encodeFor(valueOf(request, 'accept-encoding'), own, cached.body);
  const etag = own['etag'];
  const headers: Record<string, string> = {
    ...encoded(own, encoding),
    age: String(cached.ageSeconds),
    'x-cache': `${cached.cache} from cloudfront`,
  };
  if (response.statusCode === 200 && isKnown(valueOf(request, 'if-none-match'), etag)) {
    const { 'content-encoding': _ofTheBody, ...validators } = headers;
    return { status: 304, headers: validators, body: nothing };
  }
  const range =
    encoding === undefined ? rangeOf(valueOf(request, 'range'), body.length) : undefined;
  if (response.statusCode === 200 && range !== undefined) return partial(range, headers, body);
  return {
    status: response.statusCode,
    headers: { ...headers, 'content-length': String(body.length) },
    body,
  };
}

/** The weak comparison of RFC 9110, which If-None-Match asks for. */
function isKnown(ifNoneMatch: string, etag: string | undefined): boolean {
  if (etag === undefined) return false;
  const strong = (value: string) => value.trim().replace(/^W\//, '');
  return ifNoneMatch
    .split(',')
    .some((known) => known.trim() === '*' || strong(known) === strong(etag));
}

const weak = (etag: string): string => (etag.startsWith('W/') ? etag : `W/${etag}`);

interface ByteRange {
  readonly start: number;
  readonly end: number;
}

function rangeOf(header: string, length: number): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header);
  const [, first = '', last = ''] = match ?? [];
  if (first === '' && last === '') return undefined;
  const start = first === '' ? Math.max(0, length - Number(last)) : Number(first);
  const end = first === '' || last === '' ? length - 1 : Math.min(Number(last), length - 1);
  return start < length && start <= end ? { start, end } : 'unsatisfiable';
}

function partial(
  range: ByteRange | 'unsatisfiable',
  headers: Readonly<Record<string, string>>,
  body: Uint8Array,
): Answer {
  if (range === 'unsatisfiable') {
    const unsatisfiable = { ...headers, 'content-range': `bytes */${body.length}` };
    return { status: 416, headers: unsatisfiable, body: nothing };
  }
  const part = body.subarray(range.start, range.end + 1);
  return {
    status: 206,
    headers: {
      ...headers,
      'content-range': `bytes ${range.start}-${range.end}/${body.length}`,
      'content-length': String(part.length),
    },
    body: part,
  };
}

const valueOf = (request: FunctionRequest, name: string): string =>
  request.headers[name]?.value ?? '';

const plain = (headers: FunctionHeaders): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, { value }]) => [name, value]));

const wrapped = (headers: Readonly<Record<string, string>>): FunctionHeaders =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { value }]));
