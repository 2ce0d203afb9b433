/** @jsxImportSource preact */
import type { ComponentChild, VNode } from 'preact';
import { renderToStaticMarkup } from 'preact-render-to-string';
import { linkFrom } from '../briefing/links.ts';
import type { LanguageTag } from '../briefing/model.ts';
import type { Path, Publication } from '../briefing/resolved.ts';
import { contentTypes, mediaTypes } from '../site/content-types.ts';
import { drawObject, drawPart, type OutgoingLinks, type Part } from '../site/outgoing-links.ts';
import { archivePath, feedPaths, homePath } from '../site/paths.ts';
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

/** The whole document of a page; whatever it leads to is made by the links that `draw` is given. */
export function htmlObject(
  publication: Publication,
  draw: (links: OutgoingLinks) => Page,
): PublicObject {
  return drawObject(publication.baseUrl, (links) => {
    const page = draw(links);
    const [start, middle, end] = links.include(shellOf(publication, page.language));
    const head = <Head page={page} publication={publication} links={links} />;
    return {
      path: page.path,
      status: page.status ?? 200,
      ...(page.location === undefined ? {} : { location: page.location }),
      contentType: contentTypes.html,
      cache: page.cache,
      tags: page.tags,
      body: `<!doctype html>\n${start}${renderToStaticMarkup(head)}${middle}${renderToStaticMarkup(page.main)}${end}\n`,
    };
  });
}

function Head({
  page,
  publication,
  links,
}: {
  readonly page: Page;
  readonly publication: Publication;
  readonly links: OutgoingLinks;
}) {
  const { name, description } = publication.settings;
  const summary = page.description ?? description;
  return (
    <>
      <title>{page.title === null ? name : `${page.title} – ${name}`}</title>
      <meta name="description" content={summary} />
      {page.indexed ? (
        <>
          <link rel="canonical" href={links.url(page.path)} />
          <meta property="og:title" content={page.title ?? name} />
          <meta property="og:description" content={summary} />
          <meta property="og:url" content={links.url(page.path)} />
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
function shellOf(publication: Publication, language: LanguageTag): Part<ShellParts> {
  const ofPublication = shells.get(publication) ?? new Map<LanguageTag, Part<ShellParts>>();
  shells.set(publication, ofPublication);
  const known = ofPublication.get(language);
  if (known) return known;
  const parts = drawPart(publication.baseUrl, (links) => drawShell(links, publication, language));
  ofPublication.set(language, parts);
  return parts;
}

const shells = new WeakMap<Publication, Map<LanguageTag, Part<ShellParts>>>();

function drawShell(
  links: OutgoingLinks,
  publication: Publication,
  language: LanguageTag,
): ShellParts {
  const surface = frameSurface(links, publication, language);
  const [start, middle, end] = renderToStaticMarkup(
    <Shell surface={surface} head={headSlot} main={mainSlot} />,
  ).split(slots);
  if (start === undefined || middle === undefined || end === undefined) {
    throw new Error('The page shell must have one slot for the head and one for the main part');
  }
  return [start, middle, end];
}

/** Unicode noncharacters, which the door removes from all content. */
const headSlot = '\uFDD1';
const mainSlot = '\uFDD2';
const slots = /[\uFDD1\uFDD2]/;

function Shell({
  surface,
  head,
  main,
}: {
  readonly surface: Surface;
  readonly head: ComponentChild;
  readonly main: ComponentChild;
}) {
  const { publication, language } = surface;
  const { settings } = publication;
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
          href={surface.href(feedPaths.json)}
        />
        <link
          rel="alternate"
          type={mediaTypes.rss}
          title={settings.name}
          href={surface.href(feedPaths.rss)}
        />
        <link
          rel="alternate"
          type={mediaTypes.atom}
          title={settings.name}
          href={surface.href(feedPaths.atom)}
        />
        <meta name="color-scheme" content="light dark" />
        {/* oxlint-disable-next-line react/no-danger */}
        <style dangerouslySetInnerHTML={{ __html: stylesheet }} />
      </head>
      <body>
        <a class="skip" href="#main" {...surface.frame}>
          {surface.words.skipToContent}
        </a>
        <header class="masthead">
          <a class="name" href={surface.href(homePath)} {...own}>
            {settings.name}
          </a>
          <nav {...surface.frame}>
            <a href={surface.href(archivePath)}>{surface.words.archive}</a>
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
        <a href={surface.href(feedPaths.rss)}>RSS</a>{' '}
        <a href={surface.href(feedPaths.atom)}>Atom</a>{' '}
        <a href={surface.href(feedPaths.json)}>JSON Feed</a>
      </nav>
    </footer>
  );
}

function Contact({ contact, surface }: { readonly contact: string; readonly surface: Surface }) {
  const address = linkFrom(contact) ?? linkFrom(`mailto:${contact}`);
  const href = address === null ? null : surface.typedLink(address);
  return href === null ? <>{contact}</> : <a href={href}>{contact}</a>;
}
