import { documentTypes, type DocumentId, type DocumentType } from '../../src/briefing/model.ts';
import type { Lake, LakeDocument, Revision } from '../../src/publishing/ports.ts';
import { request, withRetries, type Faults, type Process } from './network.ts';
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

  constructor(world: World) {
    this.#world = world;
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

export interface LakeBehaviour {
  /** How far a query may lag behind, in milliseconds. */
  readonly queryLag: number;
  /** Mutant: documents come from the lagging query as well. */
  readonly readsLag: boolean;
  /** Mutant: what may not be read counts as absent. */
  readonly refusalIsAbsence: boolean;
  /** A read is refused for want of permission. */
  readonly forbidden: number;
}

export const honest: LakeBehaviour = {
  queryLag: 1500,
  readsLag: false,
  refusalIsAbsence: false,
  forbidden: 0,
};

export function lakeOf(
  lake: SimLake,
  process: Process,
  faults: Faults,
  behaviour: LakeBehaviour,
): Lake {
  const { world } = process;
  const ask = <Answer>(effect: () => Answer): Promise<Answer> =>
    withRetries(process, () => request(process, faults, effect));
  const lagged = (): ReadonlyMap<DocumentId, SimDocument> =>
    lake.asOf(world.now - world.between(0, behaviour.queryLag));
  return {
    read: (ids) =>
      ask(() => {
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
      }),
    revisions: async function* revisions({ updatedAfter = '', idAfter = '' } = {}) {
      const found = await ask(() =>
        [...lagged().values()]
          .filter(({ _updatedAt, _id }) => _updatedAt > updatedAfter && _id > idAfter)
          .map(revisionOf)
          .sort((a, b) => (a.id < b.id ? -1 : 1)),
      );
      yield* found;
    },
    revisionsOf: (ids) =>
      ask(() => {
        const documents = lagged();
        const found = ids.map((id) => documents.get(id)).filter((each) => each !== undefined);
        return new Map(found.map((document) => [document._id, revisionOf(document)]));
      }),
    counts: () =>
      ask(() => {
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
