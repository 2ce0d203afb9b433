import type { Renderers } from '../../src/publishing/renderers.ts';
import type { PublicObject } from '../../src/site/public-object.ts';

/** An edition every object of which is another: what a deployment of new code may draw. */
export function anotherEdition(
  edition: Renderers,
  change: (object: PublicObject) => PublicObject,
): Renderers {
  return {
    briefing: (input) => edition.briefing(input).map(change),
    site: (input) => edition.site(input).map(change),
    fixed: (publication) => edition.fixed(publication).map(change),
    month: (input) => edition.month(input).map(change),
    feedMonth: (input) => edition.feedMonth(input).map(change),
    sitemapYear: (input) => edition.sitemapYear(input).map(change),
    person: (input) => edition.person(input).map(change),
    changesHead: (input) => change(edition.changesHead(input)),
    changesChunk: (input) => change(edition.changesChunk(input)),
    moved: (input) => change(edition.moved(input)),
    gone: (input) => change(edition.gone(input)),
  };
}
