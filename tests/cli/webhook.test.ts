import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { validateDocumentWebhook } from '@sanity/blueprints';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Lake } from '../../local/lake/lake.ts';
import { desiredHook } from '../../src/webhook/hook.ts';
import { startTestLake, tokens } from '../local/lake/lake-fixture.ts';
import { runIn, type Ran } from './press.ts';

const url = 'https://bell.example/';
const secret = 'c2VjcmV0LW9mLXRoZS13ZWJob29rLTAxMjM0NTY3ODk';

let lake: Lake;
let environment: Record<string, string>;
const directory = join(import.meta.dirname, '..', '..', '.local', 'webhook-test');

beforeAll(async () => {
  lake = await startTestLake();
  environment = {
    SANITY_PROJECT_ID: 'localdev',
    SANITY_DATASET: 'production',
    SANITY_API_HOST: lake.url,
    WEBHOOK_URL: url,
    WEBHOOK_SECRET: secret,
    SANITY_MANAGE_TOKEN: tokens.editor,
  };
  mkdirSync(directory, { recursive: true });
});
afterAll(async () => {
  await lake.close();
  rmSync(directory, { recursive: true });
});
beforeEach(async () => {
  for (const { id } of await hooks()) await manage('DELETE', `/${id}`);
});

/** A line of an operator; whatever it says, the secret and the tokens are not in it. */
async function run(line: string, more: Record<string, string> = {}): Promise<Ran> {
  const given = { ...environment, ...more };
  const ran = await runIn(directory, line, undefined, given);
  const kept = [given['WEBHOOK_SECRET'], given['SANITY_MANAGE_TOKEN']].filter(Boolean);
  const said = `${ran.out}${ran.err}`;
  expect(kept.filter((each) => said.includes(each ?? ''))).toEqual([]);
  return { ...ran, out: ran.out.replaceAll(lake.url, 'LAKE').replaceAll(/[0-9a-f-]{36}/g, 'ID') };
}

async function manage(method: string, path = '', body?: unknown): Promise<unknown> {
  const answer = await fetch(`${lake.url}/v2025-02-19/hooks/projects/localdev${path}`, {
    method,
    headers: { authorization: `Bearer ${tokens.editor}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  expect(answer.ok).toBe(true);
  return answer.json();
}

const hookShape = z.looseObject({ id: z.string(), name: z.string() });
const hooks = async () => z.array(hookShape).parse(await manage('GET'));
const only = async () => {
  const [hook, ...others] = await hooks();
  if (hook === undefined || others.length > 0) throw new Error('Expected one webhook');
  return hook;
};
/** How often the list of hooks was read, and how often something was written. */
const watched = () => {
  const spy = vi.spyOn(globalThis, 'fetch');
  return () => {
    const methods = spy.mock.calls.map(([, init]) => init?.method ?? 'GET');
    spy.mockRestore();
    return methods;
  };
};

describe('webhook apply', () => {
  it('makes what is described, once: the second time it writes nothing', async () => {
    const first = await run('webhook apply');
    const made = await hooks();
    const calls = watched();
    const second = await run('webhook apply');
    const methods = calls();

    expect(first).toEqual({
      exit: 0,
      err: '',
      out: `project localdev, dataset production at LAKE
  there is no webhook of this name or address
webhook: created
`,
    });
    expect(second).toEqual({
      exit: 0,
      err: '',
      out: 'project localdev, dataset production at LAKE\nwebhook: nothing\n',
    });
    expect(methods).toEqual(['GET']);
    expect(await hooks()).toEqual(made);
    const { secret: _hidden, ...described } = desiredHook({ url, dataset: 'production', secret });
    expect(made).toEqual([expect.objectContaining({ ...described, hasSecret: true })]);
  });

  it('takes over what somebody made by hand at the same address', async () => {
    await manage('POST', '', { name: 'Publish briefings', url, dataset: '*', secret: 'another' });
    const planned = await run('webhook plan');
    const applied = await run('webhook apply');

    const changes = `project localdev, dataset production at LAKE
  name: Publish briefings → Publish briefings of production
  dataset: * → production
  on: create, update → create, delete, update
  filter: none → _type in ["briefing", "person", "country", "team", "author", "topic", "redirect", "siteSettings"]
  projection: none → {_id, _type, _rev, _updatedAt, "operation": delta::operation(), "project": sanity::projectId(), "dataset": sanity::dataset()}
  apiVersion: v2021-03-25 → v2025-02-19
  secret: not to be seen → the one that was given
  description: none → Tells Pressrun which document changed. Kept by "pressrun webhook apply".
`;
    expect(planned.out).toBe(`${changes}webhook: would be changed, 8 fields\n`);
    expect(applied).toMatchObject({ exit: 0, out: `${changes}webhook: changed\n` });
    expect(await run('webhook check')).toMatchObject({ exit: 0 });
  });

  it('changes the secret when another one is given, and then says nothing more', async () => {
    await run('webhook apply');
    const rotated = { WEBHOOK_SECRET: 'YW5vdGhlci1zZWNyZXQtb2YtdGhpcnR5LXR3by1ieXRlcw' };

    expect((await run('webhook plan', rotated)).out).toContain(
      '  secret: another → the one that was given\nwebhook: would be changed, 1 field\n',
    );
    expect((await run('webhook apply', rotated)).out).toContain('webhook: changed');
    expect((await run('webhook apply', rotated)).out).toContain('webhook: nothing');
  });

  it('with --dry-run makes nothing', async () => {
    const ran = await run('webhook apply --dry-run');

    expect(ran).toMatchObject({ exit: 0 });
    expect(ran.out).toContain('webhook: would be created');
    expect(await hooks()).toEqual([]);
  });

  it('leaves the hooks of others as they are, the other stage of this project included', async () => {
    const others = [
      { name: 'Search index', url: 'https://search.example/', dataset: 'production' },
      { name: 'Publish briefings of staging', url: 'https://staging.example/', dataset: 'staging' },
    ];
    for (const each of others) await manage('POST', '', each);
    const before = await hooks();

    expect(await run('webhook apply')).toMatchObject({ exit: 0 });
    expect((await hooks()).filter(({ name }) => others.some((each) => each.name === name))).toEqual(
      before,
    );
  });

  it('cannot undo that Sanity itself has switched a hook off, and says who can', async () => {
    await run('webhook apply');
    await manage('PATCH', `/${(await only()).id}`, { isDisabled: true });
    const ran = await run('webhook apply');

    expect(ran.exit).toBe(1);
    expect(ran.out).toContain('Sanity itself has switched the webhook off');
    expect(ran.out).toContain('webhook: nothing');
  });
});

describe('webhook check', () => {
  it.each([
    ['filter', { rule: { on: ['create', 'update', 'delete'], filter: '_type == "briefing"' } }],
    ['projection', { rule: { on: ['create', 'update', 'delete'], projection: '{_id}' } }],
    ['on', { rule: { on: ['create', 'update'] } }],
    ['url', { url: 'https://old.example/' }],
    ['dataset', { dataset: '*' }],
    ['httpMethod', { httpMethod: 'PUT' }],
    ['apiVersion', { apiVersion: 'v2021-03-25' }],
    ['includeDrafts', { includeDrafts: true }],
    ['includeAllVersions', { includeAllVersions: true }],
    ['headers', { headers: { authorization: 'Basic Zm9v' } }],
    ['secret', { secret: '' }],
    ['enabled', { isDisabledByUser: true }],
  ])('names a wrong %s, and "apply" mends it', async (field, planted) => {
    await run('webhook apply');
    await manage('PATCH', `/${(await only()).id}`, planted);
    const found = await run('webhook check');

    expect(found.exit).toBe(1);
    expect(found.out).toMatch(new RegExp(`^  ${field}: .* → `, 'm'));
    expect(found.out).toContain('  to mend it: pressrun webhook apply\n');
    expect(found.out).not.toContain('Zm9v');
    expect(await run('webhook apply')).toMatchObject({ exit: 0 });
    expect(await run('webhook check')).toMatchObject({ exit: 0 });
  });

  it('says that there is none', async () => {
    expect(await run('webhook check')).toMatchObject({
      exit: 1,
      out: `project localdev, dataset production at LAKE
  there is no webhook of this name or address
  to mend it: pressrun webhook apply
webhook: not as it should be
`,
    });
  });

  it.each([
    ['the same address', { name: 'Copy', url, dataset: 'production' }],
    ['the same name', { name: 'Publish briefings of production', url: 'https://old.example/' }],
    ['the address, from another stage', { name: 'Publish briefings of staging', url }],
  ])('names a second hook of %s, and leaves it alone', async (_what, twin) => {
    await run('webhook apply');
    await manage('POST', '', twin);
    const before = await hooks();
    const [found, applied] = [await run('webhook check'), await run('webhook apply')];

    expect(found.exit).toBe(1);
    expect(found.out).toContain(`another webhook has its name or address: "${twin.name}" (ID`);
    expect(found.out).not.toContain('to mend it');
    expect(applied.exit).toBe(1);
    expect(await hooks()).toEqual(before);
  });

  it('without the secret compares everything else, and says so', async () => {
    await run('webhook apply');
    const ran = await run('webhook check', { WEBHOOK_SECRET: '' });

    expect(ran.exit).toBe(0);
    expect(ran.out).toContain('  secret: not compared, since none was given');
  });

  it('prints the same as data', async () => {
    await run('webhook apply');
    await manage('PATCH', `/${(await only()).id}`, { dataset: '*' });
    const { exit, out } = await run('webhook check --json');

    expect(exit).toBe(1);
    expect(JSON.parse(out)).toEqual({
      project: 'localdev',
      dataset: 'production',
      webhook: { id: 'ID', name: 'Publish briefings of production', url, dataset: '*' },
      differences: [{ field: 'dataset', is: '*', wanted: 'production' }],
      twins: [],
    });
  });
});

describe('a webhook command that cannot run says what to do', () => {
  it.each([
    [
      'webhook apply',
      { WEBHOOK_SECRET: '' },
      'Expected the webhook secret that the functions know',
    ],
    ['webhook check', { WEBHOOK_URL: '' }, 'Expected the address of receive-webhook'],
    ['webhook check', { SANITY_MANAGE_TOKEN: '' }, 'Make one with the role Administrator'],
    ['webhook check', { SANITY_MANAGE_TOKEN: 'x'.repeat(40) }, 'Sanity does not know this token'],
    ['webhook check', { SANITY_MANAGE_TOKEN: tokens.viewer }, 'This token may not manage webhooks'],
    ['webhook check --project otherone', {}, 'There is no such project'],
    ['webhook check', { SANITY_DATASET: '' }, 'Expected the dataset of project localdev'],
    ['webhook check', { SANITY_API_HOST: 'http://127.0.0.1:4' }, 'had no answer'],
    ['webhook check', { SANITY_PROJECT_ID: '' }, 'no local stack is running'],
    ['webhook check --webhook-secret hunter2', {}, 'and never the secret itself'],
    ['webhook check --webhook-url here', {}, 'expected an address such as'],
  ])('%s %o', async (line, more, message) => {
    const ran = await run(line, more);

    expect(ran.exit).toBe(2);
    expect(ran.err).toContain(message);
    expect(ran.err).not.toContain('hunter2');
  });
});

describe('the Blueprint', () => {
  it('is one that Sanity’s own library takes, of the same webhook, and holds no secret', async () => {
    expect(await run('webhook blueprint --out sanity.blueprint.ts')).toMatchObject({ exit: 0 });
    const file = join(directory, 'sanity.blueprint.ts');
    expect(readFileSync(file, 'utf8')).not.toContain(secret);

    vi.stubEnv('WEBHOOK_SECRET', secret);
    const module: unknown = await import(pathToFileURL(file).href);
    vi.unstubAllEnvs();
    const { default: blueprint } = z.object({ default: z.function() }).parse(module);
    const { resources } = z
      .object({ resources: z.array(z.looseObject({ type: z.string() })) })
      .parse(blueprint());

    const { rule, httpMethod, apiVersion, name } = desiredHook({ url, dataset: 'production' });
    expect(resources).toEqual([
      {
        type: 'sanity.project.webhook',
        name: 'publish-briefings',
        displayName: name,
        url,
        dataset: 'production',
        ...rule,
        apiVersion,
        httpMethod,
        includeDrafts: false,
        includeAllVersions: false,
        status: 'enabled',
        secret,
      },
    ]);
    expect(validateDocumentWebhook(resources[0])).toEqual([]);
  });
});
