import { plainRefusal } from './errors.ts';
import { json, readJson } from './http.ts';
import type { LakeRequest, Route } from './router.ts';
import type { Hook, Webhooks } from './webhooks.ts';

const bodyLimit = 100_000;

/** The management API for webhooks: list, create, change, remove, and their logs. */
export function hooksRoutes(webhooks: Webhooks, projectId: string): Route[] {
  /** A secret goes in and never comes out. */
  const shown = ({ secret, ...hook }: Hook) => ({
    ...hook,
    projectId,
    hasSecret: typeof secret === 'string' && secret !== '',
  });
  return [
    {
      name: 'hooks',
      methods: ['GET', 'POST'],
      path: '/hooks/projects/:project',
      async handle(request) {
        editorsOnly(request);
        if (request.request.method === 'POST') {
          return json(shown(webhooks.create(await readJson(request.request, bodyLimit))), 201);
        }
        return json(webhooks.list().map(shown));
      },
    },
    {
      name: 'hooks',
      methods: ['GET', 'PATCH', 'PUT', 'DELETE'],
      path: '/hooks/projects/:project/:hook',
      async handle(request) {
        editorsOnly(request);
        const id = request.path['hook'] ?? '';
        switch (request.request.method) {
          case 'PATCH':
          case 'PUT':
            return json(shown(webhooks.update(id, await readJson(request.request, bodyLimit))));
          case 'DELETE':
            webhooks.remove(id);
            return json({ deleted: true });
          default:
            return json(shown(existing(webhooks, id)));
        }
      },
    },
    {
      name: 'hooks',
      methods: ['GET'],
      path: '/hooks/projects/:project/:hook/attempts',
      handle(request) {
        editorsOnly(request);
        return json(webhooks.attemptsOf(existing(webhooks, request.path['hook'] ?? '').id));
      },
    },
    {
      name: 'hooks',
      methods: ['GET'],
      path: '/hooks/projects/:project/:hook/messages',
      handle(request) {
        editorsOnly(request);
        return json(webhooks.messagesOf(existing(webhooks, request.path['hook'] ?? '').id));
      },
    },
  ];
}

function existing(webhooks: Webhooks, id: string): Hook {
  const hook = webhooks.find(id);
  if (hook === undefined) throw plainRefusal(404, `Webhook "${id}" not found`);
  return hook;
}

export function editorsOnly({ identity }: LakeRequest): void {
  if (identity.kind === 'editor') return;
  throw identity.kind === 'anonymous'
    ? plainRefusal(401, 'Unauthorized: send the editor token')
    : plainRefusal(403, 'Forbidden: this needs the editor token');
}
