import { createSchema, type SchemaType } from 'sanity';
import { expect, it } from 'vitest';
import { schemaTypes } from '../../sanity/schema-types/index.ts';
import { briefingPage } from '../../src/render/briefing-page.tsx';
import { pageNumbered, publication } from '../render/pages.ts';

/* What the form says that readers see, they see. */

const schema = createSchema({ name: 'default', types: schemaTypes });
const { resolved, path } = pageNumbered(1);

it('the reason of another age stands behind it, and the form says so', () => {
  const age = { kind: 'override', years: 51, reason: 'as she told us', computed: null } as const;
  const page = briefingPage({ ...resolved, age }, path, publication);
  expect(page.body).toContain('51<small> as given: as she told us</small>');
  expect(descriptionOf('briefing', 'age', 'reason')).toBe(
    'Why it differs from the computed one. Readers see it behind the age: “as given: …”.',
  );
});

it('the note of an identity stands small behind it, and the form says so', () => {
  const identities = resolved.identities.map((each) => ({ ...each, note: 'by passport' }));
  const page = briefingPage({ ...resolved, identities }, path, publication);
  expect(page.body).toContain('</bdi><small> by passport</small>');
  expect(descriptionOf('identity', 'note')).toBe(
    'Printed small behind it: “by birth”, “by passport”.',
  );
});

function descriptionOf(name: string, ...fields: readonly string[]): unknown {
  return fields.reduce<SchemaType | undefined>(
    (type, field) =>
      type?.jsonType === 'object'
        ? type.fields.find((each) => each.name === field)?.type
        : undefined,
    schema.get(name),
  )?.description;
}
