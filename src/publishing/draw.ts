import type { CivilMonth, DocumentId } from '../briefing/model.ts';
import type { Card, Path } from '../briefing/resolved.ts';
import { monthEnds } from '../briefing/time-zone.ts';
import type { ChangeEntry } from '../feed/changes.ts';
import { internalLinks } from '../site/internal-links.ts';
import { homePath, v1 } from '../site/paths.ts';
import type { PublicObject } from '../site/public-object.ts';
import { affectedLists, neighbours, type BriefingFacts } from './affected.ts';
import { pathOfAddress, viewsOf } from './ledger.ts';
import { redirectIdOf } from './links.ts';
import { cardsOfMonth, cardsOfPerson, latestIds, liveCard, resolvedBriefing } from './listing.ts';
import { contentHash, stampOf, storedForm, type Phase, type Write } from './release.ts';
import type { Entry, RecordKey, View, Views } from './state.ts';
import { noFacet, type StepContext } from './step-context.ts';

/**
 * Draw everything that this step touches and keep what differs from what was last written.
 * Views in state are brought up to date; the writes come back in no particular order.
 */
export async function draw(context: StepContext): Promise<readonly Write[]> {
  const drawing = new Drawing(context);
  const changes = await drawBriefings(drawing);
  await drawLists(drawing, changes);
  await drawFacets(drawing);
  await drawAddresses(drawing);
  await drawFixed(drawing);
  await announce(drawing, changes);
  await drawing.fileViews();
  await checkLinks(drawing);
  return drawing.writes;
}

/** A briefing's change as the rest of the site sees it. */
interface BriefingChange {
  readonly id: DocumentId;
  readonly before: BriefingFacts | null;
  readonly after: BriefingFacts | null;
}

type Kind = 'page' | 'index' | 'entry-point';

class Drawing {
  readonly context: StepContext;
  readonly writes: Write[] = [];
  readonly drawn: PublicObject[] = [];
  readonly #views = new Map<RecordKey, Map<Path, View>>();

  constructor(context: StepContext) {
    this.context = context;
  }

  /** Compare an object with what stands at its path, and note a write when it differs. */
  async put(owner: RecordKey, object: PublicObject, kind: Kind): Promise<void> {
    const { input, seq } = this.context;
    this.drawn.push(object);
    const before = await this.#viewAt(owner, object.path);
    const hash = contentHash(object);
    const repair = input.repairs.get(object.path);
    const isSame = before !== undefined && before.hash === hash && before.status === object.status;
    if (isSame && repair === undefined) {
      if (before.epoch !== input.stage.epoch) {
        this.#setView(owner, object.path, { ...before, epoch: input.stage.epoch });
      }
      return;
    }
    const stamp = stampOf(object, seq);
    const { etag } = storedForm(object, stamp);
    this.#setView(owner, object.path, {
      hash,
      seq,
      etag,
      status: object.status,
      epoch: input.stage.epoch,
    });
    this.writes.push({
      object,
      owner,
      stamp,
      etag,
      prev: repair === undefined ? (before?.etag ?? null) : repair,
      phase: phaseOf(before, object, kind),
    });
  }

  /** Whether anything live or moved stands at a path, after this step. */
  async standing(owner: RecordKey, path: Path): Promise<View | undefined> {
    return this.#viewAt(owner, path);
  }

  async viewsOf(owner: RecordKey): Promise<[Path, View][]> {
    const record = await this.context.work.get(owner);
    const known = new Map(viewsOf(recordViews(record)));
    for (const [path, view] of this.#views.get(owner) ?? []) known.set(path, view);
    return [...known];
  }

  async fileViews(): Promise<void> {
    const { work } = this.context;
    for (const [owner, views] of this.#views) {
      const merged = { ...recordViews(await work.get(owner)), ...Object.fromEntries(views) };
      const name = owner.slice(owner.indexOf(':') + 1);
      if (owner === 'site') {
        work.set('site', { ...(await work.site()), views: merged });
      } else if (owner.startsWith('month:')) {
        work.set(`month:${name}`, { ...(await work.month(name)), views: merged });
      } else if (owner.startsWith('address:')) {
        work.set(`address:${name}`, { ...(await work.address(name)), views: merged });
      } else if (owner.startsWith('changes:')) {
        const chunk = await work.get(`changes:${name}`);
        work.set(`changes:${name}`, { entries: chunk?.entries ?? [], views: merged });
      } else {
        const entry = await work.entry(name);
        if (entry !== undefined) work.set(`entry:${name}`, { ...entry, views: merged });
      }
    }
  }

  async #viewAt(owner: RecordKey, path: Path): Promise<View | undefined> {
    const drawn = this.#views.get(owner)?.get(path);
    return drawn ?? recordViews(await this.context.work.get(owner))[path];
  }

  #setView(owner: RecordKey, path: Path, view: View): void {
    const views = this.#views.get(owner) ?? new Map<Path, View>();
    this.#views.set(owner, views.set(path, view));
  }
}

function phaseOf(before: View | undefined, object: PublicObject, kind: Kind): Phase {
  if (object.status === 301) return 4;
  if (object.status === 410) return 5;
  if (kind === 'entry-point') return 3;
  if (before === undefined || before.status === 410) return 1;
  // Where a redirect stood, somebody may still come: the page there waits for its own targets.
  if (before.status === 301) return 2;
  return kind === 'page' ? 2 : 3;
}

async function drawBriefings(drawing: Drawing): Promise<readonly BriefingChange[]> {
  const { context } = drawing;
  const { work, input, publication } = context;
  const changes: BriefingChange[] = [];
  for (const id of context.touched.briefings) {
    const entry = await work.entry(id);
    const state = entry?.briefing;
    if (entry === undefined || !state) continue;
    let hash = '';
    if (state.state === 'live') {
      const page = await resolvedBriefing(context, id, 'page');
      if (page === null) continue;
      for (const object of input.renderers.briefing({ publication, ...page })) {
        await drawing.put(`entry:${id}`, object, 'page');
        if (object.path === v1.briefing(id)) hash = contentHash(object);
      }
    } else if (state.state !== 'leaving' && state.gone !== null && state.publishedAt !== null) {
      await drawing.put(`entry:${id}`, await goneObject(context, entry, v1.briefing(id)), 'page');
    }
    for (const address of state.formerly) context.touched.addresses.add(address);
    const card = await liveCard(context, id);
    changes.push({
      id,
      before: await factsBefore(context, id),
      after: card === null ? null : factsOf(card, hash),
    });
  }
  return changes;
}

function factsOf(card: Card, hash: string): BriefingFacts {
  return { id: card.id, path: card.path, card, personId: card.personId, contentHash: hash };
}

async function factsBefore(context: StepContext, id: DocumentId): Promise<BriefingFacts | null> {
  const entry = await context.work.before(`entry:${id}`);
  if (entry?.briefing?.state !== 'live') return null;
  const card = (await context.work.before(`cards:${entry.briefing.date}`))?.[id];
  return card === undefined ? null : factsOf(card, entry.views[v1.briefing(id)]?.hash ?? '');
}

async function drawLists(drawing: Drawing, changes: readonly BriefingChange[]): Promise<void> {
  const { context } = drawing;
  const { work, input, publication, touched } = context;
  const months = new Set<CivilMonth>(touched.months);
  const feedMonths = new Set<CivilMonth>(touched.months);
  const sitemapYears = new Set<string>([...touched.months].map((month) => month.slice(0, 4)));
  const around = await surroundings(context);
  for (const { before, after } of changes) {
    const lists = affectedLists(before, after, around);
    for (const month of lists.months) months.add(month);
    for (const month of lists.feedMonths) feedMonths.add(month);
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
  const vanishedYears = touched.fixed ? Object.keys((await work.site()).views) : [];
  for (const path of [...input.repairs.keys(), ...vanishedYears]) {
    const year = /^\/sitemaps\/(\d{4})\.xml$/.exec(path)?.[1];
    if (year !== undefined) sitemapYears.add(year);
  }
  for (const year of sitemapYears) await drawSitemapYear(drawing, year);
  const closed = around.monthsAfter.filter((month) => around.isClosed(month));
  const latest = around.latestAfter;
  if (touched.site || (await work.before('site')) === undefined) {
    const items = await Promise.all(
      latest.map(async (id) => {
        const [card, feed] = await Promise.all([
          liveCard(context, id),
          resolvedBriefing(context, id, 'feed'),
        ]);
        return card === null || feed === null ? null : { card, resolved: feed.resolved };
      }),
    );
    for (const object of input.renderers.site({
      publication,
      latest: items.filter((item) => item !== null),
      months: [...around.monthsAfter].reverse(),
      newestClosed: closed.at(-1) ?? null,
    })) {
      await drawing.put('site', object, 'entry-point');
    }
  }
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

async function surroundings(context: StepContext): Promise<{
  readonly latestBefore: readonly DocumentId[];
  readonly latestAfter: readonly DocumentId[];
  readonly monthsBefore: readonly CivilMonth[];
  readonly monthsAfter: readonly CivilMonth[];
  readonly isClosed: (month: CivilMonth) => boolean;
}> {
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

/** A person's pages: the years that changed, or all of them when the person did. */
async function drawFacets(drawing: Drawing): Promise<void> {
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
async function drawVanished(
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

async function drawAddresses(drawing: Drawing): Promise<void> {
  const { context } = drawing;
  for (const address of context.touched.addresses) {
    const record = await context.work.address(address);
    if (record.holder !== null || record.last === null) continue;
    const entry = await context.work.entry(record.last);
    if (entry === undefined) continue;
    const page = pathOfAddress(address, context.publication.settings.language);
    for (const [path] of viewsOf(record.views)) {
      const object = await formerObject(drawing, entry, page, path);
      await drawing.put(`address:${address}`, object, 'page');
    }
  }
}

/** What stands at an address that its last holder has left: a way on in one hop, or a tombstone. */
async function formerObject(
  drawing: Drawing,
  entry: Entry,
  page: Path,
  path: Path,
): Promise<PublicObject> {
  const { context } = drawing;
  const { input, publication } = context;
  const now = await placeNow(context, entry);
  if (now === null) return goneObject(context, entry, path);
  const twin: Path = `${now.path}${path.slice(page.length)}`;
  const standing = await drawing.standing(`entry:${now.id}`, twin);
  const location = standing?.status === 200 ? twin : now.path;
  return input.renderers.moved({ publication, path, location, id: null, gone: null });
}

async function goneObject(context: StepContext, entry: Entry, path: Path): Promise<PublicObject> {
  const { input, publication } = context;
  const gone = entry.briefing?.gone ?? entry.facet?.gone ?? null;
  const movedTo = await redirectTarget(context, entry);
  return movedTo !== null && !path.startsWith('/v1/')
    ? input.renderers.moved({ publication, path, location: movedTo, id: null, gone: null })
    : input.renderers.gone({ publication, path, id: entry.id, gone, movedTo });
}

/** Where a document's page is now, and whose record holds it; null when it has none. */
async function placeNow(
  context: StepContext,
  entry: Entry,
): Promise<{ readonly id: DocumentId; readonly path: Path } | null> {
  const { id } = entry;
  if (entry.briefing !== null) {
    const { state, path } = entry.briefing;
    return path !== null && (state === 'live' || state === 'leaving') ? { id, path } : null;
  }
  if (entry.facet?.path != null) return { id, path: entry.facet.path };
  const followed = await context.documents.followed(id);
  if (followed === null || followed.id === id) return null;
  const path = (await context.work.entry(followed.id))?.facet?.path ?? null;
  return path === null ? null : { id: followed.id, path };
}

/** Where readers of a briefing that is gone should go, by its redirect document. */
async function redirectTarget(context: StepContext, entry: Entry): Promise<Path | null> {
  if (entry.briefing === null) return null;
  const redirectId = redirectIdOf(entry.id);
  const redirectEntry = await context.work.entry(redirectId);
  const redirect = await context.documents.get(redirectId);
  if (!redirectEntry?.present || redirect?.type !== 'redirect') return null;
  if (redirect.to === null) return homePath;
  return (await liveCard(context, redirect.to))?.path ?? null;
}

async function drawFixed(drawing: Drawing): Promise<void> {
  const { context } = drawing;
  if (!context.touched.fixed && (await context.work.before('site')) !== undefined) return;
  for (const object of context.input.renderers.fixed(context.publication)) {
    await drawing.put('site', object, 'index');
  }
}

/** Write the change feed: what came, went or changed, never what it said. */
async function announce(drawing: Drawing, changes: readonly BriefingChange[]): Promise<void> {
  const { context } = drawing;
  const { work, input, publication, seq } = context;
  const news: ChangeEntry[] = [];
  let site = await work.site();
  let number = site.chunks * chunkSize + site.changes.length;
  for (const { id, before, after } of changes) {
    const kind = await changeKind(context, id, before, after);
    const entry = await work.entry(id);
    if (kind === null || entry?.briefing == null) continue;
    number += 1;
    const hash =
      after?.contentHash ?? (await drawing.standing(`entry:${id}`, v1.briefing(id)))?.hash ?? '';
    news.push({ seq: number, id, kind, address: v1.briefing(id), contentHash: hash, release: seq });
    work.set(`entry:${id}`, { ...entry, briefing: { ...entry.briefing, announced: hash } });
  }
  await redrawChunks(drawing);
  const isFirst = (await work.before('site')) === undefined;
  if (news.length === 0 && !isFirst && !context.touched.fixed && !input.repairs.has(v1.changesHead))
    return;
  let entries = [...site.changes, ...news];
  let { chunks } = site;
  while (entries.length > chunkSize) {
    chunks += 1;
    const full = entries.slice(0, chunkSize);
    entries = entries.slice(chunkSize);
    const owner = `changes:${chunks}` as const;
    work.set(owner, { entries: full, views: {} });
    const previous = chunks === 1 ? null : chunks - 1;
    const object = input.renderers.changesChunk({
      publication,
      entries: full,
      previous,
      number: chunks,
    });
    await drawing.put(owner, object, 'page');
  }
  site = await work.site();
  work.set('site', { ...site, changes: entries, chunks });
  const head = input.renderers.changesHead({
    publication,
    entries,
    previous: chunks === 0 ? null : chunks,
  });
  await drawing.put('site', head, 'entry-point');
}

/** Full chunks are only ever drawn again to repair them, or with everything else. */
async function redrawChunks(drawing: Drawing): Promise<void> {
  const { input, publication, touched, work } = drawing.context;
  const { chunks } = await work.site();
  for (let number = 1; number <= chunks; number += 1) {
    if (!touched.fixed && !input.repairs.has(v1.changes(number))) continue;
    const chunk = await work.get(`changes:${number}`);
    if (chunk === undefined) continue;
    const previous = number === 1 ? null : number - 1;
    const { entries } = chunk;
    const object = input.renderers.changesChunk({ publication, entries, previous, number });
    await drawing.put(`changes:${number}`, object, 'page');
  }
}

/** Entries in a full chunk of the change feed. */
export const chunkSize = 100;

async function changeKind(
  context: StepContext,
  id: DocumentId,
  before: BriefingFacts | null,
  after: BriefingFacts | null,
): Promise<ChangeEntry['kind'] | null> {
  const [was, is] = [await context.work.before(`entry:${id}`), await context.work.entry(id)];
  const stood = was?.briefing?.state === 'live' || was?.briefing?.state === 'leaving';
  const stands = is?.briefing?.state === 'live' || is?.briefing?.state === 'leaving';
  if (stood && !stands) return 'removed';
  if (after === null) return null;
  if (!stood) return 'published';
  if (before !== null && before.path !== after.path) return 'moved';
  if (is?.briefing?.announced === after.contentHash) return null;
  if (was?.accepted && is?.accepted && was.accepted.rev !== is.accepted.rev) {
    const [old, now] = await Promise.all([
      context.documents.at(id, was.accepted.rev),
      context.documents.at(id, is.accepted.rev),
    ]);
    if (old.type === 'briefing' && now.type === 'briefing') {
      if (now.retraction !== null && old.retraction === null) return 'retracted';
      if (now.corrections.length > old.corrections.length) return 'corrected';
    }
  }
  return 'updated';
}

/**
 * Link closure by induction (rule 5): every link of a changed object leads to something live, or
 * one redirect away. A failure is a bug, and nothing is published.
 */
async function checkLinks(drawing: Drawing): Promise<void> {
  const { context } = drawing;
  const written = new Set(drawing.writes.map((write) => write.object.path));
  const drawn = new Set(
    drawing.drawn.filter((object) => object.status === 200).map((object) => object.path),
  );
  const links = drawing.drawn
    .filter((object) => written.has(object.path))
    .flatMap((object) =>
      internalLinks(object, context.publication.baseUrl).map((link) => ({
        from: object.path,
        link,
      })),
    )
    .filter(({ link }) => !drawn.has(link));
  const broken = await Promise.all(
    links.map(async ({ from, link }) => ((await stands(drawing, link)) ? null : { from, link })),
  );
  for (const each of broken) {
    if (each === null) continue;
    throw new Error(
      `${each.from} would link to ${each.link}, where nothing stands in release ${context.seq}. ` +
        'This is a bug in what is affected by an edit; nothing was published.',
    );
  }
}

/** Whether a path that was not drawn by this step stands, by the record that owns it. */
async function stands(drawing: Drawing, path: Path): Promise<boolean> {
  for (const owner of await ownersOf(drawing.context, path)) {
    const view = await drawing.standing(owner, path);
    if (view !== undefined && view.status !== 410) return true;
  }
  return path.startsWith('/images/') || path.startsWith('/assets/');
}

/** The records that may hold the view of a path. */
export async function ownersOf(context: StepContext, path: Path): Promise<readonly RecordKey[]> {
  const segments = path.split('/').filter((segment) => segment !== '');
  const contract = /^\/v1\/(?:briefings|people)\/([^/]+?)(?:\.json|\/\d+\.json)$/.exec(path);
  if (contract?.[1] !== undefined) return [`entry:${contract[1]}`];
  const month =
    /^\/archive\/(\d{4})\/(\d{2})\/$/.exec(path) ??
    /^\/(?:v1\/months|feeds)\/(\d{4})-(\d{2})\./.exec(path);
  if (month !== null) return [`month:${month[1]}-${month[2]}`];
  const chunk = /^\/v1\/changes\/(\d+)\.json$/.exec(path);
  if (chunk !== null) return [`changes:${Number(chunk[1])}`];
  const { language } = context.publication.settings;
  const at = segments.indexOf('briefings');
  const slug = segments[at + 1];
  if ((at === 0 || at === 1) && slug !== undefined) {
    const tag = at === 0 ? language : segments[0];
    return addressOwners(context, `briefing/${tag}/${slug}`);
  }
  if (segments[0] === 'people' && segments[1] !== undefined) {
    return addressOwners(context, `person/${segments[1]}`);
  }
  return ['site'];
}

async function addressOwners(context: StepContext, address: string): Promise<readonly RecordKey[]> {
  const { holder } = await context.work.address(address);
  return holder === null ? [`address:${address}`] : [`entry:${holder}`, `address:${address}`];
}

function recordViews(record: unknown): Views {
  return isRecord(record) ? record.views : {};
}

function isRecord(record: unknown): record is { readonly views: Views } {
  return typeof record === 'object' && record !== null && 'views' in record;
}
