import type { DocumentId, Instant, Problem } from '../briefing/model.ts';
import type { ParseDocument } from '../briefing/parse-once.ts';
import type { Path } from '../briefing/resolved.ts';
import type { PublicObject } from '../site/public-object.ts';
import { cleanSite, type CleanSite } from './clean-site.ts';
import type { History } from './history.ts';
import { briefingAddress } from './ledger.ts';
import type { Edit, Neighbourhood } from './neighbourhood.ts';
import {
  changeFeed,
  differences,
  followers,
  type PlannedWrite,
  purgesOf,
} from './planned-edit/differences.ts';
import {
  addressesLeft,
  chosenAnew,
  goneStamps,
  historyOf,
  slugOf,
} from './planned-edit/history-around.ts';
import { earliestEmbargo, type Refusal, refusals } from './planned-edit/refusals.ts';
import type { Renderers } from './renderers.ts';
import { settingsId } from './settings-document.ts';

export type { PlannedWrite } from './planned-edit/differences.ts';

/** What a stage is, and when: the rest of what a page is made from. */
export interface DrawingStage {
  readonly baseUrl: string;
  readonly tagAuthority: string;
  readonly renderers: Renderers;
  /** One that remembers: the documents around an edit are looked at several times. */
  readonly parse: ParseDocument;
  readonly now: Instant;
}

/** What pressing Publish will do, by public address. */
export interface PlannedEdit {
  /** Every address that will be written, by address. Older addresses of what moves or goes are apart. */
  readonly writes: readonly PlannedWrite[];
  /** Briefings that change though nobody edited them. */
  readonly followers: readonly DocumentId[];
  /** Briefings that may change too and were not looked at: an edit of much shown documents is bounded. */
  readonly beyond: number;
  /**
   * Documents that come, move or go: what stands at still older addresses of theirs, a redirect or a
   * tombstone, follows by itself. Those addresses are in the ledger and in no public list.
   */
  readonly redirectsOf: readonly DocumentId[];
  /** New settings: every redirect and tombstone there ever was is written again too. */
  readonly allRedirects: boolean;
  /** Pages that are purged from the edge; everything else is fresh within a minute and a half. */
  readonly purges: number;
  /** What keeps an edited document from being published: then nothing is written. */
  readonly refused: readonly Refusal[];
  /** Nothing is shown until then. */
  readonly waitsUntil: Instant | null;
  /** Live briefings of which the site shows another version than the lake has published: still on its way, or refused. */
  readonly unsettled: readonly DocumentId[];
}

/**
 * The plan of an edit: the difference of two clean builds of its neighbourhood, before and after. The
 * bucket always equals the clean build, so this is what will be written; `neighbourhood.ts` says why a
 * part of the site decides as the whole would.
 */
export async function planEdit(
  edit: Edit,
  around: Neighbourhood,
  given: DrawingStage,
): Promise<PlannedEdit> {
  const stage = { ...given, parse: judging(edit, around, given.parse) };
  const before = await siteBefore(around, stage, edit);
  const after = await siteAfter(edit, around, stage, before);
  const unsettled = [...around.briefings.values()]
    .filter(({ id, path }) => before.site.live.get(id)?.path !== path)
    .map(({ id }) => id)
    .sort();
  const refused = refusals(edit, around, after.site, stage.parse);
  const waitsUntil = earliestEmbargo(edit, after.site, stage.parse);
  const writes =
    refused.length > 0
      ? []
      : differences(before.objects, after.objects, new Map([...before.owners, ...after.owners]));
  return {
    writes: [...writes, ...changeFeed(writes, around)].sort((a, b) => (a.path < b.path ? -1 : 1)),
    followers: followers(writes, edit),
    beyond: refused.length > 0 ? 0 : around.beyond,
    redirectsOf: refused.length > 0 ? [] : departures(before.site, after.site, around, stage.parse),
    allRedirects: edit.has(settingsId) && writes.length > 0,
    purges: purgesOf(writes, before.objects, after.objects),
    refused,
    waitsUntil,
    unsettled,
  };
}

/** A document as it would be published: its own public objects, or what keeps it from having some. */
export interface DrawnDocument {
  /** Page, twins and JSON; empty when it cannot be drawn. */
  readonly objects: readonly PublicObject[];
  /** Errors and warnings, as the publisher would tell them. */
  readonly problems: readonly Problem[];
  /** Drawn as of then: nothing of it is on the site before. */
  readonly embargoedUntil: Instant | null;
  /** Drawn as it was just before: it is off the site since. */
  readonly expiredAt: Instant | null;
}

/**
 * Draws what an edit would publish of one document, from the renderer that publishes it. An embargoed
 * briefing is drawn as of its first minute, an expired one as of its last: an editor wants to see them.
 */
export async function drawEdited(
  id: DocumentId,
  edit: Edit,
  around: Neighbourhood,
  given: DrawingStage,
): Promise<DrawnDocument> {
  const stage = { ...given, parse: judging(edit, around, given.parse) };
  const documents = withEdit(shownDocuments(around, edit, stage.parse), edit);
  const { now, embargoedUntil, expiredAt } = instantOfShowing(documents.get(id), stage);
  const then = { ...stage, now };
  const history = historyOf(around, edit, then);
  const decided = await cleanSite(input(documents, history, then));
  const chosen = chosenAnew(edit, decided, { documents, history, parse: stage.parse });
  const briefings = new Map([...history.briefings, ...chosen]);
  const site = await cleanSite(input(documents, { ...history, briefings }, then));
  const problems = site.problems.find((each) => each.id === id)?.problems ?? [];
  const objects = [...(await site.briefing(id)), ...site.person(id)];
  return { objects, problems, embargoedUntil, expiredAt };
}

/** What the site shows was accepted; judged anew is what is edited, and what it does not show yet. */
function judging(edit: Edit, around: Neighbourhood, parse: ParseDocument): ParseDocument {
  const hidden = [...around.hidden].map((id) => around.documents.get(id));
  const judged = new Set<unknown>([...edit.values(), ...hidden]);
  return (document) => parse(document, judged.has(document) ? 'new' : 'accepted');
}

function instantOfShowing(
  document: unknown,
  { now, parse }: DrawingStage,
): Pick<DrawnDocument, 'embargoedUntil' | 'expiredAt'> & { readonly now: Instant } {
  const parsed = parse(document);
  const isBriefing = parsed.ok && parsed.value.type === 'briefing';
  const { publishAt, unpublishAt } = isBriefing
    ? parsed.value
    : { publishAt: null, unpublishAt: null };
  const embargoedUntil = publishAt !== null && publishAt > now ? publishAt : null;
  const expiredAt = unpublishAt !== null && unpublishAt <= now ? unpublishAt : null;
  if (embargoedUntil !== null) return { now: embargoedUntil, embargoedUntil, expiredAt };
  if (expiredAt === null) return { now, embargoedUntil, expiredAt };
  const lastMoment = new Date(Date.parse(expiredAt) - 1).toISOString();
  return { now: lastMoment, embargoedUntil, expiredAt };
}

interface Drawn {
  readonly site: CleanSite;
  readonly objects: ReadonlyMap<Path, PublicObject>;
  /** Whose page, twin or JSON stands at a path. */
  readonly owners: ReadonlyMap<Path, DocumentId>;
}

async function siteBefore(around: Neighbourhood, stage: DrawingStage, edit: Edit): Promise<Drawn> {
  const documents = shownDocuments(around, edit, stage.parse);
  for (const id of edit.keys()) if (around.hidden.has(id)) documents.delete(id);
  return drawn(
    documents,
    { ...historyOf(around, new Map(), stage), stamps: goneStamps(around) },
    stage,
    {
      around,
      edit,
    },
  );
}

async function siteAfter(
  edit: Edit,
  around: Neighbourhood,
  stage: DrawingStage,
  before: Drawn,
): Promise<Drawn> {
  const documents = withEdit(shownDocuments(around, edit, stage.parse), edit);
  const stamps = goneStamps(around);
  for (const [path, { status }] of before.objects) if (status === 200) stamps.set(path, 1);
  const history = { ...historyOf(around, edit, stage), stamps };
  const decided = await cleanSite(input(documents, history, stage));
  const left = addressesLeft(before.site, decided, around);
  const addresses = new Map([...history.addresses, ...left]);
  const briefings = new Map([
    ...history.briefings,
    ...chosenAnew(edit, decided, { documents, history, parse: stage.parse }),
  ]);
  return drawn(documents, { ...history, addresses, briefings }, stage, { around, edit });
}

async function drawn(
  documents: ReadonlyMap<DocumentId, unknown>,
  history: History,
  stage: DrawingStage,
  { around, edit }: { readonly around: Neighbourhood; readonly edit: Edit },
): Promise<Drawn> {
  const owners = new Map<Path, DocumentId>();
  const all: Renderers = {
    ...stage.renderers,
    briefing(page) {
      const drawing = stage.renderers.briefing(page);
      for (const { path } of drawing) owners.set(path, page.resolved.briefing.id);
      return drawing;
    },
  };
  const renderers = onlySubjects(all, around, edit.has(settingsId));
  const site = await cleanSite({ ...input(documents, history, stage), renderers });
  const objects = new Map<Path, PublicObject>();
  for await (const object of site.objects()) objects.set(object.path, object);
  return { site, objects, owners };
}

function input(
  documents: ReadonlyMap<DocumentId, unknown>,
  history: History,
  { baseUrl, tagAuthority, renderers, parse, now }: DrawingStage,
): Parameters<typeof cleanSite>[0] {
  // A hashed id is only needed beyond 119 characters, which the Studio never makes.
  const redirectIdOf = (id: DocumentId): DocumentId => `redirect-${id}`;
  return { documents, history, baseUrl, tagAuthority, renderers, parse, now, redirectIdOf };
}

/** Briefings that only stand for a list need no page; and without new settings nothing fixed changes. */
function onlySubjects(
  renderers: Renderers,
  { subjects }: Neighbourhood,
  withFixed: boolean,
): Renderers {
  return {
    ...renderers,
    briefing: (page) => (subjects.has(page.resolved.briefing.id) ? renderers.briefing(page) : []),
    fixed: (publication) => (withFixed ? renderers.fixed(publication) : []),
  };
}

/** What the lake has published, without what the site does not show: refused, or still on its way. */
function shownDocuments(
  around: Neighbourhood,
  edit: Edit,
  parse: ParseDocument,
): Map<DocumentId, unknown> {
  const documents = new Map(around.documents);
  const held = new Set(
    [...around.briefings.values()].map(({ language, path }) =>
      briefingAddress(language, slugOf(path)),
    ),
  );
  for (const id of around.hidden) {
    if (edit.has(id)) continue;
    const parsed = parse(documents.get(id));
    // Whoever waits for an address may come in when it is left.
    const waits =
      parsed.ok &&
      parsed.value.type === 'briefing' &&
      held.has(briefingAddress(parsed.value.language, parsed.value.slug));
    if (!waits) documents.delete(id);
  }
  return documents;
}

function withEdit(
  documents: ReadonlyMap<DocumentId, unknown>,
  edit: Edit,
): ReadonlyMap<DocumentId, unknown> {
  const after = new Map(documents);
  for (const [id, document] of edit) {
    if (document === null) after.delete(id);
    else after.set(id, document);
  }
  return after;
}

/** Documents whose address is another afterwards, or none; and those that come back to one. */
function departures(
  before: CleanSite,
  after: CleanSite,
  around: Neighbourhood,
  parse: ParseDocument,
): readonly DocumentId[] {
  const moved = new Set<DocumentId>(around.gone);
  for (const [was, is] of [
    [before.live, after.live],
    [before.people, after.people],
  ] as const) {
    for (const [id, { path }] of was) if (is.get(id)?.path !== path) moved.add(id);
    for (const id of is.keys()) if (!was.has(id)) moved.add(id);
  }
  // Whoever was merged into one of them goes where they go.
  for (let size = -1; size < moved.size;) {
    size = moved.size;
    for (const [id, document] of around.documents) {
      const parsed = parse(document);
      if (parsed.ok && parsed.value.type === 'person' && moved.has(parsed.value.mergedInto ?? '')) {
        moved.add(id);
      }
    }
  }
  return [...moved].sort();
}
