import { patchOf, readHooks, type FoundHook } from './hook-plan.ts';
import type { Hook } from '../src/webhook/hook.ts';
import { CannotRun } from './cannot-run.ts';
import { ask, messageIn, type Reply, type Request, sanityAddresses } from './sanity-api.ts';
import type { ConnectedStage } from './stage-values.ts';

/** The webhooks of a project, behind Sanity's management API. */
export interface HookService {
  list(): Promise<readonly FoundHook[]>;
  create(hook: Hook): Promise<void>;
  patch(id: string, hook: Hook): Promise<void>;
}

/** Throws CannotRun, with what Sanity said and what to do, whenever it does not do as asked. */
export function hookService(
  { values, secrets }: ConnectedStage,
  fetch: typeof globalThis.fetch,
): HookService {
  const { manageToken: token, webhook } = secrets;
  if (token === null) {
    throw new CannotRun(
      'Expected a token that may manage webhooks; there is none. Make one with the role Administrator ' +
        'or Developer at https://www.sanity.io/manage (API, Tokens), put it into SANITY_MANAGE_TOKEN, or ' +
        'say where it is with --manage-token ssm:<parameter>.',
    );
  }
  const addresses = sanityAddresses(values);
  const asked = async (request: Request): Promise<unknown> => {
    const reply = await ask(fetch, { ...request, token });
    if (reply.kind === 'answered' && reply.status >= 200 && reply.status < 300) return reply.body;
    throw new CannotRun(without([token, webhook], refusalOf(request, reply)));
  };
  return {
    async list() {
      const hooks = readHooks(await asked({ url: addresses.hooks }));
      if (hooks !== null) return hooks;
      throw new CannotRun(
        `Expected a list of webhooks from ${addresses.hooks}; something else came. Has Sanity's API changed?`,
      );
    },
    async create(hook) {
      await asked({ url: addresses.hooks, method: 'POST', body: hook });
    },
    async patch(id, hook) {
      await asked({ url: addresses.hook(id), method: 'PATCH', body: patchOf(hook) });
    },
  };
}

/** A refusal may repeat what it was sent. */
function without(secrets: readonly (string | null)[], text: string): string {
  return secrets.reduce<string>(
    (kept, secret) => (secret === null ? kept : kept.replaceAll(secret, '…')),
    text,
  );
}

function refusalOf({ url, method = 'GET' }: Request, reply: Reply): string {
  if (reply.kind === 'silent') {
    return `${method} ${url} had no answer (${reply.why}). Is the machine online, and --api-host right?`;
  }
  const said = messageIn(reply.body);
  return `${method} ${url} was answered ${reply.status}${said === '' ? '' : ` (${said})`}. ${adviceFor(reply.status)}`;
}

function adviceFor(status: number): string {
  switch (status) {
    case 401:
      return 'Sanity does not know this token: it is mistyped, has expired, or was deleted. Make a new one, with the role Administrator or Developer.';
    case 403:
      return 'This token may not manage webhooks: it needs the role Administrator or Developer in this project.';
    case 404:
      return 'There is no such project, or this token may not see it: compare --project with the id at https://www.sanity.io/manage.';
    case 402:
    case 422:
      return 'A plan allows only so many webhooks: delete one at https://www.sanity.io/manage (API, Webhooks), or change the plan.';
    default:
      return status === 429 || status >= 500
        ? 'Nothing is known of what came of it: look with "pressrun webhook check", and try again.'
        : 'Please say so: what Sanity takes may have changed.';
  }
}
