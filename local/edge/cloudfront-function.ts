import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { z } from 'zod';
import { closedToReaders } from '../../src/site/admission.ts';
import { sha256Hex } from '../../src/publishing/digest.ts';

/** Headers as CloudFront Functions see them: names in lower case. */
export type FunctionHeaders = Record<string, { readonly value: string }>;

export interface FunctionRequest {
  readonly method: string;
  readonly uri: string;
  readonly querystring: Readonly<Record<string, { readonly value: string }>>;
  readonly headers: FunctionHeaders;
}

export interface FunctionResponse {
  readonly statusCode: number;
  readonly statusDescription?: string;
  readonly headers: FunctionHeaders;
  /** Of an answer that the function for requests gives itself; the one for responses never sets any. */
  readonly body?: { readonly encoding: 'text' | 'base64'; readonly data: string };
}

/** The two functions of the distribution, loaded from the files that ship. */
export interface CloudFrontFunctions {
  /** The request to go on with, or the answer to give at once. */
  readonly onViewerRequest: (request: FunctionRequest) => FunctionRequest | FunctionResponse;
  readonly onViewerResponse: (
    request: FunctionRequest,
    response: FunctionResponse,
  ) => FunctionResponse;
}

/**
 * What runs a function: it takes the text of a script, keeps it in a global scope of its own, and
 * evaluates expressions there, each to a string. It throws what the script throws.
 */
export type Engine = (script: string, fileName: string) => (expression: string) => string;

/**
 * Loads the shipped files; each has a global scope of its own, as at the edge. With `admits` the stage is
 * closed to readers, but for those whose `Authorization` has that SHA-256.
 */
export function loadCloudFrontFunctions(
  engine: Engine = inV8,
  admits: string | null = null,
): CloudFrontFunctions {
  const request = sourceOf('viewer-request.js');
  const viewerRequest = loadFunction(
    'viewer-request.js',
    admits === null ? request : closedToReaders(request, admits),
    engine,
  );
  const viewerResponse = loadFunction('viewer-response.js', sourceOf('viewer-response.js'), engine);
  return {
    onViewerRequest: (request) =>
      z
        .union([functionResponse, functionRequest])
        .parse(viewerRequest({ ...frame('viewer-request'), request: { ...request, cookies: {} } })),
    onViewerResponse: (request, response) =>
      functionResponse.parse(
        viewerResponse({
          ...frame('viewer-response'),
          request: { ...request, cookies: {} },
          response: { ...response, cookies: {} },
        }),
      ),
  };
}

function sourceOf(fileName: string): string {
  return readFileSync(new URL(`../../src/site/edge/${fileName}`, import.meta.url), 'utf8');
}

/** Events go in and out as JSON, so nothing of the host is within a function's reach. */
function loadFunction(
  fileName: string,
  source: string,
  engine: Engine,
): (event: object) => unknown {
  // The runtime is always strict.
  const evaluate = engine(`'use strict'; ${source}`, fileName);
  return (event) => {
    const json = JSON.stringify(JSON.stringify(event));
    return JSON.parse(evaluate(`JSON.stringify(handler(JSON.parse(${json})))`));
  };
}

/**
 * The one module that a function may ask for, as far as it may: SHA-256 in hex. `hashed` is the host's.
 * Everything else of `require` throws.
 */
export const cryptoModule = `
  function require(name) {
    if (name !== 'crypto') throw new Error('No module ' + name);
    return {
      createHash: (algorithm) => ({
        update: (text) => ({
          digest: (encoding) => {
            if (algorithm !== 'sha256' || encoding !== 'hex') throw new Error('Expected sha256 in hex');
            return hashed(text);
          },
        }),
      }),
    };
  }
`;

/** What the host does for `cryptoModule`. */
export const hashed = (text: unknown): string => sha256Hex(z.string().parse(text));

/**
 * This process's own engine, with no globals but the language's and a hash: no fetch, no timers, no
 * process, and no code made from text.
 */
export const inV8: Engine = (script, fileName) => {
  const context = createContext(
    { console: undefined, hashed },
    { codeGeneration: { strings: false, wasm: false } },
  );
  runInContext(cryptoModule, context);
  runInContext(script, context, { filename: fileName });
  return (expression) => {
    const result: unknown = runInContext(expression, context, { timeout: 1000 });
    return z.string().parse(result);
  };
};

const frame = (eventType: string) => ({
  version: '1.0',
  context: {
    distributionDomainName: 'local.cloudfront.net',
    distributionId: 'LOCAL',
    eventType,
    requestId: 'local',
  },
  viewer: { ip: '127.0.0.1' },
});

const headers = z.record(z.string(), z.object({ value: z.string() })).default({});

const functionResponse = z.object({
  statusCode: z.number().int(),
  statusDescription: z.string().exactOptional(),
  headers,
  body: z.object({ encoding: z.enum(['text', 'base64']), data: z.string() }).exactOptional(),
});

const functionRequest = z.object({
  method: z.string(),
  uri: z.string(),
  querystring: headers,
  headers,
});
