import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { z } from 'zod';

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

/** Loads the shipped files; each has a global scope of its own, as at the edge. */
export function loadCloudFrontFunctions(): CloudFrontFunctions {
  const viewerRequest = loadFunction(new URL('viewer-request.js', edgeFolder));
  const viewerResponse = loadFunction(new URL('viewer-response.js', edgeFolder));
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

const edgeFolder = new URL('../../src/site/edge/', import.meta.url);

/**
 * Runs one file with no globals but the language's own: no require, no fetch, no timers, no process,
 * and no code made from text. Events go in and out as JSON, so nothing of the host is within its reach.
 */
function loadFunction(file: URL): (event: object) => unknown {
  const context = createContext(
    { console: undefined },
    { codeGeneration: { strings: false, wasm: false } },
  );
  runInContext(readFileSync(file, 'utf8'), context, { filename: file.pathname });
  return (event) => {
    const call = `JSON.stringify(handler(JSON.parse(${JSON.stringify(JSON.stringify(event))})))`;
    const result: unknown = runInContext(call, context, { timeout: 1000 });
    return JSON.parse(z.string().parse(result));
  };
}

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
});

const functionRequest = z.object({
  method: z.string(),
  uri: z.string(),
  querystring: headers,
  headers,
});
