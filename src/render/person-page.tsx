/** @jsxImportSource preact */
import type { Person } from '../briefing/model.ts';
import type { Card, Path, Publication } from '../briefing/resolved.ts';
import { v1 } from '../site/paths.ts';
import { cacheTags } from '../site/cache-tags.ts';
import type { PublicObject } from '../site/public-object.ts';
import { Linked } from './briefing-article.tsx';
import { CardList } from './card-list.tsx';
import { htmlObject } from './document.tsx';
import { Picture } from './picture.tsx';
import { type Availability, inLanguage, publicationSurface, type Surface } from './surface.ts';

export interface PersonYear {
  readonly person: Person;
  readonly path: Path;
  /** All years with briefings, newest first. */
  readonly years: readonly number[];
  readonly year: number;
  /** Those of `year`. */
  readonly cards: readonly Card[];
  /** The latest year stands at the person's own address. */
  readonly isLatest: boolean;
  readonly paths: (year: number) => Path;
}

/** What was published about somebody in one year. No age: a page prints none but a briefing's date's. */
export function personPage(
  { person, path, years, year, cards, isLatest, paths }: PersonYear,
  publication: Publication,
  available?: Availability,
): PublicObject {
  const { language } = publication.settings;
  const name = person.name.text;
  return htmlObject(publication, (links) => {
    const surface = publicationSurface(links, publication, available);
    const { words } = surface;
    return {
      path,
      language,
      title: isLatest ? name : words.briefingsAboutIn(name, year),
      description: words.briefingsAbout(name),
      indexed: true,
      cache: 'list',
      tags: [cacheTags.person(person.id)],
      head: (
        <link
          rel="alternate"
          type="application/json"
          href={surface.href(isLatest ? v1.person(person.id) : v1.personYear(person.id, year))}
        />
      ),
      main: (
        <>
          <header class="opening">
            <h1>
              <bdi>{name}</bdi>
            </h1>
            {person.nativeName && person.nativeName.text !== name && (
              <p class="standfirst" {...inLanguage(person.nativeName.language)}>
                {person.nativeName.text}
              </p>
            )}
            {person.alsoKnownAs.length > 0 && (
              <p class="by">
                <span {...surface.frame}>{words.alsoKnownAs}</span>{' '}
                {person.alsoKnownAs.map((alias, index) => (
                  <>
                    {index > 0 && ', '}
                    <bdi>{alias}</bdi>
                  </>
                ))}
              </p>
            )}
          </header>
          <div class="measure">
            <div class="facts">
              {person.portrait && <Picture portrait={person.portrait} surface={surface} />}
              {person.links.length > 0 && <Links person={person} surface={surface} />}
            </div>
            <div class="answers">
              <section>
                <h2 {...surface.frame}>{words.briefingsIn(year)}</h2>
                <CardList cards={cards} surface={surface} />
              </section>
              {years.length > 1 && (
                <nav aria-label={words.years} {...surface.frame}>
                  <ul class="months">
                    {years.map((each) => (
                      <li>
                        {each === year ? (
                          <b aria-current="page">{each}</b>
                        ) : (
                          <a href={surface.href(paths(each))}>{each}</a>
                        )}
                      </li>
                    ))}
                  </ul>
                </nav>
              )}
            </div>
          </div>
        </>
      ),
    };
  });
}

function Links({ person, surface }: { readonly person: Person; readonly surface: Surface }) {
  return (
    <section>
      <h2 {...surface.frame}>{surface.words.links}</h2>
      <ul class="plain">
        {person.links.map(({ title, url }) => (
          <li>
            <Linked url={url} surface={surface}>
              {title}
            </Linked>
          </li>
        ))}
      </ul>
    </section>
  );
}
