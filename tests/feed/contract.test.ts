import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { schemaObjects } from '../../src/feed/schemas.ts';
import { type SiteStatus, statusJson } from '../../src/feed/status-json.ts';
import { statusPath } from '../../src/site/paths.ts';
import { stampBody } from '../../src/site/public-object.ts';
import { publication } from '../render/pages.ts';
import { membersIn } from '../render/html-in-json.ts';
import { everyObject } from '../render/site.ts';

const underWay: SiteStatus = {
  at: '2026-11-24T07:30:04.000Z',
  commit: { release: 25, at: '2026-11-24T07:30:00.000Z' },
  work: [
    { kind: 'redraw', since: '2026-11-24T07:20:00.000Z', of: 'briefings', done: 3, total: 10 },
    { kind: 'check', since: '2026-11-24T03:00:00.000Z', of: 'objects', done: 0, total: null },
  ],
  dependants: 12,
  heldSince: '2026-11-24T07:30:03.000Z',
  comparison: { at: '2026-11-24T03:00:00.000Z', drift: 1 },
  quarantined: 2,
};
const atRest: SiteStatus = { ...underWay, work: [], heldSince: null, comparison: null };
const documents: readonly (readonly [string, Readonly<Record<string, unknown>>])[] = [
  ...everyObject
    .filter(({ path }) => path.startsWith('/v1/') && !path.startsWith('/v1/schema/'))
    .map((object) => [object.path, JSON.parse(stampBody(object, '7.x'))] as const),
  ...[underWay, atRest].map(
    (status) => [statusPath, JSON.parse(statusJson(status, publication.baseUrl))] as const,
  ),
];
const schemas = schemaObjects(publication).map(
  (object) => [object.path, JSON.parse(stampBody(object, '7.x'))] as const,
);

const open = new Ajv2020({ strict: true, allErrors: true });
/** As the contract is today, with nothing beside it: what is not told must not be sent. */
const closed = new Ajv2020({ strict: true, allErrors: true });

beforeAll(() => {
  for (const [, schema] of schemas) {
    open.addSchema(schema);
    closed.addSchema(withNothingElse(schema));
  }
});

test('each schema is one of 2020-12 that knows its own address', () => {
  expect(schemas.map(([path]) => path)).toEqual(
    [
      'briefing',
      'person',
      'person-year',
      'month',
      'index',
      'changes',
      'gone',
      'moved',
      'status',
    ].map((name) => `/v1/schema/${name}.json`),
  );
  for (const [path, schema] of schemas) {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: `https://short-answer.example${path}`,
      $comment: '7.x',
      description: expect.any(String),
    });
    expect(open.validateSchema(schema)).toBe(true);
  }
});

describe('every document follows the schema that it names', () => {
  test.each(documents)('%s', (_path, document) => {
    const { $schema } = document;
    if (typeof $schema !== 'string') throw new Error('It names none');
    expect(open.validate($schema, document), open.errorsText()).toBe(true);
    expect(closed.validate($schema, document), closed.errorsText()).toBe(true);
  });

  test('and there is one of each', () => {
    const used = new Set(documents.map(([, document]) => document['$schema']));
    expect(used.size).toBe(schemas.length);
  });
});

test('a later member does not break who validates today; a missing one does', () => {
  const [, document = {}] = documents[0] ?? [];
  const schema = String(document['$schema']);
  expect(open.validate(schema, { ...document, later: 1 })).toBe(true);
  const { headline: _headline, ...without } = document;
  expect(open.validate(schema, without)).toBe(false);
});

test('a member is an absolute address exactly when its name says so', () => {
  for (const [, document] of documents) {
    const addresses = membersIn(document).filter(
      ([name, value]) => /url$/i.test(name) && value !== null,
    );
    for (const [, address] of addresses) expect(address).toMatch(/^(?:https?:|mailto:|tel:)/);
  }
});

function withNothingElse(schema: unknown): Record<string, unknown> {
  return JSON.parse(JSON.stringify(schema), (_key, value) =>
    value?.type === 'object' ? { ...value, additionalProperties: false } : value,
  );
}
