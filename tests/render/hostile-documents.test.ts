import { describe, expect, test } from 'vitest';
import type {
  Briefing,
  DocumentId,
  DocumentType,
  PublishedDocument,
} from '../../src/briefing/model.ts';
import { parseDocument } from '../../src/briefing/parse.ts';
import { cardOf, resolveBriefing } from '../../src/briefing/resolve.ts';
import type {
  Path,
  Publication,
  References,
  ResolvedBriefing,
} from '../../src/briefing/resolved.ts';
import { briefingJson } from '../../src/feed/briefing-json.ts';
import { feeds } from '../../src/feed/feeds.ts';
import { personJson } from '../../src/feed/person-json.ts';
import { monthPage } from '../../src/render/archive-pages.tsx';
import { briefingPage } from '../../src/render/briefing-page.tsx';
import { homePage } from '../../src/render/home-page.tsx';
import { personPage } from '../../src/render/person-page.tsx';
import { briefingPath, objectKey, personPath } from '../../src/site/paths.ts';
import { type PublicObject, stampBody } from '../../src/site/public-object.ts';
import { briefingMarkdown } from '../../src/text/markdown.ts';
import { briefingText } from '../../src/text/print.ts';
import { hostileDocuments, soundDocuments } from '../briefing/hostile.ts';
import { linksRead } from '../site/links-read.ts';
import { allowedAttributes, allowedElements } from './closed-set.ts';
import { htmlIn } from './html-in-json.ts';
import { attributeOf, type Element, readFragment, readPage } from './html.ts';
import { publication as harmless } from './pages.ts';

/*
 * The documents nobody meant to write, those that the door let in, all the way to the bytes: what
 * an independent parser finds in any output is of our closed set (F56–F61).
 */
const read = [...hostileDocuments(20261124, 5_000), ...soundDocuments(7, 1_000)].flatMap(
  (document) => {
    const verdict = parseDocument(document);
    return verdict.ok ? [verdict.value] : [];
  },
);
const people = ofType('person');
const settings = ofType('siteSettings');
const resolved = ofType('briefing').flatMap((briefing, index) => joined(briefing, index));

describe(
  '5,000 hostile documents and 1,000 sound ones with hostile texts',
  { timeout: 120_000 },
  () => {
    test('enough of them get as far as a page', () => {
      console.log(`pages ${resolved.length}, people ${people.length}, settings ${settings.length}`);
      expect(resolved.length).toBeGreaterThan(300);
      expect(people.length).toBeGreaterThan(100);
      expect(settings.length).toBeGreaterThan(50);
    });

    test('the guard can fail: active content planted in any format is found', () => {
      const [each] = resolved;
      if (!each) throw new Error('No briefing got as far as a page');
      const path = addressOf(each);
      const plant = (object: PublicObject, place: string, active: string): PublicObject => ({
        ...object,
        body: object.body.replace(place, active + place),
      });
      const [, rss] = feeds({ items: [{ resolved: each, path }], olderMonth: null }, harmless);
      const page = briefingPage(each, path, harmless);
      const planted = [
        plant(page, '</main>', '<script>alert(1)</script>'),
        plant(page, '</main>', '<p onclick="alert(1)">x</p>'),
        plant(page, '</main>', '<a href="javascript:alert(1)">x</a>'),
        plant(page, '</main>', '<p>x</div>'),
        plant(page, '</main>', '<a href="/elsewhere/">x</a>'),
        { ...page, leadsTo: page.leadsTo.slice(1) },
        { ...page, leadsTo: [...page.leadsTo, '/elsewhere/' as const] },
        plant(briefingMarkdown(each, path, harmless), '## Name?', '<img src=x>\n\n'),
        plant(briefingJson(each, path, harmless), '"html":"', '"xhtml":"<svg onload=alert(1)>",'),
        ...(rss
          ? [
              plant(rss, '</channel>', '<script/>'),
              plant(rss, '</channel>', '<link>https://short-answer.example/elsewhere/</link>'),
            ]
          : []),
      ];
      expect(planted.map((object) => faultsOf(object).length > 0)).toEqual(planted.map(() => true));
    });

    test('no page, twin or feed of a briefing holds anything active', () => {
      const faults = resolved.flatMap((each, index) => {
        const path = addressOf(each);
        const publication = publicationOf(index);
        return [
          briefingPage(each, path, publication),
          briefingText(each, path, publication),
          briefingMarkdown(each, path, publication),
          briefingJson(each, path, publication),
          ...(index % 4 === 0
            ? [
                ...feeds({ items: [{ resolved: each, path }], olderMonth: null }, publication),
                homePage({ newest: { resolved: each, path }, latest: [], months: [] }, publication),
              ]
            : []),
        ].flatMap((object) => faultsOf(object));
      });
      expect(faults).toEqual([]);
    });

    test('no list and no page of a person does', () => {
      const cards = resolved.map((each) => cardOf(each, addressOf(each)));
      const month = { month: '2026-11', cards, newer: null, older: null };
      const faults = people.flatMap((person, index) => {
        const path = personPath(person.slug);
        const publication = publicationOf(index);
        const page = {
          person,
          path,
          years: [2026],
          year: 2026,
          cards: [],
          isLatest: true,
          paths: () => path,
        };
        return [
          personPage(page, publication),
          personJson({ person, path, years: [2026] }, publication),
        ].flatMap((object) => faultsOf(object));
      });
      expect([...faults, ...faultsOf(monthPage(month, harmless))]).toEqual([]);
    });
  },
);

function addressOf({ briefing }: ResolvedBriefing): Path {
  return briefingPath({ ...briefing, publicationLanguage: 'en' });
}

/** Every publication has other settings, hostile themselves. */
function publicationOf(index: number): Publication {
  return { ...harmless, settings: settings[index % settings.length] ?? harmless.settings };
}

function faultsOf(object: PublicObject): readonly string[] {
  const body = stampBody(object, '7.x');
  objectKey(object.path);
  for (const link of object.leadsTo) objectKey(link);
  const faults = [...activeIn(object, body), ...untoldIn(object)];
  return faults.map((fault) => `${object.path} (${object.contentType}): ${fault}`);
}

/** Links that no parser finds, and those that whoever drew the object has not told. */
function untoldIn(object: PublicObject): readonly string[] {
  // In plain text an address is text, to a parser.
  if (object.path.endsWith('.txt')) return [];
  const read = linksRead(object, harmless.baseUrl);
  return [
    ...object.leadsTo.filter((link) => !read.includes(link)).map((link) => `${link} only in word`),
    ...read.filter((link) => !object.leadsTo.includes(link)).map((link) => `${link} untold`),
  ];
}

function activeIn(object: PublicObject, body: string): readonly string[] {
  if (object.contentType.startsWith('text/html')) {
    const { errors, elements } = readPage(body);
    return [...errors, ...foreignIn(elements)];
  }
  if (object.contentType.includes('json')) return htmlIn(body).flatMap(faultsOfFragment);
  if (object.contentType.includes('xml')) return activeTags(body);
  if (object.path.endsWith('.md')) {
    return [
      ...body.matchAll(/(?<!\\)<(?!https:\/\/short-answer\.example\/|!-- release )[^\n]*/g),
    ].map(([tag]) => tag);
  }
  return [];
}

function faultsOfFragment(html: string): readonly string[] {
  const { errors, elements } = readFragment(html);
  return [...errors, ...foreignIn(elements)];
}

function foreignIn(elements: readonly Element[]): readonly string[] {
  return elements.flatMap((element) => {
    const href = attributeOf(element, 'href') ?? '#';
    const type =
      element.tagName === 'script' ? attributeOf(element, 'type') : 'application/ld+json';
    return [
      ...(allowedElements.has(element.tagName) ? [] : [`<${element.tagName}>`]),
      ...element.attrs.flatMap(({ name }) => (allowedAttributes.has(name) ? [] : [name])),
      ...(/^(?:#|\/(?!\/)|https?:\/\/|mailto:|tel:)/.test(href) ? [] : [href]),
      ...(type === 'application/ld+json' ? [] : ['script']),
    ];
  });
}

function activeTags(xml: string): readonly string[] {
  return [
    ...xml.matchAll(/<(?:script|img|style|iframe|svg|a|p|b)\b|<!\[CDATA\[|<!(?!-- release )/gi),
  ].map(([tag]) => tag);
}

/** Joined with whatever was read, under the ids that it asks for. */
function joined(briefing: Briefing, index: number): readonly ResolvedBriefing[] {
  const person = people[index % people.length];
  const references: References = {
    people: new Map(person ? [[briefing.personId, person]] : []),
    countries: everyId('country', index),
    teams: everyId('team', index),
    authors: everyId('author', index),
    topics: everyId('topic', index),
  };
  const result = resolveBriefing({
    briefing,
    references,
    history: {
      publishedAt: '2026-11-23T12:00:00.000Z',
      related: [],
      translations: [],
      mentioned: new Map(briefing.mentionedIds.map((id) => [id, '/briefings/keys/'])),
      personPath: person ? personPath(person.slug) : null,
    },
    settings: harmless.settings,
  });
  return result.ok ? [result.value] : [];
}

/** A map that knows every id: each leads to one of the documents that were read. */
function everyId<Type extends DocumentType>(
  type: Type,
  index: number,
): ReadonlyMap<DocumentId, Extract<PublishedDocument, { type: Type }>> {
  const documents = ofType(type);
  const map = new Map<DocumentId, Extract<PublishedDocument, { type: Type }>>();
  map.get = (id) => documents[(index + id.length) % documents.length];
  return map;
}

function ofType<Type extends DocumentType>(
  type: Type,
): readonly Extract<PublishedDocument, { type: Type }>[] {
  return read.filter((document) => isOfType(document, type));
}

function isOfType<Type extends DocumentType>(
  document: PublishedDocument,
  type: Type,
): document is Extract<PublishedDocument, { type: Type }> {
  return document.type === type;
}
