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
  const surface = publicationSurface(publication);
  const { title, text } = surface.words.notFound;
  return message({ path: notFoundPath, title, surface, tags: [cacheTags.messages] }, <p>{text}</p>);
}

/** The tombstone of a page: it says that something is gone and since when, never what it was. */
export function gonePage(
  gone: {
    readonly path: Path;
    readonly releasedAt: { readonly release: number; readonly at: Instant } | null;
  },
  publication: Publication,
): PublicObject {
  const surface = publicationSurface(publication);
  const { words } = surface;
  return message(
    { path: gone.path, title: words.gone.title, surface, status: 410, tags: [] },
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
    </p>,
  );
}

/** A permanent redirect of a page; its body is for programs that show it instead of following. */
export function movedPage(
  moved: { readonly path: Path; readonly location: Path },
  publication: Publication,
): PublicObject {
  const surface = publicationSurface(publication);
  const { title, text } = surface.words.moved;
  return message(
    { path: moved.path, title, surface, status: 301, location: moved.location, tags: [] },
    <p>
      {text} <a href={moved.location}>{moved.location}</a>
    </p>,
  );
}

function message(
  page: {
    readonly path: Path;
    readonly title: string;
    readonly surface: Surface;
    readonly status?: PublicObject['status'];
    readonly location?: Path;
    readonly tags: readonly string[];
  },
  text: ComponentChildren,
): PublicObject {
  const { surface, title, path, status, location, tags } = page;
  const { words } = surface;
  return htmlObject(
    {
      path,
      language: surface.language,
      title,
      description: null,
      indexed: false,
      cache: 'short',
      tags,
      ...(status === undefined ? {} : { status }),
      ...(location === undefined ? {} : { location }),
      main: (
        <div class="message" {...surface.frame}>
          <h1>{title}</h1>
          {text}
          <p class="ways">
            <a href={homePath}>{words.goHome}</a> <a href={archivePath}>{words.seeArchive}</a>
          </p>
        </div>
      ),
    },
    surface.publication,
  );
}
