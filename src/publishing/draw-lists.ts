import type { CivilMonth, DocumentId } from '../briefing/model.ts';
import { monthEnds } from '../briefing/time-zone.ts';
import type { PublicObject } from '../site/public-object.ts';
import { affectedLists, neighbours } from './affected.ts';
import { drawVanished } from './draw-facets.ts';
import { drawTombstonesOf } from './draw-tombstones.ts';
import type { BriefingChange, Drawing } from './drawing.ts';
import { cardsOfMonth, latestIds, liveCard, resolvedBriefing } from './listing.ts';
import type { StepContext } from './step-context.ts';

/** Months, archive feeds, sitemaps, and all that speaks of the newest: those that the changes touch. */
export async function drawLists(
  drawing: Drawing,
  changes: readonly BriefingChange[],
): Promise<void> {
  const { context } = drawing;
  const { work, input, publication, touched } = context;
  const months = new Set<CivilMonth>(touched.months);
  const feedMonths = new Set<CivilMonth>(touched.months);
  const sitemapYears = new Set<string>([...touched.months].map((month) => month.slice(0, 4)));
  const around = await surroundings(context);
  for (const { before, after } of changes) {
    const lists = affectedLists(before, after, around);
    for (const month of lists.months) months.add(month);
    for (const month of lists.feedMonths) {
      // Of a redraw its month's feeds are drawn once, at the month's end, and not with each of its slices.
      if (!context.redrawn.has(after?.id ?? '') || lists.months.has(month)) feedMonths.add(month);
    }
    for (const year of lists.sitemapYears) sitemapYears.add(year);
    for (const [person, years] of lists.people) {
      const known = context.facetYears.get(person) ?? new Set<string>();
      context.facetYears.set(person, new Set([...known, ...years]));
    }
    if (lists.site) touched.site = true;
  }
  for (const month of around.monthsAfter) {
    if (
      around.isClosed(month) &&
      !isClosedAt(month, context.input.root.asOf, publication.settings.timeZone)
    ) {
      feedMonths.add(month);
      touched.site = true;
    }
  }
  for (const month of months) {
    const owner = `month:${month}` as const;
    const { newer, older } = neighbours(around.monthsAfter, month);
    if (around.monthsAfter.includes(month)) {
      const cards = await cardsOfMonth(context, month);
      for (const object of input.renderers.month({ publication, month, cards, newer, older })) {
        await drawing.put(owner, object, 'index');
      }
    } else {
      await drawVanished(drawing, owner, () => true);
    }
  }
  for (const month of feedMonths) {
    if (!around.monthsAfter.includes(month) || !around.isClosed(month)) continue;
    const ids = (await cardsOfMonth(context, month)).map((card) => card.id);
    const items = (
      await Promise.all(ids.map((id) => resolvedBriefing(context, id, 'feed')))
    ).filter((item) => item !== null);
    const { older } = neighbours(around.monthsAfter, month);
    for (const object of input.renderers.feedMonth({ publication, month, items, older })) {
      await drawing.put(`month:${month}`, object, 'index');
    }
  }
  for (const month of months) {
    if (around.monthsAfter.includes(month)) await drawTombstonesOf(drawing, `month:${month}`);
  }
  for (const path of input.repairs.keys()) {
    const year = yearOfSitemap(path);
    if (year !== null) sitemapYears.add(year);
  }
  // The others are drawn with their months.
  for (const path of touched.fixed ? Object.keys((await work.site()).views) : []) {
    const year = yearOfSitemap(path);
    const isListed = around.monthsAfter.some((month) => month.slice(0, 4) === year);
    if (year !== null && !isListed) sitemapYears.add(year);
  }
  for (const year of sitemapYears) await drawSitemapYear(drawing, year);
  if (touched.site || (await work.before('site')) === undefined) {
    for (const object of await entryPoints(context, around)) {
      await drawing.put('site', object, 'entry-point');
    }
  }
}

function yearOfSitemap(path: string): string | null {
  return /^\/sitemaps\/(\d{4})\.xml$/.exec(path)?.[1] ?? null;
}

/** All that speaks of the newest: home, archive, feeds and their like. */
export async function entryPoints(
  context: StepContext,
  around: Surroundings,
): Promise<readonly PublicObject[]> {
  const items = await Promise.all(
    around.latestAfter.map(async (id) => {
      const [card, feed] = await Promise.all([
        liveCard(context, id),
        resolvedBriefing(context, id, 'feed'),
      ]);
      return card === null || feed === null ? null : { card, resolved: feed.resolved };
    }),
  );
  return context.input.renderers.site({
    publication: context.publication,
    latest: items.filter((item) => item !== null),
    months: [...around.monthsAfter].reverse(),
    newestClosed: around.monthsAfter.findLast((month) => around.isClosed(month)) ?? null,
  });
}

async function drawSitemapYear(drawing: Drawing, year: string): Promise<void> {
  const { context } = drawing;
  const { input, publication, work } = context;
  const { months } = await work.site();
  const lines = (
    await Promise.all(
      months.filter((month) => month.startsWith(year)).map((month) => work.month(month)),
    )
  ).flatMap((month) => Object.entries(month.lines));
  const sorted = lines
    .sort(([a, x], [b, y]) => (`${x.date} ${a}` < `${y.date} ${b}` ? -1 : 1))
    .map(([, { path, modifiedAt }]) => ({ path, modifiedAt }));
  for (const object of input.renderers.sitemapYear({ publication, year, lines: sorted })) {
    const vanished = { publication, path: object.path, id: null, gone: null, movedTo: null };
    await drawing.put(
      'site',
      sorted.length === 0 ? input.renderers.gone(vanished) : object,
      'index',
    );
  }
}

/** The lists as they were before the step, and as they are after it. */
export interface Surroundings {
  readonly latestBefore: readonly DocumentId[];
  readonly latestAfter: readonly DocumentId[];
  readonly monthsBefore: readonly CivilMonth[];
  readonly monthsAfter: readonly CivilMonth[];
  readonly isClosed: (month: CivilMonth) => boolean;
}

export async function surroundings(context: StepContext): Promise<Surroundings> {
  const { work, asOf, publication } = context;
  const monthsBefore = (await work.before('site'))?.months ?? [];
  const monthsAfter = (await work.site()).months;
  const [latestBefore, latestAfter] = await Promise.all([
    latestIds(
      monthsBefore,
      async (month) => (await work.before(`month:${month}`)) ?? { lines: {} },
    ),
    latestIds(monthsAfter, (month) => work.month(month)),
  ]);
  const { timeZone } = publication.settings;
  return {
    latestBefore,
    latestAfter,
    monthsBefore,
    monthsAfter,
    isClosed: (month) => isClosedAt(month, asOf, timeZone),
  };
}

/** Whether a month has ended in the publication's zone. */
export function isClosedAt(month: CivilMonth, asOf: string, timeZone: string): boolean {
  return monthEnds(month, timeZone) <= asOf;
}
