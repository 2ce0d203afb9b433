import type { Instant } from '../briefing/model.ts';
import type { Path, Publication } from '../briefing/resolved.ts';
import { cacheTags } from '../site/cache-tags.ts';
import { contentTypes } from '../site/content-types.ts';
import { drawObject, type OutgoingLinks } from '../site/outgoing-links.ts';
import { sitemapPath, sitemapYearPath } from '../site/paths.ts';
import type { PublicObject } from '../site/public-object.ts';
import { all, element, type Markup, xmlDocument } from './xml.ts';

const namespace = 'http://www.sitemaps.org/schemas/sitemap/0.9';

/** The years that have briefings, each with a sitemap of its own. */
export function sitemapIndex(
  { years }: { readonly years: readonly number[] },
  publication: Publication,
): PublicObject {
  return sitemapObject(publication, sitemapPath, (links) =>
    element(
      'sitemapindex',
      { xmlns: namespace },
      all(
        ...years.map((year) =>
          element('sitemap', {}, element('loc', {}, links.url(sitemapYearPath(year)))),
        ),
      ),
    ),
  );
}

/** The pages of a year; `lastmod` moves with a material change only. */
export function sitemapYear(
  {
    year,
    lines,
  }: {
    readonly year: number;
    readonly lines: readonly { readonly path: Path; readonly modifiedAt: Instant }[];
  },
  publication: Publication,
): PublicObject {
  return sitemapObject(publication, sitemapYearPath(year), (links) =>
    element(
      'urlset',
      { xmlns: namespace },
      all(
        ...lines.map(({ path, modifiedAt }) =>
          element(
            'url',
            {},
            all(element('loc', {}, links.url(path)), element('lastmod', {}, modifiedAt)),
          ),
        ),
      ),
    ),
  );
}

function sitemapObject(
  { baseUrl }: Publication,
  path: Path,
  root: (links: OutgoingLinks) => Markup,
): PublicObject {
  return drawObject(baseUrl, (links) => ({
    path,
    status: 200,
    contentType: contentTypes.sitemap,
    cache: 'list',
    tags: [cacheTags.sitemaps],
    body: xmlDocument(root(links)),
  }));
}
