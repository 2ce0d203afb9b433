import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';

import { WebSocketServer, type WebSocket } from 'ws';

import { isRecord, type JsonRecord } from './documents.ts';
import { anonymous, type Identity, type Rights } from './rights.ts';

/** Who is looking at what: the socket by which open Studios see each other. */
export interface Presence {
  /** Takes over a connection that asked for `/v<version>/socket/<dataset>`. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

interface Visitor {
  socket: WebSocket;
  identity: Identity;
  subscription: string | undefined;
  session: string | undefined;
}

const heartbeatMs = 10_000;

export function createPresence({
  rights,
  datasets,
  isAllowed,
}: {
  rights: Rights;
  datasets: ReadonlySet<string>;
  /** Whether pages of this origin may speak to the project: a browser opens a socket to anywhere. */
  isAllowed: (origin: string) => boolean;
}): Presence {
  const server = new WebSocketServer({ noServer: true, maxPayload: 100_000 });
  const visitors = new Set<Visitor>();
  const heartbeat = setInterval(() => {
    for (const { socket } of visitors) socket.send('♥');
  }, heartbeatMs);
  heartbeat.unref();

  function welcome(socket: WebSocket, identity: Identity): void {
    const visitor: Visitor = { socket, identity, subscription: undefined, session: undefined };
    visitors.add(visitor);
    socket.send('♥');
    socket.on('message', (data) => {
      const message = parseMessage(Buffer.isBuffer(data) ? data.toString('utf8') : '');
      if (message !== undefined) answer(visitor, message);
    });
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      visitors.delete(visitor);
      if (visitor.session !== undefined) announce(visitor, 'disconnect', {});
    });
  }

  function answer(visitor: Visitor, { id, method, params }: Message): void {
    let result: unknown = true;
    switch (method) {
      case 'authorization': {
        const identity = rights.identify(tokenIn(params['authorization']));
        if (identity === undefined) return visitor.socket.close(4001, 'unauthorized');
        visitor.identity = identity;
        break;
      }
      case 'presence_subscribe':
        visitor.subscription = randomUUID();
        result = visitor.subscription;
        break;
      case 'presence_unsubscribe':
        visitor.subscription = undefined;
        break;
      case 'presence_rollcall':
        visitor.session = textOf(params['session']) ?? visitor.session;
        announce(visitor, 'rollCall', {});
        break;
      case 'presence_announce': {
        const data = isRecord(params['data']) ? params['data'] : {};
        visitor.session = textOf(data['sessionId']) ?? visitor.session;
        announce(visitor, 'state', data);
        break;
      }
      case 'presence_disconnect':
        visitor.session = textOf(params['session']) ?? visitor.session;
        announce(visitor, 'disconnect', {});
        visitor.session = undefined;
        break;
      default:
        return visitor.socket.send(
          JSON.stringify({
            jsonrpc: '2.0',
            id,
            error: { code: -32601, message: `The local lake has no method "${method}"` },
          }),
        );
    }
    visitor.socket.send(JSON.stringify({ jsonrpc: '2.0', id, result }));
  }

  function announce(from: Visitor, type: string, state: JsonRecord): void {
    const { session } = from;
    for (const { socket, subscription } of visitors) {
      if (subscription === undefined) continue;
      socket.send(
        JSON.stringify({
          jsonrpc: '2.0',
          method: 'presence_subscription',
          params: {
            subscription,
            result: {
              type,
              i: from.identity.id,
              session,
              m: { session, sessionId: session, ...state },
            },
          },
        }),
      );
    }
  }

  return {
    accept(request, socket, head) {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      const dataset = pathname.match(/^(?:\/v[^/]+)?\/socket\/([^/]+)$/)?.[1];
      const { origin } = request.headers;
      if (dataset === undefined || !datasets.has(dataset)) return refuse(socket, '404 Not Found');
      if (origin !== undefined && !isAllowed(origin)) return refuse(socket, '403 Forbidden');
      const identity = rights.identify(tokenIn(request.headers.authorization)) ?? anonymous;
      server.handleUpgrade(request, socket, head, (accepted) => welcome(accepted, identity));
    },
    close() {
      clearInterval(heartbeat);
      for (const { socket } of visitors) socket.terminate();
      server.close();
    },
  };
}

interface Message {
  id: unknown;
  method: string;
  params: JsonRecord;
}

function parseMessage(text: string): Message | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (!isRecord(value) || typeof value['method'] !== 'string') return undefined;
    const params = isRecord(value['params']) ? value['params'] : {};
    return { id: value['id'], method: value['method'], params };
  } catch {
    // Clients send heartbeats too; they are not JSON and need no answer.
    return undefined;
  }
}

function tokenIn(authorization: unknown): string | undefined {
  return textOf(authorization)?.match(/^Bearer (.+)$/i)?.[1];
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
