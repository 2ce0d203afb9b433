import type { Person } from '../briefing/model.ts';
import type { Card, Path, Publication } from '../briefing/resolved.ts';
import { publicationSurface } from '../render/surface.ts';
import { cacheTags } from '../site/cache-tags.ts';
import { v1 } from '../site/paths.ts';
import type { PublicObject } from '../site/public-object.ts';
import { cardJson } from './card-json.ts';
import { contractObject } from './json-object.ts';

/** `/v1/people/<id>.json`: the record, and which years have briefings. */
export function personJson(
  {
    person,
    path,
    years,
  }: {
    readonly person: Person;
    readonly path: Path;
    /** Newest first. */
    readonly years: readonly number[];
  },
  publication: Publication,
): PublicObject {
  return contractObject(
    'person',
    publication,
    { path: v1.person(person.id), cache: 'list', tags: [cacheTags.person(person.id)] },
    (links) => ({
      type: 'person',
      id: person.id,
      url: links.url(path),
      name: person.name.text,
      sortName: person.sortName,
      nativeName: person.nativeName && {
        text: person.nativeName.text,
        language: person.nativeName.language,
      },
      alsoKnownAs: [...person.alsoKnownAs],
      kind: person.kind,
      pronouns: person.pronouns,
      links: person.links.map(({ title, url }) => ({
        title,
        url: publicationSurface(links, publication).typedLink(url),
      })),
      years: years.map((year) => ({
        year,
        jsonUrl: links.url(v1.personYear(person.id, year)),
      })),
    }),
  );
}

/** `/v1/people/<id>/<year>.json`: that year's list. */
export function personYearJson(
  {
    person,
    year,
    cards,
  }: {
    readonly person: Person;
    readonly year: number;
    readonly cards: readonly Card[];
  },
  publication: Publication,
): PublicObject {
  return contractObject(
    'person-year',
    publication,
    { path: v1.personYear(person.id, year), cache: 'list', tags: [cacheTags.person(person.id)] },
    (links) => ({
      type: 'person-year',
      person: {
        id: person.id,
        name: person.name.text,
        jsonUrl: links.url(v1.person(person.id)),
      },
      year,
      briefings: cards.map((card) => cardJson(card, links)),
    }),
  );
}
