import type { Publication } from '../briefing/resolved.ts';
import { factQuestions, proseQuestions } from '../render/answers.tsx';
import { storedPictures } from '../render/picture.tsx';
import { briefingElsewhere } from '../render/surface.ts';
import { cacheTags } from '../site/cache-tags.ts';
import type { OutgoingLinks } from '../site/outgoing-links.ts';
import { homePath, v1 } from '../site/paths.ts';
import { type PublicObject, stampMarker } from '../site/public-object.ts';
import { answerText } from '../text/answer-text.ts';
import type { Feed, FeedEntry } from './feed.ts';
import { jsonObject } from './json-object.ts';

/** JSON Feed 1.1; `_briefing` has the answers in parts, for programs. */
export function jsonFeed({ publication, entries, addresses }: Feed): PublicObject {
  const { settings } = publication;
  return jsonObject(
    publication,
    { path: addresses.path, cache: 'list', tags: [cacheTags.feeds] },
    (links) => ({
      version: 'https://jsonfeed.org/version/1.1',
      title: settings.name,
      description: settings.description,
      home_page_url: links.url(homePath),
      feed_url: links.url(addresses.path),
      ...(addresses.older === null ? {} : { next_url: links.url(addresses.older) }),
      language: settings.language,
      items: entries.map((entry) => item(entry, publication, links)),
      _release: stampMarker,
    }),
  );
}

function item(
  { resolved, available, id, path, html }: FeedEntry,
  publication: Publication,
  links: OutgoingLinks,
) {
  const surface = briefingElsewhere(links, resolved, path, publication, available);
  const { briefing, byline, topics } = resolved;
  const picture = storedPictures(resolved.portrait, surface.available).findLast(
    ({ format }) => format === 'jpeg',
  );
  return {
    id,
    url: links.url(path),
    title: briefing.headline,
    ...(briefing.retraction ? {} : { summary: briefing.summary }),
    content_html: links.include(html),
    ...(picture ? { image: links.url(picture.path) } : {}),
    date_published: resolved.publishedAt,
    date_modified: resolved.modifiedAt,
    ...(byline.length > 0 ? { authors: byline.map(({ name }) => ({ name })) } : {}),
    ...(topics.length > 0 ? { tags: topics.map(({ title }) => title) } : {}),
    language: briefing.language,
    _briefing: {
      about: links.url(v1.schema('briefing')),
      id: briefing.id,
      json_url: links.url(v1.briefing(briefing.id)),
      date: briefing.date,
      person: { id: resolved.person.id, name: resolved.personName },
      score: briefing.retraction ? null : briefing.score,
      retracted: briefing.retraction !== null,
      answers: [...factQuestions, ...proseQuestions(resolved)].map((question) => ({
        id: question,
        question: resolved.labels[question],
        text: answerText(question, resolved, surface),
      })),
    },
  };
}
