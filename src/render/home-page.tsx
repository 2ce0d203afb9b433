/** @jsxImportSource preact */
import type { CivilMonth } from '../briefing/model.ts';
import type { Card, Path, Publication, ResolvedBriefing } from '../briefing/resolved.ts';
import { homePath, v1 } from '../site/paths.ts';
import { cacheTags } from '../site/cache-tags.ts';
import type { PublicObject } from '../site/public-object.ts';
import { MonthLinks } from './archive-pages.tsx';
import { BriefingArticle } from './briefing-article.tsx';
import { CardList } from './card-list.tsx';
import { htmlObject } from './document.tsx';
import { JsonLd } from './json-ld.tsx';
import { siteLinkedData } from './linked-data.ts';
import { type Availability, briefingSurface, publicationSurface, type Surface } from './surface.ts';

export interface Home {
  /** In full measure; null while nothing is published. */
  readonly newest: { readonly resolved: ResolvedBriefing; readonly path: Path } | null;
  /** The list below it; the newest may be in it and is not repeated. */
  readonly latest: readonly Card[];
  /** Months with briefings, newest first. */
  readonly months: readonly CivilMonth[];
}

/** The entry of the site: the newest briefing whole, then the latest, then the months. */
export function homePage(
  home: Home,
  publication: Publication,
  available?: Availability,
): PublicObject {
  const { newest } = home;
  const { language } = publication.settings;
  return htmlObject(publication, (links) => {
    const surface = publicationSurface(links, publication, available);
    return {
      path: homePath,
      language,
      title: null,
      description: null,
      indexed: true,
      cache: 'list',
      tags: [cacheTags.home],
      head: (
        <>
          <link rel="alternate" type="application/json" href={surface.href(v1.index)} />
          <JsonLd value={siteLinkedData(surface, language)} />
        </>
      ),
      main: newest ? (
        <Published
          home={home}
          newest={newest}
          surface={surface}
          // The newest briefing may be in another language than the page around it.
          within={briefingSurface(links, newest.resolved, newest.path, publication, available)}
        />
      ) : (
        <NothingYet surface={surface} />
      ),
    };
  });
}

function Published({
  home,
  newest,
  surface,
  within,
}: {
  readonly home: Home;
  readonly within: Surface;
  readonly newest: NonNullable<Home['newest']>;
  readonly surface: Surface;
}) {
  const { words } = surface;
  const others = home.latest.filter(({ id }) => id !== newest.resolved.briefing.id);
  return (
    <>
      <BriefingArticle
        resolved={newest.resolved}
        surface={within}
        pageLanguage={surface.language}
        address={newest.path}
      />
      {others.length > 0 && (
        <section class="latest">
          <h2 {...surface.frame}>{words.latest}</h2>
          <CardList cards={others} surface={surface} />
        </section>
      )}
      <MonthLinks months={home.months} surface={surface} />
    </>
  );
}

function NothingYet({ surface }: { readonly surface: Surface }) {
  const { nothingYet } = surface.words;
  return (
    <div class="message" {...surface.frame}>
      <h1>{nothingYet.title}</h1>
      <p>{nothingYet.text}</p>
    </div>
  );
}
