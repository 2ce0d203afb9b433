import type { CivilMonth } from '../briefing/model.ts';
import type { Path } from '../briefing/resolved.ts';
import { v1 } from '../site/paths.ts';
import { placeNow } from './draw-addresses.ts';
import type { Drawing } from './drawing.ts';
import { cardsOfPerson } from './listing.ts';
import type { RecordKey } from './state.ts';
import { noFacet } from './step-context.ts';

/** A person's pages: the years that changed, or all of them when the person did. */
export async function drawFacets(drawing: Drawing): Promise<void> {
  const { context } = drawing;
  const { work, input, publication, touched } = context;
  for (const id of new Set([...touched.facets, ...context.facetYears.keys()])) {
    const entry = await work.entry(id);
    const person = await context.documents.person(id);
    if (entry === undefined || person === null) continue;
    const facet = entry.facet ?? noFacet;
    const owner = `entry:${id}` as const;
    if (facet.path === null) {
      await drawVanished(drawing, owner, (path) => path.startsWith('/v1/people/'));
      continue;
    }
    const yearsBefore = yearsOf((await work.before(owner))?.facet?.months ?? []);
    const listed = yearsOf(facet.months);
    // Nobody is listed any more, but something still links here: the list is empty until it goes.
    if (listed.length === 0 && yearsBefore.length === 0) continue;
    const years = listed.length === 0 ? yearsBefore.slice(0, 1) : listed;
    const whole = touched.wholeFacets.has(id) || listed.join() !== yearsBefore.join();
    const changed = context.facetYears.get(id) ?? new Set<string>();
    const cards = await Promise.all(
      years
        .filter((year) => whole || changed.has(year))
        .map(async (year) => ({
          year,
          cards: await cardsOfPerson(
            context,
            id,
            facet.months.filter((month) => month.startsWith(year)),
          ),
        })),
    );
    const objects = input.renderers.person({ publication, person, path: facet.path, years, cards });
    for (const object of objects) await drawing.put(owner, object, 'index');
    if (whole) {
      const drawn = new Set(objects.map((object) => object.path));
      await drawVanished(drawing, owner, (path) => !drawn.has(path));
    }
  }
}

/** The years of months, newest first. */
function yearsOf(months: readonly CivilMonth[]): readonly string[] {
  return [...new Set(months.map((month) => month.slice(0, 4)))].sort().reverse();
}

/** What stood in a record and is drawn no more says so. */
export async function drawVanished(
  drawing: Drawing,
  owner: RecordKey,
  has: (path: Path) => boolean,
): Promise<void> {
  const { context } = drawing;
  const { publication, input } = context;
  const entry = owner.startsWith('entry:') ? await context.work.entry(owner.slice(6)) : undefined;
  const into = entry === undefined ? null : await placeNow(context, entry);
  for (const [path] of await drawing.viewsOf(owner)) {
    if (!has(path)) continue;
    const object =
      entry !== undefined && into !== null && into.id !== entry.id
        ? input.renderers.moved({
            publication,
            path,
            location: v1.person(into.id),
            id: entry.id,
            gone: entry.facet?.gone ?? null,
          })
        : input.renderers.gone({
            publication,
            path,
            id: entry?.id ?? null,
            gone: entry?.facet?.gone ?? null,
            movedTo: null,
          });
    await drawing.put(owner, object, 'page');
  }
}
