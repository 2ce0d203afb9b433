import { describe, expect, it } from 'vitest';
import { referencesOf } from '../../src/briefing/references.ts';
import { cardOf, resolveBriefing } from '../../src/briefing/resolve.ts';
import type { BriefingHistory, References } from '../../src/briefing/resolved.ts';
import {
  briefingDocument,
  countryDocument,
  marked,
  paragraph,
  parsed,
  personDocument,
  problemsIn,
  reference,
  settingsDocument,
  teamDocument,
  told,
} from './sample.ts';

type Fields = Readonly<Record<string, unknown>>;

const history: BriefingHistory = {
  publishedAt: '2026-11-24T07:00:00.000Z',
  related: [],
  translations: [],
  mentioned: new Map(),
  personPath: '/people/ada-example/',
};
const topic = { _id: 'topic-grain', _type: 'topic', title: 'Grain', slug: { current: 'grain' } };
const author = { _id: 'author-b', _type: 'author', name: 'Ben', description: 'Writes.' };

describe('a briefing joined with what its page shows', () => {
  it('has the person, the age and the labels of its day', () => {
    const { briefing, person, verdict } = resolved({
      briefing: {
        topics: [reference('topic-grain')],
        byline: [
          { contributor: reference('team-desk'), note: 'a small group of journalists' },
          { contributor: reference('author-b') },
        ],
      },
      person: {
        roles: [
          { title: 'Mayor', until: '2019' },
          { title: 'President', from: '2019-06' },
        ],
      },
    });
    expect(verdict).toEqual({
      ok: true,
      value: {
        briefing,
        person,
        personName: 'Ada Example',
        personPath: '/people/ada-example/',
        pronouns: 'she',
        age: { kind: 'between', from: 68, to: 69 },
        identities: [{ countryId: 'country-kz', code: 'KZ', demonym: 'Kazakh', note: null }],
        roles: ['President'],
        portrait: person.portrait,
        labels: {
          name: 'Name?',
          identity: 'Westphalian identity?',
          age: 'Age?',
          'in-the-news': 'Why is she in the news?',
          'we-care': 'Why do we care?',
          'you-should-care': 'Why should you care?',
          'who-else-cares': 'Who else cares?',
          'further-comments': 'Any further comments?',
        },
        byline: [
          {
            kind: 'team',
            id: 'team-desk',
            name: 'The Desk',
            description: null,
            note: 'a small group of journalists',
          },
          { kind: 'author', id: 'author-b', name: 'Ben', description: 'Writes.', note: null },
        ],
        countries: [{ id: 'country-kz', code: 'KZ', name: 'Kazakhstan' }],
        topics: [{ id: 'topic-grain', slug: 'grain', title: 'Grain' }],
        publishedAt: '2026-11-24T07:00:00.000Z',
        modifiedAt: '2026-11-24T07:00:00.000Z',
        related: [],
        translations: [],
        mentioned: new Map(),
      },
      warnings: [],
    });
  });

  it('prints its own pronouns, portrait, identities and age where it overrides', () => {
    const { verdict } = resolved({
      briefing: {
        pronouns: 'they',
        age: { value: 70, reason: 'as printed' },
        identities: [
          { country: reference('country-kz'), demonym: 'Kazakhstani', note: 'as printed' },
        ],
        portrait: { alt: 'Another drawing' },
      },
    });
    expect(verdict).toMatchObject({
      value: {
        pronouns: 'they',
        labels: { 'in-the-news': 'Why are they in the news?' },
        age: { kind: 'override', years: 70, computed: { kind: 'between', from: 68, to: 69 } },
        identities: [{ code: 'KZ', demonym: 'Kazakhstani', note: 'as printed' }],
        portrait: { alt: 'Another drawing' },
      },
    });
  });

  it('names things in its own language, and says of a fallback which language it is in', () => {
    const { verdict } = resolved({
      briefing: {
        language: 'ru',
        topics: [reference('topic-grain')],
        identities: [{ country: reference('country-kz'), demonym: 'казах' }],
      },
      person: { nameInOtherLanguages: [{ language: 'ru', text: 'Ада' }] },
      country: { nameInOtherLanguages: [{ language: 'ru', text: 'Казахстан' }] },
    });
    expect(verdict).toMatchObject({
      value: {
        personName: 'Ада',
        identities: [{ demonym: 'казах' }],
        countries: [{ name: 'Казахстан' }],
        topics: [{ title: 'Grain', textLanguage: 'en' }],
        byline: [{ name: 'The Desk', textLanguage: 'en' }],
      },
    });
    if (!verdict.ok) return;
    expect(verdict.value).not.toHaveProperty('personNameLanguage');
    expect(verdict.value.countries[0]).not.toHaveProperty('textLanguage');
    expect(verdict.value.identities[0]).not.toHaveProperty('textLanguage');
  });

  it('says of a person’s own words that they are in the publication’s language', () => {
    const { verdict } = resolved({
      briefing: { language: 'ar' },
      person: { identities: [{ country: reference('country-kz'), demonym: 'of the steppe' }] },
    });
    expect(verdict).toMatchObject({
      value: {
        personNameLanguage: 'en',
        identities: [{ demonym: 'of the steppe', textLanguage: 'en' }],
        countries: [{ name: 'Kazakhstan', textLanguage: 'en' }],
      },
    });
  });

  it.each<[story: string, briefing: Fields, modifiedAt: string]>([
    ['nothing', {}, '2026-11-24T07:00:00.000Z'],
    [
      'corrections, in any order',
      {
        corrections: [correction('2026-11-27T09:00:00Z'), correction('2026-11-25T09:00:00Z')],
      },
      '2026-11-27T09:00:00.000Z',
    ],
    [
      'a retraction',
      {
        corrections: [correction('2026-11-25T09:00:00Z')],
        retraction: { at: '2026-12-01T09:00:00Z', reason: 'It was wrong.' },
      },
      '2026-12-01T09:00:00.000Z',
    ],
    [
      'a correction from before it was published',
      { corrections: [correction('2026-11-20T09:00:00Z')] },
      '2026-11-24T07:00:00.000Z',
    ],
  ])('was last modified by %s', (_, briefing, modifiedAt) => {
    expect(resolved({ briefing }).verdict).toMatchObject({ value: { modifiedAt } });
  });

  it('is told which documents are missing (F18), all at once, at the fields that point to them', () => {
    const briefing = {
      countries: [reference('country-kz'), reference('country-x')],
      topics: [reference('topic-x')],
      byline: [{ contributor: reference('team-desk') }, { contributor: reference('author-x') }],
      identities: [{ country: reference('country-y') }],
    };
    expect(told(resolved({ briefing }).verdict)).toEqual([
      'error reference-missing countries[1]',
      'error reference-missing topics[0]',
      'error reference-missing byline[1].contributor',
      'error reference-missing identities[0].country',
    ]);
    expect(told(resolved({ briefing: { person: reference('person-x') } }).verdict)).toEqual([
      'error reference-missing person',
    ]);
  });

  it('tells what its person points to at the person', () => {
    const { verdict } = resolved({ person: { identities: [{ country: reference('country-x') }] } });
    expect(problemsIn(verdict)).toEqual([
      {
        code: 'reference-missing',
        path: 'person',
        severity: 'error',
        message: 'The country “country-x” is not published, or cannot be published as it is.',
        fix: 'Open the country, mend what is told there and publish it, or choose another.',
      },
    ]);
  });

  it('is published without portrait and identity, with a warning for each', () => {
    const { verdict } = resolved({ person: { portrait: undefined, identities: [] } });
    expect(verdict.ok).toBe(true);
    expect(told(verdict)).toEqual([
      'warning recommended portrait',
      'warning recommended identities',
    ]);
  });

  it('is one line of a list', () => {
    const { verdict } = resolved({
      briefing: { retraction: { at: '2026-12-01T09:00:00Z', reason: 'It was wrong.' } },
    });
    if (!verdict.ok) throw new Error('expected a briefing');
    expect(cardOf(verdict.value, '/briefings/a-summit-in-the-steppe/')).toEqual({
      id: 'briefing-a',
      path: '/briefings/a-summit-in-the-steppe/',
      language: 'en',
      date: '2026-11-24',
      headline: 'A summit in the steppe',
      summary: 'A summit was held.',
      personId: 'person-a',
      personName: 'Ada Example',
      score: 7,
      retracted: true,
      publishedAt: '2026-11-24T07:00:00.000Z',
      modifiedAt: '2026-12-01T09:00:00.000Z',
    });
  });
});

describe('the references of a document', () => {
  it('are all there, in order, weak and strong', () => {
    const mention = (id: string) =>
      marked('x', ['r'], [{ _key: 'r', _type: 'briefingReference', reference: reference(id) }]);
    const document = briefingDocument({
      translationOf: reference('briefing-original'),
      identities: [{ country: reference('country-su') }],
      whyInTheNews: [paragraph('p', 'words'), mention('briefing-b')],
      furtherComments: [mention('briefing-c')],
      topics: [reference('topic-grain')],
      related: [reference('briefing-d')],
    });
    expect(lines(parsed('briefing', document))).toEqual([
      'weak briefing-original at translationOf',
      'strong person-a at person',
      'strong country-su at identities[0].country',
      'weak briefing-b at whyInTheNews[_key=="m"].markDefs[_key=="r"].reference',
      'weak briefing-c at furtherComments[_key=="m"].markDefs[_key=="r"].reference',
      'strong country-kz at countries[0]',
      'strong topic-grain at topics[0]',
      'strong team-desk at byline[0].contributor',
      'weak briefing-d at related[0]',
    ]);
  });

  it('of the other types', () => {
    expect([
      lines(parsed('person', personDocument({ mergedInto: reference('person-b') }))),
      lines(parsed('team', teamDocument({ mergedInto: reference('team-b') }))),
      lines(parsed('author', author)),
      lines(parsed('topic', topic)),
      lines(parsed('country', countryDocument())),
      lines(
        parsed('redirect', { _id: 'redirect-b', _type: 'redirect', from: 'b', to: reference('c') }),
      ),
      lines(parsed('siteSettings', settingsDocument({ defaultTeam: reference('team-desk') }))),
    ]).toEqual([
      ['strong country-kz at identities[0].country', 'weak person-b at mergedInto'],
      ['weak team-b at mergedInto'],
      [],
      [],
      [],
      ['weak c at to'],
      ['strong team-desk at defaultTeam'],
    ]);
  });
});

function lines(document: Parameters<typeof referencesOf>[0]): string[] {
  return referencesOf(document).map(
    ({ id, weak, path }) => `${weak ? 'weak' : 'strong'} ${id} at ${path}`,
  );
}

function correction(at: string): Fields {
  return { at, kind: 'correction', text: 'It was ten tonnes.' };
}

/** The sample briefing with some fields changed, among the documents it needs. */
function resolved(fields: { briefing?: Fields; person?: Fields; country?: Fields }) {
  const briefing = parsed('briefing', briefingDocument(fields.briefing));
  const person = parsed('person', personDocument(fields.person));
  const references: References = {
    people: byId(person),
    countries: byId(parsed('country', countryDocument(fields.country))),
    teams: byId(parsed('team', teamDocument())),
    authors: byId(parsed('author', author)),
    topics: byId(parsed('topic', topic)),
  };
  const settings = parsed('siteSettings', settingsDocument());
  const verdict = resolveBriefing({ briefing, references, history, settings });
  return { briefing, person, verdict };
}

function byId<Document extends { readonly id: string }>(document: Document) {
  return new Map([[document.id, document]]);
}
