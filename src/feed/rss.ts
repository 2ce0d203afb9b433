import { cacheTags } from '../site/cache-tags.ts';
import { contentTypes, mediaTypes } from '../site/content-types.ts';
import { drawObject, type OutgoingLinks } from '../site/outgoing-links.ts';
import { feedPaths, homePath } from '../site/paths.ts';
import type { PublicObject } from '../site/public-object.ts';
import type { Feed, FeedEntry } from './feed.ts';
import { rssDate } from './instants.ts';
import { all, element, escapeHtml, type Markup, xmlDocument } from './xml.ts';

/** RSS 2.0 with whole contents, and RFC 5005's links between its pages. */
export function rssFeed(feed: Feed): PublicObject {
  return drawObject(feed.publication.baseUrl, (links) => ({
    path: feed.addresses.path,
    status: 200,
    contentType: contentTypes.rss,
    cache: 'list',
    tags: [cacheTags.feeds],
    body: xmlDocument(
      element(
        'rss',
        {
          version: '2.0',
          'xmlns:atom': 'http://www.w3.org/2005/Atom',
          'xmlns:content': 'http://purl.org/rss/1.0/modules/content/',
          'xmlns:dc': 'http://purl.org/dc/elements/1.1/',
          'xmlns:fh': feed.isArchive ? 'http://purl.org/syndication/history/1.0' : undefined,
        },
        channel(feed, links),
      ),
    ),
  }));
}

function channel(
  { publication, isArchive, updatedAt, entries, addresses }: Feed,
  links: OutgoingLinks,
): Markup {
  const { settings } = publication;
  return element(
    'channel',
    {},
    all(
      element('title', {}, settings.name),
      element('link', {}, links.url(homePath)),
      description(settings.description),
      element('language', {}, settings.language),
      settings.licence ? element('copyright', {}, settings.licence.name) : null,
      element('lastBuildDate', {}, rssDate(updatedAt)),
      element('atom:link', {
        rel: 'self',
        type: mediaTypes.rss,
        href: links.url(addresses.path),
      }),
      addresses.older === null
        ? null
        : element('atom:link', { rel: 'prev-archive', href: links.url(addresses.older) }),
      isArchive ? element('atom:link', { rel: 'current', href: links.url(feedPaths.rss) }) : null,
      isArchive ? element('fh:archive', {}) : null,
      ...entries.map((entry) => item(entry, links)),
    ),
  );
}

function item({ resolved, id, path, html }: FeedEntry, links: OutgoingLinks): Markup {
  const { briefing, byline, topics } = resolved;
  return element(
    'item',
    {},
    all(
      element('title', {}, briefing.headline),
      element('link', {}, links.url(path)),
      element('guid', { isPermaLink: 'false' }, id),
      element('pubDate', {}, rssDate(resolved.publishedAt)),
      ...byline.map(({ name }) => element('dc:creator', {}, name)),
      ...topics.map(({ title }) => element('category', {}, title)),
      briefing.retraction ? null : description(briefing.summary),
      element('content:encoded', {}, links.include(html)),
    ),
  );
}

/** RSS has its descriptions read as HTML, so plain text is written as HTML first, and then as XML. */
function description(text: string): Markup {
  return element('description', {}, escapeHtml(text));
}
