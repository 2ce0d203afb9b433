import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Lake } from '../../../local/lake/lake.ts';
import { startTestLake, tokens } from './lake-fixture.ts';

let lake: Lake;
beforeAll(async () => {
  lake = await startTestLake();
});
afterAll(() => lake.close());

async function manage(method: string, path: string, body?: unknown, token = tokens.editor) {
  const response = await fetch(`${lake.url}/v2025-08-14/projects/localdev/cors${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer };
}

const studio = { origin: 'https://studio.example', allowCredentials: true };

describe('the CORS origins of a project', () => {
  it('are added, listed and removed', async () => {
    const added = await manage('POST', '', studio);
    const again = await manage('POST', '', studio);
    const listed = await manage('GET', '');
    const { id } = z.object({ id: z.string() }).parse(added.answer);
    const removed = await manage('DELETE', `/${id}`);

    expect([added.status, again.status, removed.status]).toEqual([201, 409, 200]);
    expect(listed.answer).toEqual([
      {
        ...studio,
        id,
        projectId: 'localdev',
        createdAt: '2026-03-01T12:00:00.000Z',
        deletedAt: null,
      },
    ]);
    expect(await manage('GET', '')).toEqual({ status: 200, answer: [] });
    expect((await manage('DELETE', `/${id}`)).status).toBe(404);
  });

  it.each(['studio.example', 'https://studio.example/path', 'ftp://studio.example', ''])(
    '"%s" is none',
    async (origin) => {
      expect((await manage('POST', '', { origin })).status).toBe(400);
    },
  );

  it('are seen by nobody but an editor', async () => {
    expect((await manage('GET', '', undefined, tokens.viewer)).status).toBe(403);
  });
});
