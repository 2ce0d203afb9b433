import { planHook, readHooks, type HookPlan } from '../hook-plan.ts';
import { ask, type Reply, type Request, sanityAddresses } from '../sanity-api.ts';
import type { ConnectedStage, StageValues } from '../stage-values.ts';
import { settingsId } from '../../src/publishing/settings-document.ts';
import { readerAuthorization } from '../../src/site/admission.ts';
import { homePath, statusPath, v1 } from '../../src/site/paths.ts';
import { desiredHook } from '../../src/webhook/hook.ts';
import { signatureHeader } from '../../src/webhook/signature.ts';

/**
 * Everything that was seen of a stage at one time. Plain data, no secret in it: what to make of it is
 * for the checks. Null where nothing was asked, since what it takes was not given.
 */
export interface Observations {
  readonly values: StageValues;
  readonly given: {
    readonly webhookSecret: boolean;
    readonly readToken: boolean;
    readonly manageToken: boolean;
  };
  /** With the administrator's token. */
  readonly project: Reply | null;
  readonly datasets: Reply | null;
  readonly hooks: Reply | null;
  readonly cors: Reply | null;
  /** What it takes to make the webhook as it should be; null when hooks could not be read. */
  readonly hookPlan: HookPlan | null;
  /** How our webhook's deliveries went. */
  readonly attempts: Reply | null;
  /** With the publisher's token, or without one where there is none. */
  readonly settings: Reply | null;
  /** A write with the publisher's token that Sanity is asked not to carry out. */
  readonly dryRun: Reply | null;
  readonly home: Reply | null;
  readonly index: Reply | null;
  readonly status: Reply | null;
  /** The home of a closed stage, asked for without its password. */
  readonly stranger: Reply | null;
  readonly unsigned: Reply | null;
  /** Signed with our secret, and about a document that is no business of the receiver's. */
  readonly signed: Reply | null;
  /** By how many milliseconds others are ahead of this machine, as far as they say. */
  readonly clocks: readonly { readonly whose: 'Sanity' | 'the receiver'; readonly ahead: number }[];
}

export interface World {
  readonly fetch: typeof globalThis.fetch;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/**
 * Looks at a stage from outside. Reads, but for three requests that change nothing: a write that is
 * declared a dry run, and two deliveries that the receiver refuses or passes over.
 */
export async function observe(
  { values, secrets }: ConnectedStage,
  { fetch, now }: World,
): Promise<Observations> {
  const { webhook, readToken, manageToken, readerPassword } = secrets;
  const { webhookUrl, siteUrl, dataset } = values;
  const addresses = sanityAddresses(values);
  const clocks: Observations['clocks'][number][] = [];
  const timed = async (whose: 'Sanity' | 'the receiver', request: Request): Promise<Reply> => {
    const reply = await ask(fetch, request);
    const date = Date.parse((reply.kind === 'answered' && reply.headers['date']) || '');
    if (!Number.isNaN(date)) clocks.push({ whose, ahead: date - now() });
    return reply;
  };
  const manage = async (url: string): Promise<Reply | null> =>
    manageToken === null ? null : timed('Sanity', { url, token: manageToken });
  // As a script of another site: only to such a request CloudFront adds the headers of CORS.
  const asReader: Pick<Request, 'headers'> = {
    headers: {
      origin: 'https://doctor.pressrun.example',
      ...(readerPassword !== null && { authorization: readerAuthorization(readerPassword) }),
    },
  };
  const isReadable = readToken !== null || values.visibility === 'public';

  const [project, datasets, hooks, cors, settings, dryRun, home, index, status, stranger] =
    await Promise.all([
      manage(addresses.project),
      manage(addresses.datasets),
      manage(addresses.hooks),
      manage(addresses.cors),
      isReadable
        ? timed('Sanity', { url: addresses.document(settingsId), token: readToken })
        : null,
      readToken === null
        ? null
        : timed('Sanity', {
            url: addresses.dryRun,
            method: 'POST',
            token: readToken,
            body: { mutations: [{ create: { _type: 'topic', title: 'Not to be written' } }] },
          }),
      siteUrl === null ? null : ask(fetch, { url: siteUrl + homePath, ...asReader }),
      siteUrl === null ? null : ask(fetch, { url: siteUrl + v1.index, ...asReader }),
      siteUrl === null ? null : ask(fetch, { url: siteUrl + statusPath, ...asReader }),
      siteUrl === null || readerPassword === null ? null : ask(fetch, { url: siteUrl + homePath }),
    ]);

  const found = hooks?.kind === 'answered' && hooks.status === 200 ? readHooks(hooks.body) : null;
  const hookPlan =
    found === null || webhookUrl === null
      ? null
      : planHook(desiredHook({ url: webhookUrl, dataset, secret: webhook ?? undefined }), found);
  const ours = hookPlan?.ours ?? null;

  const body = probeBody(values);
  const ring = async (headers: Readonly<Record<string, string>>): Promise<Reply | null> =>
    webhookUrl === null
      ? null
      : timed('the receiver', { url: webhookUrl, method: 'POST', headers, body });
  return {
    values,
    given: {
      webhookSecret: webhook !== null,
      readToken: readToken !== null,
      manageToken: manageToken !== null,
    },
    project,
    datasets,
    hooks,
    cors,
    hookPlan,
    attempts: ours === null ? null : await manage(addresses.attempts(ours.id)),
    settings,
    dryRun,
    home,
    index,
    status,
    stranger,
    unsigned: await ring({}),
    signed: webhook === null ? null : await ring(signed(body, webhook, now())),
    clocks,
  };
}

/** A type that is none of ours: a receiver that understands it passes it over, and queues nothing. */
function probeBody({ projectId: project, dataset }: StageValues): string {
  return JSON.stringify({ _id: 'pressrun-doctor', _type: 'pressrun.probe', project, dataset });
}

function signed(body: string, secret: string, signedAt: number): Readonly<Record<string, string>> {
  return {
    'sanity-webhook-signature': signatureHeader({ body: Buffer.from(body), secret, signedAt }),
  };
}
