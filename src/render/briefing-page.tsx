/** @jsxImportSource preact */
import type { Path, Publication, ResolvedBriefing } from '../briefing/resolved.ts';
import { markdownPath, textPath, v1 } from '../site/paths.ts';
import { cacheTags } from '../site/cache-tags.ts';
import { mediaTypes } from '../site/content-types.ts';
import type { PublicObject } from '../site/public-object.ts';
import { BriefingArticle } from './briefing-article.tsx';
import { LinkedList } from './card-list.tsx';
import { directionOf } from './direction.ts';
import { htmlObject } from './document.tsx';
import { JsonLd } from './json-ld.tsx';
import { linkedData } from './linked-data.ts';
import { storedPictures } from './picture.tsx';
import { type Availability, briefingSurface, type Surface } from './surface.ts';

/** The page of a briefing: pure, complete, one request and its pictures. */
export function briefingPage(
  resolved: ResolvedBriefing,
  path: Path,
  publication: Publication,
  available?: Availability,
): PublicObject {
  const { briefing } = resolved;
  return htmlObject(publication, (links) => {
    const surface = briefingSurface(links, resolved, path, publication, available);
    return {
      path,
      language: briefing.language,
      title: briefing.headline,
      description: briefing.retraction ? surface.words.retraction : briefing.summary,
      indexed: true,
      cache: cacheOf(resolved),
      tags: [cacheTags.briefing(briefing.id)],
      head: <HeadOfBriefing resolved={resolved} path={path} surface={surface} />,
      main: (
        <BriefingArticle resolved={resolved} surface={surface} pageLanguage={briefing.language}>
          <More resolved={resolved} path={path} surface={surface} />
        </BriefingArticle>
      ),
    };
  });
}

/** A retracted text must not come back from a cache because the origin is down. */
export function cacheOf({ briefing }: ResolvedBriefing): 'page' | 'short' {
  return briefing.retraction ? 'short' : 'page';
}

interface Part {
  readonly resolved: ResolvedBriefing;
  readonly path: Path;
  readonly surface: Surface;
}

function HeadOfBriefing({ resolved, path, surface }: Part) {
  const { briefing, translations } = resolved;
  const picture = storedPictures(resolved.portrait, surface.available).findLast(
    ({ format }) => format === 'jpeg',
  );
  return (
    <>
      {translations.length > 0 && (
        <>
          <link rel="alternate" hreflang={briefing.language} href={surface.url(path)} />
          {translations.map((card) => (
            <link rel="alternate" hreflang={card.language} href={surface.url(card.path)} />
          ))}
        </>
      )}
      <link rel="alternate" type="application/json" href={surface.href(v1.briefing(briefing.id))} />
      <link rel="alternate" type={mediaTypes.markdown} href={surface.href(markdownPath(path))} />
      <link rel="alternate" type="text/plain" href={surface.href(textPath(path))} />
      <meta property="og:type" content="article" />
      {picture && (
        <>
          <meta property="og:image" content={surface.url(picture.path)} />
          {resolved.portrait?.alt && (
            <meta property="og:image:alt" content={resolved.portrait.alt} />
          )}
        </>
      )}
      <JsonLd value={linkedData(resolved, path, surface)} />
    </>
  );
}

function More({ resolved, path, surface }: Part) {
  const { briefing, related, translations } = resolved;
  const { words } = surface;
  return (
    <>
      {related.length > 0 && (
        <section class="related">
          <h2 {...surface.frame}>{words.related}</h2>
          <LinkedList briefings={related} surface={surface} />
        </section>
      )}
      {translations.length > 0 && (
        <section class="translations">
          <h2 {...surface.frame}>{words.translations}</h2>
          <ul>
            {translations.map((card) => (
              <li>
                <a
                  href={surface.href(card.path)}
                  hreflang={card.language}
                  lang={card.language}
                  dir={directionOf(card.language)}
                >
                  {card.headline}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <p class="formats" {...surface.frame}>
        {words.otherFormats} <a href={surface.href(textPath(path))}>{words.plainText}</a>,{' '}
        <a href={surface.href(markdownPath(path))}>Markdown</a>,{' '}
        <a href={surface.href(v1.briefing(briefing.id))}>JSON</a>
      </p>
    </>
  );
}
