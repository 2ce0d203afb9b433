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
