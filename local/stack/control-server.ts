import { timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { FunctionHost } from '../functions/function-host.ts';
import { listen } from '../s3/listen.ts';
import { receive } from '../s3/request.ts';
import { type Limits, LimitsUnreadable } from './limits.ts';

/** What the control port gives a hand at. */
interface Controlled {
  readonly host: Pick<FunctionHost, 'invoke'>;
  readonly functionNames: readonly string[];
  readonly limits: Pick<Limits, 'current' | 'set'>;
  readonly token: string;
}

/**
 * The stack's control port, for whoever has the operator's token. Starts functions by hand, at the address that
 * Lambda's own API has for it: `POST /2015-03-31/functions/<name>/invocations` with an event. `PUT /limits`
 * says how slow the services are and how much of a processor functions have (`limits.ts`); `GET` tells it.
 */
export async function startControlServer(
  controlled: Controlled,
): Promise<{ endpoint: string; close: () => Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    void respond(incoming, outgoing, controlled).catch((error: unknown) =>
      answer(outgoing, 400, {
        message: error instanceof LimitsUnreadable ? error.message : 'The event could not be read',
      }),
    );
  });
  return listen(server, 0);
}

const largestEvent = 6 * 1024 * 1024;

async function respond(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { host, functionNames, limits, token }: Controlled,
): Promise<void> {
  if (!isEqual(incoming.headers.authorization ?? '', `Bearer ${token}`)) {
    answer(outgoing, 403, { message: 'Expected the token that stack.json has for it' });
    return;
  }
  const { target, method, body } = await receive(incoming, largestEvent);
  if (target === '/limits' && (method === 'GET' || method === 'PUT')) {
    const isSet = method === 'PUT';
    const inForce = isSet ? limits.set(JSON.parse(body.toString('utf8'))) : limits.current();
    answer(outgoing, 200, inForce);
    return;
  }
  const name = /^\/2015-03-31\/functions\/([\w-]+)\/invocations$/.exec(target)?.[1] ?? '';
  if (method !== 'POST' || !functionNames.includes(name)) {
    answer(outgoing, 404, { message: `Expected one of ${functionNames.join(', ')}` });
    return;
  }
  const event: unknown = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
  const end = await host.invoke(name, event);
  answer(outgoing, end.kind === 'throttled' ? 429 : 200, end);
}

function answer(outgoing: ServerResponse, status: number, content: object): void {
  outgoing.writeHead(status, { 'content-type': 'application/json' });
  outgoing.end(JSON.stringify(content));
}

function isEqual(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
