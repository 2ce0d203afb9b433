import { calls, patience } from '../../cdk/charter/times.ts';
import { LakeUnavailable } from '../../src/adapters/sanity-lake.ts';
import { documentTypes, type DocumentId, type DocumentType } from '../../src/briefing/model.ts';
import type { Lake, LakeDocument, Revision } from '../../src/publishing/ports.ts';
import { call, ServiceUnavailable, type Faults } from './network.ts';
import type { Process } from './process.ts';
import { costOfParsing } from './processor.ts';
import type { World } from './world.ts';

/** A document as the lake keeps it. */
export interface SimDocument {
  readonly _id: string;
  readonly _type: DocumentType;
  readonly _rev: string;
  readonly _createdAt: string;
  readonly _updatedAt: string;
  readonly [field: string]: unknown;
}

/** The content lake: reads by id are strong, queries may lag. */
export class SimLake {
  readonly documents = new Map<DocumentId, SimDocument>();
  readonly #world: World;
  readonly #changes: {
    readonly at: number;
    readonly id: DocumentId;
    readonly before: SimDocument | null;
  }[] = [];
  #revision = 0;
  /** Told of every published change: what webhooks hear. */
  onChange: (id: DocumentId, document: SimDocument | null) => void = () => {};

  /** Empty, or with the documents of another lake, which have had so many revisions. */
  constructor(world: World, documents: Iterable<SimDocument> = [], revisions = 0) {
    this.#world = world;
    this.#revision = revisions;
    for (const document of documents) this.documents.set(document._id, document);
  }

  get revision(): number {
    return this.#revision;
  }

  put(id: DocumentId, type: DocumentType, fields: Readonly<Record<string, unknown>>): SimDocument {
    this.#revision += 1;
    const before = this.documents.get(id) ?? null;
    const document: SimDocument = {
      ...fields,
      _id: id,
      _type: type,
      _rev: `r${this.#revision}`,
      _createdAt: before?._createdAt ?? this.#world.instant,
      _updatedAt: this.#world.instant,
    };
    this.#changes.push({ at: this.#world.now, id, before });
    this.documents.set(id, document);
    if (!id.includes('.')) this.onChange(id, document);
    return document;
  }

  remove(id: DocumentId): void {
    const before = this.documents.get(id);
    if (before === undefined) return;
    this.#revision += 1;
    this.#changes.push({ at: this.#world.now, id, before });
    this.documents.delete(id);
    if (!id.includes('.')) this.onChange(id, null);
  }

  /** Published documents as a query that lags sees them. */
  asOf(instant: number): ReadonlyMap<DocumentId, SimDocument> {
    const documents = new Map(this.documents);
    for (const { at, id, before } of [...this.#changes].reverse()) {
      if (at <= instant) break;
      if (before === null) documents.delete(id);
      else documents.set(id, before);
    }
    return new Map([...documents].filter(([id]) => !id.includes('.')));
  }

  /** Put back from a backup: no webhook tells of it, and every revision is the one of then. */
  restore(instant: number): void {
    const then = this.asOf(instant);
    for (const id of this.documents.keys()) if (!id.includes('.')) this.documents.delete(id);
    for (const [id, document] of then) this.documents.set(id, document);
  }

  /** Everything lost: the wrong dataset. */
  empty(): void {
    for (const id of this.documents.keys()) this.documents.delete(id);
  }
}

/** The queries of the publisher, each of which the lake may throttle for itself. */
export type Query = 'revisions' | 'revisions-since' | 'counts';

export interface LakeBehaviour {
  /** How far a query may lag behind, in milliseconds. */
  readonly queryLag: number;
  /** Mutant: documents come from the lagging query as well. */
  readonly readsLag: boolean;
  /** Mutant: what may not be read counts as absent. */
  readonly refusalIsAbsence: boolean;
  /** A read is refused for want of permission. */
  readonly forbidden: number;
  /** This query is answered 429, always. */
  readonly throttles?: Query;
}

export const honest: LakeBehaviour = {
  queryLag: 1500,
  readsLag: false,
  refusalIsAbsence: false,
  forbidden: 0,
};

const attempts = 3;
const pageLength = 1000;

export function lakeOf(
  lake: SimLake,
  process: Process,
  faults: Faults,
  behaviour: LakeBehaviour,
): Lake {
  const { world } = process;
  const ask = async <Answer>(takes: number, effect: () => Answer): Promise<Answer> => {
    try {
      return await call(process, faults, { takes, patience: patience.lake, attempts }, effect);
    } catch (error) {
      if (!(error instanceof ServiceUnavailable)) throw error;
      throw new LakeUnavailable(error.message === '429' ? 429 : 503, error);
    }
  };
  const query = <Answer>(name: Query, effect: () => Answer): Promise<Answer> =>
    ask(calls.lake.query, () => {
      if (behaviour.throttles === name) throw new ServiceUnavailable('429');
      return effect();
    });
  const lagged = (): ReadonlyMap<DocumentId, SimDocument> =>
    lake.asOf(world.now - world.between(0, behaviour.queryLag));
  return {
    async read(ids) {
      const answer = await ask(calls.lake.read, () => {
        const documents = behaviour.readsLag ? lagged() : lake.documents;
        const isForbidden = world.chance(behaviour.forbidden);
        if (isForbidden && !behaviour.refusalIsAbsence) throw new Error('omitted: permission');
        const read = new Map<DocumentId, LakeDocument>();
        for (const id of ids) {
          const document = id.includes('.') ? undefined : documents.get(id);
          const isHidden = isForbidden && id !== 'siteSettings';
          read.set(
            id,
            document === undefined || isHidden ? { kind: 'absent' } : { kind: 'present', document },
          );
        }
        return read;
      });
      process.compute(costOfParsing(answer.size));
      return answer;
    },
    revisions: async function* revisions({ updatedAfter, idAfter = '' } = {}) {
      const name = updatedAfter === undefined ? 'revisions' : 'revisions-since';
      const found = await query(name, () =>
        [...lagged().values()]
          .filter(({ _updatedAt, _id }) => _updatedAt > (updatedAfter ?? '') && _id > idAfter)
          .map(revisionOf)
          .sort((a, b) => (a.id < b.id ? -1 : 1)),
      );
      for (const [index, revision] of found.entries()) {
        // A page of its own, as the lake gives them.
        if (index > 0 && index % pageLength === 0) await query(name, () => null);
        yield revision;
      }
    },
    revisionsOf: (ids) =>
      query('revisions', () => {
        const documents = lagged();
        const found = ids.map((id) => documents.get(id)).filter((each) => each !== undefined);
        return new Map(found.map((document) => [document._id, revisionOf(document)]));
      }),
    counts: () =>
      query('counts', () => {
        const counts: Partial<Record<DocumentType, number>> = {};
        const documents = lagged();
        for (const type of documentTypes) {
          const count = [...documents.values()].filter(({ _type }) => _type === type).length;
          if (count > 0) counts[type] = count;
        }
        return counts;
      }),
  };
}

function revisionOf({ _id, _type, _rev, _updatedAt }: SimDocument): Revision {
  return { id: _id, type: _type, rev: _rev, updatedAt: _updatedAt };
}
