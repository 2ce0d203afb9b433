import { fileURLToPath } from 'node:url';
import { createClient } from '@sanity/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Lake, startLake } from '../../local/lake/lake.ts';
import { type Ask, archiveOf, asPublished } from '../../sanity/preview/archive.ts';
import { documentTypes } from '../../src/briefing/model.ts';
import { whatPageShows } from '../../src/publishing/neighbourhood.ts';
import { drawEdited } from '../../src/publishing/planned-edit.ts';
import { edition } from '../../src/publishing/edition.ts';
import { objectKey } from '../../src/site/paths.ts';
import { stampBody } from '../../src/site/public-object.ts';
import { demo, isRecord } from '../demo/publication.ts';
import type { KeptDocument } from '../fakes/memory-lake.ts';
import { Newsroom } from '../publishing/newsroom.ts';
import { siteOf, stageOf } from '../publishing/planned-newsroom.ts';

const token = 'the-editor-of-a-newsroom-that-only-tests';
let lake: Lake;
let ask: Ask;
let newsroom: Newsroom;

beforeAll(async () => {
  lake = await startLake({ tokens: { editor: token, viewer: `${token}-too` } });
  await lake.seed(fileURLToPath(new URL('publication.ndjson', demo)));
  const client = createClient({
    projectId: lake.projectId,
    dataset: 'production',
    apiHost: lake.url,
    useProjectHostname: false,
    useCdn: false,
    apiVersion: '2025-02-19',
    perspective: 'raw',
    token,
  });
  ask = (query, parameters) => client.fetch(query, { ...parameters });
  newsroom = new Newsroom('2026-11-23T09:00:00.000Z', edition);
  const documents = await client.fetch<readonly unknown[]>('*[_type in $types]', {
    types: documentTypes,
  });
  for (const document of documents) {
    if (isKept(document)) newsroom.documents.set(document._id, document);
  }
  await newsroom.publishWhole([...newsroom.documents.keys()]);
}, 500_000);

afterAll(() => lake.close());

it('draws every document of the demo publication as it is published, to the byte but for the stamp', async () => {
  const archive = archiveOf(ask);
  const compared: string[] = [];
  const differing: string[] = [];
  const embargoed: string[] = [];
  for (const [id, document] of newsroom.documents) {
    if (!['briefing', 'person'].includes(document._type)) continue;
    const edit = new Map([[id, asPublished((await archive.read([id])).get(id))]]);
    const around = await whatPageShows(
      edit,
      archive,
      siteOf(newsroom),
      newsroom.press.stage.baseUrl,
    );
    const { objects, embargoedUntil } = await drawEdited(id, edit, around, stageOf(newsroom));
    for (const object of objects) {
      const published = await newsroom.store.get(objectKey(object.path));
      if (published === null) {
        // Drawn for the editor, and on no site yet.
        embargoed.push(`${object.path} ${embargoedUntil ?? ''}`);
        continue;
      }
      compared.push(object.path);
      const body = new TextDecoder().decode(published.body);
      if (!isStamped(body, object)) differing.push(object.path);
    }
  }
  expect(differing).toEqual([]);
  expect(embargoed).toEqual(
    ['', 'index.txt', 'index.md']
      .map((twin) => `${needle}${twin} ${until}`)
      .concat(`${needleJson} ${until}`),
  );
  // 30 live briefings with four objects each; 28 people with a page, its record, and their years.
  expect(compared.filter((path) => path.includes('briefings'))).toHaveLength(120);
  expect(compared.sort()).toEqual(await ofDocuments());
}, 500_000);

const until = '2031-08-29T05:00:00.000Z';
const needle = '/briefings/a-twitch-of-the-needle/';
const needleJson = '/v1/briefings/briefing-a-twitch-of-the-needle.json';

/** Whether some stamp makes the drawn object the published one. */
function isStamped(body: string, object: Parameters<typeof stampBody>[0]): boolean {
  const [before = '', after = ''] = stampBody(object, '\u0000').split('\u0000');
  const stamp = body.slice(before.length, body.length - after.length);
  return /^\d+\.[\w-]{8}$/.test(stamp) && stampBody(object, stamp) === body;
}

/** Every public path that is a document's own. */
async function ofDocuments(): Promise<readonly string[]> {
  return (await newsroom.site())
    .map((line) => line.split(' ')[0] ?? '')
    .filter((path) =>
      /^\/(?:[a-z]+\/)?briefings\/|^\/people\/|^\/v1\/(?:briefings|people)\//.test(path),
    )
    .sort();
}

function isKept(document: unknown): document is KeptDocument {
  return isRecord(document) && typeof document['_id'] === 'string';
}
