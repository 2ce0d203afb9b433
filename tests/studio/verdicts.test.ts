import { readFileSync } from 'node:fs';
import { createClient } from '@sanity/client';
import {
  createWorkspaceFromConfig,
  type Path,
  type Rule,
  type SanityDocument,
  type SchemaTypeDefinition,
  validateDocument,
  type ValidationContext,
  type Workspace,
} from 'sanity';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { schemaTypes } from '../../sanity/schema-types/index.ts';
import { rulesOfTheCore } from '../../sanity/validation/rules-of-the-core.ts';
import { wireSchemas } from '../../src/briefing/document.ts';
import type { Briefing, Problem } from '../../src/briefing/model.ts';
import { parseDocument } from '../../src/briefing/parse.ts';
import { isError } from '../../src/briefing/problem.ts';
import { resolveBriefing } from '../../src/briefing/resolve.ts';
import { soundDocuments } from '../briefing/hostile.ts';
import {
  briefingDocument,
  countryDocument,
  parsed,
  personDocument,
  settingsDocument,
} from '../briefing/sample.ts';
import { documentsOfTheForm, shapeOf, type StudioDocument, waysInto } from './verdicts-corpus.ts';

/**
 * The Studio and the publisher judge alike: whatever an editor is told in the form is what would
 * keep the revision from being published, in the same words at the same place, and nothing else is.
 */
const studio = await workspaceWith(schemaTypes);
const everythingIsPublished = async () => true;

describe('a document in the form', () => {
  const documents = documentsOfTheForm();

  it('is of every type and has every field that the core reads', () => {
    expect(documents.length).toBeGreaterThanOrEqual(2_000);
    const found = new Set(
      documents.flatMap((document) => waysInto(document).map((way) => shapeOf(document, way))),
    );
    const known = Object.entries(wireSchemas).flatMap(([type, schema]) =>
      fieldsOf(schema).map((field) => `${type}.${field}`),
    );
    expect(known.length).toBeGreaterThan(150);
    expect(known.filter((field) => !found.has(field))).toEqual([]);
  });

  it('is judged as the core judges it, in the same words at the same fields', async () => {
    const verdicts = await inTurns(documents, async (document) => ({
      document,
      studio: await saidByStudio(studio, document),
      core: saidByCore(document),
    }));
    const differing = verdicts.filter(({ studio, core }) => studio.join('\n') !== core.join('\n'));
    expect(differing.slice(0, 3)).toEqual([]);
    // Otherwise agreement would mean little.
    const refused = verdicts.filter(({ core }) => core.some((line) => line.startsWith('error')));
    expect(refused.length).toBeGreaterThan(800);
    expect(verdicts.length - refused.length).toBeGreaterThan(400);
  }, 300_000);

  it('is judged as it would be published, as a draft and in a release', async () => {
    const sound = briefingDocument({ portrait: { alt: 'x', caption: 'x' } });
    const told = await saidByStudio(studio, asDocument(sound));
    expect(told).toEqual([
      'warning caption-equals-alt portrait.caption Caption and alternative text are the same: “x”. Let the alternative text say what is seen, and the caption what it means.',
      'warning unused-citation citations.0 No text cites “one”. Mark the words it supports, or remove it.',
    ]);
    for (const _id of ['drafts.briefing-a', 'versions.r1.briefing-a']) {
      const itself = { related: [{ _key: 'r', _type: 'reference', _ref: 'briefing-a' }] };
      const draft = asDocument({ ...sound, ...itself, _id });
      expect(await saidByStudio(studio, draft)).toEqual([
        'error self-reference related.0 The briefing is listed as related to itself. Remove it from the list.',
        ...told,
      ]);
    }
  });
});

describe('the demo publication', () => {
  it('has no error in the form, and there too what the core says', async () => {
    const documents = readFileSync(
      new URL('../../demo/publication.ndjson', import.meta.url),
      'utf8',
    )
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => asDocument(JSON.parse(line)));
    const said = await Promise.all(
      documents.map(async (document) => ({
        studio: await saidByStudio(studio, document),
        core: saidByCore(document),
      })),
    );
    expect(said.map(({ studio }) => studio)).toEqual(said.map(({ core }) => core));
    const lines = said.flatMap(({ studio }) => studio);
    expect(lines.filter((line) => !line.startsWith('warning recommended '))).toEqual([]);
  }, 300_000);
});

describe('what a briefing cannot do without', () => {
  it('is told as the publisher tells it when it is not published', async () => {
    const briefings = soundDocuments(7, 260)
      .map((document): unknown => JSON.parse(JSON.stringify(document)))
      .flatMap((document) => {
        const verdict = parseDocument(document);
        return verdict.ok && verdict.value.type === 'briefing'
          ? [{ document: asDocument(document), briefing: verdict.value }]
          : [];
      });
    expect(briefings.length).toBeGreaterThan(80);
    for (const { document, briefing } of briefings) {
      const published = someOf(briefing);
      const told = await saidByStudio(studio, document, async ({ id }) => published.has(id));
      expect(told.filter((line) => line.startsWith('error'))).toEqual(
        missingIn(briefing, published)
          .map((problem) => lineOf(problem, document))
          .toSorted(),
      );
    }
  }, 300_000);
});

describe('the comparison fails', () => {
  const headline = asDocument(briefingDocument({ headline: 'x'.repeat(199) }));
  const style = asDocument(
    briefingDocument({
      whyWeCare: [
        {
          _type: 'block',
          _key: 'a',
          style: 'h1',
          markDefs: [],
          children: [{ _type: 'span', _key: 'b', text: 'Big', marks: [] }],
        },
      ],
    }),
  );

  it('when a rule is written in the schema too', async () => {
    const planted = await workspaceWithRules((rule, context) => [
      ...rulesOfTheCore(rule, context),
      rule.custom(() => 'The headline is too long for our taste.').error(),
    ]);
    expect(await saidByStudio(planted, headline)).not.toEqual(saidByCore(headline));
    expect(await saidByStudio(studio, headline)).toEqual(saidByCore(headline));
  });

  it('when Sanity’s own checks speak', async () => {
    const planted = await workspaceWithRules((rule, _context) => rulesOfTheCore(rule));
    expect(await saidByStudio(planted, style)).not.toEqual(saidByCore(style));
    expect(await saidByStudio(studio, style)).toEqual(saidByCore(style));
  });
});

/** The same types, but for the rules of a briefing. */
function workspaceWithRules(
  validation: (rule: Rule, context?: ValidationContext) => Rule[],
): Promise<Workspace> {
  return workspaceWith(
    schemaTypes.map((type) => (type.name === 'briefing' ? { ...type, validation } : type)),
  );
}

function workspaceWith(types: SchemaTypeDefinition[]): Promise<Workspace> {
  const project = { projectId: 'localdev', dataset: 'production' };
  return createWorkspaceFromConfig({
    ...project,
    name: 'default',
    basePath: '/',
    schema: { types },
    // Whoever asks it anything gets a refusal: nothing listens there.
    getClient: ({ apiVersion }) =>
      createClient({
        ...project,
        apiVersion,
        apiHost: 'http://127.0.0.1:1',
        useProjectHostname: false,
        useCdn: false,
      }),
    currentUser: { id: 'e', name: 'Editor', email: 'e@example.org', role: '', roles: [] },
  });
}

type IsPublished = (options: { readonly id: string }) => Promise<boolean>;

async function saidByStudio(
  workspace: Workspace,
  document: SanityDocument,
  getDocumentExists: IsPublished = everythingIsPublished,
): Promise<string[]> {
  const markers = await validateDocument({
    document,
    workspace,
    environment: 'studio',
    getDocumentExists,
  });
  return markers
    .map(
      ({ level, code, path, message }) =>
        `${level} ${code} ${placeOf(stepsOf(path), document)} ${message}`,
    )
    .toSorted();
}

function saidByCore(document: SanityDocument): string[] {
  const verdict = parseDocument(document);
  const problems = verdict.ok ? verdict.warnings : verdict.problems;
  return problems.map((problem) => lineOf(problem, document)).toSorted();
}

function lineOf({ severity, code, path, message, fix }: Problem, document: unknown): string {
  return `${severity} ${code} ${placeOf(stepsIn(path), document)} ${message} ${fix}`;
}

/** A field, a place in a list, or the key of an entry. */
type Step = string | number | { readonly key: string };

function stepsOf(path: Path): Step[] {
  return path.map((step) =>
    typeof step === 'object' && '_key' in step ? { key: step._key } : String(step),
  );
}

/** The steps of a path as the core writes it. */
function stepsIn(path: string): Step[] {
  const steps: Step[] = [];
  for (let rest = path; rest !== '';) {
    const [all = rest, key, index, odd, name = rest] =
      /^\[_key=="(.+?)"\]|^\[(\d+)\]|^\["(.+?)"\]|^\.?([^.[]+)/.exec(rest) ?? [];
    steps.push(key === undefined ? (index ?? odd ?? name) : { key });
    rest = rest.slice(all.length);
  }
  return steps[0] === '_id' || steps[0] === '_type' ? [] : steps;
}

/** Where steps lead, as numbers and names alone: a key and a place may mean the same entry. */
function placeOf(steps: readonly Step[], document: unknown): string {
  let value = document;
  const place = steps.map((step) => {
    const at = typeof step === 'object' ? indexOf(step.key, value) : step;
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, at)
        ? Reflect.get(value, at)
        : undefined;
    return at;
  });
  return place.join('.');
}

function indexOf(key: string, list: unknown): number {
  return Array.isArray(list)
    ? list.findIndex((each: unknown) => Object(each)._key === key)
    : Number.NaN;
}

/** Names of fields, with `[]` for the entries of a list. */
function fieldsOf(schema: z.core.$ZodType): string[] {
  if (schema instanceof z.ZodOptional) return fieldsOf(schema.unwrap());
  if (schema instanceof z.ZodPipe) return fieldsOf(schema.in);
  if (schema instanceof z.ZodArray) return fieldsOf(schema.element).map((field) => `[].${field}`);
  if (!(schema instanceof z.ZodObject)) return [];
  const fields: [string, z.core.$ZodType][] = Object.entries(schema.shape);
  return fields
    .filter(([name]) => !name.startsWith('_') || name === '_ref')
    .flatMap(([name, field]) => [name, ...fieldsOf(field).map((inner) => `${name}.${inner}`)]);
}

/** The person, and about half of what a briefing refers to besides, always the same half. */
function someOf({ personId, countryIds, topicIds, byline, identities }: Briefing): Set<string> {
  const ids = [
    personId,
    ...countryIds,
    ...topicIds,
    ...byline.map(({ id }) => id),
    ...(identities ?? []).map(({ countryId }) => countryId),
  ];
  return new Set(ids.filter((id) => id === personId || id.length % 2 === 0));
}

function missingIn(briefing: Briefing, published: ReadonlySet<string>): readonly Problem[] {
  const settings = parsed('siteSettings', settingsDocument());
  const person = parsed('person', personDocument({ identities: [] }));
  const country = parsed('country', countryDocument());
  const author = parsed('author', { _id: 'a', _type: 'author', name: 'A' });
  const topic = parsed('topic', {
    _id: 't',
    _type: 'topic',
    title: 'T',
    slug: { _type: 'slug', current: 't' },
  });
  const all = <Value>(value: Value) => new Map([...published].map((id) => [id, value] as const));
  const verdict = resolveBriefing({
    briefing,
    references: {
      people: all(person),
      countries: all(country),
      teams: new Map(),
      authors: all(author),
      topics: all(topic),
    },
    history: {
      publishedAt: '2026-11-24T12:00:00.000Z',
      personPath: '/people/a/',
      related: [],
      translations: [],
      mentioned: new Map(),
    },
    settings,
  });
  return verdict.ok ? [] : verdict.problems.filter(isError);
}

function asDocument(value: unknown): SanityDocument {
  if (!isSanityDocument(value)) throw new TypeError('Expected a document with an id and a type.');
  return value;
}

function isSanityDocument(value: unknown): value is SanityDocument {
  return typeof value === 'object' && value !== null && '_id' in value && '_type' in value;
}

/** Many at a time, since each waits for timers; not all, since each holds its document. */
async function inTurns<Result>(
  documents: readonly StudioDocument[],
  judge: (document: SanityDocument) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < documents.length; at += 100) {
    const some = documents.slice(at, at + 100);
    results.push(...(await Promise.all(some.map((document) => judge(asDocument(document))))));
  }
  return results;
}
