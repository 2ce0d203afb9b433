import { cacheTags } from '../site/cache-tags.ts';
import { contentTypes, mediaTypes } from '../site/content-types.ts';
import { drawObject, type OutgoingLinks } from '../site/outgoing-links.ts';
import { feedPaths, homePath } from '../site/paths.ts';
import type { PublicObject } from '../site/public-object.ts';
import type { Feed, FeedEntry } from './feed.ts';
import { all, element, type Markup, xmlDocument } from './xml.ts';

/** Atom 1.0 with whole contents, and RFC 5005's links between its pages. */
export function atomFeed(feed: Feed): PublicObject {
  return drawObject(feed.publication.baseUrl, (links) => ({
    path: feed.addresses.path,
    status: 200,
    contentType: contentTypes.atom,
    cache: 'list',
    tags: [cacheTags.feeds],
    body: xmlDocument(
      element(
        'feed',
        {
          xmlns: 'http://www.w3.org/2005/Atom',
          'xmlns:fh': feed.isArchive ? 'http://purl.org/syndication/history/1.0' : undefined,
          'xml:lang': feed.publication.settings.language,
        },
        content(feed, links),
      ),
    ),
  }));
}

function content(
  { publication, isArchive, updatedAt, entries, addresses }: Feed,
  links: OutgoingLinks,
): Markup {
  const { settings, tagAuthority } = publication;
  const self = links.url(addresses.path);
  return all(
    // The archive documents are parts of the one logical feed (RFC 5005), so they share its id.
    element('id', {}, `tag:${tagAuthority}:feed`),
    element('title', {}, settings.name),
    element('subtitle', {}, settings.description),
    element('updated', {}, updatedAt),
    element('author', {}, element('name', {}, settings.name)),
    settings.licence ? element('rights', {}, settings.licence.name) : null,
    element('link', { rel: 'alternate', type: 'text/html', href: links.url(homePath) }),
    element('link', { rel: 'self', type: mediaTypes.atom, href: self }),
    addresses.older === null
      ? null
      : element('link', { rel: 'prev-archive', href: links.url(addresses.older) }),
    isArchive ? element('link', { rel: 'current', href: links.url(feedPaths.atom) }) : null,
    isArchive ? element('fh:archive', {}) : null,
    ...entries.map((each) => entry(each, links)),
  );
}

function entry({ resolved, id, path, html }: FeedEntry, links: OutgoingLinks): Markup {
  const { briefing, byline, topics } = resolved;
  return element(
    'entry',
    { 'xml:lang': briefing.language },
    all(
      element('id', {}, id),
      element('title', {}, briefing.headline),
      element('link', { rel: 'alternate', type: 'text/html', href: links.url(path) }),
      element('published', {}, resolved.publishedAt),
      element('updated', {}, resolved.modifiedAt),
      ...byline.map(({ name }) => element('author', {}, element('name', {}, name))),
      ...topics.map(({ title, slug }) => element('category', { term: slug, label: title })),
      briefing.retraction ? null : element('summary', {}, briefing.summary),
      element('content', { type: 'html' }, links.include(html)),
    ),
  );
}
