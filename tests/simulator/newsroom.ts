import type { DocumentId } from '../../src/briefing/model.ts';
import type { SimDocument, SimLake } from './lake.ts';
import type { World } from './world.ts';

/** What an editor does next, as data: so that a history can be replayed and shrunk. */
export interface Edit {
  readonly after: number;
  readonly kind: EditKind;
  readonly id: DocumentId;
  readonly fields: Readonly<Record<string, unknown>>;
}
export type EditKind = 'publish' | 'patch' | 'unpublish' | 'restore';

export const briefingIds = ['b-one', 'b-two', 'b-three', 'b-four', 'b-five'] as const;
export const personIds = ['p-ada', 'p-ibn', 'p-red-cross'] as const;
const slugs = ['first', 'second', 'third', 'fourth'] as const;
const days = ['2026-09-29', '2026-09-30', '2026-10-01', '2026-10-12', '2026-11-02'] as const;
const headlines = [
  'Ada counts',
  'Ada dreams',
  'Ibn sails',
  'Ibn writes',
  'Relief arrives',
] as const;

/** The documents everything else refers to. */
export function openNewsroom(lake: SimLake): void {
  lake.put('siteSettings', 'siteSettings', settings('The Daily Why'));
  lake.put('c-uk', 'country', country('GB', 'United Kingdom', 'British', 'united-kingdom'));
  lake.put('c-tn', 'country', country('TN', 'Tunisia', 'Tunisian', 'tunisia'));
  lake.put('t-science', 'topic', topic('Science', 'science'));
  lake.put('t-relief', 'topic', topic('Relief', 'relief'));
  lake.put('team-desk', 'team', {
    name: 'The Desk',
    slug: slug('the-desk'),
    description: 'Who writes.',
  });
  lake.put('p-ada', 'person', person('Ada Lovelace', 'ada-lovelace', 'c-uk'));
  lake.put('p-ibn', 'person', person('Ibn Khaldun', 'ibn-khaldun', 'c-tn'));
  lake.put('p-red-cross', 'person', person('The Red Cross', 'red-cross', 'c-uk'));
  // Never published: nothing of it may ever be seen.
  lake.put('drafts.b-one', 'briefing', { headline: 'CANARY-DRAFT', slug: slug('canary-draft') });
  lake.put('versions.r1.b-two', 'briefing', { headline: 'CANARY-VERSION' });
}

/** A random history of an editor's day. */
export function randomEdits(world: World, count: number): readonly Edit[] {
  return Array.from({ length: count }, () => randomEdit(world));
}

function randomEdit(world: World): Edit {
  const after = world.chance(0.3) ? world.between(0, 200) : world.between(200, 40_000);
  const roll = world.random();
  const id = world.pick(briefingIds);
  if (roll < 0.5) return { after, kind: 'publish', id, fields: randomBriefing(world, id) };
  if (roll < 0.62) return { after, kind: 'unpublish', id, fields: randomRedirect(world) };
  if (roll < 0.68) return { after, kind: 'patch', id, fields: world.pick(brokenFields) };
  if (roll < 0.74) return { after, kind: 'patch', id, fields: { slug: slug(world.pick(slugs)) } };
  if (roll < 0.8) return { after, kind: 'restore', id, fields: {} };
  const who = world.pick(personIds);
  if (roll < 0.86) {
    const fields = { name: world.pick(['Ada Lovelace', 'Ada Byron', 'Ibn Khaldun', 'Abu Zayd']) };
    return { after, kind: 'patch', id: who, fields };
  }
  if (roll < 0.9) {
    const fields = { slug: slug(world.pick(['ada-lovelace', 'ibn-khaldun', 'byron'])) };
    return { after, kind: 'patch', id: who, fields };
  }
  if (roll < 0.92) return { after, kind: 'unpublish', id: who, fields: {} };
  if (roll < 0.94) return { after, kind: 'patch', id: who, fields: { name: '' } };
  if (roll < 0.96) {
    const mergedInto = world.chance(0.5) ? reference('p-ada', true) : undefined;
    return { after, kind: 'patch', id: 'p-ibn', fields: { mergedInto } };
  }
  if (roll < 0.98) {
    const fields = { demonym: world.pick(['British', 'Scottish', 'English']) };
    return { after, kind: 'patch', id: 'c-uk', fields };
  }
  return {
    after,
    kind: 'patch',
    id: 'siteSettings',
    fields: { name: world.pick(['The Daily Why', 'The Why']) },
  };
}

const brokenFields = [
  { headline: '' },
  { whyWeCare: [] },
  { date: '2026-13-40' },
  { person: { _type: 'reference', _ref: 'p-nobody' } },
  { slug: { _type: 'slug', current: '../etc' } },
] as const;

function randomBriefing(world: World, id: DocumentId): Readonly<Record<string, unknown>> {
  const others = briefingIds.filter((each) => each !== id);
  const soon = (): string => new Date(world.now + world.between(20_000, 400_000)).toISOString();
  return {
    ...briefing({
      headline: world.pick(headlines),
      slug: world.pick(slugs),
      date: world.pick(days),
      person: world.pick(personIds),
      mentions: world.chance(0.4) ? [world.pick(others)] : [],
    }),
    countries: world.chance(0.6) ? [{ ...reference(world.pick(['c-uk', 'c-tn'])), _key: 'c' }] : [],
    topics: [{ ...reference(world.pick(['t-science', 't-relief'])), _key: 't' }],
    related: world.chance(0.3) ? [{ ...reference(world.pick(others), true), _key: 'r' }] : [],
    ...(world.chance(0.12)
      ? { language: 'fr', translationOf: reference(world.pick(others), true) }
      : {}),
    ...(world.chance(0.15) ? { publishAt: soon() } : {}),
    ...(world.chance(0.12) ? { unpublishAt: soon() } : {}),
    ...(world.chance(0.1)
      ? { retraction: { at: '2026-11-02T09:00:00.000Z', reason: 'It was wrong.' } }
      : {}),
  };
}

function randomRedirect(world: World): Readonly<Record<string, unknown>> {
  if (world.chance(0.5)) return {};
  return world.chance(0.3) ? { to: null } : { to: world.pick(briefingIds) };
}

/** Carry an edit out in the lake. */
export function perform(lake: SimLake, edit: Edit, graveyard: Map<DocumentId, SimDocument>): void {
  const standing = lake.documents.get(edit.id);
  switch (edit.kind) {
    case 'publish':
      lake.put(edit.id, 'briefing', edit.fields);
      lake.remove(`redirect-${edit.id}`);
      return;
    case 'patch':
      if (standing !== undefined)
        lake.put(edit.id, standing._type, { ...standing, ...edit.fields });
      return;
    case 'unpublish':
      if (standing === undefined) return;
      graveyard.set(edit.id, standing);
      if ('to' in edit.fields) {
        const { to } = edit.fields;
        lake.put(`redirect-${edit.id}`, 'redirect', {
          from: edit.id,
          ...(typeof to === 'string' ? { to: reference(to, true) } : {}),
        });
      }
      lake.remove(edit.id);
      return;
    case 'restore': {
      const buried = graveyard.get(edit.id);
      if (standing === undefined && buried !== undefined) lake.put(edit.id, buried._type, buried);
      return;
    }
  }
}

export function reference(id: DocumentId, weak = false): Readonly<Record<string, unknown>> {
  return { _type: 'reference', _ref: id, ...(weak ? { _weak: true } : {}) };
}
export const slug = (current: string): Readonly<Record<string, unknown>> => ({
  _type: 'slug',
  current,
});

export function settings(name: string): Readonly<Record<string, unknown>> {
  return {
    name,
    description: 'Why people are in the news.',
    timeZone: 'Europe/London',
    language: 'en',
    accent: 'teal',
  };
}

export function country(
  code: string,
  name: string,
  demonym: string,
  at: string,
): Readonly<Record<string, unknown>> {
  return { code, name, demonym, slug: slug(at), status: 'current' };
}

export function topic(title: string, at: string): Readonly<Record<string, unknown>> {
  return { title, slug: slug(at), description: `About ${title}.` };
}

export function person(
  name: string,
  at: string,
  countryId: DocumentId,
): Readonly<Record<string, unknown>> {
  return {
    name,
    sortName: name,
    slug: slug(at),
    kind: 'individual',
    pronouns: 'she',
    born: '1815-12-10',
    identities: [{ _key: 'i', _type: 'identity', country: reference(countryId) }],
  };
}

export function briefing({
  headline,
  slug: at,
  date,
  person: who,
  mentions = [],
}: {
  readonly headline: string;
  readonly slug: string;
  readonly date: string;
  readonly person: DocumentId;
  readonly mentions?: readonly DocumentId[];
}): Readonly<Record<string, unknown>> {
  const text = (key: string, words: string): unknown[] => [
    {
      _type: 'block',
      _key: key,
      style: 'normal',
      children: [{ _type: 'span', _key: 's', text: words, marks: [] }],
      markDefs: [],
    },
  ];
  const mentioning = mentions.map((id, index) => ({
    _type: 'block',
    _key: `m${index}`,
    style: 'normal',
    children: [{ _type: 'span', _key: 's', text: 'See also', marks: ['m'] }],
    markDefs: [{ _type: 'briefingReference', _key: 'm', reference: reference(id, true) }],
  }));
  return {
    headline,
    slug: slug(at),
    date,
    language: 'en',
    person: reference(who),
    whyInTheNews: [...text('a', `${headline} today.`), ...mentioning],
    whyWeCare: text('b', 'Because it matters.'),
    whyYouShouldCare: text('c', 'Because it will matter to you.'),
    whoElseCares: text('d', 'Everybody.'),
    byline: [{ _key: 'x', _type: 'bylineEntry', contributor: reference('team-desk') }],
  };
}
