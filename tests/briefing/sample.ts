import type { Parsed, Problem, PublishedDocument } from '../../src/briefing/model.ts';
import { parseDocument } from '../../src/briefing/parse.ts';

/** Documents with nothing wrong and little in them, for tests that change one thing. */

type Fields = Readonly<Record<string, unknown>>;

export function briefingDocument(fields: Fields = {}): Fields {
  return {
    _id: 'briefing-a',
    _type: 'briefing',
    _rev: 'rev-1',
    _createdAt: '2026-11-23T07:00:00Z',
    _updatedAt: '2026-11-24T07:00:00Z',
    headline: 'A summit in the steppe',
    slug: { _type: 'slug', current: 'a-summit-in-the-steppe' },
    language: 'en',
    date: '2026-11-24',
    person: reference('person-a'),
    whyInTheNews: [paragraph('a', 'A summit was held. It was cold.')],
    whyWeCare: [paragraph('b', 'Because of [the] grain.')],
    whyYouShouldCare: [paragraph('c', 'You should care 7/10 about grain.')],
    whoElseCares: [paragraph('d', 'The neighbours.')],
    score: { value: 7, about: 'grain' },
    citations: [{ _key: 'one', key: 'one', url: 'https://example.org/one', title: 'One' }],
    countries: [{ ...reference('country-kz'), _key: 'kz' }],
    byline: [{ _key: 'desk', _type: 'bylineEntry', contributor: reference('team-desk') }],
    ...fields,
  };
}

export function personDocument(fields: Fields = {}): Fields {
  return {
    _id: 'person-a',
    _type: 'person',
    _rev: 'rev-1',
    _createdAt: '2026-11-23T07:00:00Z',
    _updatedAt: '2026-11-23T07:00:00Z',
    name: 'Ada Example',
    slug: { _type: 'slug', current: 'ada-example' },
    kind: 'individual',
    pronouns: 'she',
    born: '1957',
    identities: [{ _key: 'kz', _type: 'identity', country: reference('country-kz') }],
    portrait: { alt: 'A drawing of a woman in a grey coat' },
    ...fields,
  };
}

export function countryDocument(fields: Fields = {}): Fields {
  return {
    _id: 'country-kz',
    _type: 'country',
    code: 'KZ',
    name: 'Kazakhstan',
    demonym: 'Kazakh',
    slug: { _type: 'slug', current: 'kazakhstan' },
    status: 'current',
    ...fields,
  };
}

export function teamDocument(fields: Fields = {}): Fields {
  return {
    _id: 'team-desk',
    _type: 'team',
    name: 'The Desk',
    slug: { _type: 'slug', current: 'the-desk' },
    ...fields,
  };
}

export function settingsDocument(fields: Fields = {}): Fields {
  return {
    _id: 'siteSettings',
    _type: 'siteSettings',
    name: 'The Briefing',
    description: 'People in the news.',
    timeZone: 'Europe/London',
    language: 'en',
    ...fields,
  };
}

export function reference(id: string): Fields {
  return { _type: 'reference', _ref: id };
}

export function paragraph(key: string, text: string, fields: Fields = {}): Fields {
  return {
    _type: 'block',
    _key: key,
    style: 'normal',
    markDefs: [],
    children: [{ _type: 'span', _key: `${key}1`, text, marks: [] }],
    ...fields,
  };
}

/** A paragraph of one span with marks and their definitions. */
export function marked(
  text: string,
  marks: readonly unknown[],
  markDefs: readonly unknown[] = [],
): Fields {
  return paragraph('m', text, {
    markDefs,
    children: [{ _type: 'span', _key: 'm1', text, marks }],
  });
}

/** The document of that type, or a failure that shows its problems. */
export function parsed<Type extends PublishedDocument['type']>(
  type: Type,
  document: unknown,
): Extract<PublishedDocument, { type: Type }> {
  const verdict = parseDocument(document);
  if (!verdict.ok) throw new Error(JSON.stringify(verdict.problems, null, 2));
  if (!isOfType(type, verdict.value)) throw new Error(`${verdict.value.type} is no ${type}`);
  return verdict.value;
}

/** Everything that was told, as lines of severity, code and path. */
export function told(verdict: Parsed<unknown>): string[] {
  return problemsIn(verdict).map(({ severity, code, path }) => `${severity} ${code} ${path}`);
}

export function problemsIn(verdict: Parsed<unknown>): readonly Problem[] {
  return verdict.ok ? verdict.warnings : verdict.problems;
}

function isOfType<Type extends PublishedDocument['type']>(
  type: Type,
  document: PublishedDocument,
): document is Extract<PublishedDocument, { type: Type }> {
  return document.type === type;
}
