import { request } from 'node:http';

import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Lake } from '../../../local/lake/lake.ts';
import { userOf } from '../../../local/lake/peer-user.ts';
import { startTestLake, tokens } from './lake-fixture.ts';

const studio = 'http://localhost:3333';
const second = 'second-editor-token-0123456789abcdef-xyz';

let lake: Lake & { time: { now: number } };
let isStranger: boolean;

beforeEach(async () => {
  isStranger = false;
  lake = await startTestLake({
    editors: [{ name: 'Zoë Second', token: second }],
    isStranger: async () => isStranger,
  });
  lake.serveStudio(studio);
});
afterEach(() => lake.close());

interface Answer {
  readonly status: number;
  readonly location: string | null;
  readonly mayRead: string | null;
  readonly body: string;
}

/** Plainly: `fetch` would not send every header that an attacker can. */
function ask(
  path: string,
  { method = 'GET', headers = {} }: { method?: string; headers?: Record<string, string> } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port: lake.port, path, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => void (body += text));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          location: response.headers.location ?? null,
          mayRead: response.headers['access-control-allow-origin'] ?? null,
          body,
        }),
      );
    })
      .on('error', reject)
      .end();
  });
}

const login = (origin: string, more: Record<string, string> = {}) =>
  `/local-login?${new URLSearchParams({ origin, projectId: 'localdev', withSid: 'true', ...more })}`;

/** Clicks on the login in the Studio, as a browser does; the session that comes back. */
async function session(): Promise<string> {
  const { location } = await ask(login(`${studio}/structure`), {
    headers: { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate' },
  });
  return new URL(location ?? '').hash.slice('#sid='.length);
}

const exchange = (sid: string, headers: Record<string, string> = { origin: studio }) =>
  ask(`/v1/auth/fetch?sid=${sid}`, { headers });

describe('an editor in the Studio', () => {
  test('clicks, comes back to where she was, and the Studio gets her token, once', async () => {
    const clicked = await ask(login(`${studio}/structure/live;b1,view=page?perspective=drafts`), {
      headers: { 'sec-fetch-site': 'same-site', 'sec-fetch-dest': 'document' },
    });
    const back = new URL(clicked.location ?? '');
    const sid = back.hash.slice('#sid='.length);
    const first = await exchange(sid);
    const again = await exchange(sid);

    expect(clicked.status).toBe(302);
    expect(back.href).toMatch(
      /^http:\/\/localhost:3333\/structure\/live;b1,view=page\?perspective=drafts#sid=.{20,}$/,
    );
    expect(first).toMatchObject({ status: 200, mayRead: studio });
    expect(JSON.parse(first.body)).toEqual({ token: tokens.editor, label: 'Editor' });
    expect(again.status).toBe(401);
  });

  test('may be the second editor of the stack, and nobody unknown', async () => {
    const { location } = await ask(login(studio, { user: 'editor-zo-second' }));
    const answer = await exchange(new URL(location ?? '').hash.slice('#sid='.length));

    expect(JSON.parse(answer.body)).toEqual({ token: second, label: 'Zoë Second' });
    expect((await ask(login(studio, { user: 'root' }))).status).toBe(404);
  });
});

describe('a session is sent nowhere but to the Studio', () => {
  test.each([
    ['a website', 'https://example.com/'],
    ['a sandboxed frame, or a file', 'null'],
    ['nothing', ''],
    ['another program’s page on this machine', 'http://localhost:8888/'],
    ['this machine by another name', 'http://127.0.0.1:3333/'],
    ['another name of localhost', 'http://evil.localhost:3333/'],
    ['the Studio’s port by default', 'http://localhost/'],
    ['another scheme of the same host', 'https://localhost:3333/'],
    ['a host that begins like it', 'http://localhost.evil.example:3333/'],
    ['a host that ends like it', 'http://evil-localhost:3333/'],
    ['a name before another host', 'http://localhost:3333@evil.example/'],
    ['a password before another host', 'http://localhost:3333:x@evil.example/'],
    ['a name before the Studio', 'http://evil.example@localhost:3333/'],
    ['a backslash, a slash to browsers', 'http://evil.example\\@localhost:3333/'],
    ['no scheme', '//localhost:3333/'],
    ['a script', 'javascript:location="http://localhost:3333"//'],
    ['a document in an address', 'data:text/html,http://localhost:3333/'],
    ['a blob of the Studio’s origin', 'blob:http://localhost:3333/6d1e'],
    ['a file', 'file://localhost/etc/passwd'],
    ['an app’s own scheme', 'vscode://localhost:3333/'],
    ['the Studio with a token that somebody chose', `${studio}/#token=${'a'.repeat(40)}`],
    ['the Studio with an empty fragment', `${studio}/#`],
  ])('%s: %s', async (_what, origin) => {
    expect(await ask(login(origin))).toMatchObject({ status: 403, location: null });
  });

  test('not even to the Studio of a lake that has not been told of one', async () => {
    const other = await startTestLake();
    const answer = await fetch(`${other.url}${login(studio)}`, { redirect: 'manual' });
    await other.close();

    expect([answer.status, answer.headers.get('location')]).toEqual([403, null]);
  });

  test.each(['image', 'iframe', 'frame', 'object', 'script', 'empty', 'video'])(
    'not for the %s of some page',
    async (destination) => {
      const answer = await ask(login(studio), {
        headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-dest': destination },
      });
      expect(answer).toMatchObject({ status: 403, location: null });
    },
  );

  test('not for a form that some page posts', async () => {
    const answer = await ask(login(studio), {
      method: 'POST',
      headers: { origin: 'https://evil.example', 'sec-fetch-dest': 'document' },
    });
    expect(answer).toMatchObject({ status: 405, location: null });
  });

  test.each(['evil.example', `evil.example:4001`, 'localhost.evil.example', 'localhost.:4001'])(
    'not under the name %s, which somebody points at this machine',
    async (host) => {
      expect(await ask(login(studio), { headers: { host } })).toMatchObject({
        status: 403,
        location: null,
      });
    },
  );

  test('not to a program of another user of this machine', async () => {
    isStranger = true;
    expect(await ask(login(studio))).toMatchObject({ status: 403, location: null });
  });
});

describe('a session is exchanged by the page of the Studio alone', () => {
  test.each([
    ['a website', 403, { origin: 'https://evil.example' }],
    ['another program’s page on this machine', 403, { origin: 'http://localhost:8888' }],
    ['a sandboxed frame', 403, { origin: 'null' }],
    ['a name that somebody points here', 403, { host: 'evil.example:4001', origin: studio }],
    ['a page that one is sent to', 401, {}],
  ])('not by %s', async (_who, status, headers: Record<string, string>) => {
    const stolen = await exchange(await session(), headers);

    expect(stolen).toMatchObject({ status, mayRead: headers['host'] ? studio : null });
    expect(stolen.body).not.toContain(tokens.editor);
  });

  test('not by a page that the project’s CORS origins let read', async () => {
    lake.allowOrigin({ origin: 'http://localhost:3000', allowCredentials: true });
    const sid = await session();
    const stolen = await exchange(sid, { origin: 'http://localhost:3000' });

    expect(stolen).toMatchObject({ status: 401, mayRead: 'http://localhost:3000' });
    expect(stolen.body).not.toContain(tokens.editor);
    expect((await exchange(sid)).status).toBe(401);
  });

  test('not a minute later', async () => {
    const [early, late] = [await session(), await session()];
    lake.time.now += 60_000;
    expect((await exchange(early)).status).toBe(200);
    lake.time.now += 1;
    expect((await exchange(late)).status).toBe(401);
  });

  test('not by a program of another user of this machine', async () => {
    const sid = await session();
    isStranger = true;
    const stolen = await exchange(sid);
    expect(stolen.status).toBe(403);
    expect(stolen.body).not.toContain(tokens.editor);
  });

  test('and of many that nobody exchanged, the oldest are forgotten', async () => {
    const first = await session();
    for (let count = 0; count < 100; count += 1) await session();
    expect((await exchange(first)).status).toBe(401);
  });

  test('no cookie is set, since every program of this machine would be sent it', async () => {
    const clicked = await fetch(`${lake.url}${login(studio)}`, { redirect: 'manual' });
    expect(clicked.headers.get('set-cookie')).toBeNull();
  });
});

test('whose a connection is, as Linux tells it', () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:0FA1 00000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 48 1',
    '   1: 0100007F:0FA1 0100007F:D431 01 00000000:00000000 00:00000000 00000000  1000        0 49 1',
    '   2: 0100007F:D431 0100007F:0FA1 01 00000000:00000000 00:00000000 00000000  1001        0 50 1',
    '   3: 0000000000000000FFFF00000100007F:D432 0000000000000000FFFF00000100007F:0FA1 01 00000000:00000000 00:00000000 00000000  1002        0 51 1',
  ].join('\n');

  expect(userOf(table, { theirPort: 0xd431, ourPort: 4001 })).toBe(1001);
  expect(userOf(table, { theirPort: 0xd432, ourPort: 4001 })).toBe(1002);
  expect(userOf(table, { theirPort: 0xd433, ourPort: 4001 })).toBeUndefined();
  expect(userOf('', { theirPort: 0xd431, ourPort: 4001 })).toBeUndefined();
});
