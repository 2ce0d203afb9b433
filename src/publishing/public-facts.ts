import type { CivilMonth, DocumentId, Instant } from '../briefing/model.ts';
import type { Path } from '../briefing/resolved.ts';
import { contract } from '../feed/contract.ts';
import { v1 } from '../site/paths.ts';

/** The site as anybody can read it. */
export interface PublicSite {
  /** What is answered at a path: its status, and its JSON where it has some. */
  json(path: Path): Promise<{ readonly status: number; readonly json: unknown }>;
}

/** What was decided once about a live briefing, and cannot be derived from the lake. */
export interface BriefingFact {
  readonly id: DocumentId;
  readonly path: Path;
  readonly language: string;
  readonly date: string;
  readonly publishedAt: Instant;
  /** Null where a list was read, which does not say. */
  readonly related: readonly DocumentId[] | null;
}

/** A person who has a page. */
export interface PersonFact {
  readonly id: DocumentId;
  readonly path: Path;
  /** Newest first. */
  readonly years: readonly number[];
}

/** Reads the public contract; what is not there, or not what it should be, is null. */
export class PublicFacts {
  readonly #site: PublicSite;
  readonly #baseUrl: string;

  constructor(site: PublicSite, baseUrl: string) {
    this.#site = site;
    this.#baseUrl = baseUrl;
  }

  async briefing(id: DocumentId): Promise<BriefingFact | null> {
    const { status, json } = await this.#site.json(v1.briefing(id));
    const read = status === 200 ? contract.briefing.safeParse(json) : null;
    if (!read?.success || read.data.id !== id) return null;
    return { ...this.#fact(read.data), related: read.data.related.map((each) => each.id) };
  }

  /** Whether a briefing was here once: its tombstone says where to go instead. */
  async isGone(id: DocumentId): Promise<boolean> {
    return (await this.#site.json(v1.briefing(id))).status === 410;
  }

  async person(id: DocumentId): Promise<PersonFact | null> {
    const { status, json } = await this.#site.json(v1.person(id));
    const read = status === 200 ? contract.person.safeParse(json) : null;
    // The record of somebody merged leads on to another's.
    if (!read?.success || read.data.id !== id) return null;
    const { url, years } = read.data;
    return { id, path: this.#path(url), years: years.map(({ year }) => year) };
  }

  /** The live briefings about a person in a year, newest first. */
  async personYear(id: DocumentId, year: number): Promise<readonly BriefingFact[]> {
    const { status, json } = await this.#site.json(v1.personYear(id, year));
    const read = status === 200 ? contract['person-year'].safeParse(json) : null;
    return read?.success === true ? read.data.briefings.map((card) => this.#fact(card)) : [];
  }

  /** The live briefings of a month, newest first. */
  async month(month: CivilMonth): Promise<readonly BriefingFact[]> {
    const { status, json } = await this.#site.json(v1.month(month));
    const read = status === 200 ? contract.month.safeParse(json) : null;
    return read?.success === true ? read.data.briefings.map((card) => this.#fact(card)) : [];
  }

  /** The latest briefings and the months that have some, both newest first. */
  async index(): Promise<{
    readonly latest: readonly BriefingFact[];
    readonly months: readonly CivilMonth[];
  }> {
    const { status, json } = await this.#site.json(v1.index);
    const read = status === 200 ? contract.index.safeParse(json) : null;
    if (read?.success !== true) return { latest: [], months: [] };
    return {
      latest: read.data.latest.map((card) => this.#fact(card)),
      months: read.data.months.map(({ month }) => month),
    };
  }

  /** How full the head of the change feed is, and how many full chunks are before it. */
  async changes(): Promise<ChangesFact> {
    const { status, json } = await this.#site.json(v1.changesHead);
    const read = status === 200 ? contract.changes.safeParse(json) : null;
    if (read?.success !== true) return { entries: 0, chunks: 0 };
    const { entries, previousUrl } = read.data;
    return {
      entries: entries.length,
      chunks: Number(/\/(\d+)\.json$/.exec(previousUrl ?? '')?.[1] ?? 0),
    };
  }

  #fact(card: {
    readonly id: string;
    readonly url: string;
    readonly language: string;
    readonly date: string;
    readonly publishedAt: string;
  }): BriefingFact {
    const { id, language, date, publishedAt } = card;
    return { id, path: this.#path(card.url), language, date, publishedAt, related: null };
  }

  /** Pages name themselves by the stage's own address, wherever they are read. */
  #path(url: string): Path {
    const path = url.startsWith(this.#baseUrl) ? url.slice(this.#baseUrl.length) : url;
    return `/${path.replace(/^\//, '')}`;
  }
}

export interface ChangesFact {
  readonly entries: number;
  readonly chunks: number;
}
