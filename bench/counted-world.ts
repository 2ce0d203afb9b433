import type { DocumentId } from '../src/briefing/model.ts';
import { unpackText } from '../src/publishing/stored-text.ts';
import type { Lake, LakeDocument, Store } from '../src/publishing/ports.ts';
import { Bucket } from './bucket.ts';

/** What one publish asked of the world. */
export interface Tally {
  /** Objects written, by key. */
  readonly writes: readonly { readonly key: string; readonly bytes: number }[];
  readonly reads: number;
  readonly lakeCalls: number;
  /** Calls that had to wait for one another, up to the last public write. */
  readonly rounds: number;
}

/**
 * A bucket and a lake in memory that count. Calls that are under way together are answered
 * together: how often that happens is the number of sequential network rounds.
 */
export class CountedWorld {
  readonly #bucket = new Bucket();
  readonly #documents: ReadonlyMap<DocumentId, string>;
  #waiting: (() => void)[] = [];
  #writes: { key: string; bytes: number }[] = [];
  #reads = 0;
  #lakeCalls = 0;
  #rounds = 0;
  #roundsAtLastWrite = 0;

  /** Documents as JSON, parsed anew at every read. */
  constructor(documents: ReadonlyMap<DocumentId, string>) {
    this.#documents = documents;
  }

  /** Start counting anew. */
  reset(): void {
    this.#writes = [];
    this.#reads = 0;
    this.#lakeCalls = 0;
    this.#rounds = 0;
    this.#roundsAtLastWrite = 0;
  }

  get tally(): Tally {
    return {
      writes: [...this.#writes].sort((a, b) => (a.key < b.key ? -1 : 1)),
      reads: this.#reads,
      lakeCalls: this.#lakeCalls,
      rounds: this.#roundsAtLastWrite,
    };
  }

  /** The largest state node, unpacked, and the root, in bytes. */
  get stateSizes(): { readonly root: number; readonly largestNode: number } {
    let largestNode = 0;
    for (const [, { body }] of this.#bucket.entries('state/node/')) {
      largestNode = Math.max(largestNode, unpackText(body).length);
    }
    return { root: this.#bucket.get('state/root')?.body.length ?? 0, largestNode };
  }

  readonly store: Store = {
    get: async (key) => {
      this.#reads += 1;
      await this.#round();
      return this.#bucket.get(key);
    },
    head: async (key) => {
      this.#reads += 1;
      await this.#round();
      const etag = this.#bucket.etagOf(key);
      return etag === null ? null : { etag };
    },
    put: async (key, object, condition) => {
      this.#writes.push({ key, bytes: object.body.length });
      await this.#round();
      if (key.startsWith('public/')) this.#roundsAtLastWrite = this.#rounds;
      return this.#bucket.put(key, object, condition, 0);
    },
    list: async function* list() {
      // Publishing never lists: that is the nightly check's.
    },
    delete: () => Promise.resolve(false),
  };

  readonly lake: Lake = {
    read: async (ids) => {
      this.#lakeCalls += 1;
      await this.#round();
      return new Map(
        ids.map((id): [DocumentId, LakeDocument] => {
          const text = this.#documents.get(id);
          return [
            id,
            text === undefined
              ? { kind: 'absent' }
              : { kind: 'present', document: JSON.parse(text) },
          ];
        }),
      );
    },
    revisions: async function* revisions() {
      // Publishing reads by id only.
    },
    revisionsOf: () => Promise.resolve(new Map()),
    counts: () => Promise.resolve({}),
  };

  #round(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#waiting.length > 1) return;
      // When nothing else can run, everything under way is answered at once.
      setImmediate(() => {
        const answered = this.#waiting;
        this.#waiting = [];
        this.#rounds += 1;
        for (const answer of answered) answer();
      });
    });
  }
}
