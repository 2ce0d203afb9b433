import type { CivilMonth } from '../briefing/model.ts';
import type { Card, Publication } from '../briefing/resolved.ts';
import { publicationSurface } from '../render/surface.ts';
import { cacheTags } from '../site/cache-tags.ts';
import { absolute, feedPaths, homePath, monthPath, sitemapPath, v1 } from '../site/paths.ts';
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
  const surface = publicationSurface(publication);
  return contractObject(
    'index',
    { path: v1.index, cache: 'list', tags: [cacheTags.index] },
    {
      type: 'index',
      name: settings.name,
      description: settings.description,
      language: settings.language,
      url: absolute(baseUrl, homePath),
      licence: settings.licence && {
        name: settings.licence.name,
        url: settings.licence.url === null ? null : surface.typedLink(settings.licence.url),
      },
      attribution: settings.attribution,
      latest: latest.map((card) => cardJson(card, publication)),
      months: months.map((month) => ({
        month,
        url: absolute(baseUrl, monthPath(month)),
        jsonUrl: absolute(baseUrl, v1.month(month)),
      })),
      endpoints: {
        changesUrl: absolute(baseUrl, v1.changesHead),
        jsonFeedUrl: absolute(baseUrl, feedPaths.json),
        rssUrl: absolute(baseUrl, feedPaths.rss),
        atomUrl: absolute(baseUrl, feedPaths.atom),
        sitemapUrl: absolute(baseUrl, sitemapPath),
        briefing: absolute(baseUrl, v1.briefing('{id}')),
        person: absolute(baseUrl, v1.person('{id}')),
        personYear: absolute(baseUrl, `/v1/people/{id}/{year}.json`),
        month: absolute(baseUrl, v1.month('{month}')),
      },
    },
    publication,
  );
}
