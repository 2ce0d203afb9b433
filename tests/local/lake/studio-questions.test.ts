import { request } from 'node:http';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import type { Lake } from '../../../local/lake/lake.ts';
import { anonymousClientOf, clientOf, refusalOf, startTestLake, tokens } from './lake-fixture.ts';

const second = 'second-editor-token-0123456789abcdef-xyz';
let lake: Lake;

beforeAll(async () => {
  lake = await startTestLake({ editors: [{ name: 'Zoë Second', token: second }] });
});
afterAll(() => lake.close());

async function ask(path: string, method = 'GET') {
  const response = await fetch(`${lake.url}/v2026-03-01${path}`, {
    method,
    headers: { authorization: `Bearer ${tokens.editor}` },
  });
  const text = await response.text();
  const answer: unknown = text === '' ? undefined : JSON.parse(text);
  return { status: response.status, headers: response.headers, answer };
}

describe('logging in', () => {
  test('the link comes back with a session the Studio exchanges for a token, once', async () => {
    const query = new URLSearchParams({
      origin: 'http://localhost:3333/structure',
      projectId: 'localdev',
      withSid: 'true',
    });
    const redirect = await fetch(`${lake.url}/local-login?${query}`, { redirect: 'manual' });
    const back = new URL(redirect.headers.get('location') ?? '');
    const sid = back.hash.slice('#sid='.length);
    const first = await fetch(`${lake.url}/v1/auth/fetch?sid=${sid}`);
    const again = await fetch(`${lake.url}/v1/auth/fetch?sid=${sid}`);

    expect(redirect.status).toBe(302);
    expect(back.href).toMatch(/^http:\/\/localhost:3333\/structure#sid=.{20,}$/);
    expect(await first.json()).toEqual({ token: tokens.editor, label: 'Editor' });
    expect(again.status).toBe(401);
  });

  test.each(['https://example.com/', 'null', '', 'http://localhost.example.com/'])(
    'no session is sent to %j',
    async (origin) => {
      const response = await fetch(`${lake.url}/local-login?${new URLSearchParams({ origin })}`, {
        redirect: 'manual',
      });

      expect(response.status).toBe(403);
      expect(response.headers.get('location')).toBeNull();
    },
  );
});

describe('what the real client asks about people and projects', () => {
  test('who one is: an editor, a second one, a viewer, nobody', async () => {
    const me = (token: string) => clientOf(lake, { token }).users.getById('me');

    expect(await me(tokens.editor)).toEqual({
      id: 'editor',
      name: 'Editor',
      email: 'editor@localhost',
      role: 'administrator',
      roles: [{ name: 'administrator', title: 'Administrator' }],
      provider: 'local',
      profileImage: null,
    });
    expect(await me(second)).toMatchObject({ id: 'editor-zo-second', name: 'Zoë Second' });
    expect(await me(tokens.viewer)).toMatchObject({ id: 'viewer', role: 'viewer' });
    expect(await anonymousClientOf(lake).users.getById('me')).toEqual({});
  });

  test('projects and datasets', async () => {
    expect(await clientOf(lake).datasets.list()).toMatchObject([
      { name: 'production', aclMode: 'public' },
    ]);
    expect(await clientOf(lake).projects.getById('localdev')).toMatchObject({ id: 'localdev' });
  });

  test('two writers are told apart in history', async () => {
    await clientOf(lake, { token: second }).create({ _id: 'z', _type: 'person' });
    const { answer } = await ask('/data/history/production/events/documents/z');

    expect(answer).toMatchObject({ events: { z: [{ author: 'editor-zo-second' }] } });
  });

  test.each([
    ['/projects/localdev/datasets/production/acl', [{ filter: '_id in path("**")' }]],
    ['/users/editor', { id: 'editor', displayName: 'Editor' }],
    ['/users/editor,viewer', [{ id: 'editor' }, { id: 'viewer' }]],
    ['/check/cors', { result: { allowed: true, withCredentials: true } }],
    ['/intake/telemetry-status', { status: 'denied' }],
    ['/auth/id', { id: 'editor' }],
    ['/auth/providers', { providers: [{ name: 'local' }] }],
    ['/features', []],
    ['/projects/localdev/roles', [{ name: 'administrator' }, { name: 'viewer' }]],
    ['/access/requests/me', []],
    // Other datasets have nothing that could refer here.
    ['/data/references/production/documents/ada/to', { totalCount: 0, references: [] }],
    ['/journey/announcements', []],
  ])('%s', async (path, expected) => {
    expect((await ask(path)).answer).toMatchObject(expected);
  });

  test('what is not there is 404, and a wrong method 405', async () => {
    expect((await ask('/nothing/here')).status).toBe(404);
    expect((await ask('/users/me', 'DELETE')).status).toBe(405);
    expect((await refusalOf(clientOf(lake).users.getById('nobody'))).status).toBe(404);
  });
});

describe('browsers', () => {
  test('a page on this machine may read and send what it needs; a page elsewhere may not', async () => {
    const preflight = (origin: string) =>
      fetch(`${lake.url}/v1/data/query/production`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'authorization, x-sanity-app',
        },
      });
    const local = await preflight('http://localdev.localhost:3333');
    const foreign = await preflight('https://example.com');

    expect(local.status).toBe(204);
    expect(Object.fromEntries(local.headers)).toMatchObject({
      'access-control-allow-origin': 'http://localdev.localhost:3333',
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': 'authorization, x-sanity-app',
    });
    expect(foreign.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('a name that somebody points at this machine is refused', async () => {
    const status = (host: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        request(
          {
            port: lake.port,
            host: '127.0.0.1',
            path: '/v1/data/query/production?query=*',
            headers: { host },
          },
          (response) => {
            response.resume();
            resolve(response.statusCode);
          },
        )
          .on('error', reject)
          .end();
      });

    expect(await status('rebound.example.com')).toBe(403);
    expect(await status('localdev.localhost')).toBe(200);
    expect(await status('other.localhost')).toBe(404);
  });
});

test('two Studios see each other come, move and go', async () => {
  const join = async (token: string) => {
    const socket = new WebSocket(`ws://127.0.0.1:${lake.port}/v2022-06-30/socket/production`);
    const messages: unknown[] = [];
    socket.on('message', (data) => {
      const text = Buffer.isBuffer(data) ? data.toString() : '';
      if (text !== '♥') messages.push(JSON.parse(text));
    });
    await new Promise((resolve) => socket.once('open', resolve));
    const send = (method: string, params: unknown) =>
      socket.send(JSON.stringify({ jsonrpc: '2.0', id: method, method, params }));
    send('authorization', { authorization: `Bearer ${token}` });
    send('presence_subscribe', {});
    await expect.poll(() => messages.length).toBe(2);
    return { socket, messages, send };
  };
  const first = await join(tokens.editor);
  const other = await join(second);
  const locations = [{ type: 'document', documentId: 'b1', path: ['headline'] }];
  other.send('presence_announce', { data: { sessionId: 's2', locations } });
  await expect.poll(() => first.messages.length).toBe(3);
  other.socket.close();
  await expect.poll(() => first.messages.length).toBe(4);
  first.socket.close();

  expect(first.messages).toEqual([
    { jsonrpc: '2.0', id: 'authorization', result: true },
    { jsonrpc: '2.0', id: 'presence_subscribe', result: expect.any(String) },
    expect.objectContaining({
      method: 'presence_subscription',
      params: {
        subscription: expect.any(String),
        result: {
          type: 'state',
          i: 'editor-zo-second',
          session: 's2',
          m: { session: 's2', sessionId: 's2', locations },
        },
      },
    }),
    expect.objectContaining({
      params: expect.objectContaining({
        result: expect.objectContaining({ type: 'disconnect', i: 'editor-zo-second' }),
      }),
    }),
  ]);
});
