import { cacheTags } from '../site/cache-tags.ts';
import { contentTypes, mediaTypes } from '../site/content-types.ts';
import { absolute, homePath } from '../site/paths.ts';
import type { PublicObject } from '../site/public-object.ts';
import type { Feed, FeedEntry } from './feed.ts';
import { all, element, type Markup, xmlDocument } from './xml.ts';

/** Atom 1.0 with whole contents, and RFC 5005's links between its pages. */
export function atomFeed(feed: Feed): PublicObject {
  return {
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
        content(feed),
      ),
    ),
  };
}

function content({ publication, isArchive, updatedAt, entries, addresses }: Feed): Markup {
  const { settings, baseUrl, tagAuthority } = publication;
  const self = absolute(baseUrl, addresses.path);
  return all(
    // The archive documents are parts of the one logical feed (RFC 5005), so they share its id.
    element('id', {}, `tag:${tagAuthority}:feed`),
    element('title', {}, settings.name),
    element('subtitle', {}, settings.description),
    element('updated', {}, updatedAt),
    element('author', {}, element('name', {}, settings.name)),
    settings.licence ? element('rights', {}, settings.licence.name) : null,
    element('link', { rel: 'alternate', type: 'text/html', href: absolute(baseUrl, homePath) }),
    element('link', { rel: 'self', type: mediaTypes.atom, href: self }),
    addresses.older === null
      ? null
      : element('link', { rel: 'prev-archive', href: addresses.older }),
    isArchive ? element('link', { rel: 'current', href: addresses.current }) : null,
    isArchive ? element('fh:archive', {}) : null,
    ...entries.map(entry),
  );
}

function entry({ resolved, id, url, html }: FeedEntry): Markup {
  const { briefing, byline, topics } = resolved;
  return element(
    'entry',
    { 'xml:lang': briefing.language },
    all(
      element('id', {}, id),
      element('title', {}, briefing.headline),
      element('link', { rel: 'alternate', type: 'text/html', href: url }),
      element('published', {}, resolved.publishedAt),
      element('updated', {}, resolved.modifiedAt),
      ...byline.map(({ name }) => element('author', {}, element('name', {}, name))),
      ...topics.map(({ title, slug }) => element('category', { term: slug, label: title })),
      briefing.retraction ? null : element('summary', {}, briefing.summary),
      element('content', { type: 'html' }, html),
    ),
  );
}
