import type { LanguageTag } from '../briefing/model.ts';
import type { Path, Publication, ResolvedBriefing } from '../briefing/resolved.ts';
import { absolute, archivePath, feedPaths, homePath } from '../site/paths.ts';
import { directionOf } from './direction.ts';
import { wordsIn } from './words/in-language.ts';
import type { Words } from './words/words.ts';

/** Says whether a picture is stored: one that could not be fetched is left out of the page. */
export type Availability = (path: Path) => boolean;

/** Where markup will stand, and what follows from it for its links. */
export interface Surface {
  readonly publication: Publication;
  readonly language: LanguageTag;
  readonly words: Words;
  readonly available: Availability;
  /** The address of a path: root-relative on our own pages, absolute where others will show it. */
  href(path: Path): string;
  /** The address of an anchor of the same briefing. */
  anchor(id: string): string;
  /**
   * An address an editor typed, or null when it must not be linked: an unsafe scheme, or a page of
   * our own that is not known to be live (no reader meets a broken link of ours).
   */
  typedLink(url: string): string | null;
}

/** One of our own pages. */
export function ownPage(
  publication: Publication,
  language: LanguageTag,
  available: Availability,
  live: ReadonlySet<Path>,
): Surface {
  return {
    publication,
    language,
    words: wordsIn(language),
    available,
    href: (path) => path,
    anchor: (id) => `#${id}`,
    typedLink: (url) => typedLink(url, publication.baseUrl, live),
  };
}

/** Another site, a feed reader, a mail program: every address must stand alone. */
export function elsewhere(
  publication: Publication,
  language: LanguageTag,
  available: Availability,
  page: { readonly path: Path; readonly live: ReadonlySet<Path> },
): Surface {
  return {
    publication,
    language,
    words: wordsIn(language),
    available,
    href: (path) => absolute(publication.baseUrl, path),
    anchor: (id) => `${absolute(publication.baseUrl, page.path)}#${id}`,
    typedLink: (url) => typedLink(url, publication.baseUrl, page.live),
  };
}

/** `lang` and `dir` for the frame's words where they are not in the page's language. */
export function inWordsOf({ words, language }: Surface): { lang?: string; dir?: 'ltr' | 'rtl' } {
  return language.split('-', 1)[0] === words.language.split('-', 1)[0]
    ? {}
    : { lang: words.language, dir: directionOf(words.language) };
}

/** The paths a briefing may link to, whatever its prose says. */
export function livePaths(resolved: ResolvedBriefing, path: Path): ReadonlySet<Path> {
  return new Set<Path>([
    ...entryPoints,
    path,
    ...resolved.mentioned.values(),
    ...resolved.related.map((card) => card.path),
    ...resolved.translations.map((card) => card.path),
    ...(resolved.personPath ? [resolved.personPath] : []),
  ]);
}

/** What stands from the first release on, with or without briefings. */
export const entryPoints: readonly Path[] = [homePath, archivePath, ...Object.values(feedPaths)];

function typedLink(url: string, baseUrl: string, live: ReadonlySet<Path>): string | null {
  if (!safeScheme.test(url)) return null;
  if (!/^http/i.test(url)) return url;
  const target = URL.parse(url);
  if (target === null) return null;
  if (target.host !== hostOf(baseUrl)) return url;
  const path: Path = `/${target.pathname.slice(1)}`;
  return live.has(path) ? `${absolute(baseUrl, path)}${target.search}${target.hash}` : null;
}

/** The door has parsed every address already; the sink does not rely on it. */
const safeScheme = /^(?:https?:\/\/|mailto:|tel:)/i;

const hosts = new Map<string, string>();
function hostOf(baseUrl: string): string {
  const known = hosts.get(baseUrl);
  if (known !== undefined) return known;
  const host = URL.parse(baseUrl)?.host ?? '';
  hosts.set(baseUrl, host);
  return host;
}
