import { createServer } from 'node:http';
import { createClient, type SanityClient } from '@sanity/client';
import { afterEach, describe, expect, it } from 'vitest';
import { type Lake as LocalLake, startLake } from '../../local/lake/lake.ts';
import { listen } from '../../local/s3/listen.ts';
import {
  LakeRefused,
  LakeUnavailable,
  sanityClient,
  sanityLake,
} from '../../src/adapters/sanity-lake.ts';
import type { Lake } from '../../src/publishing/ports.ts';
import { type KeptDocument, memoryLake } from '../fakes/memory-lake.ts';
import { lakeContract } from './lake-contract.ts';

const tokens = {
  editor: 'editor-token-for-tests-0123456789abcdef',
  viewer: 'viewer-token-for-tests-0123456789abcdef',
};
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
});

/** Time passes only by sleeping. */
function patience() {
  const slept: number[] = [];
  return {
    slept,
    clock: {
      now: () => '2026-03-01T12:00:00.000Z',
      sleep: async (milliseconds: number) => void slept.push(milliseconds),
    },
    random: { next: () => 0.5 },
  };
}

async function localLake(
  documents: readonly KeptDocument[],
): Promise<{ local: LocalLake; client: SanityClient }> {
  const time = { now: Date.parse('2026-03-01T09:00:00.000Z') };
  const local = await startLake({ tokens, clock: () => time.now, isPublicDataset: false });
  opened.push(local);
  const editor = createClient({
    projectId: local.projectId,
    dataset: 'production',
    apiVersion: '2026-03-01',
    apiHost: local.url,
    useProjectHostname: false,
    useCdn: false,
    token: tokens.editor,
  });
  for (const [transactionId, group] of Map.groupBy(documents, ({ _rev }) => _rev)) {
    time.now = Date.parse(group[0]?._updatedAt ?? '');
    await editor.mutate(
      group.map(({ _rev, _updatedAt, ...document }) => ({ createOrReplace: document })),
      { transactionId },
    );
  }
  return { local, client: clientFor(local.url, tokens.viewer) };
}

function clientFor(apiHost: string, token: string): SanityClient {
  return sanityClient({ projectId: 'localdev', dataset: 'production', apiHost, token });
}

async function sanityLakeOf(documents: readonly KeptDocument[]): Promise<Lake> {
  const { client } = await localLake(documents);
  return sanityLake({ client, ...patience() });
}

lakeContract('memory', async (documents) =>
  memoryLake(new Map(documents.map((document) => [document._id, document]))),
);
lakeContract('Sanity', sanityLakeOf);

const curie: KeptDocument = {
  _id: 'person-curie',
  _type: 'person',
  _rev: 'rev-1',
  _updatedAt: '2026-03-01T12:00:01.000Z',
};

describe('the content lake on a bad day', () => {
  it('F41: waits as long as it is told to after 429, with a little jitter', async () => {
    const { local, client } = await localLake([curie]);
    const { slept, ...waiting } = patience();
    local.setFaults({ requests: { share: 1, status: 429, retryAfterSeconds: 2, times: 1 } });
    expect((await sanityLake({ client, ...waiting }).read(['person-curie'])).size).toBe(1);
    expect(slept).toEqual([2_100]);
  });

  it('waits longer each time after 5xx, for reads and queries alike', async () => {
    const { local, client } = await localLake([curie]);
    const { slept, ...waiting } = patience();
    const lake = sanityLake({ client, ...waiting });
    local.setFaults({ requests: { share: 1, status: 503, times: 2 } });
    expect(await lake.counts()).toMatchObject({ person: 1 });
    expect(slept).toEqual([300, 600]);
  });

  it('gives up after three tries, and says what it was answered', async () => {
    const { local, client } = await localLake([curie]);
    const { slept, ...waiting } = patience();
    local.setFaults({ requests: { share: 1, status: 502 } });
    const failure: unknown = await sanityLake({ client, ...waiting })
      .read(['person-curie'])
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LakeUnavailable);
    expect(failure).toMatchObject({
      status: 502,
      message: 'The content lake answered 502 until there was no time left',
    });
    expect(slept).toHaveLength(2);
  });

  it('does not wait for minutes when it is told to', async () => {
    const { local, client } = await localLake([curie]);
    const { slept, ...waiting } = patience();
    local.setFaults({ requests: { share: 1, status: 429, retryAfterSeconds: 600 } });
    await expect(sanityLake({ client, ...waiting }).read(['person-curie'])).rejects.toBeInstanceOf(
      LakeUnavailable,
    );
    expect(slept).toEqual([]);
  });

  it('is unavailable, and nobody absent, when nobody answers', async () => {
    const client = clientFor('http://127.0.0.1:9', tokens.viewer);
    await expect(
      sanityLake({ client, ...patience() }).read(['person-curie']),
    ).rejects.toMatchObject({ name: 'LakeUnavailable', status: null });
  });

  it('does not try a refused token again', async () => {
    const { local } = await localLake([curie]);
    const { slept, ...waiting } = patience();
    const client = clientFor(local.url, 'a-token-that-nobody-was-given-0123456789');
    await expect(sanityLake({ client, ...waiting }).read(['person-curie'])).rejects.toThrow(
      'The content lake refused a read (401)',
    );
    expect(slept).toEqual([]);
  });
});

describe('what the lake may not say without being taken at its word', () => {
  const answering = async (answer: unknown): Promise<Lake> => {
    const server = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    });
    const { endpoint, close } = await listen(server, 0);
    opened.push({ close });
    return sanityLake({ client: clientFor(endpoint, tokens.viewer), ...patience() });
  };

  it.each([
    [
      'a document that this token may not read',
      { documents: [], omitted: [{ id: 'person-curie', reason: 'permission' }] },
      'does not let this token read person-curie',
    ],
    [
      'a reason that we do not know',
      { documents: [], omitted: [{ id: 'person-curie', reason: 'maintenance' }] },
      'neither gave person-curie nor said that it does not exist (maintenance)',
    ],
    ['no word about a document', { documents: [] }, 'neither gave person-curie'],
    [
      'another document than was asked for',
      { documents: [{ _id: 'person-meitner' }], omitted: [] },
      'neither gave person-curie',
    ],
    ['no documents at all', { message: 'hello' }, 'something else than documents'],
  ])('%s is no absence', async (_case, answer, reason) => {
    const lake = await answering(answer);
    const failure: unknown = await lake.read(['person-curie']).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LakeRefused);
    expect(String(failure)).toContain(reason);
  });

  it('F68: an address that it sends us to is not asked', async () => {
    const asked: string[] = [];
    const elsewhere = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.end('{"documents":[{"_id":"person-curie"}],"omitted":[]}');
    });
    const { endpoint, close } = await listen(elsewhere, 0);
    opened.push({ close });
    const lake = createServer((_request, response) => {
      response.writeHead(302, { location: `${endpoint}/latest/meta-data` }).end();
    });
    const listening = await listen(lake, 0);
    opened.push(listening);
    const client = clientFor(listening.endpoint, tokens.viewer);
    await expect(
      sanityLake({ client, ...patience() }).read(['person-curie']),
    ).rejects.toBeInstanceOf(LakeUnavailable);
    expect(asked).toEqual([]);
  });

  it('a listing that goes round in circles ends', async () => {
    const revision = { _id: 'b', _type: 'person', _rev: 'r', _updatedAt: '2026-03-01T12:00:01Z' };
    const lake = await answering({ result: [revision, { ...revision, _id: 'a' }] });
    const listing = async () => {
      for await (const _ of lake.revisions());
    };
    await expect(listing()).rejects.toThrow('The lake gave a out of order after b');
  });
});
