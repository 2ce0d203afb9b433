import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SanityClient } from '@sanity/client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { Lake } from '../../../local/lake/lake.ts';
import { startLake } from '../../../local/lake/lake.ts';
import { parseDocument } from '../../../src/briefing/parse.ts';
import { clientOf, tokens } from '../lake/lake-fixture.ts';
import { type Said, sanity } from './sanity.ts';

const publication = join(import.meta.dirname, '..', '..', '..', 'demo', 'publication.ndjson');

let directory: string;
let lake: Lake;
let imported: Said;

const run = (given: readonly string[], environment?: Readonly<Record<string, string>>) =>
  sanity(given, { lakeUrl: lake.url, token: tokens.editor, home: directory }, environment);

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'sanity-cli-'));
  lake = await startLake({ tokens, datasets: ['production', 'seeded', 'copy'] });
  await lake.seed(publication, 'seeded');
  imported = await run(['datasets', 'import', publication, '--dataset', 'production']);
}, 180_000);
afterAll(async () => {
  await lake.close();
  rmSync(directory, { recursive: true });
});

const document = z.looseObject({ _id: z.string(), _type: z.string() });
type Document = z.output<typeof document>;

/** Everything in a dataset but what each copy has of its own: revisions and times. */
async function contents(dataset: string): Promise<readonly Document[]> {
  const client: SanityClient = clientOf(lake, { dataset, perspective: 'raw' });
  const found = z.array(document).parse(await client.fetch('*[] | order(_id)'));
  return found.map(
    ({ _rev, _createdAt, _updatedAt, url: _url, path: _path, uploadId: _uploadId, ...content }) =>
      document.parse(content),
  );
}

describe('the sanity command at the local lake', () => {
  test('imports the demo publication with its images, as the lake’s own seeding does', async () => {
    expect(imported).toMatchObject({ code: 0 });
    expect(await contents('production')).toEqual(await contents('seeded'));
    // What was weak while documents came in one by one is strong in the end.
    expect(JSON.stringify(await contents('production'))).not.toContain('_strengthenOnPublish');
  });

  test('exports every document and the very bytes of the images', async () => {
    const archive = join(directory, 'production.tar.gz');
    const said = await run(['datasets', 'export', 'production', archive]);
    const unpacked = join(directory, 'unpacked');
    mkdirSync(unpacked);
    execFileSync('tar', ['-xzf', archive, '-C', unpacked, '--strip-components', '1']);
    const lines = readFileSync(join(unpacked, 'data.ndjson'), 'utf8').trim().split('\n');
    const ids = lines.map((line) => document.parse(JSON.parse(line))._id).toSorted();
    const images = readdirSync(join(unpacked, 'images'));
    const assets = (await contents('production')).filter(
      ({ _type }) => _type === 'sanity.imageAsset',
    );

    expect(said.code).toBe(0);
    expect(ids).toEqual(
      (await contents('production')).map(({ _id }) => _id).filter((id) => !id.startsWith('image-')),
    );
    expect(images).toHaveLength(assets.length);
    expect(images.length).toBeGreaterThan(10);
    for (const image of images) {
      const bytes = readFileSync(join(unpacked, 'images', image));
      expect(image.startsWith(createHash('sha1').update(bytes).digest('hex'))).toBe(true);
    }

    const back = await run(['datasets', 'import', archive, '--dataset', 'copy']);
    expect(back.code).toBe(0);
    expect(await contents('copy')).toEqual(await contents('production'));
  }, 180_000);

  test('queries, gets and removes documents, and says what it was refused', async () => {
    const query =
      '*[_type == "briefing" && slug.current == "six-dots"]{_id, "person": person->name}';
    const [queried, got, missing, refused, removed] = await Promise.all([
      run(['documents', 'query', query, '--api-version', '2026-03-01']),
      run(['documents', 'get', 'topic-art']),
      run(['documents', 'get', 'nothing-here']),
      run(['documents', 'query', '*[', '--api-version', '2026-03-01']),
      run(['documents', 'delete', 'briefing-six-dots', '--dataset', 'copy']),
    ]);

    expect(JSON.parse(queried.out)).toEqual([
      { _id: 'briefing-six-dots', person: 'Louis Braille' },
    ]);
    expect(JSON.parse(got.out)).toMatchObject({ _id: 'topic-art', _type: 'topic' });
    expect([missing.code, missing.err]).toEqual([1, expect.stringContaining('not found')]);
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringContaining('GROQ query parse error'),
    ]);
    expect([removed.code, removed.out]).toEqual([0, expect.stringContaining('Deleted 1 document')]);
    expect((await contents('copy')).some(({ _id }) => _id === 'briefing-six-dots')).toBe(false);
  }, 180_000);

  test('validates the demo publication clean, and says of any document what the core says', async () => {
    const broken = { _id: 'briefing-broken', _type: 'briefing', headline: 'No date, no person' };
    await clientOf(lake, { dataset: 'seeded' }).create(broken);
    // What a build for that project would be given, too.
    const stage = {
      SANITY_STUDIO_PROJECT_ID: lake.projectId,
      SANITY_STUDIO_DATASET: 'seeded',
      SANITY_STUDIO_BASE_URL: 'https://briefings.example',
      SANITY_STUDIO_TAG_AUTHORITY: 'briefings.example,2026',
    };
    // It loads the schema first, and goes no further when it finds an error there.
    const documents = await run(['documents', 'validate', '--yes', '--format', 'ndjson'], stage);

    expect(documents.code).toBe(0);
    const told = new Map(
      documents.out
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => validated.parse(JSON.parse(line)))
        .map(({ documentId, markers }) => [
          documentId,
          markers.map(({ message }) => message).toSorted(),
        ]),
    );
    const judged = (await contents('seeded'))
      .filter(({ _type }) => !_type.startsWith('sanity.'))
      .map((each) => [each._id, parseDocument(each)] as const);
    expect(told).toEqual(
      new Map(
        judged.flatMap(([id, parsed]) => {
          const problems = parsed.ok ? parsed.warnings : parsed.problems;
          return problems.length === 0
            ? []
            : [[id, problems.map(({ message, fix }) => `${message} ${fix}`).toSorted()]];
        }),
      ),
    );
    expect(judged.filter(([, { ok }]) => !ok).map(([id]) => id)).toEqual([broken._id]);
    expect(told.get(broken._id)).toContain(
      'The briefing has no date. Choose the day the briefing is of.',
    );
  }, 600_000);
});

const validated = z.object({
  documentId: z.string(),
  markers: z.array(z.object({ message: z.string() })),
});
