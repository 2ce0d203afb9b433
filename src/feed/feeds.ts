import type { CivilMonth } from '../briefing/model.ts';
import type { Path, Publication, ResolvedBriefing } from '../briefing/resolved.ts';
import { type Availability, briefingElsewhere } from '../render/surface.ts';
import { drawPart } from '../site/outgoing-links.ts';
import { feedMonthPaths, feedPaths } from '../site/paths.ts';
import type { PublicObject } from '../site/public-object.ts';
import { atomFeed } from './atom.ts';
import { feedContent } from './feed-content.tsx';
import type { Feed } from './feed.ts';
import { jsonFeed } from './json-feed.ts';
import { rssFeed } from './rss.ts';

export interface FeedItem {
  readonly resolved: ResolvedBriefing;
  readonly path: Path;
}

/** The publication's feeds of the latest briefings, newest first: JSON Feed, RSS, Atom. */
export function feeds(
  {
    items,
    olderMonth,
  }: {
    readonly items: readonly FeedItem[];
    /** The newest closed month, where the archive chain begins. */
    readonly olderMonth: CivilMonth | null;
  },
  publication: Publication,
  available?: Availability,
): readonly PublicObject[] {
  return inEveryFormat({ items, olderMonth, month: null }, publication, available);
}

/** The archive documents of one closed month (RFC 5005), each pointing at the month before. */
export function feedMonth(
  archive: {
    readonly month: CivilMonth;
    readonly items: readonly FeedItem[];
    readonly olderMonth: CivilMonth | null;
  },
  publication: Publication,
  available?: Availability,
): readonly PublicObject[] {
  return inEveryFormat(archive, publication, available);
}

function inEveryFormat(
  {
    items,
    olderMonth,
    month,
  }: {
    readonly items: readonly FeedItem[];
    readonly olderMonth: CivilMonth | null;
    readonly month: CivilMonth | null;
  },
  publication: Publication,
  available: Availability | undefined,
): readonly PublicObject[] {
  const { baseUrl, settings } = publication;
  const feed: Omit<Feed, 'addresses'> = {
    publication,
    isArchive: month !== null,
    // Nothing but content moves it: two builds of the same content give the same bytes.
    updatedAt: items.reduce(
      (latest, { resolved }) => (resolved.modifiedAt > latest ? resolved.modifiedAt : latest),
      items.length === 0 ? settings.updatedAt : '',
    ),
    entries: items.map(({ resolved, path }) => ({
      resolved,
      id: `tag:${publication.tagAuthority}:${resolved.briefing.id}`,
      path,
      html: drawPart(baseUrl, (links) =>
        feedContent(resolved, briefingElsewhere(links, resolved, path, publication, available)),
      ),
      available,
    })),
  };
  const paths = month === null ? feedPaths : feedMonthPaths(month);
  const older = olderMonth === null ? null : feedMonthPaths(olderMonth);
  const addressed = (format: keyof typeof feedPaths): Feed => ({
    ...feed,
    addresses: {
      path: paths[format],
      older: older && older[format],
    },
  });
  return [jsonFeed(addressed('json')), rssFeed(addressed('rss')), atomFeed(addressed('atom'))];
}
