import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';

import type { Lake } from '../../../local/lake/lake.ts';
import { clientOf, refusalOf, startTestLake, tokens } from './lake-fixture.ts';

let lake: Lake;
let chance = 0;

beforeAll(async () => {
  lake = await startTestLake({ random: () => chance });
  await clientOf(lake).create({ _id: 'ada', _type: 'person' });
});
afterEach(() => {
  chance = 0;
  lake.setFaults({});
});
afterAll(() => lake.close());

const headers = { authorization: `Bearer ${tokens.editor}` };
const once = { maxRetries: 0 };

async function control(path: string, body?: unknown, token: string = tokens.editor) {
  const response = await fetch(`${lake.url}/_local/${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${token}` },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const answer: unknown = await response.json();
  return { status: response.status, answer };
}

test('429 with Retry-After, on the routes asked for, as often as asked', async () => {
  await control('faults', {
    requests: { share: 1, status: 429, retryAfterSeconds: 7, routes: ['doc'], times: 2 },
  });
  const read = () => fetch(`${lake.url}/v1/data/doc/production/ada`, { headers });
  const answers = [await read(), await read(), await read()];

  expect(answers.map(({ status }) => status)).toEqual([429, 429, 200]);
  expect(answers[0]?.headers.get('retry-after')).toBe('7');
  expect(await answers[0]?.json()).toEqual({
    statusCode: 429,
    error: 'Too Many Requests',
    message: 'A fault was switched on in the local lake',
  });
});

test('a share of requests fails, by chance the test decides', async () => {
  lake.setFaults({ requests: { share: 0.25, status: 500 } });
  chance = 0.24;
  const unlucky = await refusalOf(clientOf(lake, once).getDocument('ada'));
  chance = 0.25;
  const lucky = await clientOf(lake, once).getDocument('ada');

  expect(unlucky.status).toBe(500);
  expect(lucky?._id).toBe('ada');
});

test('the real client tries a failed read again by itself', async () => {
  lake.setFaults({ requests: { share: 1, status: 503, times: 1 } });

  expect((await clientOf(lake).getDocument('ada'))?._id).toBe('ada');
});

test('a hanging request is never answered, until faults change', async () => {
  lake.setFaults({ requests: { share: 1, hang: true, status: 504 } });
  const hanging = fetch(`${lake.url}/v1/data/doc/production/ada`, { headers });
  const impatient = clientOf(lake, { ...once, timeout: 50 }).getDocument('ada');

  await expect(impatient).rejects.toThrow(/abort|time/i);
  await control('faults', {});
  expect((await hanging).status).toBe(504);
});

test('a fault that makes no sense is refused and named', async () => {
  const refused = await control('faults', { webhooks: { drop: 2 }, requests: { when: 'always' } });

  expect(refused.status).toBe(400);
  expect(JSON.stringify(refused.answer)).toMatch(/drop.*when|when.*drop/);
});

test('the state tells what there is, what is pending, and how often each route was asked', async () => {
  await control('reset', {});
  await control('import', '{"_id":"a","_type":"person"}\n{"_id":"b","_type":"person"}\n');
  await clientOf(lake).fetch('*');
  await clientOf(lake).getDocument('a');
  await clientOf(lake).getDocument('b');

  expect((await control('state')).answer).toEqual({
    projectId: 'localdev',
    datasets: { production: { documents: 2, transactions: 1 } },
    webhooks: { idle: true, pending: 0, resting: 0, delivered: 0, dropped: 0, failed: 0 },
    faults: {
      webhooks: { drop: 0, duplicate: 0, delayMs: 0, reorderWithinMs: 0, fail: 0, failStatus: 503 },
      queryLagMs: 0,
      requests: { share: 0, status: 503, hang: false },
    },
    requests: { control: 2, query: 1, doc: 2 },
  });
});

test('an import over HTTP never reads files of this machine, and is all or nothing', async () => {
  await control('reset', {});
  const file = await control(
    'import',
    '{"_id":"a","_type":"x"}\n{"_id":"b","_type":"x","image":{"_sanityAsset":"image@file:///etc/passwd"}}',
  );
  const broken = await control('import', '{"_id":"a","_type":"x"}\nnot json');
  const dangling = await control('import', '{"_id":"a","_type":"x","r":{"_ref":"nobody"}}');

  expect([file.status, broken.status, dangling.status]).toEqual([400, 400, 409]);
  expect(broken.answer).toMatchObject({ message: 'Line 2 is not JSON' });
  expect(await clientOf(lake).fetch('count(*)')).toBe(0);
});

test('a reset can keep the documents', async () => {
  await control('import', '{"_id":"kept","_type":"x"}');
  lake.setFaults({ queryLagMs: 5 });
  await control('reset', { keepDocuments: true });

  expect(await clientOf(lake).fetch('*[]._id')).toEqual(['kept']);
});

test('only an editor has control', async () => {
  expect((await control('state', undefined, tokens.viewer)).status).toBe(403);
  expect((await control('reset', {}, 'x'.repeat(40))).status).toBe(401);
  expect((await fetch(`${lake.url}/_local/state`)).status).toBe(401);
});
