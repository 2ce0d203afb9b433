import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { S3Error } from '../s3/errors.ts';
import { listen } from '../s3/listen.ts';
import { receive } from '../s3/request.ts';
import type { FunctionHost } from './function-host.ts';
import type { Invocation } from './invocation.ts';

/**
 * Puts a function behind HTTP as a Lambda function URL does: the request becomes an event of payload
 * format 2.0 with the raw body, the result becomes the answer. Loopback only; fails if the port is taken.
 */
export async function startFunctionUrl({
  host,
  functionName,
  port = 0,
  clock = Date.now,
}: {
  host: Pick<FunctionHost, 'invoke'>;
  functionName: string;
  port?: number;
  clock?: () => number;
}): Promise<{ endpoint: string; close: () => Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    void (async () => {
      try {
        const event = await eventOf(incoming, clock());
        answer(outgoing, httpAnswerOf(await host.invoke(functionName, event)));
      } catch (error) {
        const isTooLarge = error instanceof S3Error && error.code === 'EntityTooLarge';
        answer(outgoing, isTooLarge ? tooLarge : internalError);
      }
    })();
  });
  return listen(server, port);
}

interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: Uint8Array | string;
}

/** The most a function URL takes. */
const largestRequest = 6 * 1024 * 1024;

async function eventOf(incoming: IncomingMessage, now: number): Promise<object> {
  const { method, target, headers, body } = await receive(incoming, largestRequest);
  const [path = '/', query = ''] = target.split(/\?(.*)/s);
  const { cookie, ...otherHeaders } = headers;
  const parameters = [...new URLSearchParams(query)];
  const isText = isUtf8(body) && isTextType(headers);
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: query,
    ...(cookie !== undefined && { cookies: cookie.split(/;\s*/) }),
    headers: {
      ...otherHeaders,
      'x-forwarded-for': incoming.socket.remoteAddress ?? '127.0.0.1',
      'x-forwarded-proto': 'https',
      'x-forwarded-port': '443',
    },
    ...(parameters.length > 0 && { queryStringParameters: joined(parameters) }),
    requestContext: {
      accountId: 'anonymous',
      apiId: 'local',
      domainName: headers['host'] ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method,
        path,
        protocol: 'HTTP/1.1',
        sourceIp: incoming.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: commonLogDate(now),
      timeEpoch: now,
    },
    ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !isText,
  };
}

/** Only bodies known to be text are passed as text; everything else is base64, so no byte is lost. */
function isTextType(headers: Readonly<Record<string, string>>): boolean {
  if (headers['content-encoding'] !== undefined) return false;
  return /^(text\/|application\/(json|xml|javascript)\b)/.test(headers['content-type'] ?? '');
}

function joined(parameters: readonly (readonly [string, string])[]): Record<string, string> {
  const all = new Map<string, string>();
  for (const [name, value] of parameters) {
    const earlier = all.get(name);
    all.set(name, earlier === undefined ? value : `${earlier},${value}`);
  }
  return Object.fromEntries(all);
}

function commonLogDate(instant: number): string {
  const [, day, month, year, time] =
    /^\w+, (\d+) (\w+) (\d+) ([\d:]+)/.exec(new Date(instant).toUTCString()) ?? [];
  return `${day}/${month}/${year}:${time} +0000`;
}

const structuredResult = z.object({
  statusCode: z.number().int(),
  headers: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  cookies: z.array(z.string()).default([]),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

function httpAnswerOf(invocation: Invocation): HttpAnswer {
  if (invocation.kind === 'failed') return internalError;
  if (invocation.kind === 'throttled') return throttled;
  const { payload } = invocation;
  const result = structuredResult.safeParse(payload);
  if (!result.success) {
    // A result without a status code is taken as the body of a 200.
    return {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: typeof payload === 'string' ? payload : JSON.stringify(payload),
    };
  }
  const { statusCode, headers, cookies, body, isBase64Encoded } = result.data;
  return {
    status: statusCode,
    headers: {
      'content-type': 'application/json',
      ...Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]),
      ),
      ...(cookies.length > 0 && { 'set-cookie': cookies }),
    },
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
  };
}

const failure = (status: number, content: object): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(content),
});

const internalError = failure(502, { message: 'Internal Server Error' });
const tooLarge = failure(413, { message: 'Request Entity Too Large' });
const throttled = failure(429, {
  Reason: 'ConcurrentInvocationLimitExceeded',
  Type: 'User',
  message: 'Rate Exceeded.',
});

function answer(outgoing: ServerResponse, { status, headers, body }: HttpAnswer): void {
  outgoing.writeHead(status, headers);
  outgoing.end(body);
}
