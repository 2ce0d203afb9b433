import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SanityClient } from '@sanity/client';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { z } from 'zod';
import { diagnosis } from '../../cli/doctor.ts';
import type { Finding } from '../../cli/doctor/finding.ts';
import { observe } from '../../cli/doctor/observe.ts';
import { sanityAddresses } from '../../cli/sanity-api.ts';
import {
  type ConnectedStage,
  readStage,
  type StageSecrets,
  stageOptions,
  type StageValues,
} from '../../cli/stage-values.ts';
import { editorClient } from '../../local/stack/editor-client.ts';
import { type Stack, startStack } from '../../local/stack/stack.ts';
import { writeStackFile } from '../../local/stack/stack-file.ts';
import { desiredHook, type Hook } from '../../src/webhook/hook.ts';
import { fakeAccount } from '../fakes/fake-account.ts';
import { runIn } from './press.ts';

const studio = { origin: 'https://studio.example', allowCredentials: true };
const otherSecret = 'YW5vdGhlci1zZWNyZXQtb2YtdGhpcnR5LXR3by1ieXRlcw';
const nowhere = 'http://127.0.0.1:4/';

let directory: string;
let stack: Stack;
let editor: SanityClient;
let healthy: ConnectedStage;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pressrun-doctor-'));
  stack = await startStack({ bundles: inject('bundles'), sweepEverySeconds: 86_400 });
  writeStackFile(directory, stack.file);
  editor = editorClient(stack.file);
  await editor.create({
    _id: 'siteSettings',
    _type: 'siteSettings',
    name: 'The Daily',
    description: 'One person a day.',
    timeZone: 'Europe/London',
    language: 'en',
    contact: 'desk@daily.example',
  });
  await stack.settled();
  const { values, secrets } = await readStage({
    options: stageOptions.parse({}),
    environment: {},
    stackFile: join(directory, 'stack.json'),
    stage: null,
    account: fakeAccount(),
  });
  healthy = { values: { ...values, studioUrl: studio.origin }, secrets };
  // The webhook is the stack's own until something is planted; there is no Studio that adds its origin.
  await addCors(studio);
}, 120_000);
afterEach(mendSettings);
afterAll(async () => {
  await stack.close();
  await rm(directory, { recursive: true });
});

/** The project's settings as they should be. */
async function mendSettings(): Promise<void> {
  const { hooks, hook, cors } = sanityAddresses(healthy.values);
  for (const { id } of ids.parse(await manage('GET', hooks))) await manage('DELETE', hook(id));
  await manage('POST', hooks, hookOf());
  for (const { id } of ids.parse(await manage('GET', cors)))
    await manage('DELETE', `${cors}/${id}`);
  await manage('POST', cors, studio);
}

const ids = z.array(z.object({ id: z.string() }));

async function manage(method: string, url: string, body?: unknown): Promise<unknown> {
  const answer = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${stack.file.lake.tokens.editor}`,
      'content-type': 'application/json',
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`${method} ${url} was answered ${answer.status}`);
  return answer.json();
}

function hookOf({ webhook = healthy.secrets.webhook }: Partial<StageSecrets> = {}): Hook {
  const { webhookUrl, dataset } = healthy.values;
  return desiredHook({ url: webhookUrl ?? '', dataset, secret: webhook ?? '' });
}

async function patchHook(changes: object): Promise<void> {
  const { hooks, hook } = sanityAddresses(healthy.values);
  const [ours] = ids.parse(await manage('GET', hooks));
  await manage('PATCH', hook(ours?.id ?? ''), changes);
}

/** The stage, or the world, as somebody has misconfigured it. */
interface Planted {
  readonly values?: Partial<StageValues>;
  readonly secrets?: Partial<StageSecrets>;
  readonly fetch?: typeof fetch;
  readonly now?: () => number;
}

async function examine({ values, secrets, ...world }: Planted = {}) {
  const stage = {
    values: { ...healthy.values, ...values },
    secrets: { ...healthy.secrets, ...secrets },
  };
  const answer = diagnosis(await observe(stage, { fetch, now: Date.now, ...world }));
  const said = JSON.stringify(answer);
  for (const each of Object.values(stage.secrets)) expect(said).not.toContain(each ?? '"nothing"');
  const { findings } = z.object({ findings: z.array(z.custom<Finding>()) }).parse(answer.data);
  return { answer, findings };
}

/** What the local stack never does: some requests are answered otherwise. */
function answering(
  isMeant: (url: URL, init: RequestInit | undefined) => boolean,
  make: (real: Response) => Response,
): typeof fetch {
  return async (input, init) => {
    const real = await fetch(input, init);
    return isMeant(new URL(input instanceof Request ? input.url : input), init) ? make(real) : real;
  };
}

const json = (status: number, body: unknown) => () =>
  new Response(JSON.stringify(body), { status });
const isDoorbell = ({ origin }: URL) => origin === new URL(healthy.values.webhookUrl ?? '').origin;
const isSite = ({ origin }: URL) => origin === healthy.values.siteUrl;
const isSigned = (url: URL, init?: RequestInit) =>
  isDoorbell(url) && new Headers(init?.headers).has('sanity-webhook-signature');
const rule = () => hookOf().rule;

/** What is planted; the codes that are found, in order; and words of the first fix. */
type Case = readonly [
  what: string,
  plant: () => Planted | Promise<Planted | void> | void,
  codes: string,
  fix: string,
];

const apply = 'pressrun webhook apply';

const cases: readonly Case[] = [
  [
    'a project that does not exist',
    () => ({ values: { projectId: 'zzz99999' } }),
    'project-unknown receiver-foreign',
    'https://www.sanity.io/manage',
  ],
  [
    'an administrator’s token that has expired',
    () => ({ secrets: { manageToken: otherSecret } }),
    'manage-token-unknown',
    'SANITY_MANAGE_TOKEN',
  ],
  [
    'a viewer’s token where an administrator’s is meant',
    () => ({ secrets: { manageToken: healthy.secrets.readToken } }),
    'manage-token-weak',
    'Administrator or Developer',
  ],
  [
    'a site that everybody may read, and should not',
    () => ({ secrets: { readerPassword: otherSecret } }),
    'site-open',
    'isClosed',
  ],
  [
    'a Sanity that does not answer',
    () => ({ values: { lakeUrl: nowhere.slice(0, -1) } }),
    'sanity-silent',
    'online',
  ],
  [
    'a dataset that was never made',
    () => ({ values: { dataset: 'staging' } }),
    'dataset-missing receiver-foreign hook-missing hook-twin',
    'sanity datasets create staging',
  ],
  [
    'a public dataset that is meant to be private',
    () => ({ values: { visibility: 'private' } }),
    'dataset-public',
    'visibility set production private',
  ],
  [
    'a private dataset that is meant to be public',
    () => ({
      fetch: answering(
        ({ pathname }) => pathname.endsWith('/datasets'),
        json(200, [{ name: 'production', aclMode: 'private' }]),
      ),
    }),
    'dataset-private',
    'visibility set production public',
  ],
  [
    'no token for a private dataset',
    () => ({ values: { visibility: null }, secrets: { readToken: null } }),
    'read-token-missing',
    '--role viewer',
  ],
  [
    'a publisher’s token that has expired',
    () => ({ secrets: { readToken: otherSecret } }),
    'read-token-unknown',
    '--role viewer',
  ],
  [
    'a publisher’s token that may write',
    () => ({ secrets: { readToken: healthy.secrets.manageToken } }),
    'read-token-writes',
    '--role viewer',
  ],
  [
    'a publisher’s token that may not read',
    () => ({
      fetch: answering(
        ({ pathname }) => pathname.includes('/data/doc/'),
        json(200, { documents: [], omitted: [{ id: 'siteSettings', reason: 'permission' }] }),
      ),
    }),
    'read-token-weak',
    'read every published document',
  ],
  [
    'a Studio whose origin is not known',
    () => ({ values: { studioUrl: 'https://new.example' } }),
    'cors-missing',
    'sanity cors add https://new.example --credentials',
  ],
  [
    'a Studio whose origin has no credentials',
    () => replaceCors({ ...studio, allowCredentials: false }),
    'cors-without-credentials',
    'sanity cors delete https://studio.example',
  ],
  [
    'every site in the world as a Studio',
    () => addCors({ origin: '*', allowCredentials: true }),
    'cors-everyone',
    'Take * off the list',
  ],
  [
    'a clock ten minutes ahead',
    () => ({ now: () => Date.now() + 600_000 }),
    'clock-skew',
    'timedatectl',
  ],
  [
    'a clock two days behind',
    () => ({ now: () => Date.now() - 172_800_000 }),
    'clock-skew',
    'timedatectl',
  ],
  [
    'a receiver that is not there',
    async () => {
      await patchHook({ url: nowhere });
      return { values: { webhookUrl: nowhere } };
    },
    'receiver-silent',
    'Compare --webhook-url',
  ],
  [
    'something else at the receiver’s address',
    () => ({ fetch: answering(isDoorbell, json(200, {})) }),
    'receiver-open',
    'Compare --webhook-url',
  ],
  [
    'a function URL that asks for IAM',
    () => ({ fetch: answering(isDoorbell, json(403, { Message: 'Forbidden' })) }),
    'receiver-closed',
    'AuthType NONE',
  ],
  [
    'a receiver without concurrency',
    () => ({ fetch: answering(isDoorbell, json(429, {})) }),
    'receiver-busy',
    'reserved concurrency',
  ],
  [
    'a receiver that may not read its secret',
    () => ({ fetch: answering(isDoorbell, json(502, {})) }),
    'receiver-failing',
    'log of receive-webhook',
  ],
  [
    'a receiver of another project',
    () => ({ fetch: answering(isSigned, json(403, { reason: 'wrong-project' })) }),
    'receiver-foreign',
    'SANITY_PROJECT_ID=localdev',
  ],
  [
    'a secret that the receiver does not know',
    async () => {
      await patchHook(hookOf({ webhook: otherSecret }));
      return { secrets: { webhook: otherSecret } };
    },
    'receiver-secret',
    'WEBHOOK_SECRETS',
  ],
  [
    'no webhook',
    async () => {
      const { hooks, hook } = sanityAddresses(healthy.values);
      for (const { id } of ids.parse(await manage('GET', hooks))) await manage('DELETE', hook(id));
    },
    'hook-missing',
    apply,
  ],
  [
    'a webhook that somebody switched off',
    () => patchHook({ isDisabledByUser: true }),
    'hook-disabled',
    apply,
  ],
  [
    'a webhook that Sanity switched off',
    () => patchHook({ isDisabled: true }),
    'hook-disabled',
    'Switch it on at https://www.sanity.io/manage',
  ],
  [
    'a wrong filter',
    () => patchHook({ rule: { ...rule(), filter: '_type == "briefing"' } }),
    'hook-filter',
    apply,
  ],
  ['a wrong address', () => patchHook({ url: 'https://old.example/' }), 'hook-url', apply],
  ['a wrong dataset', () => patchHook({ dataset: '*' }), 'hook-dataset', apply],
  [
    'a wrong projection',
    () => patchHook({ rule: { ...rule(), projection: '{_id}' } }),
    'hook-projection',
    apply,
  ],
  [
    'deletions that do not ring',
    () => patchHook({ rule: { ...rule(), on: ['create', 'update'] } }),
    'hook-trigger',
    apply,
  ],
  ['drafts that ring', () => patchHook({ includeDrafts: true }), 'hook-drafts', apply],
  ['a webhook without a secret', () => patchHook({ secret: null }), 'hook-secret', apply],
  [
    'a webhook with the secret before the last',
    () => {
      const { secret, description } = hookOf({ webhook: otherSecret });
      return patchHook({ secret, description });
    },
    'hook-secret',
    apply,
  ],
  [
    'a second webhook',
    async () =>
      void (await manage('POST', sanityAddresses(healthy.values).hooks, {
        ...hookOf(),
        name: 'Copy',
      })),
    'hook-twin',
    'Delete it at https://www.sanity.io/manage',
  ],
  [
    'a secret changed by hand, behind its description',
    async () => {
      await patchHook({ secret: otherSecret });
      await editor.patch('siteSettings').set({ name: 'The Weekly' }).commit();
      await stack.settled();
    },
    'delivery-failed',
    'another secret than the receiver',
  ],
  [
    'a site that is not there',
    () => ({ values: { siteUrl: nowhere.slice(0, -1) } }),
    'site-silent',
    'DNS record',
  ],
  [
    'a distribution that may not read the bucket',
    () => ({ fetch: answering(isSite, json(403, {})) }),
    'site-status',
    'origin access control',
  ],
  [
    'a distribution without the headers',
    () => ({
      fetch: answering(
        ({ origin, pathname }) => isSite(new URL(origin)) && pathname === '/',
        (real) => withoutHeaders(real),
      ),
    }),
    'site-headers',
    'response headers policy',
  ],
  [
    'a site that calls itself otherwise',
    () => ({
      values: { siteUrl: healthy.values.siteUrl?.replace('127.0.0.1', 'localhost') ?? null },
    }),
    'site-address',
    'Give the functions BASE_URL=http://localhost',
  ],
  [
    'a sweep that has not come for hours',
    () => ({
      fetch: answering(
        ({ origin, pathname }) => isSite(new URL(origin)) && pathname === '/status.json',
        (real) => Response.json({ at: '2020-11-24T07:30:00.000Z' }, { headers: real.headers }),
      ),
    }),
    'sweep-silent',
    'schedules are enabled',
  ],
  [
    'settings that are not valid',
    () => ({
      fetch: answering(
        ({ pathname }) => pathname.includes('/data/doc/'),
        json(200, {
          documents: [
            {
              _id: 'siteSettings',
              _type: 'siteSettings',
              _rev: 'r',
              _createdAt: '2026-03-01T12:00:00Z',
              _updatedAt: '2026-03-01T12:00:00Z',
            },
          ],
        }),
      ),
    }),
    'settings-invalid',
    '.',
  ],
  // Last: what follows would find nothing on the site.
  [
    'settings that were never published',
    async () => {
      // The publisher would try again and again, as it should, and nobody needs to wait for it.
      stack.setFaults({ webhooks: { drop: 1 } });
      await editor.delete('siteSettings');
    },
    'settings-missing',
    'press Publish',
  ],
];

async function addCors(origin: typeof studio): Promise<void> {
  await manage('POST', sanityAddresses(healthy.values).cors, origin);
}

async function replaceCors(origin: typeof studio): Promise<void> {
  const { cors } = sanityAddresses(healthy.values);
  for (const { id } of ids.parse(await manage('GET', cors)))
    await manage('DELETE', `${cors}/${id}`);
  await addCors(origin);
}

function withoutHeaders(real: Response): Response {
  const headers = new Headers(real.headers);
  headers.delete('content-security-policy');
  return new Response(real.body, { status: real.status, headers });
}

describe('doctor', () => {
  it('finds nothing on a healthy stack, and has looked at everything', async () => {
    const { answer } = await examine();

    expect(answer).toEqual({
      problems: false,
      lines: ['project localdev, dataset production', 'healthy: 12 checks, nothing found'],
      data: {
        project: 'localdev',
        dataset: 'production',
        findings: [],
        looked: [
          'the project',
          'the dataset',
          "the publisher's token",
          'the settings of the publication',
          'the Studio’s origin',
          'the clock',
          'the receiver',
          'the webhook secret',
          'the webhook',
          'the last delivery',
          'the site',
          'the sweep',
        ],
        notLooked: [],
      },
    });
  });

  it('changes nothing by looking: no document, no message, no delivery', async () => {
    const counted = () => editor.fetch<number>('count(*)', {}, { perspective: 'raw' });
    const before = await counted();
    await examine();

    expect(await counted()).toBe(before);
    expect(await stack.underway()).toMatchObject({ messages: 0, webhooks: 0, deadLetters: 0 });
  });

  it('is a command: the local stack when nothing else is named, and what it could not look at', async () => {
    const file = `--stack ${join(directory, 'stack.json')}`;
    const [human, data] = [
      await runIn(directory, `doctor ${file}`),
      await runIn(directory, `doctor --json ${file}`),
    ];

    expect(human).toMatchObject({
      exit: 0,
      out: `project localdev, dataset production
not looked at: the Studio’s origin, since there is no address in STUDIO_URL or --studio-url
healthy: 11 checks, nothing found
`,
    });
    expect(JSON.parse(data.out)).toMatchObject({
      findings: [],
      notLooked: [{ of: 'the Studio’s origin' }],
    });
  });

  it('exits 1 with each finding and its fix', async () => {
    await patchHook({ isDisabledByUser: true });
    const ran = await runIn(directory, `doctor --stack ${join(directory, 'stack.json')}`);

    expect(ran.exit).toBe(1);
    expect(ran.out).toContain(
      "  hook-disabled: The webhook's enabled is false, not true: somebody has switched it off, and nothing rings.\n    fix: pressrun webhook apply\n",
    );
  });

  it('exits 2 when nothing says what to look at', async () => {
    expect(await runIn(directory, 'doctor --stack elsewhere.json')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('Or name a Sanity project with --project and --dataset.'),
    });
  });
});

describe('doctor finds, and says how to mend,', () => {
  it.each(cases)('%s', async (_what, plant, codes, fix) => {
    const planted = await plant();
    const { findings, answer } = await examine(planted ?? {});

    expect(findings.map(({ code }) => code).join(' ')).toBe(codes);
    expect(findings[0]?.fix).toContain(fix);
    expect(answer.problems).toBe(true);
  });

  it('each in a case of its own', () => {
    const codes = new Set(cases.flatMap(([, , codes]) => codes.split(' ')));

    expect(codes.size).toBeGreaterThanOrEqual(30);
  });
});
