import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';

import { plainRefusal } from './errors.ts';
import { json } from './http.ts';
import type { Identity, Rights } from './rights.ts';
import type { Route } from './router.ts';

/** The way from a click in the local Studio to an editor's token. */
export interface Login {
  /** Lets a Studio log in: `origin` as browsers write it. Before that, nobody may. */
  serve(origin: string): void;
  readonly routes: readonly Route[];
}

interface Session {
  readonly identity: Identity;
  /** The Studio that it was made for. */
  readonly origin: string;
  readonly until: number;
}

/** The Studio exchanges its session as it loads. */
const sessionMilliseconds = 60_000;
const sessionLimit = 100;

/**
 * Logging in locally: the provider's link comes back at once with a session id, which the Studio
 * exchanges for the editor's token. There is no password, so what stands for it is where one comes from
 * and goes to. The session is sent to a Studio that this lake was told of and to nothing else, in the
 * fragment, which no server is told; it is exchanged only for a page of that Studio, by the `Origin` that no page
 * can choose; once, within a minute; and nothing is given to programs of another user of this machine.
 */
export function createLogin({
  rights,
  clock,
  isStranger,
}: {
  readonly rights: Rights;
  readonly clock: () => number;
  /** Whether whoever is at the other end is not this machine's editor. */
  readonly isStranger: (socket: Socket) => Promise<boolean>;
}): Login {
  const studios = new Set<string>();
  const sessions = new Map<string, Session>();

  async function refuseStrangers(request: IncomingMessage): Promise<void> {
    if (await isStranger(request.socket)) {
      throw plainRefusal(403, 'Local login serves the user who runs the lake, and no other');
    }
  }

  return {
    serve: (origin) => void studios.add(origin),
    routes: [
      {
        name: 'auth',
        methods: ['GET'],
        path: '/local-login',
        async handle({ request, url }) {
          await refuseStrangers(request);
          refuseAllButNavigation(request);
          const back = studioAddress(url.searchParams.get('origin') ?? '', studios);
          const wanted = url.searchParams.get('user') ?? 'editor';
          const identity = rights.identities.find(({ id }) => id === wanted);
          if (identity === undefined) throw plainRefusal(404, `User "${wanted}" not found`);
          // The Studio ignores a session id below 20 characters.
          const sid = randomBytes(24).toString('base64url');
          const until = clock() + sessionMilliseconds;
          sessions.set(sid, { identity, origin: back.origin, until });
          const oldest = sessions.keys().next();
          if (sessions.size > sessionLimit && oldest.done !== true) sessions.delete(oldest.value);
          back.hash = `sid=${sid}`;
          return { kind: 'redirect', location: back.href };
        },
      },
      {
        name: 'auth',
        methods: ['GET'],
        path: '/auth/fetch',
        async handle({ request, url }) {
          await refuseStrangers(request);
          const sid = url.searchParams.get('sid') ?? '';
          const session = sessions.get(sid);
          // One that came into wrong hands is of no use to anybody afterwards.
          sessions.delete(sid);
          const token = session && rights.tokenOf(session.identity);
          const isOfStudio = session !== undefined && request.headers.origin === session.origin;
          if (token === undefined || !isOfStudio || clock() > session.until) {
            throw plainRefusal(401, 'The session is unknown, was used, or is another page’s');
          }
          return json({ token, label: session.identity.name });
        },
      },
    ],
  };
}

/**
 * Browsers say for what they ask: a picture, a frame or a script's fetch in some page is nobody's click.
 * Not all say it over http, and other programs never; what those may not do does not depend on this.
 */
function refuseAllButNavigation({ headers, method }: IncomingMessage): void {
  if (method === 'GET' && (headers['sec-fetch-dest'] ?? 'document') === 'document') return;
  throw plainRefusal(403, 'Local login is a page to go to, from the Studio');
}

/** The page of a Studio that the login goes back to. Refused is every address but one of a known Studio. */
function studioAddress(address: string, studios: ReadonlySet<string>): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isPlain =
    url !== undefined &&
    // A blob has the origin of the page that made it.
    (url.protocol === 'http:' || url.protocol === 'https:') &&
    url.username === '' &&
    url.password === '' &&
    // A fragment would be a place for a token of somebody's choice.
    !address.includes('#');
  if (!isPlain || !studios.has(url.origin)) {
    throw plainRefusal(403, 'Local login goes back to the local Studio and nowhere else');
  }
  return url;
}
