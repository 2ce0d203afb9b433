import type { Path } from '../../src/briefing/resolved.ts';
import { briefingJson } from '../../src/feed/briefing-json.ts';
import { changesChunk, changesHead } from '../../src/feed/changes-json.ts';
import { feedMonth, feeds } from '../../src/feed/feeds.ts';
import { goneJson, movedJson } from '../../src/feed/gone-json.ts';
import { indexJson } from '../../src/feed/index-json.ts';
import { monthJson } from '../../src/feed/month-json.ts';
import { personJson, personYearJson } from '../../src/feed/person-json.ts';
import { schemaObjects } from '../../src/feed/schemas.ts';
import { sitemapIndex, sitemapYear } from '../../src/feed/sitemap.ts';
import { archivePage, monthPage } from '../../src/render/archive-pages.tsx';
import { briefingPage } from '../../src/render/briefing-page.tsx';
import { homePage } from '../../src/render/home-page.tsx';
import { gonePage, movedPage, notFoundPage } from '../../src/render/message-pages.tsx';
import { personPage } from '../../src/render/person-page.tsx';
import { personPath, personYearPath, v1 } from '../../src/site/paths.ts';
import type { PublicObject } from '../../src/site/public-object.ts';
import { briefingMarkdown } from '../../src/text/markdown.ts';
import { briefingText } from '../../src/text/print.ts';
import { type PageFixture, pageNumbered, pages, personWithId, publication } from './pages.ts';

/** What a numbered briefing becomes: its page and its twins. */
export function objectsOf({ resolved, path }: PageFixture): readonly PublicObject[] {
  return [
    briefingPage(resolved, path, publication),
    briefingText(resolved, path, publication),
    briefingMarkdown(resolved, path, publication),
    briefingJson(resolved, path, publication),
  ];
}

const cards = pages
  .map(({ card }) => card)
  .toSorted((one, other) => (one.date < other.date ? 1 : one.date > other.date ? -1 : 0));
const months = ['2026-11', '2026-10', '2026-09', '2026-06', '2025-12'];
const oksana = personWithId('person-oksana');
const atHerAddress = (year: number): Path =>
  year === 2026 ? personPath(oksana.slug) : personYearPath(oksana.slug, year);
const aboutHer = cards.filter(({ personId }) => personId === oksana.id);
const at = '2026-11-23T18:00:00.000Z';

/** The pages of the site beside the briefings, by the name of their fixture. */
export const sitePages: Readonly<Record<string, PublicObject>> = {
  '101-home': homePage({ newest: pageNumbered(1), latest: cards, months }, publication),
  '102-home-of-nothing': homePage({ newest: null, latest: [], months: [] }, publication),
  '103-home-in-arabic': homePage(
    { newest: pageNumbered(6), latest: cards.slice(0, 1), months: ['2026-06'] },
    publication,
  ),
  '104-archive': archivePage({ months }, publication),
  '105-archive-of-nothing': archivePage({ months: [] }, publication),
  '106-month': monthPage(
    { month: '2026-11', cards, newer: '2026-12', older: '2026-10' },
    publication,
  ),
  '107-person': personPage(
    {
      person: oksana,
      path: personPath(oksana.slug),
      years: [2026, 2025],
      year: 2026,
      cards: aboutHer,
      isLatest: true,
      paths: atHerAddress,
    },
    publication,
  ),
  '108-person-earlier': personPage(
    {
      person: oksana,
      path: personYearPath(oksana.slug, 2025),
      years: [2026, 2025],
      year: 2025,
      cards: aboutHer,
      isLatest: false,
      paths: atHerAddress,
    },
    publication,
  ),
  '109-organisation': personPage(
    {
      person: personWithId('person-river-council'),
      path: '/people/council-of-the-lower-river/',
      years: [2026],
      year: 2026,
      cards: cards.slice(0, 1),
      isLatest: true,
      paths: () => '/people/council-of-the-lower-river/',
    },
    publication,
  ),
  '110-hostile-person': personPage(
    {
      person: personWithId('person-hostile'),
      path: '/people/hostile/',
      years: [2026],
      year: 2026,
      cards: [pageNumbered(10).card],
      isLatest: true,
      paths: () => '/people/hostile/',
    },
    publication,
  ),
  '111-not-found': notFoundPage(publication),
  '112-gone': gonePage({ path: '/briefings/gone/', releasedAt: { release: 41, at } }, publication),
  '113-moved': movedPage({ path: '/briefings/moved/', location: '/briefings/keys/' }, publication),
};

const items = [
  pageNumbered(1),
  pageNumbered(3),
  pageNumbered(4),
  pageNumbered(6),
  pageNumbered(10),
];
const entry = {
  id: 'briefing-gauge',
  address: pageNumbered(1).path,
  contentHash: 'ab12',
  release: 7,
};

/** Feeds, sitemaps and the contract's lists, by the name of their fixture. */
export const siteData: Readonly<Record<string, PublicObject>> = Object.fromEntries(
  [
    ...feeds({ items, olderMonth: '2026-10' }, publication),
    ...feedMonth(
      { month: '2026-10', items: [pageNumbered(3)], olderMonth: '2026-09' },
      publication,
    ),
    sitemapIndex({ years: [2026, 2025] }, publication),
    sitemapYear({ year: 2026, lines: cards }, publication),
    indexJson({ latest: cards, months }, publication),
    monthJson({ month: '2026-11', cards, newer: null, older: '2026-10' }, publication),
    personJson({ person: oksana, path: personPath(oksana.slug), years: [2026, 2025] }, publication),
    personJson(
      { person: personWithId('person-hostile'), path: '/people/hostile/', years: [2026] },
      publication,
    ),
    personYearJson({ person: oksana, year: 2026, cards: aboutHer }, publication),
    changesHead(
      {
        entries: [
          { ...entry, seq: 101, kind: 'published' },
          { ...entry, seq: 102, kind: 'corrected' },
        ],
        previous: 1,
      },
      publication,
    ),
    changesChunk(
      { number: 1, entries: [{ ...entry, seq: 1, kind: 'removed' }], previous: null },
      publication,
    ),
    goneJson(
      { path: v1.briefing('gone'), id: 'gone', release: 41, at, movedTo: '/briefings/keys/' },
      publication,
    ),
    movedJson(
      { path: v1.person('twin'), id: 'twin', release: 42, at, location: v1.person(oksana.id) },
      publication,
    ),
    ...schemaObjects(publication),
  ].map((object) => [object.path, object]),
);

/** Every object there is in these fixtures. */
export const everyObject: readonly PublicObject[] = [
  ...pages.flatMap(objectsOf),
  ...Object.values(sitePages),
  ...Object.values(siteData),
];
