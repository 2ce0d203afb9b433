/** @jsxImportSource preact */
import { yearOf } from '../briefing/calendar.ts';
import type { CivilMonth } from '../briefing/model.ts';
import type { Card, Publication } from '../briefing/resolved.ts';
import { archivePath, monthPath, v1 } from '../site/paths.ts';
import { cacheTags } from '../site/cache-tags.ts';
import type { PublicObject } from '../site/public-object.ts';
import { CardList } from './card-list.tsx';
import { htmlObject } from './document.tsx';
import { publicationSurface, type Surface } from './surface.ts';

/** The months that have briefings, newest first, by year. */
export function archivePage(
  { months }: { readonly months: readonly CivilMonth[] },
  publication: Publication,
): PublicObject {
  return htmlObject(publication, (links) => {
    const surface = publicationSurface(links, publication);
    const { words } = surface;
    return {
      path: archivePath,
      language: surface.language,
      title: words.archive,
      description: null,
      indexed: true,
      cache: 'list',
      tags: [cacheTags.archive],
      main: (
        <div class="archive">
          <h1 {...surface.frame}>{words.archive}</h1>
          {months.length === 0 && <p {...surface.frame}>{words.nothingYet.text}</p>}
          {byYear(months).map(([year, ofYear]) => (
            <section>
              <h2>{year}</h2>
              <ul class="months" {...surface.frame}>
                {ofYear.map((month) => (
                  <li>
                    <a href={surface.href(monthPath(month))}>{words.monthName(month)}</a>
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
      ),
    };
  });
}

/** The briefings of one month, with the way to its neighbours that have some. */
export function monthPage(
  {
    month,
    cards,
    newer,
    older,
  }: {
    readonly month: CivilMonth;
    readonly cards: readonly Card[];
    readonly newer: CivilMonth | null;
    readonly older: CivilMonth | null;
  },
  publication: Publication,
): PublicObject {
  return htmlObject(publication, (links) => {
    const surface = publicationSurface(links, publication);
    const { words } = surface;
    return {
      path: monthPath(month),
      language: surface.language,
      title: words.archiveOf(month),
      description: null,
      indexed: true,
      cache: 'list',
      tags: [cacheTags.month(month)],
      head: (
        <>
          <link rel="alternate" type="application/json" href={surface.href(v1.month(month))} />
          {newer && <link rel="next" href={surface.href(monthPath(newer))} />}
          {older && <link rel="prev" href={surface.href(monthPath(older))} />}
        </>
      ),
      main: (
        <div class="archive">
          <h1 {...surface.frame}>{words.month(month)}</h1>
          <CardList cards={cards} surface={surface} />
          {(newer !== null || older !== null) && (
            <nav class="neighbours" aria-label={words.months} {...surface.frame}>
              {older && (
                <a href={surface.href(monthPath(older))} rel="prev">
                  {words.month(older)}
                </a>
              )}
              {newer && (
                <a href={surface.href(monthPath(newer))} rel="next">
                  {words.month(newer)}
                </a>
              )}
            </nav>
          )}
        </div>
      ),
    };
  });
}

/** The way from the home page to older months. */
export function MonthLinks({
  months,
  surface,
}: {
  readonly months: readonly CivilMonth[];
  readonly surface: Surface;
}) {
  if (months.length === 0) return null;
  const { words } = surface;
  return (
    <nav class="by-month" aria-label={words.months} {...surface.frame}>
      <h2>{words.months}</h2>
      <ul class="months">
        {months.slice(0, monthsOnHome).map((month) => (
          <li>
            <a href={surface.href(monthPath(month))}>{words.month(month)}</a>
          </li>
        ))}
        {months.length > monthsOnHome && (
          <li>
            <a href={surface.href(archivePath)}>{words.archive}</a>
          </li>
        )}
      </ul>
    </nav>
  );
}

/** A year of them; the archive has the rest. */
const monthsOnHome = 12;

function byYear(months: readonly CivilMonth[]): readonly (readonly [number, CivilMonth[]])[] {
  const years = new Map<number, CivilMonth[]>();
  for (const month of months) {
    const ofYear = years.get(yearOf(month)) ?? [];
    ofYear.push(month);
    years.set(yearOf(month), ofYear);
  }
  return [...years];
}
