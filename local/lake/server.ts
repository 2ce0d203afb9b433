import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

import { LakeError, plainRefusal } from './errors.ts';
import type { CorsOrigin } from './cors-routes.ts';
import type { Faults } from './faults.ts';
import { corsHeaders, isLocalHost, replyToError, send, type Reply } from './http.ts';
import type { Presence } from './presence.ts';
import type { Identity, Rights } from './rights.ts';
import { findRoute, type LakeRequest, type Route } from './router.ts';

export interface ServerOptions {
  port: number;
  projectId: string;
  rights: Rights;
  faults: Faults;
  requestCounts: Map<string, number>;
  presence: Presence;
  /** By what a page of an origin may read; none when it may not. */
  corsOriginFor: (origin: string) => CorsOrigin | undefined;
  clock: () => number;
  /** Milliseconds that a request takes beyond what it takes here, by the name of its route. */
  delay: (routeName: string) => number;
  routes: readonly Route[];
}

export interface LakeServer {
  port: number;
  close(): Promise<void>;
}

const streamPortCount = 6;

/**
 * Listens on 127.0.0.1 and answers by the routes. A few more ports carry only streams: a browser
 * opens six connections to one host and port, the Studio holds more streams than that, and without
 * those ports it would wait for ever to save.
 */
export async function openServer(options: ServerOptions): Promise<LakeServer> {
  const streams = createStreamPorts(options.clock);
  const main = createServer(
    (request, response) => void respond(request, response, { ...options, streams }),
  );
  main.on('upgrade', (request, socket, head) => options.presence.accept(request, socket, head));
  const port = await listen(main, options.port);
  const others = Array.from({ length: streamPortCount }, () =>
    createServer(
      (request, response) =>
        void respond(request, response, { ...options, streams, isStreamPort: true }),
    ),
  );
  for (const server of others) streams.ports.push(await listen(server, 0));
  return {
    port,
    async close() {
      await Promise.all([main, ...others].map(close));
    },
  };
}

interface StreamPorts {
  ports: number[];
  /** The address of the same stream on the next stream port. */
  addressFor(request: IncomingMessage, identity: Identity): string;
  identityOf(ticket: string | null): Identity | undefined;
}

const ticketLimit = 10_000;
/** A browser follows a redirect at once. */
const ticketMilliseconds = 60_000;

/**
 * A browser drops the authorization header when it follows a redirect to another port, so the
 * address carries a ticket instead. It opens streams and nothing else, within a minute.
 */
function createStreamPorts(clock: () => number): StreamPorts {
  const ports: number[] = [];
  const tickets = new Map<string, { identity: Identity; until: number }>();
  let turn = 0;
  return {
    ports,
    addressFor(request, identity) {
      const ticket = randomBytes(24).toString('base64url');
      tickets.set(ticket, { identity, until: clock() + ticketMilliseconds });
      const oldest = tickets.keys().next();
      if (tickets.size > ticketLimit && oldest.done !== true) tickets.delete(oldest.value);
      const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
      url.port = String(ports[turn % ports.length]);
      turn += 1;
      url.searchParams.set('_localTicket', ticket);
      return url.href;
    },
    identityOf(ticket) {
      const known = ticket === null ? undefined : tickets.get(ticket);
      return known !== undefined && clock() <= known.until ? known.identity : undefined;
    },
  };
}

interface RespondOptions extends ServerOptions {
  streams: StreamPorts;
  isStreamPort?: true;
}

async function respond(
  request: IncomingMessage,
  response: ServerResponse,
  options: RespondOptions,
): Promise<void> {
  const page = pageOf(request, options);
  let reply: Reply;
  try {
    refuseForeignHost(request, options.projectId);
    reply =
      request.method === 'OPTIONS' && page !== 'foreign'
        ? { kind: 'empty', status: 204 }
        : await answer(request, page, options);
  } catch (error) {
    reply = replyToError(error);
    if (!(error instanceof LakeError)) {
      console.error(`The local lake failed at ${request.method} ${pathOf(request)}:`, error);
    }
  }
  if (response.destroyed) return;
  send(response, reply, typeof page === 'string' ? {} : corsHeaders(request, page));
}

/**
 * The page that asks, by what it may read; `none` when no page does. Browsers name the origin `null` for
 * sandboxed frames and for files, which any website or mail can bring along, so to those the lake says
 * nothing. They also name it so once they have followed a redirect from one origin to another, which is how
 * the Studio comes to its streams: only the ports of those, where a ticket is asked for, answer `null`.
 * https://fetch.spec.whatwg.org/#append-a-request-origin-header
 */
function pageOf(
  { headers: { origin } }: IncomingMessage,
  { corsOriginFor, isStreamPort }: RespondOptions,
): CorsOrigin | 'none' | 'foreign' {
  if (origin === undefined) return 'none';
  if (origin === 'null') return isStreamPort ? { origin, allowCredentials: false } : 'foreign';
  const entry = corsOriginFor(origin);
  return entry === undefined ? 'foreign' : { ...entry, origin };
}

async function answer(
  request: IncomingMessage,
  page: CorsOrigin | 'none' | 'foreign',
  options: RespondOptions,
): Promise<Reply> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const { route, path, apiVersion } = findRoute(
    options.routes,
    request.method ?? 'GET',
    url.pathname,
  );
  if (page === 'foreign' && !route.isForEveryPage) {
    throw plainRefusal(
      403,
      `The project's CORS origins do not let ${request.headers.origin} read; add it with \`sanity cors add\``,
    );
  }
  refuseForeignProject(path['project'], options.projectId);
  options.requestCounts.set(route.name, (options.requestCounts.get(route.name) ?? 0) + 1);
  if (route.name !== 'control') await options.faults.meet(route.name);
  const milliseconds = options.delay(route.name);
  if (milliseconds > 0) await wait(milliseconds);
  if (options.isStreamPort) return answerStream(route, { request, url, apiVersion, path }, options);
  const identity = identityOf(request, options.rights);
  if (route.isStream && isBrowser(request)) {
    return {
      kind: 'redirect',
      status: 307,
      location: options.streams.addressFor(request, identity),
    };
  }
  return route.handle({ request, url, apiVersion, identity, path });
}

/** Whoever was sent here has a ticket; nobody else is answered, not even with what is public. */
function answerStream(
  route: Route,
  request: Omit<LakeRequest, 'identity'>,
  { streams }: RespondOptions,
): Reply | Promise<Reply> {
  if (!route.isStream) {
    throw plainRefusal(404, 'This port of the local lake carries streams only');
  }
  const identity = streams.identityOf(request.url.searchParams.get('_localTicket'));
  if (identity === undefined) throw plainRefusal(401, 'Expected the ticket of a redirect');
  return route.handle({ ...request, identity });
}

/** Browsers say where a request comes from; other clients do not. */
function isBrowser({ headers }: IncomingMessage): boolean {
  return headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
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
  refuseForeignProject(named?.toString(), projectId);
}

function refuseForeignProject(named: string | undefined, projectId: string): void {
  if (named === undefined || named === projectId) return;
  throw plainRefusal(404, `Project "${named}" not found; this lake has "${projectId}"`);
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
