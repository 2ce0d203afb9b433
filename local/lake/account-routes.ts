import { isRecord } from './documents.ts';
import { plainRefusal } from './errors.ts';
import { json, readJson, type Reply } from './http.ts';
import type { Identity, Rights } from './rights.ts';
import type { LakeRequest, Route } from './router.ts';
import type { Storage } from './storage.ts';

export interface AccountServices {
  projectId: string;
  datasetNames: readonly string[];
  rights: Rights;
  storage: Storage;
  clock: () => number;
}

/** Who one is, what there is, and the questions about plans and news the Studio asks on the way. */
export function accountRoutes(services: AccountServices): Route[] {
  return [...userRoutes(services), ...sessionRoutes(services), ...projectRoutes(services)];
}

function userRoutes({ rights, storage }: AccountServices): Route[] {
  return [
    get('users', '/users/me', ({ identity }) =>
      json(identity.kind === 'anonymous' ? {} : profileOf(identity)),
    ),
    {
      name: 'users',
      methods: ['GET', 'PUT', 'POST'],
      path: '/users/me/keyvalue',
      handle: (request) => keyValue(storage, request),
    },
    {
      name: 'users',
      methods: ['GET', 'PUT', 'POST', 'DELETE'],
      path: '/users/me/keyvalue/:keys',
      handle: (request) => keyValue(storage, request),
    },
    get('users', '/users/:ids', ({ path }) => users(rights, path['ids'] ?? '')),
    get('users', '/projects/:project/users/:ids', ({ path }) => users(rights, path['ids'] ?? '')),
    get('users', '/projects/:project/users', () => json(rights.identities.map(publicProfile))),
  ];
}

async function keyValue(storage: Storage, request: LakeRequest): Promise<Reply> {
  const { identity, path } = request;
  if (identity.kind === 'anonymous') throw plainRefusal(401, 'Unauthorized: send a token');
  const collection = `keyvalue:${identity.id}`;
  const keys = (path['keys'] ?? '').split(',').filter((key) => key !== '');
  if (request.request.method === 'DELETE') {
    for (const key of keys) storage.deleteRecord(collection, key);
    return json([]);
  }
  if (request.request.method !== 'GET') {
    const body = await readJson(request.request, 1_000_000);
    const single = keys[0];
    const pairs =
      Array.isArray(body) || single === undefined ? [body].flat() : [{ key: single, value: body }];
    const written = pairs.filter(isRecord).flatMap(({ key, value }) => {
      if (typeof key !== 'string') return [];
      storage.writeRecord(collection, key, value ?? null);
      return [{ key, value }];
    });
    return json(written);
  }
  return json(
    keys.flatMap((key) => {
      const value = storage.readRecord(collection, key);
      return value === undefined ? [] : [{ key, value }];
    }),
  );
}

function users(rights: Rights, ids: string): Reply {
  const wanted = ids.split(',');
  const found = wanted.flatMap((id) => {
    const identity = rights.identities.find((known) => known.id === id);
    return identity === undefined ? [] : [publicProfile(identity)];
  });
  if (wanted.length > 1) return json(found);
  if (found[0] === undefined) throw plainRefusal(404, `User "${ids}" not found`);
  return json(found[0]);
}

function profileOf(identity: Identity) {
  const role = identity.kind === 'editor' ? roles.editor : roles.viewer;
  return {
    id: identity.id,
    name: identity.name,
    email: `${identity.id}@localhost`,
    role: role.name,
    roles: [role],
    provider: 'local',
    profileImage: null,
  };
}

const roles = {
  editor: { name: 'administrator', title: 'Administrator' },
  viewer: { name: 'viewer', title: 'Viewer' },
} as const;

function publicProfile(identity: Identity) {
  return {
    id: identity.id,
    sanityUserId: identity.id,
    displayName: identity.name,
    imageUrl: null,
    email: `${identity.id}@localhost`,
    roles: profileOf(identity).roles,
  };
}

/** What there is to know about logging in; `login.ts` does it. */
function sessionRoutes({ clock, projectId }: AccountServices): Route[] {
  return [
    get('auth', '/auth/id', ({ identity }) => {
      if (identity.kind === 'anonymous') throw plainRefusal(401, 'Unauthorized: send a token');
      return json({ id: identity.id, expiry: new Date(clock() + 86_400_000).toISOString() });
    }),
    get('auth', '/auth/providers', ({ request }) =>
      json({
        thirdPartyLogin: true,
        sso: {},
        providers: [
          {
            name: 'local',
            title: 'Local editor',
            url: `http://${request.headers.host ?? 'localhost'}/local-login`,
          },
        ],
        projectId,
      }),
    ),
    {
      name: 'auth',
      methods: ['POST', 'GET'],
      path: '/auth/logout',
      handle: () => ({ kind: 'empty', status: 204 }),
    },
  ];
}

function projectRoutes({ projectId, datasetNames, rights, clock }: AccountServices): Route[] {
  const datasets = () =>
    json(
      datasetNames.map((name) => ({
        name,
        aclMode: rights.isPublicDataset ? 'public' : 'private',
        createdAt: '2026-01-01T00:00:00.000Z',
        createdByUserId: 'editor',
        tags: [],
      })),
    );
  const project = () => ({
    id: projectId,
    displayName: 'Local publication',
    studioHost: null,
    isBlocked: false,
    isDisabled: false,
    isDisabledByUser: false,
    organizationId: null,
    metadata: {},
    features: [],
    members: rights.identities.map((identity) => ({
      id: identity.id,
      isCurrentUser: false,
      isRobot: false,
      role: profileOf(identity).role,
      roles: profileOf(identity).roles,
    })),
    createdAt: '2026-01-01T00:00:00.000Z',
  });
  return [
    get('projects', '/projects', () => json([project()])),
    get('projects', '/projects/:project', () => json(project())),
    get('projects', '/projects/:project/datasets', datasets),
    get('projects', '/datasets', datasets),
    get('projects', '/aliases', () => json([])),
    get('projects', '/projects/:project/aliases', () => json([])),
    get('projects', '/projects/:project/datasets/:dataset/acl', ({ identity }) =>
      json(
        identity.kind === 'editor'
          ? [
              {
                filter: '_id in path("**")',
                permissions: ['read', 'update', 'create', 'history', 'manage', 'editHistory'],
              },
            ]
          : [{ filter: '_id in path("*")', permissions: ['read'] }],
      ),
    ),
    get('projects', '/projects/:project/grants', () => json({})),
    get('projects', '/projects/:project/permissions', () => json([])),
    get('projects', '/projects/:project/roles', () => json(Object.values(roles))),
    // Viewers are offered to ask for more; nobody has.
    get('projects', '/access/requests/me', () => json([])),
    get('projects', '/projects/:project/user-applications', () => json([])),
    get('projects', '/projects/:project/features', () => json([])),
    get('projects', '/user-applications', () => json([])),
    get('projects', '/features', () => json([])),
    get('ping', '/ping', () => json({ pong: clock() })),
    get('ping', '/check/cors', () => json({ result: { allowed: true, withCredentials: true } })),
    get('telemetry', '/intake/telemetry-status', () => json({ status: 'denied' })),
    quiet('telemetry', '/intake/*rest'),
    quiet('news', '/journey/*rest'),
    quiet('news', '/subscriptions/*rest'),
    quiet('news', '/schedules/*rest'),
    quiet('news', '/help/*rest'),
  ];
}

function get(name: string, path: string, handle: Route['handle']): Route {
  return { name, methods: ['GET'], path, handle };
}

/** Calls the Studio makes that mean nothing here: answered with nothing, so that it moves on. */
function quiet(name: string, path: string): Route {
  return { name, methods: ['GET', 'POST', 'PUT'], path, handle: () => json([]) };
}
