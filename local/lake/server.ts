import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { plainRefusal } from './errors.ts';
import type { Faults } from './faults.ts';
import { corsHeaders, isLocalHost, replyToError, send, type Reply } from './http.ts';
import type { Identity, Rights } from './rights.ts';
import { findRoute, type Route } from './router.ts';

export interface ServerOptions {
  port: number;
  projectId: string;
  rights: Rights;
  faults: Faults;
  requestCounts: Map<string, number>;
  routes: readonly Route[];
}

export interface LakeServer {
  port: number;
  close(): Promise<void>;
}

/** Listens on 127.0.0.1 and answers by the routes. */
export async function openServer(options: ServerOptions): Promise<LakeServer> {
  const main = createServer((request, response) => void respond(request, response, options));
  const port = await listen(main, options.port);
  return { port, close: () => close(main) };
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  options: ServerOptions,
): Promise<void> {
  const cors = corsHeaders(request);
  let reply: Reply;
  try {
    reply =
      request.method === 'OPTIONS'
        ? { kind: 'empty', status: 204 }
        : await answer(request, options);
  } catch (error) {
    reply = replyToError(error);
    if (reply.kind === 'json' && reply.status === 500) {
      console.error(`The local lake failed at ${request.method} ${pathOf(request)}:`, error);
    }
  }
  if (!response.destroyed) send(response, reply, cors);
}

async function answer(request: IncomingMessage, options: ServerOptions): Promise<Reply> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  refuseForeignHost(request, options.projectId);
  const { route, path, apiVersion } = findRoute(
    options.routes,
    request.method ?? 'GET',
    url.pathname,
  );
  options.requestCounts.set(route.name, (options.requestCounts.get(route.name) ?? 0) + 1);
  if (route.name !== 'control') await options.faults.meet(route.name);
  const identity = identityOf(request, options.rights);
  return route.handle({ request, url, apiVersion, identity, path });
}

/**
 * A page elsewhere may point its own name at 127.0.0.1; its requests then carry that name here.
 * Another project's name is refused as the hosted API would.
 */
function refuseForeignHost(request: IncomingMessage, projectId: string): void {
  const host = request.headers.host ?? '';
  const hostname = host.replace(/:\d+$/, '');
  if (!isLocalHost(hostname)) {
    throw plainRefusal(403, 'The local lake answers to localhost and 127.0.0.1 only');
  }
  const named = request.headers['x-sanity-project-id'] ?? hostname.match(/^(.+)\.localhost$/)?.[1];
  if (named !== undefined && named !== projectId) {
    throw plainRefusal(404, `Project "${String(named)}" not found; this lake has "${projectId}"`);
  }
}

function identityOf(request: IncomingMessage, rights: Rights): Identity {
  const token = request.headers.authorization?.match(/^Bearer (.+)$/i)?.[1];
  const identity = rights.identify(token);
  if (identity === undefined) {
    throw plainRefusal(401, 'Session not found', { errorCode: 'SIO-401-ANF' });
  }
  return identity;
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '/').split('?')[0] ?? '/';
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      const isTaken = 'code' in cause && cause.code === 'EADDRINUSE';
      reject(
        isTaken
          ? new Error(
              `Port ${port} on 127.0.0.1 is taken; stop what uses it or give the lake another port`,
              { cause },
            )
          : cause,
      );
    });
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
