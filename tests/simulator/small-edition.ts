import type { Path } from '../../src/briefing/resolved.ts';
import type { Renderers } from '../../src/publishing/renderers.ts';
import {
  archivePath,
  feedMonthPaths,
  feedPaths,
  homePath,
  monthPath,
  notFoundPath,
  sitemapPath,
  sitemapYearPath,
  v1,
} from '../../src/site/paths.ts';
import { stampMarker, type CacheClass, type PublicObject } from '../../src/site/public-object.ts';

/**
 * Renderers with the addresses and links of the product's and hardly any markup, so that thousands
 * of histories fit into a minute. Every tenth history runs with the product's own.
 */
export const smallEdition: Renderers = {
  briefing: ({ resolved, path, publication }) => {
    const { briefing, personPath, personName, related, translations, mentioned, identities } =
      resolved;
    const facts = [
      `rev="${briefing.id} ${briefing.rev}"`,
      briefing.headline,
      personName,
      publication.settings.name,
      identities.map(({ demonym }) => demonym).join(),
      resolved.publishedAt,
      related.map(({ headline }) => headline).join(),
    ].join(' ');
    const links = [
      homePath,
      ...(personPath === null ? [] : [personPath]),
      ...[...related, ...translations].map((each) => each.path),
      ...mentioned.values(),
    ];
    const tags = [`briefing-${briefing.id}`];
    const cache: CacheClass = briefing.retraction === null ? 'page' : 'short';
    return [
      page(path, facts, [v1.briefing(briefing.id), `${path}index.txt`, ...links], { tags, cache }),
      page(`${path}index.txt`, facts, [], { tags, cache }),
      page(v1.briefing(briefing.id), facts, [path, ...links], { tags, cache }),
    ];
  },
  site: ({ latest, months, newestClosed }) => {
    const facts = latest.map(({ card }) => `${card.id} ${card.headline} ${card.personName}`).join();
    const links = latest.map(({ card }) => card.path);
    const contents = latest.map(({ resolved }) => resolved.briefing.rev).join();
    const older = newestClosed === null ? [] : [feedMonthPaths(newestClosed).json];
    return [
      page(homePath, facts, [
        ...links,
        archivePath,
        feedPaths.json,
        sitemapPath,
        v1.index,
        v1.changesHead,
      ]),
      page(archivePath, '', months.map(monthPath)),
      page(v1.index, facts, [...links, ...months.map((month) => v1.month(month))]),
      page(feedPaths.json, contents, [...links, ...older]),
      page(
        sitemapPath,
        '',
        [...new Set(months.map((month) => Number(month.slice(0, 4))))].map(sitemapYearPath),
      ),
    ];
  },
  fixed: ({ settings }) => [page(notFoundPath, settings.name, [homePath])],
  month: ({ month, cards, newer, older }) => {
    const facts = cards.map((card) => `${card.headline} ${card.personName}`).join();
    const around = [newer, older].filter((each) => each !== null);
    return [
      page(monthPath(month), facts, [...cards.map((card) => card.path), ...around.map(monthPath)]),
      page(
        v1.month(month),
        facts,
        cards.map((card) => v1.briefing(card.id)),
      ),
    ];
  },
  feedMonth: ({ month, items, older }) => [
    page(feedMonthPaths(month).json, items.map(({ resolved }) => resolved.briefing.rev).join(), [
      ...items.map(({ path }) => path),
      ...(older === null ? [] : [feedMonthPaths(older).json]),
    ]),
  ],
  sitemapYear: ({ year, lines }) => [
    page(
      sitemapYearPath(Number(year)),
      '',
      lines.map(({ path }) => path),
    ),
  ],
  person: ({ person, path, years, cards }) => {
    const [latest] = years;
    const at = (year: string): Path => (year === latest ? path : `${path}${year}/`);
    return [
      ...cards.map((each) =>
        page(
          at(each.year),
          `${person.name.text} ${each.cards.map(({ headline }) => headline).join()}`,
          [...each.cards.map((card) => card.path), ...years.map(at), v1.person(person.id)],
        ),
      ),
      page(
        v1.person(person.id),
        person.name.text,
        years.map((year) => v1.personYear(person.id, Number(year))),
      ),
      ...cards.map((each) =>
        page(
          v1.personYear(person.id, Number(each.year)),
          each.cards.map(({ headline }) => headline).join(),
          each.cards.map((card) => card.path),
        ),
      ),
    ];
  },
  changesHead: ({ entries, previous }) =>
    page(
      v1.changesHead,
      JSON.stringify(entries).replaceAll('"', "'"),
      previous === null ? [] : [v1.changes(previous)],
    ),
  changesChunk: ({ number, entries, previous }) =>
    page(
      v1.changes(number),
      JSON.stringify(entries).replaceAll('"', "'"),
      previous === null ? [] : [v1.changes(previous)],
    ),
  moved: ({ path, location }) => ({
    ...page(path, 'moved', []),
    status: 301,
    location,
    leadsTo: [location],
    cache: 'short',
  }),
  gone: ({ path, gone, movedTo }) => ({
    ...page(
      path,
      `gone ${gone?.release ?? ''} ${gone?.at ?? ''}`,
      movedTo === null ? [homePath] : [movedTo],
    ),
    status: 410,
    cache: 'short',
  }),
};

function page(
  path: Path,
  facts: string,
  links: readonly Path[],
  {
    tags = [],
    cache = 'page',
  }: { readonly tags?: readonly string[]; readonly cache?: CacheClass } = {},
): PublicObject {
  const anchors = links.map((link) => `<a href="${link}">`).join('');
  return {
    path,
    status: 200,
    contentType: 'text/html; charset=utf-8',
    cache,
    tags,
    leadsTo: [...new Set(links)],
    body: `<i release="${stampMarker}"><b ${facts}>${anchors}`,
  };
}
