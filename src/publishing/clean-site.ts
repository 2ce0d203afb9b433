import type {
  Briefing,
  CivilMonth,
  DocumentId,
  Instant,
  Person,
  PublishedDocument,
  Redirect,
  SiteSettings,
} from '../briefing/model.ts';
import { parseDocument } from '../briefing/parse.ts';
import { cardOf, resolveBriefing } from '../briefing/resolve.ts';
import type {
  Card,
  LinkedBriefing,
  Path,
  Publication,
  ResolvedBriefing,
} from '../briefing/resolved.ts';
import { instantOf, monthEnds } from '../briefing/time-zone.ts';
import { briefingPath, homePath, personPath, v1 } from '../site/paths.ts';
import type { PublicObject } from '../site/public-object.ts';
import { neighbours } from './affected.ts';
import { Documents } from './documents.ts';
import type { History } from './history.ts';
import { briefingAddress, pathOfAddress, personAddress } from './ledger.ts';
import { latestCount, linkedBriefing, newestFirst } from './listing.ts';
import type { DocumentProblems } from './problems.ts';
import type { Renderers } from './renderers.ts';
import { settingsId, SettingsMissing } from './settings-document.ts';

/**
 * The public tree as a function of documents, history, an instant and the code, but for the stamps.
 * It shares the renderers with the publisher and nothing else: it lists by sorting everything, and
 * decides what is live from the documents and the ledger. Pure, and without Node's own modules: the
 * Studio draws its preview and makes its plan with it.
 */
export interface CleanSiteInput {
  readonly documents: PublishedDocuments;
  readonly history: History;
  readonly baseUrl: string;
  readonly tagAuthority: string;
  readonly renderers: Renderers;
  /** Used when the history names none. */
  readonly now: Instant;
  /** The id of the document that says where readers of a gone briefing should go. */
  readonly redirectIdOf: (id: DocumentId) => DocumentId;
}

/** The lake's published documents, as fetched. A Map will do; a large lake is read from disk. */
export interface PublishedDocuments extends Iterable<readonly [DocumentId, unknown]> {
  has(id: DocumentId): boolean;
  get(id: DocumentId): unknown;
}

export interface CleanSite {
  readonly asOf: Instant;
  readonly publication: Publication;
  /** Live briefings: where they stand, and their line in the lists. */
  readonly live: ReadonlyMap<DocumentId, { readonly path: Path; readonly card: Card }>;
  /** People who have a page. */
  readonly people: ReadonlyMap<
    DocumentId,
    { readonly path: Path; readonly cards: readonly Card[] }
  >;
  readonly problems: readonly DocumentProblems[];
  /** Everything that stands, or stood and says so; drawn as it is asked for. */
  objects(): AsyncIterable<PublicObject>;
  /** Page, twins and JSON of one live briefing; none when it is not live. */
  briefing(id: DocumentId): Promise<readonly PublicObject[]>;
  /** The pages and JSON of one person; none when there is no page. */
  person(id: DocumentId): readonly PublicObject[];
}

/** Throws SettingsMissing when there are no usable settings. */
export async function cleanSite(input: CleanSiteInput): Promise<CleanSite> {
  const site = await decideSite(input);
  const { asOf, publication, live, people, problems } = site;
  return {
    asOf,
    publication,
    live,
    people,
    problems,
    objects: () => drawSite(input, site),
    async briefing(id) {
      const each = live.get(id);
      return each === undefined
        ? []
        : drawBriefing(input, site, each, await resolvedFor(input, site, each));
    },
    person: (id) => drawPerson(input, site, id),
  };
}

/**
 * A briefing without its prose: all that is needed to decide what is live and to list it. The prose of
 * a large lake is read again, briefing by briefing, when its page is drawn.
 */
type Outline = Omit<Briefing, 'answers' | 'citations'>;

interface Live {
  readonly outline: Outline;
  /** The document of the outline, as fetched: in the lake, or a last valid version in the history. */
  readonly isFallback: boolean;
  readonly path: Path;
  readonly card: Card;
}

interface DecidedSite {
  readonly asOf: Instant;
  readonly publication: Publication;
  readonly documents: BuildDocuments;
  readonly live: ReadonlyMap<DocumentId, Live>;
  /** Newest first. */
  readonly order: readonly Live[];
  readonly months: readonly CivilMonth[];
  readonly byMonth: ReadonlyMap<CivilMonth, readonly Live[]>;
  readonly earlier: Earlier;
  readonly people: ReadonlyMap<
    DocumentId,
    { readonly person: Person; readonly path: Path; readonly cards: readonly Card[] }
  >;
  readonly redirects: ReadonlyMap<DocumentId, Redirect>;
  readonly redirectIdOf: CleanSiteInput['redirectIdOf'];
  readonly translations: ReadonlyMap<DocumentId, readonly DocumentId[]>;
  readonly problems: readonly DocumentProblems[];
}

class BuildDocuments extends Documents {
  readonly shown = new Map<DocumentId, PublishedDocument>();

  override get(id: DocumentId): Promise<PublishedDocument | null> {
    return Promise.resolve(this.shown.get(id) ?? null);
  }
}

async function decideSite(input: CleanSiteInput): Promise<DecidedSite> {
  const { history } = input;
  const asOf = history.asOf ?? input.now;
  const problems: DocumentProblems[] = [];
  const documents = new BuildDocuments();
  const candidates: Outline[] = [];
  const redirects = new Map<DocumentId, Redirect>();

  for (const [id, document] of history.snapshots) {
    const parsed = parseDocument(document);
    if (parsed.ok) documents.shown.set(id, parsed.value);
  }
  for (const [id, document] of input.documents) {
    const parsed = parseDocument(document);
    if (!parsed.ok) {
      problems.push({ id, type: typeOf(document), problems: parsed.problems });
      continue;
    }
    if (parsed.warnings.length > 0) {
      problems.push({ id, type: parsed.value.type, problems: parsed.warnings });
    }
    if (parsed.value.type === 'briefing') candidates.push(outlineOf(parsed.value));
    else documents.shown.set(id, parsed.value);
  }
  for (const [id, document] of documents.shown) {
    // An invalid redirect leaves its last valid version in force; a deleted one leaves none.
    if (document.type === 'redirect' && input.documents.has(id)) redirects.set(id, document);
  }
  const publication: Publication = {
    settings: settingsOf(documents, problems, input.history),
    baseUrl: input.baseUrl,
    tagAuthority: input.tagAuthority,
  };
  const live = await decideLive(input, publication, documents, candidates, asOf, problems);
  const order = [...live.values()].sort((a, b) =>
    newestFirst([a.card.id, a.card], [b.card.id, b.card]),
  );
  const people = await decidePeople(input, documents, order);
  const translations = new Map<DocumentId, DocumentId[]>();
  const byMonth = new Map<CivilMonth, Live[]>();
  for (const each of order) {
    const { outline, card } = each;
    if (outline.translationOf !== null) addTo(translations, outline.translationOf, outline.id);
    addTo(byMonth, card.date.slice(0, 7), each);
  }
  return {
    asOf,
    publication,
    documents,
    live,
    order,
    months: [...byMonth.keys()].sort(),
    byMonth,
    earlier: new Earlier(order),
    people,
    redirects,
    redirectIdOf: input.redirectIdOf,
    translations,
    problems,
  };
}

function outlineOf({ answers: _answers, citations: _citations, ...outline }: Briefing): Outline {
  return outline;
}

/** An outline where a briefing is asked for, but none of its prose. */
function withoutProse(outline: Outline): Briefing {
  return { ...outline, citations: [], answers: noAnswers };
}

const noAnswers = {
  whyInTheNews: [],
  whyWeCare: [],
  whyYouShouldCare: [],
  whoElseCares: [],
  furtherComments: [],
} as const satisfies Briefing['answers'];

function settingsOf(
  documents: BuildDocuments,
  problems: readonly DocumentProblems[],
  history: History,
): SiteSettings {
  const settings = documents.shown.get(settingsId);
  if (settings?.type === 'siteSettings') {
    // Addresses depend on the language: a revision that changes it is refused.
    const parsed = parseDocument(history.snapshots.get(settingsId));
    const isOther = parsed.ok && parsed.value.type === 'siteSettings' ? parsed.value : settings;
    return isOther.language === settings.language ? settings : isOther;
  }
  const found = problems.find(({ id }) => id === settingsId);
  throw new SettingsMissing(
    found === undefined
      ? `There is no document "${settingsId}": publish the settings first, and export again`
      : `The settings cannot be used: ${found.problems.map(({ path, message }) => `${path}: ${message}`).join(' ')}`,
  );
}

/** What is live: by the documents, their instants, and the ledger's holders. */
async function decideLive(
  input: CleanSiteInput,
  publication: Publication,
  documents: BuildDocuments,
  candidates: readonly Outline[],
  asOf: Instant,
  problems: DocumentProblems[],
): Promise<ReadonlyMap<DocumentId, Live>> {
  const { history } = input;
  const { settings } = publication;
  const live = new Map<DocumentId, Live>();
  const taken = new Map<string, DocumentId>();
  const holders = new Map(
    [...history.addresses].flatMap(([address, { holder }]) =>
      holder === null ? [] : [[address, holder]],
    ),
  );
  const fallbackOf = (id: DocumentId): Briefing | null => {
    const document = documents.shown.get(id);
    return document?.type === 'briefing' ? document : null;
  };
  const consider = async (outline: Outline, isFallback: boolean): Promise<boolean> => {
    const { id } = outline;
    const briefing = withoutProse(outline);
    const past = history.briefings.get(id);
    const parsed = resolveBriefing({
      briefing,
      references: await documents.referencesOf(briefing),
      settings,
      history: {
        publishedAt: past?.publishedAt ?? firstPublication(briefing, settings),
        related: [],
        translations: [],
        mentioned: new Map(),
        personPath: null,
      },
    });
    if (!parsed.ok) {
      problems.push({ id, type: 'briefing', problems: parsed.problems });
      return false;
    }
    if (briefing.unpublishAt !== null && briefing.unpublishAt <= asOf) return true;
    const address = briefingAddress(briefing.language, briefing.slug);
    const holder = holders.get(address) ?? taken.get(address);
    if (briefing.publishAt !== null && briefing.publishAt > asOf) {
      // Embargoed; or too late for an embargo, and then an older revision is what is shown.
      const isShown = isFallback && holder === id;
      if (!isShown) return fallbackOf(id) === null;
    }
    if (holder !== undefined && holder !== id) {
      problems.push({ id, type: 'briefing', problems: [slugTaken(holder)] });
      return false;
    }
    const { language, slug } = briefing;
    const path = briefingPath({ slug, language, publicationLanguage: settings.language });
    const card = { ...cardOf(parsed.value, path), personId: parsed.value.person.id };
    taken.set(address, id);
    live.set(id, { outline, isFallback, path, card });
    return true;
  };

  const ids = new Set(candidates.map(({ id }) => id));
  const byAge = [...candidates].sort((a, b) =>
    `${a.createdAt} ${a.id}` < `${b.createdAt} ${b.id}` ? -1 : 1,
  );
  for (const candidate of byAge) {
    if (await consider(candidate, false)) continue;
    const fallback = fallbackOf(candidate.id);
    if (fallback !== null && fallback.rev !== candidate.rev) {
      await consider(outlineOf(fallback), true);
    }
  }
  for (const id of documents.shown.keys()) {
    const fallback = ids.has(id) ? null : fallbackOf(id);
    // In the lake but refused, or removed but kept by the guard.
    const isKept = input.documents.has(id) || history.briefings.get(id)?.removalRefused === true;
    if (fallback !== null && isKept) await consider(outlineOf(fallback), true);
  }
  return live;
}

function slugTaken(holder: DocumentId): DocumentProblems['problems'][number] {
  return {
    code: 'slug-taken',
    path: 'slug',
    severity: 'error',
    message: `Another briefing, ${holder}, is live at this address.`,
    fix: 'Choose another slug, or change the other one first.',
  };
}

/** In a build without history a briefing first appeared at noon of its date. */
function firstPublication(briefing: Briefing, settings: SiteSettings): Instant {
  return instantOf(briefing.date, '12:00', settings.timeZone);
}

async function decidePeople(
  input: CleanSiteInput,
  documents: BuildDocuments,
  order: readonly Live[],
): Promise<DecidedSite['people']> {
  const cards = new Map<DocumentId, Card[]>();
  for (const { card } of order) addTo(cards, card.personId, card);
  const people = new Map<DocumentId, { person: Person; path: Path; cards: readonly Card[] }>();
  const taken = new Set<string>();
  const candidates = [...cards.keys()]
    .map((id) => documents.shown.get(id))
    .filter((document) => document?.type === 'person')
    .sort((a, b) => (`${a.createdAt} ${a.id}` < `${b.createdAt} ${b.id}` ? -1 : 1));
  for (const person of candidates) {
    const address = personAddress(person.slug);
    const holder = input.history.addresses.get(address)?.holder ?? null;
    const isRefused = holder === null ? taken.has(address) : holder !== person.id;
    const held = isRefused ? heldAddress(input.history, person.id) : address;
    if (held === null) continue;
    taken.add(held);
    const path = personPath(held.slice('person/'.length));
    people.set(person.id, { person, path, cards: cards.get(person.id) ?? [] });
  }
  return people;
}

/** The address a person keeps while another holds the one they want. */
function heldAddress(history: History, id: DocumentId): string | null {
  for (const [address, { holder }] of history.addresses) {
    if (holder === id && address.startsWith('person/')) return address;
  }
  return null;
}

async function* drawSite(input: CleanSiteInput, site: DecidedSite): AsyncGenerator<PublicObject> {
  const drawn = new Set<Path>();
  for await (const object of drawStanding(input, site)) {
    drawn.add(object.path);
    yield object;
  }
  yield* drawFormer(input, site, drawn);
}

/** Everything that stands: briefings month by month, so that their prose is read once and let go. */
async function* drawStanding(
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

function drawBriefing(
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

function drawPerson(
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

/** What once stood and stands no more: every path of the history that was not drawn above. */
async function* drawFormer(
  input: CleanSiteInput,
  site: DecidedSite,
  drawn: ReadonlySet<Path>,
): AsyncGenerator<PublicObject> {
  const { history, renderers } = input;
  const { publication } = site;
  const ledger = addressesByPage(history, publication);
  for (const path of history.stamps.keys()) {
    if (drawn.has(path)) continue;
    const contract = /^\/v1\/(briefings|people)\/(.+?)(?:\/\d{4})?\.json$/.exec(path);
    const id = contract?.[2] ?? null;
    if (contract?.[1] === 'people' && id !== null) {
      const merged = await site.documents.followed(id);
      yield merged !== null && merged.id !== id && site.people.has(merged.id)
        ? renderers.moved({
            publication,
            path,
            location: v1.person(merged.id),
            id: id,
            gone: history.people.get(id)?.gone ?? null,
          })
        : renderers.gone({
            publication,
            path,
            id,
            gone: site.people.has(id) ? null : (history.people.get(id)?.gone ?? null),
            movedTo: null,
          });
      continue;
    }
    if (id !== null) {
      const gone = history.briefings.get(id)?.gone ?? null;
      yield renderers.gone({ publication, path, id, gone, movedTo: redirectTarget(site, id) });
      continue;
    }
    yield await formerAddress(input, site, path, { drawn, ledger });
  }
}

interface LedgerPage {
  readonly page: Path;
  readonly address: string;
  readonly holder: DocumentId | null;
  readonly last: DocumentId | null;
}

/** The ledger by the page that stands, or stood, at an address. */
function addressesByPage(
  { addresses }: History,
  { settings }: Publication,
): ReadonlyMap<string, LedgerPage> {
  const pages = new Map<string, LedgerPage>();
  for (const [address, { holder, last }] of addresses) {
    const page = pathOfAddress(address, settings.language);
    if (!pages.has(page)) pages.set(page, { page, address, holder, last });
  }
  return pages;
}

/** The page that a path is, or lies under. */
function pageOver(ledger: ReadonlyMap<string, LedgerPage>, path: Path): LedgerPage | null {
  for (let end = path.indexOf('/', 1); end >= 0; end = path.indexOf('/', end + 1)) {
    const found = ledger.get(path.slice(0, end + 1));
    if (found !== undefined) return found;
  }
  return null;
}

async function formerAddress(
  input: CleanSiteInput,
  site: DecidedSite,
  path: Path,
  {
    drawn,
    ledger,
  }: {
    readonly drawn: ReadonlySet<Path>;
    readonly ledger: ReadonlyMap<string, LedgerPage>;
  },
): Promise<PublicObject> {
  const { history, renderers } = input;
  const { publication } = site;
  const found = pageOver(ledger, path);
  const last = found?.last ?? null;
  if (found === null || (found.holder === null && last === null)) {
    return renderers.gone({ publication, path, id: null, gone: null, movedTo: null });
  }
  const { page, address, holder } = found;
  if (holder !== null || last === null) {
    return renderers.gone({ publication, path, id: holder, gone: null, movedTo: null });
  }
  const isBriefing = address.startsWith('briefing/');
  const followed = await site.documents.followed(last);
  const now = isBriefing
    ? (site.live.get(last)?.path ?? null)
    : (site.people.get(followed?.id ?? last)?.path ?? null);
  const target = now ?? (isBriefing ? redirectTarget(site, last) : null);
  if (target !== null) {
    const twin: Path = `${target}${path.slice(page.length)}`;
    const location = now !== null && drawn.has(twin) ? twin : target;
    return renderers.moved({ publication, path, location, id: null, gone: null });
  }
  const gone =
    (isBriefing ? history.briefings.get(last)?.gone : history.people.get(last)?.gone) ?? null;
  return renderers.gone({ publication, path, id: last, gone, movedTo: null });
}

function redirectTarget(site: DecidedSite, id: DocumentId): Path | null {
  const redirect = site.redirects.get(site.redirectIdOf(id));
  if (redirect === undefined) return null;
  return redirect.to === null ? homePath : (site.live.get(redirect.to)?.path ?? null);
}

/** The briefing of an outline, prose and all: read and parsed again, since nobody has kept it. */
function briefingOf(
  { documents, history }: CleanSiteInput,
  { outline, isFallback }: Live,
): Briefing {
  const { id } = outline;
  const parsed = parseDocument(isFallback ? history.snapshots.get(id) : documents.get(id));
  if (parsed.ok && parsed.value.type === 'briefing') return parsed.value;
  throw new Error(`${id} could be read a moment ago and cannot now: the documents have changed`);
}

async function resolvedFor(
  input: CleanSiteInput,
  site: DecidedSite,
  each: Live,
): Promise<ResolvedBriefing> {
  const { history } = input;
  const briefing = briefingOf(input, each);
  const past = history.briefings.get(briefing.id);
  const person = await site.documents.followed(briefing.personId);
  const linked = (ids: readonly DocumentId[]): LinkedBriefing[] =>
    ids.flatMap((id) => {
      const found = site.live.get(id);
      return found === undefined ? [] : [linkedBriefing(found.card)];
    });
  const original = briefing.translationOf ?? briefing.id;
  const group = [original, ...(site.translations.get(original) ?? [])].filter(
    (id) => id !== briefing.id,
  );
  const parsed = resolveBriefing({
    briefing,
    references: await site.documents.referencesOf(briefing),
    settings: site.publication.settings,
    history: {
      publishedAt: each.card.publishedAt,
      related: linked(past?.related ?? chooseWithoutHistory(site, each.outline)),
      translations: linked(group).sort((a, b) =>
        `${a.language} ${a.id}` < `${b.language} ${b.id}` ? -1 : 1,
      ),
      mentioned: new Map(
        briefing.mentionedIds.flatMap((id) => {
          const path = site.live.get(id)?.path;
          return path === undefined ? [] : [[id, path]];
        }),
      ),
      personPath: person === null ? null : (site.people.get(person.id)?.path ?? null),
    },
  });
  if (parsed.ok) return parsed.value;
  throw new Error(
    `${briefing.id} was live a moment ago: ${parsed.problems.map(({ code }) => code).join(', ')}`,
  );
}

/** A feed item shows neither: so a neighbour's new headline never rewrites a feed. */
function forFeed(resolved: ResolvedBriefing): ResolvedBriefing {
  return { ...resolved, related: [], translations: [] };
}

/** Without a history the choice is made as it would have been made in order of publication. */
function chooseWithoutHistory(site: DecidedSite, outline: Outline): readonly DocumentId[] {
  const { earlier, live } = site;
  const chosen = new Set(outline.relatedIds.filter((id) => live.has(id) && id !== outline.id));
  for (const among of [
    [`person ${outline.personId}`],
    outline.countryIds.map((id) => `country ${id}`),
    outline.topicIds.map((id) => `topic ${id}`),
  ]) {
    if (chosen.size >= relatedCount) break;
    for (const id of earlier.than(outline, among, relatedCount + chosen.size)) chosen.add(id);
  }
  return [...chosen].slice(0, relatedCount);
}

const relatedCount = 3;

/** Live briefings by what they share, newest first, for finding the ones before another. */
class Earlier {
  readonly #sharing = new Map<string, Ranked[]>();

  constructor(order: readonly Live[]) {
    for (const [rank, { outline }] of order.entries()) {
      const { id, date, personId, countryIds, topicIds } = outline;
      const shared = [
        `person ${personId}`,
        ...countryIds.map((country) => `country ${country}`),
        ...topicIds.map((topic) => `topic ${topic}`),
      ];
      for (const each of new Set(shared)) addTo(this.#sharing, each, { rank, id, date });
    }
  }

  /** The newest of those before a briefing that share any of these. */
  than(outline: Outline, shared: readonly string[], count: number): readonly DocumentId[] {
    const found = new Map<DocumentId, number>();
    for (const each of shared) {
      for (const { id, rank } of this.#before(outline, each, count)) found.set(id, rank);
    }
    return [...found]
      .sort(([, a], [, b]) => a - b)
      .slice(0, count)
      .map(([id]) => id);
  }

  #before({ id, date }: Outline, shared: string, count: number): readonly Ranked[] {
    const list = this.#sharing.get(shared) ?? [];
    const found: Ranked[] = [];
    for (let at = firstNotAfter(list, date); at < list.length && found.length < count; at += 1) {
      const each = list[at];
      if (each !== undefined && (each.date < date || each.id < id)) found.push(each);
    }
    return found;
  }
}

interface Ranked {
  readonly rank: number;
  readonly id: DocumentId;
  readonly date: string;
}

/** Where the dates of a list, newest first, are no later than one. */
function firstNotAfter(list: readonly Ranked[], date: string): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.date ?? '') > date) low = middle + 1;
    else high = middle;
  }
  return low;
}

function addTo<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function typeOf(document: unknown): string | null {
  if (typeof document !== 'object' || document === null || !('_type' in document)) return null;
  return typeof document._type === 'string' ? document._type : null;
}
