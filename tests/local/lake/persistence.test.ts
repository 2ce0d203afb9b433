import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import type { Lake } from '../../../local/lake/lake.ts';
import { draw } from './drawings.ts';
import { clientOf, refusalOf, startTestLake, tokens } from './lake-fixture.ts';
import { startReceiver } from './webhook-receiver.ts';

let directory: string;
const open: { close(): Promise<void> }[] = [];

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'lake-'));
});
afterEach(async () => {
  for (const each of open.splice(0)) await each.close();
  rmSync(directory, { recursive: true, force: true });
});

async function start(options: Parameters<typeof startTestLake>[0] = {}): Promise<Lake> {
  const lake = await startTestLake({ dataDirectory: directory, ...options });
  open.push(lake);
  return lake;
}

async function closeAll(): Promise<void> {
  for (const each of open.splice(0)) await each.close();
}

const editorHeaders = { authorization: `Bearer ${tokens.editor}` };

test('a second start finds documents, history, assets, hooks and preferences again', async () => {
  const first = await start();
  const image = await draw({ width: 9, height: 7, background: '#123456', marks: [] });
  const { url } = await clientOf(first).assets.upload('image', image);
  await clientOf(first).create({ _id: 'ada', _type: 'person', name: 'Ada' });
  await clientOf(first)
    .transaction()
    .patch('ada', (patch) => patch.set({ name: 'Ada L.' }))
    .transactionId('p2')
    .commit();
  await fetch(`${first.url}/v1/hooks/projects/localdev`, {
    method: 'POST',
    headers: editorHeaders,
    body: JSON.stringify({ name: 'kept', url: 'http://127.0.0.1:1/' }),
  });
  await fetch(`${first.url}/v1/users/me/keyvalue`, {
    method: 'PUT',
    headers: editorHeaders,
    body: JSON.stringify([{ key: 'theme', value: 'dark' }]),
  });
  const before = await clientOf(first).fetch('*[] | order(_id)');
  await closeAll();

  const second = await start();
  const get = async (path: string): Promise<unknown> =>
    (await fetch(`${second.url}/v1${path}`, { headers: editorHeaders })).json();
  const served = await fetch(new URL(new URL(url).pathname, second.url));

  expect(await clientOf(second).fetch('*[] | order(_id)')).toEqual(before);
  expect(Buffer.from(await served.arrayBuffer()).equals(image)).toBe(true);
  expect(await get('/data/history/production/documents/ada?revision=p2')).toMatchObject({
    documents: [{ name: 'Ada L.' }],
  });
  expect(await get('/data/history/production/events/documents/ada')).toMatchObject({
    events: { ada: [{ type: 'updateLiveDocument' }, { type: 'createLiveDocument' }] },
  });
  expect(await get('/hooks/projects/localdev')).toMatchObject([{ name: 'kept' }]);
  expect(await get('/users/me/keyvalue/theme,none')).toEqual([{ key: 'theme', value: 'dark' }]);
  const refusal = await refusalOf(
    clientOf(second).transaction().delete('ada').transactionId('p2').commit(),
  );
  expect(refusal.status).toBe(409);
});

test('two lakes never share a directory', async () => {
  await start();

  await expect(startTestLake({ dataDirectory: directory })).rejects.toThrow(
    `The lake in ${directory} cannot be opened; is another one running on it?`,
  );
});

test('a webhook that was still to be delivered rings after the next start', async () => {
  const receiver = await startReceiver();
  const webhooks = [{ name: 'publish', url: receiver.url, rule: { filter: '_type == "person"' } }];
  const first = await start({ webhooks });
  first.setFaults({ webhooks: { fail: 1 } });
  await clientOf(first).create({ _id: 'ada', _type: 'person' });
  await expect.poll(() => first.webhookState().resting).toBe(1);
  await closeAll();

  const second = await start({ webhooks });
  await second.webhooksSettled();

  expect(receiver.received.map(({ headers }) => headers['sanity-document-id'])).toEqual(['ada']);
  await receiver.close();
});

test('a killed lake has every transaction it confirmed, and none by half', async () => {
  const entry = join(directory, 'run.ts');
  writeFileSync(
    entry,
    `import { startLake } from ${JSON.stringify(join(import.meta.dirname, '../../../local/lake/lake.ts'))};
const lake = await startLake({ tokens: ${JSON.stringify(tokens)}, dataDirectory: ${JSON.stringify(directory)} });
process.stdout.write(lake.url + '\\n');`,
  );
  const child = spawn(process.execPath, [entry], { stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await firstLine(child);
  const confirmed: string[] = [];
  const writing = (async () => {
    for (let index = 0; ; index += 1) {
      const response = await fetch(`${url}/v1/data/mutate/production`, {
        method: 'POST',
        headers: editorHeaders,
        body: JSON.stringify({
          mutations: ['left', 'right'].map((side) => ({
            create: { _id: `${side}-${index}`, _type: 'half' },
          })),
        }),
      });
      if (response.ok) confirmed.push(`left-${index}`, `right-${index}`);
    }
  })().catch(() => undefined);
  await expect.poll(() => confirmed.length, { timeout: 8_000 }).toBeGreaterThan(60);
  child.kill('SIGKILL');
  await writing;

  const lake = await start();
  const kept: string[] = await clientOf(lake).fetch('*[_type == "half"]._id');
  const unpaired = kept.filter((id) => {
    const [side, number] = id.split('-');
    return !kept.includes(`${side === 'left' ? 'right' : 'left'}-${number}`);
  });

  expect(confirmed.filter((id) => !kept.includes(id))).toEqual([]);
  expect(unpaired).toEqual([]);
});

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const end = text.indexOf('\n');
      if (end >= 0) resolve(text.slice(0, end));
    });
    child.once('exit', (code) => reject(new Error(`The lake ended with ${code}`)));
  });
}

test('seeding loads documents in any order with the images beside them, once', async () => {
  writeFileSync(
    join(directory, 'face.png'),
    await draw({ width: 30, height: 20, background: '#ff0000', marks: [] }),
  );
  const seed = join(directory, 'seed.ndjson');
  const lines = [
    {
      _id: 'b1',
      _type: 'briefing',
      _createdAt: '2020-01-01T00:00:00.000Z',
      person: { _type: 'reference', _ref: 'ada' },
    },
    {
      _id: 'ada',
      _type: 'person',
      portrait: { _type: 'image', alt: 'Red', _sanityAsset: 'image@file://./face.png' },
    },
  ];
  writeFileSync(seed, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
  const lake = await start();

  const outcome = await lake.seed(seed);
  await lake.seed(seed);

  expect(outcome).toEqual({ documents: 2, assets: 1 });
  expect(await clientOf(lake).fetch('*[_type != "sanity.imageAsset"] | order(_id)')).toMatchObject([
    {
      _id: 'ada',
      portrait: {
        _type: 'image',
        alt: 'Red',
        asset: {
          _type: 'reference',
          _ref: expect.stringMatching(/^image-[0-9a-f]{40}-30x20-png$/),
        },
      },
    },
    { _id: 'b1', _createdAt: '2020-01-01T00:00:00.000Z' },
  ]);
  expect(
    await clientOf(lake).fetch('*[_id == "ada"][0].portrait.asset->metadata.dimensions.width'),
  ).toBe(30);
});
