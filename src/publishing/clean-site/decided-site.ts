import type {
  CivilMonth,
  DocumentId,
  Instant,
  Person,
  PublishedDocument,
  Redirect,
} from '../../briefing/model.ts';
import type { ParseDocument } from '../../briefing/parse-once.ts';
import type { Card, Path, Publication } from '../../briefing/resolved.ts';
import { Documents } from '../documents.ts';
import type { History } from '../history.ts';
import type { DocumentProblems } from '../problems.ts';
import type { Renderers } from '../renderers.ts';
import type { Earlier } from './earlier.ts';
import type { Live } from './outline.ts';

/** All that a clean site is made of. */
export interface CleanSiteInput {
  readonly documents: PublishedDocuments;
  readonly history: History;
  readonly baseUrl: string;
  readonly tagAuthority: string;
  readonly renderers: Renderers;
  readonly parse: ParseDocument;
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

/** What is live, where, and in which lists: decided before anything is drawn. */
export interface DecidedSite {
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

/** Documents as the site shows them: the last valid version of each. */
export class BuildDocuments extends Documents {
  readonly shown = new Map<DocumentId, PublishedDocument>();

  override get(id: DocumentId): Promise<PublishedDocument | null> {
    return Promise.resolve(this.shown.get(id) ?? null);
  }
}
