import type { CivilMonth, DocumentId, DocumentType } from '../briefing/model.ts';
import {
  type BriefingFact,
  type ChangesFact,
  type PersonFact,
  PublicFacts,
  type PublicSite,
} from './public-facts.ts';
import { latestCount } from './listing.ts';
import {
  fieldOf,
  joinedIn,
  linkTextOf,
  referenceIn,
  referencesIn,
  sameBasis,
  sharedBy,
  slugIn,
  textIn,
} from './raw-document.ts';
import { settingsId } from './settings-document.ts';

/** The lake's published documents, as an editor may ask for them. */
export interface Archive {
  /** Documents as fetched; what is not published is left out. */
  read(ids: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, unknown>>;
  /** Drafts, under the ids they will be published under. */
  drafts(ids: readonly DocumentId[]): Promise<ReadonlyMap<DocumentId, unknown>>;
  /** What refers to any of these, newest briefings first. */
  referrers(ids: readonly DocumentId[], limit: number): Promise<Found>;
  /** Briefings or people that have one of these slugs. */
  atSlugs(type: 'briefing' | 'person', slugs: readonly string[]): Promise<readonly DocumentId[]>;
  /** Briefings of a day or later, oldest first; only those that share something, where it is given. */
  later(since: string, limit: number, shared?: readonly DocumentId[]): Promise<Found>;
  /** Briefings of a day or earlier that share something, newest first. */
  earlier(until: string, limit: number, shared: readonly DocumentId[]): Promise<Found>;
  /** Everything that has a page, newest briefings first. */
  everything(limit: number): Promise<Found>;
}

export interface Found {
  readonly found: readonly { readonly id: DocumentId; readonly type: DocumentType }[];
  /** How many there are in all. */
  readonly total: number;
}

/** What pressing Publish would change: documents by id as they would be; null for one that goes. */
export type Edit = ReadonlyMap<DocumentId, unknown>;

/**
 * As much of the lake and of the site's public history as decides what an edit does: small, whatever
 * the size of the archive. Where only the presence of a list matters, one of its briefings stands for
 * the others.
 */
export interface Neighbourhood {
  /** Published documents, as fetched. */
  readonly documents: ReadonlyMap<DocumentId, unknown>;
  readonly briefings: ReadonlyMap<DocumentId, BriefingFact>;
  readonly people: ReadonlyMap<DocumentId, PersonFact>;
  readonly changes: ChangesFact;
  /** Briefings that the site was asked for and does not show. */
  readonly hidden: ReadonlySet<DocumentId>;
  /** Briefings that are gone and lead elsewhere. */
  readonly gone: ReadonlySet<DocumentId>;
  /** Briefings whose own objects may change. */
  readonly subjects: ReadonlySet<DocumentId>;
  /** Documents that were never published, shown from their draft. */
  readonly borrowed: ReadonlySet<DocumentId>;
  /** Briefings that may change too and were not looked at. */
  readonly beyond: number;
}

/** How many dependants are looked at one by one; what is beyond is counted. */
export const mostDependants = 200;

/**
 * Everything that the page of a document shows: what a preview needs. What it refers to and was never
 * published is taken from its draft, so that there is a page to look at.
 */
export async function whatPageShows(
  edit: Edit,
  archive: Archive,
  site: PublicSite,
  baseUrl: string,
): Promise<Neighbourhood> {
  const gathering = new Gathering(edit, archive, new PublicFacts(site, baseUrl));
  await gathering.readEdited();
  await gathering.readTranslations();
  await gathering.readPeople({ whole: true });
  await gathering.readEarlier();
  await gathering.close({ withDrafts: true });
  return gathering.done();
}

/** Everything that decides what publishing an edit writes: what a plan needs. */
export async function whatEditTouches(
  edit: Edit,
  archive: Archive,
  site: PublicSite,
  baseUrl: string,
  limit = mostDependants,
): Promise<Neighbourhood> {
  const gathering = new Gathering(edit, archive, new PublicFacts(site, baseUrl), limit);
  await gathering.readEdited();
  await gathering.readTranslations();
  await gathering.readReferrers();
  await gathering.readWhoChose();
  await gathering.readRivals();
  await gathering.readPeople({ whole: false });
  await gathering.readEarlier();
  await gathering.readLists();
  await gathering.close({ withDrafts: false });
  return gathering.done();
}

class Gathering {
  readonly #edit: Edit;
  readonly #archive: Archive;
  readonly #facts: PublicFacts;
  readonly #limit: number;
  readonly #documents = new Map<DocumentId, unknown>();
  readonly #absent = new Set<DocumentId>();
  readonly #briefings = new Map<DocumentId, BriefingFact>();
  readonly #people = new Map<DocumentId, PersonFact>();
  readonly #hidden = new Set<DocumentId>();
  readonly #gone = new Set<DocumentId>();
  readonly #subjects = new Set<DocumentId>();
  readonly #borrowed = new Set<DocumentId>();
  readonly #wanted = new Set<DocumentId>();
  #changes: ChangesFact = { entries: 0, chunks: 0 };
  #beyond = 0;

  constructor(edit: Edit, archive: Archive, facts: PublicFacts, limit = mostDependants) {
    this.#edit = edit;
    this.#archive = archive;
    this.#facts = facts;
    this.#limit = limit;
  }

  /** The edited documents as they are published, and what the site says of them. */
  async readEdited(): Promise<void> {
    const ids = [...this.#edit.keys()];
    await this.#read([settingsId, ...ids, ...ids.map((id) => `redirect-${id}`)]);
    for (const id of this.#editedOf('briefing')) this.#subjects.add(id);
    await this.#askSite(this.#editedOf('briefing'));
    for (const version of this.#versions()) {
      for (const id of referencesIn(version)) this.#wanted.add(id);
    }
    for (const id of this.#editedOf('briefing')) {
      // What was chosen for a briefing stands on its page.
      for (const related of this.#briefings.get(id)?.related ?? []) this.#wanted.add(related);
    }
    await this.#read(this.#wanted);
    await this.#askSite(this.#of('briefing', this.#wanted));
  }

  /** The same text in other languages: each page shows the others. */
  async readTranslations(): Promise<void> {
    const originals = new Set<DocumentId>(this.#editedOf('briefing'));
    for (const version of this.#versions()) {
      const original = referenceIn(version, 'translationOf');
      if (original !== null) originals.add(original);
    }
    if (originals.size === 0) return;
    const { found } = await this.#archive.referrers([...originals], this.#limit);
    await this.#read(found.map(({ id }) => id));
    const group = found
      .map(({ id }) => id)
      .filter((id) => originals.has(referenceIn(this.#documents.get(id), 'translationOf') ?? ''));
    await this.#add([...originals, ...group]);
  }

  /** Whoever shows an edited document, through people and merges. */
  async readReferrers(): Promise<void> {
    if (this.#edit.has(settingsId)) {
      const { found, total } = await this.#archive.everything(this.#limit);
      await this.#readFound(found);
      this.#beyond += Math.max(0, total - found.length);
      for (const id of this.#of('person', this.#documents.keys())) await this.#askPerson(id);
      return;
    }
    let frontier: readonly DocumentId[] = [...this.#edit.keys()];
    const seen = new Set(frontier);
    for (let hop = 0; hop < 4 && frontier.length > 0; hop += 1) {
      const { found, total } = await this.#archive.referrers(frontier, this.#limit);
      this.#beyond += Math.max(0, total - found.length);
      await this.#readFound(found);
      frontier = found
        .filter(({ id, type }) => type !== 'briefing' && type !== 'siteSettings' && !seen.has(id))
        .map(({ id }) => id);
      for (const id of frontier) seen.add(id);
    }
    // Whose readers are led to an edited briefing.
    for (const redirect of this.#of('redirect', this.#documents.keys())) {
      const from = textIn(this.#documents.get(redirect), 'from');
      if (from !== null && (await this.#facts.isGone(from))) this.#gone.add(from);
    }
  }

  /** Whose related briefings were chosen to be an edited one: the lake does not know, their JSON does. */
  async readWhoChose(): Promise<void> {
    for (const id of this.#editedOf('briefing')) {
      const before = this.#documents.get(id);
      const date = textIn(before, 'date');
      if (date === null || !this.#briefings.has(id)) continue;
      if (linkTextOf(before) === linkTextOf(this.#edit.get(id))) continue;
      // A choice outlives what it was made from, so that only all of them are certain.
      const all = await this.#archive.later('', this.#limit);
      const shared = [before, this.#edit.get(id)].flatMap((version) => sharedBy(version));
      const { found, total } =
        all.total <= this.#limit ? all : await this.#archive.later(date, this.#limit, shared);
      this.#beyond += Math.max(0, total - found.length);
      const ids = found.map((each) => each.id).filter((each) => !this.#subjects.has(each));
      const facts = await Promise.all(ids.map((each) => this.#facts.briefing(each)));
      const choosers = facts.filter((fact) => fact?.related?.includes(id) === true);
      for (const fact of choosers) {
        if (fact === null) continue;
        this.#briefings.set(fact.id, fact);
        this.#subjects.add(fact.id);
        this.#wanted.add(fact.id);
      }
    }
  }

  /** Who has, or wants, an address that is taken or left. */
  async readRivals(): Promise<void> {
    for (const type of ['briefing', 'person'] as const) {
      const people = type === 'person' ? this.#peopleShown() : [];
      const versions = [...this.#versions(), ...people.map((id) => this.#documents.get(id))].filter(
        (version) => textIn(version, '_type') === type,
      );
      const slugs = versions.map(slugIn).filter((slug) => slug !== null);
      if (slugs.length === 0) continue;
      const rivals = (await this.#archive.atSlugs(type, [...new Set(slugs)])).filter(
        (id) => !this.#edit.has(id),
      );
      await this.#read(rivals);
      if (type === 'briefing') await this.#add(rivals);
      else for (const id of rivals) await this.#askPerson(id);
    }
  }

  /** The people concerned, and of each year of theirs a briefing that stands for it: or all of them. */
  async readPeople({ whole }: { readonly whole: boolean }): Promise<void> {
    const edited = this.#editedOf('person');
    for (const id of new Set([...this.#peopleShown(), ...edited])) {
      const fact = await this.#askPerson(id);
      if (fact === null) continue;
      if (whole && !edited.includes(id)) continue;
      for (const year of fact.years) {
        const ofYear = (await this.#facts.personYear(id, year)).filter(
          (each) => !this.#edit.has(each.id),
        );
        this.#stand(whole ? ofYear : ofYear.slice(0, 2));
      }
    }
    if (whole && edited.length > 0) {
      const { found } = await this.#archive.referrers(edited, this.#limit);
      await this.#readFound(found);
    }
  }

  /** What would be chosen as related: the newest before it about the same person, country, topic. */
  async readEarlier(): Promise<void> {
    for (const [id, version] of this.#edit) {
      const date = textIn(version, 'date');
      if (textIn(version, '_type') !== 'briefing' || date === null) continue;
      if (this.#briefings.has(id) && sameBasis(this.#documents.get(id), version)) continue;
      for (const field of ['person', 'countries', 'topics']) {
        const shared = referencesIn(fieldOf(version, field));
        if (shared.length === 0) continue;
        const { found } = await this.#archive.earlier(date, 12, shared);
        const ids = found.map((each) => each.id).filter((each) => !this.#edit.has(each));
        await this.#read(ids);
        await this.#askSite(ids);
      }
    }
  }

  /** The lists that an edit may come into, leave, make or empty: one briefing stands for each. */
  async readLists(): Promise<void> {
    const [{ latest, months }, changes] = await Promise.all([
      this.#facts.index(),
      this.#facts.changes(),
    ]);
    this.#changes = changes;
    const newest = latest.filter(({ id }) => !this.#edit.has(id));
    for (const month of months) {
      if (newest.length > latestCount || latest.length < latestCount) break;
      for (const fact of await this.#facts.month(month)) {
        const isNew = !this.#edit.has(fact.id) && newest.every(({ id }) => id !== fact.id);
        if (isNew && newest.length <= latestCount) newest.push(fact);
      }
    }
    this.#stand(newest);
    const edited = this.#editedOf('briefing');
    const ofEdited = edited.flatMap((id) => [
      textIn(this.#documents.get(id), 'date')?.slice(0, 7) ?? null,
      textIn(this.#edit.get(id), 'date')?.slice(0, 7) ?? null,
      this.#briefings.get(id)?.date.slice(0, 7) ?? null,
    ]);
    const listed = new Set<CivilMonth>();
    for (const month of ofEdited.filter((each) => each !== null)) {
      for (const each of around(month, months)) listed.add(each);
    }
    // The two newest months before this one: the feeds lead on to the newest that is closed.
    for (const month of months.slice(0, 3)) listed.add(month);
    const lists = await Promise.all([...listed].map((month) => this.#facts.month(month)));
    for (const list of lists) {
      this.#stand(list.filter(({ id }) => !this.#edit.has(id)).slice(0, 2));
    }
  }

  /** Whatever the briefings are joined with. */
  async close({ withDrafts }: { readonly withDrafts: boolean }): Promise<void> {
    for (let round = 0; round < 8; round += 1) {
      const wanted = new Set(this.#wanted);
      this.#wanted.clear();
      for (const version of [...this.#documents.values(), ...this.#edit.values()]) {
        for (const id of joinedIn(version)) wanted.add(id);
      }
      const missing = [...wanted].filter((id) => !this.#knows(id));
      if (missing.length === 0) return;
      await this.#read(missing);
      if (!withDrafts) continue;
      const unpublished = missing.filter((id) => this.#absent.has(id));
      if (unpublished.length === 0) continue;
      for (const [id, document] of await this.#archive.drafts(unpublished)) {
        if (textIn(document, '_type') === 'briefing') continue;
        this.#documents.set(id, document);
        this.#borrowed.add(id);
      }
    }
  }

  done(): Neighbourhood {
    return {
      documents: this.#documents,
      briefings: this.#briefings,
      people: this.#people,
      changes: this.#changes,
      hidden: this.#hidden,
      gone: this.#gone,
      subjects: this.#subjects,
      borrowed: this.#borrowed,
      beyond: this.#beyond,
    };
  }

  /** Briefings whose own pages may change. */
  async #add(ids: readonly DocumentId[]): Promise<void> {
    await this.#read(ids);
    const briefings = this.#of('briefing', ids);
    for (const id of briefings) this.#subjects.add(id);
    await this.#askSite(briefings);
  }

  async #readFound(found: Found['found']): Promise<void> {
    await this.#read(found.map(({ id }) => id));
    const briefings = found.filter(({ type }) => type === 'briefing').map(({ id }) => id);
    for (const id of briefings) this.#subjects.add(id);
    // What was chosen for a page matters only where a briefing is edited.
    if (this.#editedOf('briefing').length > 0) await this.#askSite(briefings);
  }

  /** Live briefings that stand for the list they were read from. */
  #stand(facts: readonly BriefingFact[]): void {
    for (const fact of facts) {
      if (!this.#briefings.has(fact.id)) this.#briefings.set(fact.id, fact);
      this.#wanted.add(fact.id);
    }
  }

  async #askSite(ids: readonly DocumentId[]): Promise<void> {
    const unknown = ids.filter(
      (id) => this.#briefings.get(id)?.related == null && !this.#hidden.has(id),
    );
    const facts = await Promise.all(unknown.map((id) => this.#facts.briefing(id)));
    for (const [index, id] of unknown.entries()) {
      const fact = facts[index] ?? null;
      if (fact === null) this.#hidden.add(id);
      else this.#briefings.set(id, fact);
    }
  }

  async #askPerson(id: DocumentId): Promise<PersonFact | null> {
    const fact = this.#people.get(id) ?? (await this.#facts.person(id));
    if (fact !== null) this.#people.set(id, fact);
    return fact;
  }

  async #read(ids: Iterable<DocumentId>): Promise<void> {
    const unknown = [...new Set(ids)].filter((id) => !this.#knows(id));
    if (unknown.length === 0) return;
    const read = await this.#archive.read(unknown);
    for (const id of unknown) {
      const document = read.get(id);
      if (document === undefined) this.#absent.add(id);
      else this.#documents.set(id, document);
    }
  }

  #knows(id: DocumentId): boolean {
    return this.#documents.has(id) || this.#absent.has(id);
  }

  /** The edited documents, before and after. */
  #versions(): readonly unknown[] {
    return [...this.#edit].flatMap(([id, after]) => [this.#documents.get(id) ?? null, after]);
  }

  #editedOf(type: DocumentType): readonly DocumentId[] {
    return [...this.#edit]
      .filter(([id, after]) => textIn(after ?? this.#documents.get(id), '_type') === type)
      .map(([id]) => id);
  }

  #of(type: DocumentType, ids: Iterable<DocumentId>): readonly DocumentId[] {
    return [...ids].filter((id) => textIn(this.#documents.get(id), '_type') === type);
  }

  /** The people that the edited briefings are about, before and after, and whom they were merged into. */
  #peopleShown(): readonly DocumentId[] {
    const people = new Set<DocumentId>();
    for (const version of this.#versions()) {
      const isPerson = textIn(version, '_type') === 'person';
      let id = referenceIn(version, isPerson ? 'mergedInto' : 'person');
      for (let hop = 0; id !== null && hop < 5; hop += 1) {
        people.add(id);
        id = referenceIn(this.#documents.get(id), 'mergedInto');
      }
    }
    return [...people];
  }
}

/** A month and its neighbours among those that have briefings, and one more of its year. */
function around(month: CivilMonth, months: readonly CivilMonth[]): readonly CivilMonth[] {
  const newer = months.filter((each) => each > month).slice(-2);
  const older = months.filter((each) => each < month).slice(0, 2);
  const ofYear = months.filter((each) => each.slice(0, 4) === month.slice(0, 4) && each !== month);
  return [month, ...newer, ...older, ...ofYear.slice(0, 1)].filter((each) => months.includes(each));
}
