/** @jsxImportSource preact */
import type { Instant } from '../briefing/model.ts';
import type { Path, Publication } from '../briefing/resolved.ts';
import { civilDateAt } from '../briefing/time-zone.ts';
import { archivePath, homePath, notFoundPath } from '../site/paths.ts';
import { cacheTags } from '../site/cache-tags.ts';
import type { PublicObject } from '../site/public-object.ts';
import { htmlObject } from './document.tsx';
import { publicationSurface, type Surface } from './surface.ts';
import type { ComponentChildren } from 'preact';

/** Shown for every address that holds nothing; the edge answers it with status 404. */
export function notFoundPage(publication: Publication): PublicObject {
  return message(publication, { path: notFoundPath, tags: [cacheTags.messages] }, ({ words }) => ({
    title: words.notFound.title,
    text: <p>{words.notFound.text}</p>,
  }));
}

/** The tombstone of a page: it says that something is gone and since when, never what it was. */
export function gonePage(
  gone: {
    readonly path: Path;
    readonly releasedAt: { readonly release: number; readonly at: Instant } | null;
  },
  publication: Publication,
): PublicObject {
  return message(publication, { path: gone.path, status: 410, tags: [] }, ({ words }) => ({
    title: words.gone.title,
    text: (
      <p>
        {words.gone.text}
        {gone.releasedAt && (
          <>
            {' '}
            <time dateTime={gone.releasedAt.at}>
              {words.goneSince(civilDateAt(gone.releasedAt.at, publication.settings.timeZone))}
            </time>
          </>
        )}
      </p>
    ),
  }));
}

/** A permanent redirect of a page; its body is for programs that show it instead of following. */
export function movedPage(
  moved: { readonly path: Path; readonly location: Path },
  publication: Publication,
): PublicObject {
  const { path, location } = moved;
  return message(publication, { path, status: 301, location, tags: [] }, (surface) => ({
    title: surface.words.moved.title,
    text: (
      <p>
        {surface.words.moved.text} <a href={surface.href(location)}>{location}</a>
      </p>
    ),
  }));
}

function message(
  publication: Publication,
  object: {
    readonly path: Path;
    readonly status?: PublicObject['status'];
    readonly location?: Path;
    readonly tags: readonly string[];
  },
  said: (surface: Surface) => { readonly title: string; readonly text: ComponentChildren },
): PublicObject {
  return htmlObject(publication, (links) => {
    const surface = publicationSurface(links, publication);
    const { words } = surface;
    const { title, text } = said(surface);
    return {
      ...object,
      language: surface.language,
      title,
      description: null,
      indexed: false,
      cache: 'short',
      main: (
        <div class="message" {...surface.frame}>
          <h1>{title}</h1>
          {text}
          <p class="ways">
            <a href={surface.href(homePath)}>{words.goHome}</a>{' '}
            <a href={surface.href(archivePath)}>{words.seeArchive}</a>
          </p>
        </div>
      ),
    };
  });
}
