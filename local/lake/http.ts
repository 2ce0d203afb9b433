import type { IncomingMessage, ServerResponse } from 'node:http';

import { LakeError, plainRefusal } from './errors.ts';

/** What a handler answers; only streams write to the response themselves. */
export type Reply =
  | { kind: 'json'; body: unknown; status?: number; headers?: Record<string, string> }
  | { kind: 'lines'; lines: Iterable<unknown>; headers?: Record<string, string> }
  | { kind: 'bytes'; bytes: Uint8Array; contentType: string; headers?: Record<string, string> }
  | { kind: 'redirect'; location: string; status?: 302 | 307 }
  | { kind: 'empty'; status: number; headers?: Record<string, string> }
  | { kind: 'stream'; start(response: ServerResponse): void };

export function json(body: unknown, status = 200): Reply {
  return { kind: 'json', body, status };
}

/** Writes a reply; anything already streaming stays in its handler's hands. */
export function send(response: ServerResponse, reply: Reply, cors: Record<string, string>): void {
  switch (reply.kind) {
    case 'json':
      return end(response, reply.status ?? 200, JSON.stringify(reply.body), {
        'content-type': 'application/json; charset=utf-8',
        ...cors,
        ...reply.headers,
      });
    case 'lines': {
      const lines = [...reply.lines].map((line) => `${JSON.stringify(line)}\n`).join('');
      return end(response, 200, lines, {
        'content-type': 'application/x-ndjson',
        ...cors,
        ...reply.headers,
      });
    }
    case 'bytes':
      return end(response, 200, reply.bytes, {
        'content-type': reply.contentType,
        ...cors,
        ...reply.headers,
      });
    case 'redirect':
      return end(response, reply.status ?? 302, '', { location: reply.location, ...cors });
    case 'empty':
      return end(response, reply.status, '', { ...cors, ...reply.headers });
    case 'stream':
      for (const [name, value] of Object.entries(cors)) response.setHeader(name, value);
      reply.start(response);
  }
}

/** The reply for whatever a handler threw: a refusal in its own shape, a surprise as 500. */
export function replyToError(error: unknown): Reply {
  const refusal =
    error instanceof LakeError
      ? error
      : plainRefusal(500, 'The local lake failed; its console says why');
  return {
    kind: 'json',
    status: refusal.status,
    body: refusal.body,
    headers: refusal.headers,
  };
}

/** Reads a body of at most `limit` bytes; refuses with 413 as soon as it is longer. */
export async function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue;
    length += chunk.length;
    if (length > limit) {
      throw plainRefusal(
        413,
        `Request body is larger than ${limit} bytes`,
        {},
        { connection: 'close' },
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export async function readJson(request: IncomingMessage, limit: number): Promise<unknown> {
  const body = await readBody(request, limit);
  if (body.length === 0) return undefined;
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return value;
  } catch {
    throw plainRefusal(400, 'Expected a JSON body');
  }
}

/** What a browser must be told to let the page that asked read the answer. */
export function corsHeaders(
  request: IncomingMessage,
  { origin, allowCredentials }: { readonly origin: string; readonly allowCredentials: boolean },
): Record<string, string> {
  return {
    'access-control-allow-origin': origin,
    ...(allowCredentials && { 'access-control-allow-credentials': 'true' }),
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS',
    'access-control-allow-headers':
      request.headers['access-control-request-headers'] ?? 'authorization, content-type',
    'access-control-expose-headers': 'content-type, content-length, retry-after',
    'access-control-max-age': '600',
    vary: 'origin, access-control-request-headers',
  };
}

/** Whether an `Origin` header names a page of this machine; `null`, a sandboxed frame or a file, is none. */
export function isLocalOrigin(origin: string): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, hostname, origin: parsed } = new URL(origin);
  // An origin has nothing behind its port and nothing before its host; whatever has is none.
  return /^https?:$/.test(protocol) && parsed === origin && isLocalHost(hostname);
}

export function isLocalHost(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname === '127.0.0.1' ||
    hostname === '[::1]' ||
    hostname.endsWith('.localhost')
  );
}

function end(
  response: ServerResponse,
  status: number,
  body: string | Uint8Array,
  headers: Record<string, string>,
): void {
  response.writeHead(status, {
    'content-length': String(typeof body === 'string' ? Buffer.byteLength(body) : body.length),
    ...headers,
  });
  response.end(body);
}
