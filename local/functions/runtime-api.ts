import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { listen } from '../s3/listen.ts';

/** What the Runtime API hands a process as its next work. */
interface Work {
  readonly requestId: string;
  readonly event: unknown;
  readonly deadline: number;
  readonly functionArn: string;
  readonly traceHeader: string;
}

/** What a process may report through the Runtime API. */
export type Report =
  | { readonly kind: 'ready' }
  | { readonly kind: 'response'; readonly requestId: string; readonly payload: unknown }
  | {
      readonly kind: 'error';
      readonly requestId: string;
      readonly errorType: string;
      readonly errorMessage: string;
    }
  | { readonly kind: 'init error'; readonly errorType: string; readonly errorMessage: string };

export interface RuntimeApi {
  /** As AWS_LAMBDA_RUNTIME_API wants it: host and port. */
  readonly address: string;
  /** Hands work to the process; it must be waiting for some. */
  give(work: Work): void;
  close(): Promise<void>;
}

/** The four routes of the Lambda Runtime API, for one process. Every report goes to `onReport`. */
export async function startRuntimeApi(onReport: (report: Report) => void): Promise<RuntimeApi> {
  let waiting: ServerResponse | undefined;
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    if (request.method === 'GET' && path === `${runtime}/invocation/next`) {
      waiting = response;
      onReport({ kind: 'ready' });
      return;
    }
    void readText(request).then((body) => {
      response.writeHead(202).end();
      onReport(readReport(path, body));
      return undefined;
    });
  });
  const { endpoint, close } = await listen(server, 0);
  return {
    address: endpoint.replace('http://', ''),
    give({ requestId, event, deadline, functionArn, traceHeader }) {
      if (waiting === undefined) throw new Error('The process is not waiting for work');
      waiting.writeHead(200, {
        'content-type': 'application/json',
        'lambda-runtime-aws-request-id': requestId,
        'lambda-runtime-deadline-ms': String(deadline),
        'lambda-runtime-invoked-function-arn': functionArn,
        'lambda-runtime-trace-id': traceHeader,
      });
      waiting.end(JSON.stringify(event ?? null));
      waiting = undefined;
    },
    close,
  };
}

const runtime = '/2018-06-01/runtime';

function readReport(path: string, body: string): Report {
  if (path === `${runtime}/init/error`) return { kind: 'init error', ...readError(body) };
  const match = /\/invocation\/([^/]+)\/(response|error)$/.exec(path);
  const requestId = decodeURIComponent(match?.[1] ?? '');
  return match?.[2] === 'response'
    ? { kind: 'response', requestId, payload: readJson(body) }
    : { kind: 'error', requestId, ...readError(body) };
}

const errorShape = z.object({
  errorType: z.string().catch('Error'),
  errorMessage: z.string().catch(''),
});

const readError = (body: string) =>
  errorShape.catch({ errorType: 'Error', errorMessage: body }).parse(readJson(body));

function readJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
