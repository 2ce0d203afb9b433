import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { plainRefusal } from './errors.ts';
import { editorsOnly } from './hooks-routes.ts';
import { isLocalOrigin, json, readJson } from './http.ts';
import type { Route } from './router.ts';
import type { Storage } from './storage.ts';

/** An origin whose pages may speak to the project. */
export interface CorsOrigin {
  readonly origin: string;
  readonly allowCredentials: boolean;
}

export interface CorsOrigins {
  /** Adds an origin, or changes what is there of it. */
  allow(origin: CorsOrigin): void;
  /** The entry by which a page of this origin may read; none for a page that is not on this machine. */
  entryFor(origin: string): CorsOrigin | undefined;
  readonly routes: readonly Route[];
}

/**
 * The CORS origins of the project and their management API: list, add, remove. As at Sanity
 * (https://www.sanity.io/docs/content-lake/cors), pages of other origins may not read. Of those on the
 * list this lake answers pages of this machine alone: a list like a real project's must not open it to the web.
 */
export function createCorsOrigins({
  storage,
  projectId,
  clock,
}: {
  readonly storage: Storage;
  readonly projectId: string;
  readonly clock: () => number;
}): CorsOrigins {
  const all = () => storage.listRecords('cors').map(({ value }) => kept.parse(value));
  const add = ({ origin, allowCredentials }: CorsOrigin): Kept => {
    const known = all().find((each) => each.origin === origin);
    const entry = {
      id: known?.id ?? randomUUID(),
      projectId,
      origin,
      allowCredentials,
      createdAt: known?.createdAt ?? new Date(clock()).toISOString(),
      deletedAt: null,
    };
    storage.writeRecord('cors', entry.id, entry);
    return entry;
  };
  const routes: Route[] = [
    {
      name: 'cors',
      methods: ['GET', 'POST'],
      path: '/projects/:project/cors',
      async handle(request) {
        editorsOnly(request);
        if (request.request.method !== 'POST') return json(all());
        const asked = wanted.safeParse(await readJson(request.request, 10_000));
        if (!asked.success) throw plainRefusal(400, z.prettifyError(asked.error));
        if (all().some(({ origin }) => origin === asked.data.origin)) {
          throw plainRefusal(409, `The origin "${asked.data.origin}" is there already`);
        }
        return json(add(asked.data), 201);
      },
    },
    {
      name: 'cors',
      methods: ['DELETE'],
      path: '/projects/:project/cors/:id',
      handle(request) {
        editorsOnly(request);
        const id = request.path['id'] ?? '';
        if (!all().some((each) => each.id === id)) {
          throw plainRefusal(404, `CORS origin "${id}" not found`);
        }
        storage.deleteRecord('cors', id);
        return json({ id, deleted: true });
      },
    },
  ];
  return {
    allow: (origin) => void add(origin),
    entryFor: (origin) =>
      isLocalOrigin(origin) ? all().find((entry) => isMatch(entry.origin, origin)) : undefined,
    routes,
  };
}

/** Whether an entry of the list names an origin. */
function isMatch(entry: string, origin: string): boolean {
  const parts = entry.split('*').map((part) => part.replaceAll(/\W/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.*')}$`).test(origin);
}

const wanted = z.object({
  // A star may stand for the whole, or for a part of the host.
  origin: z.string().regex(/^(\*|https?:\/\/[^/?#\s]+)$/, 'expected protocol://host[:port]'),
  allowCredentials: z.boolean().default(false),
});
const kept = wanted.extend({
  id: z.string(),
  projectId: z.string(),
  createdAt: z.string(),
  deletedAt: z.null(),
});
type Kept = z.output<typeof kept>;
