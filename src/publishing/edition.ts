import { briefingJson } from '../feed/briefing-json.ts';
import { changesChunk, changesHead } from '../feed/changes-json.ts';
import { feedMonth, feeds } from '../feed/feeds.ts';
import { goneJson, movedJson } from '../feed/gone-json.ts';
import { indexJson } from '../feed/index-json.ts';
import { monthJson } from '../feed/month-json.ts';
import { personJson, personYearJson } from '../feed/person-json.ts';
import { schemaObjects } from '../feed/schemas.ts';
import { sitemapIndex, sitemapYear } from '../feed/sitemap.ts';
import { archivePage, monthPage } from '../render/archive-pages.tsx';
import { briefingPage } from '../render/briefing-page.tsx';
import { homePage } from '../render/home-page.tsx';
import { gonePage, movedPage, notFoundPage } from '../render/message-pages.tsx';
import { personPage } from '../render/person-page.tsx';
import { briefingMarkdown } from '../text/markdown.ts';
import { briefingText } from '../text/print.ts';
import type { Path } from '../briefing/resolved.ts';
import type { Availability } from '../render/surface.ts';
import type { PersonInput, Renderers } from './renderers.ts';

/** Derivatives of pictures are not stored yet, so nothing may point at one. */
const available: Availability = () => false;

/** The product's renderers: every public object as readers and embedders get it. */
export const edition: Renderers = {
  briefing: ({ resolved, path, publication }) => [
    briefingPage(resolved, path, publication, available),
    briefingText(resolved, path, publication),
    briefingMarkdown(resolved, path, publication, available),
    briefingJson(resolved, path, publication, available),
  ],
  site: ({ latest, months, newestClosed, publication }) => {
    const [newest] = latest;
    const cards = latest.map(({ card }) => card);
    const items = latest.map(({ card, resolved }) => ({ path: card.path, resolved }));
    const years = [...new Set(months.map((month) => Number(month.slice(0, 4))))];
    return [
      homePage(
        {
          newest:
            newest === undefined ? null : { resolved: newest.resolved, path: newest.card.path },
          latest: cards,
          months,
        },
        publication,
        available,
      ),
      archivePage({ months }, publication),
      indexJson({ latest: cards, months }, publication),
      ...feeds({ items, olderMonth: newestClosed }, publication, available),
      sitemapIndex({ years }, publication),
    ];
  },
  fixed: (publication) => [notFoundPage(publication), ...schemaObjects(publication)],
  month: ({ month, cards, newer, older, publication }) => [
    monthPage({ month, cards, newer, older }, publication),
    monthJson({ month, cards, newer, older }, publication),
  ],
  feedMonth: ({ month, items, older, publication }) =>
    feedMonth({ month, items, olderMonth: older }, publication, available),
  sitemapYear: ({ year, lines, publication }) => [
    sitemapYear({ year: Number(year), lines }, publication),
  ],
  person: (input) => personObjects(input),
  changesHead: ({ entries, previous, publication }) =>
    changesHead({ entries, previous }, publication),
  changesChunk: ({ number, entries, previous, publication }) =>
    changesChunk({ number, entries, previous }, publication),
  moved: ({ path, location, id, gone, publication }) =>
    path.startsWith('/v1/')
      ? movedJson(
          { path, location, id, release: gone?.release ?? null, at: gone?.at ?? null },
          publication,
        )
      : movedPage({ path, location }, publication),
  gone: ({ path, id, gone, movedTo, publication }) =>
    path.startsWith('/v1/')
      ? goneJson(
          { path, id, release: gone?.release ?? null, at: gone?.at ?? null, movedTo },
          publication,
        )
      : gonePage({ path, releasedAt: gone }, publication),
};

function personObjects({ person, path, years, cards, publication }: PersonInput) {
  const numbers = years.map(Number);
  const [latest] = years;
  const yearPath = (year: number): Path => (String(year) === latest ? path : `${path}${year}/`);
  return [
    ...cards.map(({ year, cards: ofYear }) =>
      personPage(
        {
          person,
          path: yearPath(Number(year)),
          years: numbers,
          year: Number(year),
          cards: ofYear,
          isLatest: year === latest,
          paths: yearPath,
        },
        publication,
        available,
      ),
    ),
    personJson({ person, path, years: numbers }, publication),
    ...cards.map(({ year, cards: ofYear }) =>
      personYearJson({ person, year: Number(year), cards: ofYear }, publication),
    ),
  ];
}
