import type { IncomingMessage } from 'node:http';

import type { Dataset } from './dataset.ts';
import { plainRefusal } from './errors.ts';
import type { Reply } from './http.ts';
import type { Identity } from './rights.ts';

/** One request, with everything the address and the token say already parsed. */
export interface LakeRequest {
  request: IncomingMessage;
  url: URL;
  /** The `<date>` of `/v<date>/…`; `X` for the experimental version, `1` when there is none. */
  apiVersion: string;
  identity: Identity;
  /** The named segments of the route's path, decoded. */
  path: Record<string, string>;
}

export interface Route {
  /** Used for counting, logging and faults: `query`, `doc`, `mutate`, … */
  name: string;
  methods: readonly string[];
  /** `/data/query/:dataset`; a last `*rest` takes the remaining segments. */
  path: string;
  /** Any page may ask, whatever the project's CORS origins: public files. */
  isForEveryPage?: true;
  /** Stays open: browsers are sent to a port of its own, of which they open only six each. */
  isStream?: true;
  handle(request: LakeRequest): Reply | Promise<Reply>;
}

export interface Match {
  route: Route;
  path: Record<string, string>;
  apiVersion: string;
}

/** Finds the route for a request; refuses with 404, or 405 when only the method is wrong. */
export function findRoute(routes: readonly Route[], method: string, pathname: string): Match {
  const { apiVersion, segments } = splitVersion(pathname);
  let sawPath = false;
  for (const route of routes) {
    const path = matchPath(route.path, segments);
    if (path === undefined) continue;
    sawPath = true;
    if (route.methods.includes(method === 'HEAD' ? 'GET' : method)) {
      return { route, path, apiVersion };
    }
  }
  throw sawPath
    ? plainRefusal(405, `${method} is not allowed on ${pathname}`)
    : plainRefusal(404, `The local lake has nothing at ${pathname}`);
}

/** The dataset a route names; 404 as the hosted API words it. */
export function datasetOf(
  datasets: ReadonlyMap<string, Dataset>,
  { path }: Pick<LakeRequest, 'path'>,
): Dataset {
  const name = path['dataset'] ?? '';
  const dataset = datasets.get(name);
  if (dataset === undefined) throw plainRefusal(404, `Dataset "${name}" not found`);
  return dataset;
}

function splitVersion(pathname: string): { apiVersion: string; segments: string[] } {
  const segments = pathname.split('/').slice(1);
  const first = segments[0] ?? '';
  if (/^v(\d{4}-\d\d-\d\d|1|X)$/.test(first)) {
    return { apiVersion: first.slice(1), segments: segments.slice(1) };
  }
  return { apiVersion: '1', segments };
}

function matchPath(
  pattern: string,
  segments: readonly string[],
): Record<string, string> | undefined {
  const expected = pattern.split('/').slice(1);
  const named: Record<string, string> = {};
  for (const [position, part] of expected.entries()) {
    if (part.startsWith('*')) {
      named[part.slice(1)] = segments.slice(position).map(decodeSegment).join('/');
      return named;
    }
    const segment = segments[position];
    if (segment === undefined) return undefined;
    if (part.startsWith(':')) named[part.slice(1)] = decodeSegment(segment);
    else if (part !== segment) return undefined;
  }
  return segments.length === expected.length ? named : undefined;
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw plainRefusal(400, 'The address is not valid percent-encoding');
  }
}
