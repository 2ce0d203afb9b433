import type {
  Author,
  Briefing,
  Country,
  DocumentId,
  Person,
  PublishedDocument,
  Team,
  Topic,
} from '../briefing/model.ts';
import { referencesOf } from '../briefing/references.ts';
import type { References } from '../briefing/resolved.ts';

/** Valid documents by id, and how they are joined: through merges, and with what their people refer to. */
export abstract class Documents {
  /** The document that is shown under an id, or null. */
  abstract get(id: DocumentId): Promise<PublishedDocument | null>;

  async briefing(id: DocumentId): Promise<Briefing | null> {
    const document = await this.get(id);
    return document?.type === 'briefing' ? document : null;
  }

  async person(id: DocumentId): Promise<Person | null> {
    const document = await this.get(id);
    return document?.type === 'person' ? document : null;
  }

  /** The accepted document a reference leads to, through at most five merges. */
  async followed(id: DocumentId): Promise<PublishedDocument | null> {
    let document = await this.get(id);
    for (let hop = 0; hop < 5; hop += 1) {
      if (document === null || !('mergedInto' in document) || document.mergedInto === null) break;
      const next = await this.get(document.mergedInto);
      if (next === null || next.type !== document.type) break;
      document = next;
    }
    return document;
  }

  /** Everything a briefing is joined with; merged documents stand under the id that refers to them. */
  async referencesOf(briefing: Briefing): Promise<References> {
    const people = new Map<DocumentId, Person>();
    const countries = new Map<DocumentId, Country>();
    const teams = new Map<DocumentId, Team>();
    const authors = new Map<DocumentId, Author>();
    const topics = new Map<DocumentId, Topic>();
    const add = async (id: DocumentId): Promise<void> => {
      const document = await this.followed(id);
      if (document?.type === 'person') people.set(id, document);
      if (document?.type === 'country') countries.set(id, document);
      if (document?.type === 'team') teams.set(id, document);
      if (document?.type === 'author') authors.set(id, document);
      if (document?.type === 'topic') topics.set(id, document);
    };
    await Promise.all(referencesOf(briefing).map((reference) => add(reference.id)));
    const identities = [...people.values()].flatMap((person) => person.identities);
    await Promise.all(identities.map((identity) => add(identity.countryId)));
    return { people, countries, teams, authors, topics };
  }
}
