import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { ClientError, type SanityClient } from '@sanity/client';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { openRunningStage } from '../../cli/running-stage.ts';
import { editorClient } from '../../local/stack/editor-client.ts';
import { type Stack, startStack } from '../../local/stack/stack.ts';
import { writeStackFile } from '../../local/stack/stack-file.ts';
import { s3Store } from '../../src/adapters/s3-store.ts';
import type { Store } from '../../src/publishing/ports.ts';
import { SimLake, type SimDocument } from '../simulator/lake.ts';
import { type Edit, openNewsroom, perform, randomEdits } from '../simulator/newsroom.ts';
import { World } from '../simulator/world.ts';
import { runIn, type Ran } from './press.ts';

let directory: string;
let stack: Stack;
let store: Store;
let newsroom: ReturnType<typeof editorsOf>;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'pressrun-cli-'));
  stack = await startStack({ bundles: inject('bundles') });
  writeStackFile(directory, stack.file);
  const { s3 } = stack.file;
  const { endpoint, region, bucket } = s3;
  store = s3Store({
    client: new S3Client({ endpoint, region, credentials: s3, forcePathStyle: true }),
    bucket,
  });
  newsroom = editorsOf(editorClient(stack.file));
}, 120_000);

afterAll(async () => {
  await stack.close();
  await rm(directory, { recursive: true });
});

const run = (line: string): Promise<Ran> =>
  runIn(directory, `${line} --stack stack.json`, () =>
    openRunningStage(join(directory, 'stack.json')),
  );

describe('the command line on a running stack', () => {
  it('exports after 300 random edits what a build makes of the same lake and state', async () => {
    await newsroom.open();
    await newsroom.edit(300);
    await stack.settled(120);
    const exported = await run('export --out exported --state S.ndjson --lake L.ndjson');
    expect(exported.err).not.toContain('Still');
    expect(exported.exit).toBe(0);
    const built = await runIn(
      directory,
      'build --from L.ndjson --state S.ndjson --images exported --out built',
    );
    expect(built.out.split('\n')[0]?.replace('built', 'exported')).toBe(
      exported.out.split('\n')[0],
    );
    const compared = await runIn(directory, 'diff exported built');
    expect(compared).toMatchObject({ exit: 0, err: '' });
    expect(await run('diff built --bucket')).toMatchObject({ exit: 0 });
  }, 180_000);

  it('proves equality after 200 edits of which no webhook arrived, and one reconcile', async () => {
    stack.setFaults({ webhooks: { drop: 1 } });
    await newsroom.edit(200);
    expect((await run('verify')).exit).toBe(1);
    expect((await run('reconcile')).exit).toBe(0);
    const proven = await run('verify --headers');
    expect(proven.out).toMatch(/^equal: \d+ objects, root [\w-]{43}\n$/);
    expect(proven.exit).toBe(0);
  }, 180_000);

  it('names a changed byte and a planted object, and mends both', async () => {
    const home = await store.get('public/index.html');
    if (home === null) throw new Error('There is no home page');
    const body = home.body.slice();
    body[100] = (body[100] ?? 0) ^ 1;
    await store.put('public/index.html', { ...home, body }, { ifMatch: home.etag });
    await store.put('public/planted/index.html', { ...home, body }, { ifNoneMatch: '*' });

    const found = await run('verify');
    expect(found.exit).toBe(1);
    expect(found.out).toContain('differs in its bytes: public/index.html\n');
    expect(found.out).toContain('foreign: public/planted/index.html\n');

    const mended = await run('verify --repair');
    expect(mended.out).toMatch(/^equal: \d+ objects/);
    expect(mended.exit).toBe(0);
    expect(await store.head('public/planted/index.html')).toBeNull();
  }, 60_000);

  it('asks the edge for every address', async () => {
    const asked = await run('verify --edge');
    expect(asked.out).toMatch(/^edge: \d+ addresses asked, 0 differ\nequal: /);
  }, 60_000);
});

/** The simulator's editors, at work in a lake behind HTTP. At most 15 of their edits are removals. */
function editorsOf(client: SanityClient) {
  const world = new World(20261123, Date.parse('2026-10-31T22:30:00.000Z'));
  const lake = new SimLake(world);
  const graveyard = new Map<string, SimDocument>();
  let removals = 0;
  let changed = new Map<string, SimDocument | null>();
  lake.onChange = (id, document) => changed.set(id, document);
  const send = async (): Promise<void> => {
    const transaction = client.transaction();
    for (const [id, document] of changed) {
      if (document === null) transaction.delete(id);
      else {
        const { _rev, _updatedAt, ...fields } = document;
        transaction.createOrReplace(fields);
      }
    }
    changed = new Map();
    await transaction.commit({ visibility: 'async' });
  };
  /** A real lake refuses some of what these editors try: references to nobody, removals of the cited. */
  const attempt = async (edit: Edit): Promise<void> => {
    const before = new Map(lake.documents);
    perform(lake, edit, graveyard);
    if (changed.size === 0) return;
    try {
      await send();
    } catch (error) {
      if (!(error instanceof ClientError) || error.statusCode !== 409) throw error;
      lake.documents.clear();
      for (const [id, document] of before) lake.documents.set(id, document);
    }
  };
  return {
    async open() {
      openNewsroom(lake);
      await send();
    },
    async edit(count: number) {
      for (const edit of randomEdits(world, count)) {
        if (edit.kind === 'unpublish' && (removals += 1) > 15) continue;
        await attempt(edit);
      }
    },
  };
}
