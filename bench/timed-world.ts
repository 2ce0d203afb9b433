import { processor } from '../cdk/charter/times.ts';
import { documentTypes, type DocumentId, type DocumentType } from '../src/briefing/model.ts';
import type {
  Lake,
  LakeDocument,
  ListedObject,
  Ports,
  Queue,
  Revision,
  Store,
} from '../src/publishing/ports.ts';
import type { Root } from '../src/publishing/state.ts';
import { rootKey } from '../src/publishing/state.ts';
import { Bucket } from './bucket.ts';
import { type Computer, VirtualTime } from './virtual-time.ts';

/** A bucket and a lake in memory, and what asking them takes by `cdk/charter/times.ts`. */
export class TimedWorld {
  readonly time: VirtualTime;
  readonly bucket = new Bucket();
  /** As JSON, parsed anew at every read. */
  readonly documents: Map<DocumentId, string>;
  /** Told of every object that was written, with the instant. */
  onPut: (key: string, at: number) => void = () => {};
  #root: { readonly etag: string; readonly root: Root } | null = null;

  constructor(documents: Map<DocumentId, string>, startsAt: number) {
    this.documents = documents;
    this.time = new VirtualTime(startsAt);
  }

  get root(): Root {
    const etag = this.bucket.etagOf(rootKey) ?? '';
    if (this.#root?.etag !== etag) {
      const body = this.bucket.get(rootKey)?.body;
      this.#root = { etag, root: JSON.parse(new TextDecoder().decode(body)) };
    }
    return this.#root.root;
  }

  /** The world as one computer sees it. */
  portsOf(computer: Computer, queue: Queue): Ports {
    return {
      store: this.#store(computer),
      lake: this.#lake(computer),
      queue,
      purge: { purge: () => Promise.resolve({ purged: 0, failed: [] }) },
      clock: {
        now: () => new Date(Math.floor(computer.now)).toISOString(),
        sleep: (milliseconds) => computer.sleep(milliseconds),
      },
      random: { next: this.time.random },
    };
  }

  /** The world without time, for laying out an archive. */
  get instantPorts(): Ports {
    const { bucket, time } = this;
    const unused = (): never => {
      throw new Error('Not a part of laying out an archive');
    };
    return {
      store: {
        get: (key) => Promise.resolve(bucket.get(key)),
        head: (key) => Promise.resolve(etagged(bucket.etagOf(key))),
        put: (key, object, condition) =>
          Promise.resolve(bucket.put(key, object, condition, time.now)),
        list: async function* list(prefix, after = '') {
          yield* bucket.page(prefix, after, 1);
        },
        delete: unused,
      },
      lake: {
        read: (ids) => Promise.resolve(this.#read(ids)),
        revisions: unused,
        revisionsOf: unused,
        counts: unused,
      },
      queue: { send: () => Promise.resolve() },
      purge: { purge: () => Promise.resolve({ purged: 0, failed: [] }) },
      clock: { now: () => new Date(time.now).toISOString(), sleep: () => Promise.resolve() },
      random: { next: time.random },
    };
  }

  #store(computer: Computer): Store {
    const { bucket, time } = this;
    const onPut = (key: string): void => this.onPut(key, time.now);
    return {
      get: async (key) => {
        await computer.call('get');
        const object = bucket.get(key);
        computer.compute(readingOf(key, object?.body.length ?? 0));
        return object;
      },
      head: async (key) => {
        await computer.call('head');
        return etagged(bucket.etagOf(key));
      },
      put: async (key, object, condition) => {
        computer.compute(makingOf(key, object.body.length));
        await computer.call('put');
        onPut(key);
        return bucket.put(key, object, condition, time.now);
      },
      list: async function* list(prefix, after = '') {
        let last = after;
        for (;;) {
          await computer.call('list');
          const page: readonly ListedObject[] = bucket.page(prefix, last, 1_000);
          yield* page;
          last = page.at(-1)?.key ?? '';
          if (page.length < 1_000) return;
        }
      },
      delete: async (key, { ifMatch }) => {
        await computer.call('delete');
        return bucket.delete(key, ifMatch);
      },
    };
  }

  #lake(computer: Computer): Lake {
    const { documents } = this;
    const ordered = (): readonly DocumentId[] =>
      [...documents.keys()].sort((a, b) => (a < b ? -1 : 1));
    const revision = (id: DocumentId): Revision | null => {
      const text = documents.get(id);
      return text === undefined ? null : revisionOf(text);
    };
    const sideBySide = (
      call: 'lake read' | 'lake query',
      count: number,
      each: number,
    ): Promise<unknown> =>
      Promise.all(Array.from({ length: Math.ceil(count / each) }, () => computer.call(call)));
    return {
      read: async (ids) => {
        await sideBySide('lake read', new Set(ids).size, 100);
        const read = this.#read(ids);
        const size = ids.reduce((sum, id) => sum + (documents.get(id)?.length ?? 0), 0);
        computer.compute((processor.readJson * size) / 100_000 + processor.parse * ids.length);
        return read;
      },
      revisions: async function* revisions({ updatedAfter = '', idAfter = '' } = {}) {
        const found = ordered()
          .filter((id) => id > idAfter)
          .map(revision)
          .filter((each) => each !== null)
          .filter(({ updatedAt }) => updatedAt > updatedAfter);
        for (let from = 0; ; from += 1_000) {
          await computer.call('lake query');
          yield* found.slice(from, from + 1_000);
          if (from + 1_000 > found.length) return;
        }
      },
      revisionsOf: async (ids) => {
        await sideBySide('lake query', ids.length, 1_000);
        const found = ids.map(revision).filter((each) => each !== null);
        return new Map(found.map((each) => [each.id, each]));
      },
      counts: async () => {
        await computer.call('lake query');
        const counts: Partial<Record<DocumentType, number>> = {};
        for (const text of documents.values()) {
          const { type } = revisionOf(text);
          counts[type] = (counts[type] ?? 0) + 1;
        }
        return counts;
      },
    };
  }

  #read(ids: readonly DocumentId[]): ReadonlyMap<DocumentId, LakeDocument> {
    return new Map(
      ids.map((id) => {
        const text = this.documents.get(id);
        return [
          id,
          text === undefined ? { kind: 'absent' } : { kind: 'present', document: JSON.parse(text) },
        ];
      }),
    );
  }
}

function etagged(etag: string | null): { readonly etag: string } | null {
  return etag === null ? null : { etag };
}

/** What it takes in processor to read what does not go through a publisher's memory. */
function readingOf(key: string, size: number): number {
  if (key === rootKey) return (processor.readJson * size) / 100_000;
  if (key.startsWith('state/check/')) return processor.keyTable.merge * (size / bytesOfRow);
  // A release is some five times as long unpacked.
  if (key.startsWith('state/release/')) {
    return ((processor.unpack + processor.readJson) * 5 * size) / 100_000;
  }
  return 0;
}

function makingOf(key: string, size: number): number {
  if (key === rootKey) return ((processor.canonicalJson + processor.hash) * size) / 100_000;
  // Views are looked up besides.
  if (key.startsWith('state/check/')) {
    return processor.keyTable.row * (size / bytesOfRow) * (key.includes('/views-') ? 2 : 1);
  }
  return 0;
}

const bytesOfRow = 8;

/** What a query tells of a document. */
function revisionOf(text: string): Revision {
  const { _id, _type, _rev, _updatedAt }: Record<string, string> = JSON.parse(text);
  const type = documentTypes.find((each) => each === _type);
  if (_id === undefined || type === undefined) throw new Error(`No document: ${text.slice(0, 80)}`);
  return { id: _id, type, rev: _rev ?? '', updatedAt: _updatedAt ?? '' };
}
