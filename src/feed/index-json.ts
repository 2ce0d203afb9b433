import type { CivilMonth } from '../briefing/model.ts';
import type { Card, Path, Publication } from '../briefing/resolved.ts';
import { publicationSurface } from '../render/surface.ts';
import { cacheTags } from '../site/cache-tags.ts';
import { feedPaths, homePath, monthPath, sitemapPath, v1 } from '../site/paths.ts';
import type { PublicObject } from '../site/public-object.ts';
import { cardJson } from './card-json.ts';
import { contractObject } from './json-object.ts';

/** `/v1/index.json`: the latest briefings, the months that have some, and where everything is. */
export function indexJson(
  {
    latest,
    months,
  }: {
    readonly latest: readonly Card[];
    /** Newest first. */
    readonly months: readonly CivilMonth[];
  },
  publication: Publication,
): PublicObject {
  const { baseUrl, settings } = publication;
  // Not an address: whoever reads puts an id or a month into it.
  const template = (path: Path): string => baseUrl + path;
  return contractObject(
    'index',
    publication,
    { path: v1.index, cache: 'list', tags: [cacheTags.index] },
    (links) => ({
      type: 'index',
      name: settings.name,
      description: settings.description,
      language: settings.language,
      url: links.url(homePath),
      licence: settings.licence && {
        name: settings.licence.name,
        url:
          settings.licence.url === null
            ? null
            : publicationSurface(links, publication).typedLink(settings.licence.url),
      },
      attribution: settings.attribution,
      latest: latest.map((card) => cardJson(card, links)),
      months: months.map((month) => ({
        month,
        url: links.url(monthPath(month)),
        jsonUrl: links.url(v1.month(month)),
      })),
      endpoints: {
        changesUrl: links.url(v1.changesHead),
        jsonFeedUrl: links.url(feedPaths.json),
        rssUrl: links.url(feedPaths.rss),
        atomUrl: links.url(feedPaths.atom),
        sitemapUrl: links.url(sitemapPath),
        briefing: template(v1.briefing('{id}')),
        person: template(v1.person('{id}')),
        personYear: template('/v1/people/{id}/{year}.json'),
        month: template(v1.month('{month}')),
      },
    }),
  );
}
