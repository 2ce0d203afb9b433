import type { Catalogue } from '../briefing/labels/catalogue.ts';
import { catalogueFor } from '../briefing/labels/catalogue-for.ts';
import type { LanguageTag } from '../briefing/model.ts';
import type { Path, Publication, ResolvedBriefing } from '../briefing/resolved.ts';
import type { OutgoingLinks } from '../site/outgoing-links.ts';
import { archivePath, feedPaths, homePath } from '../site/paths.ts';
import { directionOf } from './direction.ts';

/** Says whether a picture is stored: one that could not be fetched is left out of the page. */
export type Availability = (path: Path) => boolean;

/** Where markup will stand, and what follows from it for its links. */
export interface Surface {
  readonly publication: Publication;
  readonly language: LanguageTag;
  readonly words: Catalogue;
  /** `lang` and `dir` for the frame's words, where they are not in the language of the text. */
  readonly frame: InLanguage;
  readonly available: Availability;
  /** The address of a path: root-relative on our own pages, absolute where others will show it. */
  href(path: Path): string;
  /** The address of a path, absolute wherever it stands. */
  url(path: Path): string;
  /** The address of an anchor of the same briefing. */
  anchor(id: string): string;
  /** The anchor itself: on other sites it might be somebody else's, so there it is left out. */
  id(id: string): { readonly id?: string };
  /**
   * An address an editor typed, or null when it must not be linked: an unsafe scheme, or a page of
   * our own that is not known to be live (no reader meets a broken link of ours).
   */
  typedLink(url: string): string | null;
}

/** Attributes that say the language of an element where it is not its parent's. */
export interface InLanguage {
  readonly lang?: LanguageTag;
  readonly dir?: 'ltr' | 'rtl';
}

export function inLanguage(language: LanguageTag | undefined): InLanguage {
  return language === undefined ? unchanged : { lang: language, dir: directionOf(language) };
}

const unchanged: InLanguage = {};

/** Where a page of our own, or an object beside it, is told what is live. */
interface Place {
  /** Those of the object that is drawn. */
  readonly links: OutgoingLinks;
  readonly publication: Publication;
  readonly language: LanguageTag;
  /** Whether a path of our own may be linked from prose. */
  readonly isLive: (path: Path) => boolean;
  readonly available?: Availability;
}

/** One of our own pages: addresses are root-relative. */
function ownPage(place: Place): Surface {
  return surface(place, {
    href: (path) => place.links.href(path),
    anchor: (id) => `#${id}`,
    id: (id) => ({ id }),
  });
}

/** Another site, a feed reader, a mail program: every address must stand alone. */
function elsewhere(place: Place & { readonly path: Path }): Surface {
  const { links } = place;
  return surface(place, {
    href: (path) => links.url(path),
    anchor: (id) => `${links.url(place.path)}#${id}`,
    id: () => anonymous,
  });
}

function surface(
  { links, publication, language, isLive, available = () => true }: Place,
  addresses: Pick<Surface, 'href' | 'anchor' | 'id'>,
): Surface {
  const words = catalogueFor(language);
  return {
    publication,
    language,
    words,
    frame: inLanguage(sameLanguage(language, words.language) ? undefined : words.language),
    available,
    url: (path) => links.url(path),
    typedLink: (url) => typedLink(url, { links, isLive, baseUrl: publication.baseUrl }),
    ...addresses,
  };
}

const anonymous = {};

function sameLanguage(one: LanguageTag, other: LanguageTag): boolean {
  return one === other || one.split('-', 1)[0] === other.split('-', 1)[0];
}

/** The surface of a page that shows one briefing, on our site. */
export function briefingSurface(
  links: OutgoingLinks,
  resolved: ResolvedBriefing,
  path: Path,
  publication: Publication,
  available?: Availability,
): Surface {
  return ownPage({
    links,
    publication,
    language: resolved.briefing.language,
    isLive: (target) => linksTo(resolved, path, target),
    ...(available === undefined ? {} : { available }),
  });
}

/** The surface of one briefing where others will show it. */
export function briefingElsewhere(
  links: OutgoingLinks,
  resolved: ResolvedBriefing,
  path: Path,
  publication: Publication,
  available?: Availability,
): Surface {
  return elsewhere({
    links,
    publication,
    path,
    language: resolved.briefing.language,
    isLive: (target) => linksTo(resolved, path, target),
    ...(available === undefined ? {} : { available }),
  });
}

/** The surface of a page of the publication itself: lists, messages, the frame. */
export function publicationSurface(
  links: OutgoingLinks,
  publication: Publication,
  available?: Availability,
): Surface {
  return ownPage({
    links,
    publication,
    language: publication.settings.language,
    isLive: isEntryPoint,
    ...(available === undefined ? {} : { available }),
  });
}

/** The frame around a page in any language. */
export function frameSurface(
  links: OutgoingLinks,
  publication: Publication,
  language: LanguageTag,
): Surface {
  return ownPage({ links, publication, language, isLive: isEntryPoint });
}

/** The paths a briefing may link to, whatever its prose says. */
function linksTo(resolved: ResolvedBriefing, path: Path, target: Path): boolean {
  return (
    target === path ||
    target === resolved.personPath ||
    isEntryPoint(target) ||
    briefingsBeside(resolved).has(target)
  );
}

/** The briefings that a briefing mentions or stands beside, gathered once: every link of its prose asks. */
function briefingsBeside(resolved: ResolvedBriefing): ReadonlySet<Path> {
  const known = beside.get(resolved);
  if (known !== undefined) return known;
  const { mentioned, related, translations } = resolved;
  const paths = new Set([
    ...mentioned.values(),
    ...[...related, ...translations].map(({ path }) => path),
  ]);
  beside.set(resolved, paths);
  return paths;
}

const beside = new WeakMap<ResolvedBriefing, ReadonlySet<Path>>();

/** What stands from the first release on, with or without briefings. */
function isEntryPoint(path: Path): boolean {
  return entryPoints.has(path);
}

const entryPoints: ReadonlySet<Path> = new Set([
  homePath,
  archivePath,
  ...Object.values(feedPaths),
]);

function typedLink(
  url: string,
  { links, isLive, baseUrl }: Pick<Place, 'links' | 'isLive'> & { readonly baseUrl: string },
): string | null {
  if (!safeScheme.test(url)) return null;
  if (!/^http/i.test(url)) return url;
  const target = URL.parse(url);
  if (target === null) return null;
  if (target.host !== hostOf(baseUrl)) return url;
  const path: Path = `/${target.pathname.slice(1)}`;
  return isLive(path) ? `${links.url(path)}${target.search}${target.hash}` : null;
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
