import type { CivilMonth, DocumentId } from '../../briefing/model.ts';
import type { Path, ResolvedBriefing } from '../../briefing/resolved.ts';
import { monthEnds } from '../../briefing/time-zone.ts';
import type { PublicObject } from '../../site/public-object.ts';
import { neighbours } from '../affected.ts';
import { latestCount } from '../listing.ts';
import type { CleanSiteInput, DecidedSite } from './decided-site.ts';
import { forFeed, resolvedFor } from './resolve-live.ts';
import type { Live } from './outline.ts';

/** Everything that stands: briefings month by month, so that their prose is read once and let go. */
export async function* drawStanding(
  input: CleanSiteInput,
  site: DecidedSite,
): AsyncGenerator<PublicObject> {
  const { renderers } = input;
  const { publication, months } = site;
  const { timeZone } = publication.settings;
  const isClosed = (month: CivilMonth): boolean => monthEnds(month, timeZone) <= site.asOf;
  for (const month of months) {
    const ofMonth = site.byMonth.get(month) ?? [];
    const around = neighbours(months, month);
    const items: { readonly path: Path; readonly resolved: ResolvedBriefing }[] = [];
    const inFeed = isClosed(month);
    for (const each of ofMonth) {
      const { path } = each;
      const resolved = await resolvedFor(input, site, each);
      yield* drawBriefing(input, site, each, resolved);
      if (inFeed) items.push({ path, resolved: forFeed(resolved) });
    }
    if (inFeed) yield* renderers.feedMonth({ publication, month, items, older: around.older });
    const cards = ofMonth.map(({ card }) => card);
    yield* renderers.month({ publication, month, cards, ...around });
  }
  yield* renderers.fixed(publication);
  yield* drawEntryPoints(input, site, months.findLast(isClosed) ?? null);
  yield* drawSitemaps(input, site);
  yield* drawPeople(input, site);
  yield* drawChanges(input, site);
}

/** Page, twins and JSON of a live briefing. */
export function drawBriefing(
  { renderers }: CleanSiteInput,
  { publication }: DecidedSite,
  { path }: Live,
  resolved: ResolvedBriefing,
): readonly PublicObject[] {
  return renderers.briefing({ publication, path, resolved });
}

async function* drawEntryPoints(
  input: CleanSiteInput,
  site: DecidedSite,
  newestClosed: CivilMonth | null,
): AsyncGenerator<PublicObject> {
  const { publication, order, months } = site;
  const latest = await Promise.all(
    order.slice(0, latestCount).map(async (each) => ({
      card: each.card,
      resolved: forFeed(await resolvedFor(input, site, each)),
    })),
  );
  yield* input.renderers.site({
    publication,
    latest,
    months: [...months].reverse(),
    newestClosed,
  });
}

function* drawSitemaps(input: CleanSiteInput, site: DecidedSite): Generator<PublicObject> {
  const { publication, months, byMonth } = site;
  for (const year of new Set(months.map((month) => month.slice(0, 4)))) {
    const lines = months
      .filter((month) => month.startsWith(year))
      .flatMap((month) => byMonth.get(month) ?? [])
      .sort((a, b) => (`${a.card.date} ${a.card.id}` < `${b.card.date} ${b.card.id}` ? -1 : 1))
      .map(({ path, card }) => ({ path, modifiedAt: card.modifiedAt }));
    yield* input.renderers.sitemapYear({ publication, year, lines });
  }
}

function* drawPeople(input: CleanSiteInput, site: DecidedSite): Generator<PublicObject> {
  for (const id of site.people.keys()) yield* drawPerson(input, site, id);
}

/** The pages and JSON of a person; none without a page. */
export function drawPerson(
  input: CleanSiteInput,
  { publication, people }: DecidedSite,
  id: DocumentId,
): readonly PublicObject[] {
  const found = people.get(id);
  if (found === undefined) return [];
  const { person, path, cards } = found;
  const years = [...new Set(cards.map((card) => card.date.slice(0, 4)))];
  return input.renderers.person({
    publication,
    person,
    path,
    years,
    cards: years.map((year) => ({
      year,
      cards: cards.filter((card) => card.date.startsWith(year)),
    })),
  });
}

async function* drawChanges(
  input: CleanSiteInput,
  site: DecidedSite,
): AsyncGenerator<PublicObject> {
  const { history, renderers } = input;
  const { publication } = site;
  const numbers = [...history.chunks.keys()].sort((a, b) => a - b);
  for (const number of numbers) {
    const entries = history.chunks.get(number) ?? [];
    yield renderers.changesChunk({
      publication,
      number,
      entries,
      previous: number === 1 ? null : number - 1,
    });
  }
  yield renderers.changesHead({
    publication,
    entries: history.changes,
    previous: numbers.at(-1) ?? null,
  });
}
