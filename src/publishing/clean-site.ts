import type { DocumentId, Instant } from '../briefing/model.ts';
import type { Card, Path, Publication } from '../briefing/resolved.ts';
import type { PublicObject } from '../site/public-object.ts';
import { decideSite } from './clean-site/decide-site.ts';
import type { CleanSiteInput, DecidedSite } from './clean-site/decided-site.ts';
import { drawFormer } from './clean-site/draw-former.ts';
import { drawBriefing, drawPerson, drawStanding } from './clean-site/draw-standing.ts';
import { resolvedFor } from './clean-site/resolve-live.ts';
import type { DocumentProblems } from './problems.ts';

/** The public tree as it must be, but for the stamps. */
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

/**
 * The public tree as a function of documents, history, an instant and the code. It shares the renderers
 * with the publisher and nothing else: it lists by sorting everything, and decides what is live from the
 * documents and the ledger. Pure, and without Node's own modules: the Studio draws its preview and makes
 * its plan with it. Throws SettingsMissing when there are no usable settings.
 */
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

async function* drawSite(input: CleanSiteInput, site: DecidedSite): AsyncGenerator<PublicObject> {
  const drawn = new Set<Path>();
  for await (const object of drawStanding(input, site)) {
    drawn.add(object.path);
    yield object;
  }
  yield* drawFormer(input, site, drawn);
}
