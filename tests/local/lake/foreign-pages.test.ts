import { request } from 'node:http';

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';

import type { Lake } from '../../../local/lake/lake.ts';
import { clientOf, startTestLake, tokens } from './lake-fixture.ts';

/** A page that the project's CORS origins name, and those that anybody may bring along. */
const listed = 'http://localhost:3333';
const foreign = [
  'https://example.com',
  'null',
  'http://localhost:8888',
  'http://localhost.example.com:3333',
  'http://evil.example@localhost:3333',
  'http://localhost:3333/',
  'file://',
];

let lake: Lake & { time: { now: number } };
beforeAll(async () => {
  lake = await startTestLake();
  lake.allowOrigin({ origin: listed, allowCredentials: true });
  await clientOf(lake).create({ _id: 'ada', _type: 'person', name: 'Ada Lovelace' });
});
afterAll(() => lake.close());

const editor = { authorization: `Bearer ${tokens.editor}` };
const query = '/v2026-03-01/data/query/production?query=*';
const listen = '/v2026-03-01/data/listen/production?query=*';

const ask = (path: string, headers: Record<string, string>, method = 'GET') =>
  fetch(new URL(path, lake.url), { method, redirect: 'manual', headers });

describe('a page of the project’s CORS origins', () => {
  test('may read, and send what it needs', async () => {
    const preflight = await ask(
      query,
      {
        origin: listed,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization, x-sanity-app',
      },
      'OPTIONS',
    );
    const read = await ask(query, { origin: listed, ...editor });

    expect(preflight.status).toBe(204);
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      'access-control-allow-origin': listed,
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': 'authorization, x-sanity-app',
    });
    expect(read.status).toBe(200);
    expect(read.headers.get('access-control-allow-origin')).toBe(listed);
  });

  test('is any that an entry with a star names, with credentials only where it says so', async () => {
    const other = await startTestLake();
    other.allowOrigin({ origin: 'http://*.localhost:5000', allowCredentials: false });
    const read = async (origin: string) => {
      const { status, headers } = await fetch(new URL(query, other.url), { headers: { origin } });
      return [
        status,
        headers.get('access-control-allow-origin'),
        headers.get('access-control-allow-credentials'),
      ];
    };

    expect(await read('http://desk.localhost:5000')).toEqual([
      200,
      'http://desk.localhost:5000',
      null,
    ]);
    expect(await read('http://desk.localhost:50001')).toEqual([403, null, null]);
    expect(await read('http://desk-localhost:5000')).toEqual([403, null, null]);
    await other.close();
  });
});

describe('every other page reads nothing, with a token or without', () => {
  test.each(foreign)('%s', async (origin) => {
    for (const path of [query, listen, '/v1/users/me', '/v1/check/cors', '/_local/state']) {
      const answer = await ask(path, { origin, ...editor });
      const preflight = await ask(path, { origin }, 'OPTIONS');
      const both = [answer, preflight];

      expect([path, ...both.map(({ status }) => status)]).toEqual([path, 403, 405]);
      expect(both.map(({ headers }) => headers.get('access-control-allow-origin'))).toEqual([
        null,
        null,
      ]);
      expect(answer.headers.get('location')).toBeNull();
      expect(await answer.text()).not.toContain('Ada');
    }
  });

  test('a website stays out even when the list names it', async () => {
    lake.allowOrigin({ origin: 'https://studio.example', allowCredentials: true });
    const answer = await ask(query, { origin: 'https://studio.example', ...editor });

    expect(answer.status).toBe(403);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('nor does it open a socket', async () => {
    for (const origin of foreign) {
      const socket = new WebSocket(`ws://127.0.0.1:${lake.port}/v1/socket/production`, { origin });
      const refused = await new Promise((resolve) => {
        socket.once('unexpected-response', (_request, response) => resolve(response.statusCode));
        socket.once('open', () => resolve('open'));
        socket.on('error', () => {});
      });
      socket.terminate();
      expect([origin, refused]).toEqual([origin, 403]);
    }
  });

  test('public pictures and files excepted, as on Sanity’s CDN', async () => {
    const missing = `/images/localdev/production/${'0'.repeat(40)}-1x1.png`;
    expect((await ask(missing, { origin: 'https://example.com' })).status).toBe(404);
  });
});

describe('a stream, whose address the Studio is sent', () => {
  async function ticketed(headers: Record<string, string> = editor): Promise<URL> {
    const sent = await ask(listen, { origin: listed, ...headers });
    expect(sent.status).toBe(307);
    return new URL(sent.headers.get('location') ?? '');
  }

  /** Opens a stream and lets it go again. */
  async function open(address: URL, origin = 'null') {
    const controller = new AbortController();
    const { status, headers } = await fetch(address, {
      headers: { origin },
      signal: controller.signal,
    });
    controller.abort();
    return { status, mayRead: headers.get('access-control-allow-origin') };
  }

  test('opens for the origin null, as a browser names the Studio after the redirect', async () => {
    expect(await open(await ticketed())).toEqual({ status: 200, mayRead: 'null' });
  });

  test('opens for nobody without a ticket of the last minute, public as the dataset is', async () => {
    const address = await ticketed();
    const without = new URL(address);
    without.searchParams.delete('_localTicket');
    const guessed = new URL(address);
    guessed.searchParams.set('_localTicket', 'A'.repeat(32));
    lake.time.now += 60_000;
    const inTime = await open(address);
    lake.time.now += 1;

    expect((await open(without)).status).toBe(401);
    expect((await open(guessed)).status).toBe(401);
    expect(inTime.status).toBe(200);
    expect((await open(address)).status).toBe(401);
  });

  test('is all that its port has, with any ticket', async () => {
    const address = await ticketed();
    for (const path of [query, '/v1/users/me', '/local-login?origin=http://localhost:3333']) {
      const other = new URL(path, address);
      other.searchParams.set('_localTicket', address.searchParams.get('_localTicket') ?? '');
      const answer = await fetch(other, {
        redirect: 'manual',
        headers: { origin: 'null', ...editor },
      });
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });

  test('is not open to other pages either', async () => {
    expect(await open(await ticketed(), 'https://example.com')).toEqual({
      status: 403,
      mayRead: null,
    });
  });
});

test('a name that somebody points at this machine is refused, whatever is asked', async () => {
  const status = (host: string, { method = 'GET', path = query } = {}) =>
    new Promise<number | undefined>((resolve, reject) => {
      request(
        { port: lake.port, host: '127.0.0.1', path, method, headers: { host } },
        (response) => {
          response.resume();
          resolve(response.statusCode);
        },
      )
        .on('error', reject)
        .end();
    });

  for (const host of ['rebound.example.com', 'localhost.example.com', 'xlocalhost', '0.0.0.0']) {
    expect([host, await status(host)]).toEqual([host, 403]);
    expect([host, await status(host, { method: 'OPTIONS' })]).toEqual([host, 403]);
  }
  expect(await status('localdev.localhost')).toBe(200);
  expect(await status('other.localhost')).toBe(404);
});
