import { createSchema, type SchemaType } from 'sanity';
import { describe, expect, it } from 'vitest';
import { schemaTypes } from '../../sanity/schema-types/index.ts';

/* What documents, and entries of their lists, are called where they are listed. */

const schema = createSchema({ name: 'default', types: schemaTypes });

describe('a source in the list', () => {
  const url = 'https://www.example.org/reports/2026/';
  it.each([
    ['by its title', { title: 'A report', publisher: 'The office', url }, 'A report'],
    ['without one, by its address', { publisher: 'The office', url }, 'example.org/reports/2026'],
    [
      'with a blank one too',
      { title: ' ', publisher: 'The office', url },
      'example.org/reports/2026',
    ],
    ['with neither yet', { publisher: 'The office' }, 'No title yet'],
  ])('%s', (_, source, title) => {
    expect(previewOf(entryType('briefing', 'citations'), source)).toEqual({
      title,
      subtitle: 'The office',
    });
  });
});

function entryType(name: string, field: string): SchemaType | undefined {
  const type = schema.get(name);
  const list = type?.jsonType === 'object' ? type.fields.find((each) => each.name === field) : null;
  return list?.type.jsonType === 'array' ? list.type.of[0] : undefined;
}

function previewOf(type: SchemaType | undefined, selected: Record<string, unknown>): unknown {
  return type?.preview?.prepare?.(selected);
}
