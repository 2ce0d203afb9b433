import { parseDocument } from '../../src/briefing/parse.ts';
import type { DocumentType, PublishedDocument } from '../../src/briefing/model.ts';
import { cardOf, resolveBriefing } from '../../src/briefing/resolve.ts';
import type { Publication } from '../../src/briefing/resolved.ts';
import { briefingJson } from '../../src/feed/briefing-json.ts';
import { feeds } from '../../src/feed/feeds.ts';
import { monthJson } from '../../src/feed/month-json.ts';
import { personJson } from '../../src/feed/person-json.ts';
import { monthPage } from '../../src/render/archive-pages.tsx';
import { briefingPage } from '../../src/render/briefing-page.tsx';
import { homePage } from '../../src/render/home-page.tsx';
import { personPage } from '../../src/render/person-page.tsx';
import { briefingPath, personPath } from '../../src/site/paths.ts';
import { type PublicObject, stampBody } from '../../src/site/public-object.ts';
import { lintBriefing } from '../../src/text/lint/lint-briefing.ts';
import { lintPersonOf } from '../../src/text/lint/manuscript.ts';
import { briefingMarkdown } from '../../src/text/markdown.ts';
import { briefingText } from '../../src/text/print.ts';
import {
  briefingDocument,
  countryDocument,
  personDocument,
  reference,
  settingsDocument,
  teamDocument,
} from '../briefing/sample.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The documents of one page, each with nothing wrong and little in it. */
const little: readonly Fields[] = [
  briefingDocument({
    byline: ['team-desk', 'author-a'].map((id) => ({ _key: id, contributor: reference(id) })),
    topics: [{ ...reference('topic-a'), _key: 'topic' }],
  }),
  personDocument(),
  countryDocument(),
  teamDocument(),
  { _id: 'author-a', _type: 'author', name: 'An Author' },
  { _id: 'topic-a', _type: 'topic', title: 'Grain', slug: { _type: 'slug', current: 'grain' } },
  settingsDocument(),
];

/** What became of a document: enough to see that the work was done. */
export interface Done {
  readonly isPublished: boolean;
  readonly bytes: number;
  readonly findings: number;
}

/**
 * All that an edit of a document can set in motion, once: it is judged, joined, drawn in every form there is
 * with each link looked up, and read by the writing aids. Of a document that is refused the last part alone
 * is left, and the page is drawn as it was.
 */
export function everythingOf(edited: Fields): Done {
  const verdict = parseDocument(edited);
  const documents = [...little.map(parsed), ...(verdict.ok ? [verdict.value] : [])];
  const of = <Type extends DocumentType>(type: Type) => last(type, documents);
  const [briefing, person, settings] = [of('briefing'), of('person'), of('siteSettings')];
  const publication: Publication = {
    settings,
    baseUrl: 'https://short-answer.example',
    tagAuthority: 'short-answer.example,2026',
  };
  const { slug, language } = briefing;
  const path = briefingPath({ slug, language, publicationLanguage: settings.language });
  const pathOfPerson = personPath(person.slug);
  const joined = resolveBriefing({
    briefing,
    settings,
    references: {
      people: byId(person),
      countries: byId(of('country')),
      teams: byId(of('team')),
      authors: byId(of('author')),
      topics: byId(of('topic')),
    },
    history: {
      publishedAt: '2026-11-24T08:00:00.000Z',
      related: [],
      translations: [],
      mentioned: new Map(briefing.mentionedIds.map((id) => [id, `/briefings/${id}/`])),
      personPath: pathOfPerson,
    },
  });
  if (!joined.ok) throw new Error(JSON.stringify(joined.problems.slice(0, 5)));
  const resolved = joined.value;
  const card = cardOf(resolved, path);
  const item = { resolved, path };
  const month = { month: card.date.slice(0, 7), newer: null, older: null };
  const objects: readonly PublicObject[] = [
    briefingPage(resolved, path, publication),
    briefingText(resolved, path, publication),
    briefingMarkdown(resolved, path, publication),
    briefingJson(resolved, path, publication),
    ...feeds({ items: [item], olderMonth: null }, publication),
    homePage({ newest: item, latest: [card], months: [] }, publication),
    monthPage({ ...month, cards: [card] }, publication),
    monthJson({ ...month, cards: [card] }, publication),
    personPage(
      {
        person,
        path: pathOfPerson,
        years: [2026],
        year: 2026,
        cards: [card],
        isLatest: true,
        paths: () => pathOfPerson,
      },
      publication,
    ),
    personJson({ person, path: pathOfPerson, years: [2026] }, publication),
  ];
  const bytes = objects.reduce((sum, object) => sum + stampBody(object, '7.x').length, 0);
  const findings = lintBriefing({
    document: edited['_type'] === 'briefing' ? edited : little[0],
    person: lintPersonOf(edited['_type'] === 'person' ? edited : little[1]),
  });
  return { isPublished: verdict.ok, bytes, findings: findings.length };
}

function parsed(document: Fields): PublishedDocument {
  const verdict = parseDocument(document);
  if (!verdict.ok) throw new Error(JSON.stringify(verdict.problems));
  return verdict.value;
}

function last<Type extends DocumentType>(
  type: Type,
  documents: readonly PublishedDocument[],
): Extract<PublishedDocument, { type: Type }> {
  const found = documents.findLast((document) => isOfType(document, type));
  if (found === undefined || !isOfType(found, type)) throw new Error(`No ${type} among them`);
  return found;
}

function isOfType<Type extends DocumentType>(
  document: PublishedDocument,
  type: Type,
): document is Extract<PublishedDocument, { type: Type }> {
  return document.type === type;
}

function byId<Value extends { readonly id: string }>(document: Value): ReadonlyMap<string, Value> {
  return new Map([[document.id, document]]);
}
