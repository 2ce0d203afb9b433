import { readdirSync, readFileSync } from 'node:fs';
import { badDates, hostileDocuments, hostileSlugs, hostileUrls } from '../briefing/hostile.ts';

/**
 * Documents as a form may hold them, valid and not: every kept document of the first schema, each
 * field of them once with each of many wrong values and once taken away, and thousands of generated
 * ones. All are JSON, since nothing else comes from a lake.
 */
export function documentsOfTheForm(): readonly StudioDocument[] {
  const kept = [...keptDocuments().filter(({ _id }) => !_id.startsWith('drafts.')), author, team];
  return [
    ...kept,
    ...withEachFieldChanged(kept),
    ...hostileDocuments(20_261_124, 900).map(asJson).filter(isStudioDocument),
  ];
}

/** What the Studio opens at all: a document with an id, of a type it knows. */
export interface StudioDocument {
  readonly _id: string;
  readonly _type: string;
  readonly [field: string]: unknown;
}

const portrait = {
  _type: 'portrait',
  image: {
    _type: 'image',
    asset: { _type: 'reference', _ref: `image-${'a'.repeat(40)}-1200x1500-jpg` },
    hotspot: { _type: 'sanity.imageHotspot', x: 0.5, y: 0.4, width: 0.6, height: 0.6 },
    crop: { _type: 'sanity.imageCrop', top: 0, bottom: 0.1, left: 0, right: 0.1 },
  },
  alt: 'A woman at a desk',
  decorative: false,
  caption: 'At her desk, in May',
  credit: 'A. Person',
  creator: 'A. Person',
  licence: { name: 'CC0 1.0', url: 'https://creativecommons.org/publicdomain/zero/1.0/' },
  acquireUrl: 'https://example.org/buy',
};
const nameInOtherLanguages = [{ _key: 'fr', language: 'fr', text: 'Le bureau' }];

/** Kept documents of these types have little in them. */
const author: StudioDocument = {
  _id: 'author-everything',
  _type: 'author',
  name: 'A. Writer',
  nameInOtherLanguages,
  description: 'Writes about maps.',
  links: [{ _key: 'a', title: 'Elsewhere', url: 'https://example.org/a' }],
  portrait,
  mergedInto: { _type: 'reference', _ref: 'author-b', _weak: true },
};
const team: StudioDocument = {
  _id: 'team-everything',
  _type: 'team',
  name: 'The desk',
  nameInOtherLanguages,
  slug: { _type: 'slug', current: 'the-desk' },
  description: 'Four editors.',
  links: [{ _key: 'a', title: 'Elsewhere', url: 'https://example.org/a' }],
  logo: portrait,
  mergedInto: { _type: 'reference', _ref: 'team-b', _weak: true },
};

const fixtures = new URL('../fixtures/documents/v1/', import.meta.url);

function keptDocuments(): StudioDocument[] {
  return readdirSync(fixtures)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name): unknown => JSON.parse(readFileSync(new URL(name, fixtures), 'utf8')))
    .filter(isStudioDocument);
}

const wrongValues: readonly unknown[] = [
  null,
  true,
  -1,
  7.5,
  'text',
  ' ',
  'x'.repeat(6_000),
  [],
  ['text', { _key: 'a' }],
  {},
  { _ref: 'drafts.a' },
];

/**
 * Each kind of field once gone, and with four of the wrong values in turn, in a document that has
 * it; what is likeliest for it besides.
 */
function withEachFieldChanged(documents: readonly StudioDocument[]): StudioDocument[] {
  const seen = new Set<string>();
  return documents.flatMap((document) =>
    waysInto(document).flatMap((way) => {
      const shape = shapeOf(document, way);
      if (seen.has(shape)) return [];
      seen.add(shape);
      const turn = seen.size * 4;
      const wrong = [0, 1, 2, 3].map((at) => wrongValues[(turn + at) % wrongValues.length]);
      return [undefined, ...wrong, ...worseValues(way.at(-1))]
        .map((value) => asJson(withValueAt(document, way, value)))
        .filter(isStudioDocument);
    }),
  );
}

/** What this very field is most easily given that it must not have. */
function worseValues(step: string | number | undefined): readonly unknown[] {
  if (step === 'current') return everySixth(hostileSlugs);
  if (step === 'url' || step === 'href' || step === 'archiveUrl') return everySixth(hostileUrls);
  if (typeof step !== 'string') return [];
  if (['date', 'accessedOn', 'effectiveFrom'].includes(step)) return everySixth(badDates);
  if (['from', 'until', 'born', 'died'].includes(step)) return ['1800-13', '0999', '1990-02-30'];
  if (['at', 'publishAt', 'unpublishAt'].includes(step)) return ['2026-02-30T07:00:00Z', '07:00'];
  return [];
}

function everySixth(values: readonly string[]): readonly string[] {
  return values.filter((_, index) => index % 6 === 0);
}

/** A way without the places in lists: what it leads to has the same rules in all of them. */
export function shapeOf(document: StudioDocument, way: Way): string {
  return [document._type, ...way.map((step) => (typeof step === 'number' ? '[]' : step))].join('.');
}

/** Fields and places that lead from a document to a value in it. */
export type Way = readonly (string | number)[];

export function waysInto(value: unknown, before: Way = []): Way[] {
  if (typeof value !== 'object' || value === null) return [];
  const steps = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  return steps.flatMap((step) => {
    const way = [...before, step];
    return [way, ...waysInto(Reflect.get(value, step), way)];
  });
}

function withValueAt(value: unknown, way: Way, replacement: unknown): unknown {
  const [step, ...rest] = way;
  if (step === undefined || typeof value !== 'object' || value === null) return replacement;
  const after = withValueAt(Reflect.get(value, step), rest, replacement);
  if (Array.isArray(value)) {
    return after === undefined
      ? value.filter((_, index) => index !== step)
      : value.map((each: unknown, index) => (index === step ? after : each));
  }
  return { ...value, [step]: after };
}

/** What is left of a value on its way through a lake; nothing of one too deep to be written. */
function asJson(document: unknown): unknown {
  if (isDeep(document, 500)) return undefined;
  const text = JSON.stringify(document);
  return text === undefined ? undefined : JSON.parse(text);
}

function isDeep(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((child) => isDeep(child, depth - 1));
}

const types = 'briefing person country team author topic redirect siteSettings'.split(' ');

function isStudioDocument(value: unknown): value is StudioDocument {
  return (
    typeof value === 'object' &&
    value !== null &&
    '_id' in value &&
    typeof value._id === 'string' &&
    '_type' in value &&
    types.some((type) => type === value._type)
  );
}
