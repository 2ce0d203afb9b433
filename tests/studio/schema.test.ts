import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extractSchema } from '@sanity/schema/_internal';
import { createSchema, type Schema } from 'sanity';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { schemaTypes } from '../../sanity/schema-types/index.ts';
import { schemaFile, typesFile, typesOf } from '../../scripts/studio-schema.ts';
import { documentTypes } from '../../src/briefing/model.ts';

const toldToDo = 'run `node scripts/studio-schema.ts` and commit what it writes';

describe('the committed schema of the Studio', () => {
  it('is that of the types as they are', async () => {
    const committed: unknown = JSON.parse(await readFile(schemaFile, 'utf8'));
    expect(committed, toldToDo).toEqual(extractedFrom(schemaTypes));
  });

  it('differs as soon as a field does', async () => {
    const committed: unknown = JSON.parse(await readFile(schemaFile, 'utf8'));
    const renamed = schemaTypes.map((type) =>
      type.name === 'redirect' && 'fields' in type
        ? { ...type, fields: type.fields?.map((field) => ({ ...field, name: `${field.name}2` })) }
        : type,
    );
    expect(extractedFrom(renamed)).not.toEqual(committed);
  });

  it('has nothing that Sanity finds amiss, and would tell', () => {
    const problems = problemsOf(createSchema({ name: 'default', types: schemaTypes }));
    expect(problems).toEqual([]);
    const planted = { name: 'planted', type: 'object', title: 'Planted', fields: [] } as const;
    expect(problemsOf(createSchema({ name: 'default', types: [planted] }))).not.toEqual([]);
  });

  it('has every type of the core', () => {
    const names = extractedFrom(schemaTypes).map(({ name }) => name);
    expect(documentTypes.filter((type) => !names.includes(type))).toEqual([]);
  });
});

describe('the committed types', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'studio-types-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('are those of the schema', async () => {
    const schema = join(folder, 'schema.json');
    await writeFile(schema, JSON.stringify(extractedFrom(schemaTypes)));
    const generated = await readFile(await typesOf(schema, folder), 'utf8');
    expect(await readFile(typesFile, 'utf8'), toldToDo).toBe(generated);
  }, 180_000);
});

/** What `sanity schema validate` prints. */
function problemsOf(schema: Schema): unknown[] {
  return (schema._validation ?? []).flatMap(({ problems }) => problems);
}

function extractedFrom(types: typeof schemaTypes) {
  const schema = createSchema({ name: 'default', types });
  return extractSchema(schema, { enforceRequiredFields: true });
}
