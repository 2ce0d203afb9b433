/** @jsxImportSource preact */
import type { ComponentChild, VNode } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';
import { linkFrom } from '../briefing/links.ts';
import type { LanguageTag } from '../briefing/model.ts';
import type { Path, Publication } from '../briefing/resolved.ts';
import { contentTypes, mediaTypes } from '../site/content-types.ts';
import { absolute, archivePath, feedPaths, homePath } from '../site/paths.ts';
import { type CacheClass, type PublicObject, stampMarker } from '../site/public-object.ts';
import { directionOf } from './direction.ts';
import { stylesheet } from './stylesheet.ts';
import { frameSurface, type InLanguage, inLanguage, type Surface } from './surface.ts';

/** A page as its template knows it: what differs from the publication's shell. */
export interface Page {
  readonly path: Path;
  readonly language: LanguageTag;
  /** Without the publication's name; null on the home page. */
  readonly title: string | null;
  readonly description: string | null;
  /** Pages that should not be found by search engines have no canonical address either. */
  readonly indexed: boolean;
  readonly status?: PublicObject['status'];
  readonly location?: Path;
  readonly cache: CacheClass;
  readonly tags: readonly string[];
  readonly head?: VNode | null;
  readonly main: VNode;
}

/** The whole document of a page. */
export function htmlObject(page: Page, publication: Publication): PublicObject {
  const [start, middle, end] = shellOf(publication, page.language);
  return {
    path: page.path,
    status: page.status ?? 200,
    ...(page.location === undefined ? {} : { location: page.location }),
    contentType: contentTypes.html,
    cache: page.cache,
    tags: page.tags,
    body: `<!doctype html>\n${start}${renderToStaticMarkup(<Head page={page} publication={publication} />)}${middle}${renderToStaticMarkup(page.main)}${end}\n`,
  };
}

function Head({ page, publication }: { readonly page: Page; readonly publication: Publication }) {
  const { name, description } = publication.settings;
  const url = absolute(publication.baseUrl, page.path);
  const summary = page.description ?? description;
  return (
    <>
      <title>{page.title === null ? name : `${page.title} – ${name}`}</title>
      <meta name="description" content={summary} />
      {page.indexed ? (
        <>
          <link rel="canonical" href={url} />
          <meta property="og:title" content={page.title ?? name} />
          <meta property="og:description" content={summary} />
          <meta property="og:url" content={url} />
        </>
      ) : (
        <meta name="robots" content="noindex" />
      )}
      {page.head}
    </>
  );
}

type ShellParts = readonly [start: string, middle: string, end: string];

/**
 * The shell is the same for every page of a publication in one language, so it is rendered once
 * and cut where the page goes in.
 */
function shellOf(publication: Publication, language: LanguageTag): ShellParts {
  const ofPublication = shells.get(publication) ?? new Map<LanguageTag, ShellParts>();
  shells.set(publication, ofPublication);
  const known = ofPublication.get(language);
  if (known) return known;
  const [start, middle, end] = renderToStaticMarkup(
    <Shell publication={publication} language={language} head={headSlot} main={mainSlot} />,
  ).split(slots);
  if (start === undefined || middle === undefined || end === undefined) {
    throw new Error('The page shell must have one slot for the head and one for the main part');
  }
  const parts: ShellParts = [start, middle, end];
  ofPublication.set(language, parts);
  return parts;
}

const shells = new WeakMap<Publication, Map<LanguageTag, ShellParts>>();
/** Unicode noncharacters, which the door removes from all content. */
const headSlot = '\uFDD1';
const mainSlot = '\uFDD2';
const slots = /[\uFDD1\uFDD2]/;

function Shell({
  publication,
  language,
  head,
  main,
}: {
  readonly publication: Publication;
  readonly language: LanguageTag;
  readonly head: ComponentChild;
  readonly main: ComponentChild;
}) {
  const { settings } = publication;
  const surface = frameSurface(publication, language);
  const own = inLanguage(settings.language === language ? undefined : settings.language);
  return (
    <html lang={language} dir={directionOf(language)} data-accent={settings.accent}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="pressrun:release" content={stampMarker} />
        {head}
        <meta property="og:site_name" content={settings.name} />
        <link
          rel="alternate"
          type={mediaTypes.jsonFeed}
          title={settings.name}
          href={feedPaths.json}
        />
        <link rel="alternate" type={mediaTypes.rss} title={settings.name} href={feedPaths.rss} />
        <link rel="alternate" type={mediaTypes.atom} title={settings.name} href={feedPaths.atom} />
        <meta name="color-scheme" content="light dark" />
        {/* oxlint-disable-next-line react/no-danger */}
        <style dangerouslySetInnerHTML={{ __html: stylesheet }} />
      </head>
      <body>
        <a class="skip" href="#main" {...surface.frame}>
          {surface.words.skipToContent}
        </a>
        <header class="masthead">
          <a class="name" href={homePath} {...own}>
            {settings.name}
          </a>
          <nav {...surface.frame}>
            <a href={archivePath}>{surface.words.archive}</a>
          </nav>
        </header>
        <main id="main">{main}</main>
        <Colophon surface={surface} own={own} />
      </body>
    </html>
  );
}

function Colophon({ surface, own }: { readonly surface: Surface; readonly own: InLanguage }) {
  const { settings } = surface.publication;
  const { words } = surface;
  const licenceUrl = settings.licence?.url ? surface.typedLink(settings.licence.url) : null;
  return (
    <footer class="colophon">
      <div {...own}>
        <p>
          <b>{settings.name}</b> {settings.description}
        </p>
        <p>
          {settings.attribution !== null && <>{settings.attribution} </>}
          {settings.licence !== null &&
            (licenceUrl === null ? (
              settings.licence.name
            ) : (
              <a href={licenceUrl} rel="license">
                {settings.licence.name}
              </a>
            ))}
          {settings.contact !== null && (
            <>
              {' '}
              <Contact contact={settings.contact} surface={surface} />
            </>
          )}
        </p>
      </div>
      <nav aria-label={words.feeds} {...surface.frame}>
        <a href={feedPaths.rss}>RSS</a> <a href={feedPaths.atom}>Atom</a>{' '}
        <a href={feedPaths.json}>JSON Feed</a>
      </nav>
    </footer>
  );
}

function Contact({ contact, surface }: { readonly contact: string; readonly surface: Surface }) {
  const address = linkFrom(contact) ?? linkFrom(`mailto:${contact}`);
  const href = address === null ? null : surface.typedLink(address);
  return href === null ? <>{contact}</> : <a href={href}>{contact}</a>;
}
