import { calls, patience } from '../../cdk/charter/times.ts';
import { StoreFault } from '../../src/adapters/s3-store.ts';
import { md5Hex } from '../../src/publishing/digest.ts';
import type { ListedObject, PutOutcome, Store, StoredObject } from '../../src/publishing/ports.ts';
import { call, ServiceUnavailable, type Faults } from './network.ts';
import type { Process } from './process.ts';
import { costOfReading, costOfWriting } from './processor.ts';
import type { World } from './world.ts';

export interface Held extends StoredObject {
  readonly etag: string;
  readonly at: number;
}

/** The bucket itself: linearizable per key, as S3 is. Oracles are told of every change. */
export class Bucket {
  readonly objects: Map<string, Held>;
  readonly #world: World;
  onWrite: (key: string, object: Held | null) => void = () => {};
  puts = 0;
  /** Keys in order, until one comes or goes. */
  #keys: readonly string[] | null = null;

  /** Empty, or with what stands in another. */
  constructor(world: World, objects: ReadonlyMap<string, Held> = new Map()) {
    this.#world = world;
    this.objects = new Map(objects);
  }

  put(key: string, object: StoredObject, condition: Parameters<Store['put']>[2]): PutOutcome {
    const standing = this.objects.get(key);
    if ('ifNoneMatch' in condition && standing !== undefined)
      return { kind: 'precondition-failed' };
    if ('ifMatch' in condition && standing === undefined) return { kind: 'missing' };
    if ('ifMatch' in condition && standing?.etag !== condition.ifMatch) {
      return { kind: 'precondition-failed' };
    }
    this.puts += 1;
    const etag = md5Hex(object.body);
    const held = { ...object, etag, at: this.#world.now };
    if (standing === undefined) this.#keys = null;
    this.objects.set(key, held);
    this.onWrite(key, held);
    return { kind: 'stored', etag };
  }

  delete(key: string, ifMatch: string): boolean {
    if (this.objects.get(key)?.etag !== ifMatch) return false;
    this.objects.delete(key);
    this.#keys = null;
    this.onWrite(key, null);
    return true;
  }

  /** A foreign hand, now or at another time. */
  damage(key: string, body: string | null, at = this.#world.now): void {
    this.#keys = null;
    if (body === null) {
      this.objects.delete(key);
      return;
    }
    const bytes = new TextEncoder().encode(body);
    const contentType = 'text/html; charset=utf-8';
    this.objects.set(key, { body: bytes, contentType, etag: md5Hex(bytes), at });
  }

  /** One page of a listing, after a key. */
  listed(prefix: string, after: string): readonly ListedObject[] {
    this.#keys ??= [...this.objects.keys()].sort();
    const page: ListedObject[] = [];
    for (let index = firstAfter(this.#keys, after, prefix); page.length < pageLength; index += 1) {
      const key = this.#keys[index];
      if (key === undefined || !key.startsWith(prefix)) break;
      const held = this.objects.get(key);
      if (held === undefined) continue;
      const { etag, body, at } = held;
      page.push({ key, etag, size: body.length, lastModified: new Date(at).toISOString() });
    }
    return page;
  }
}

export function decode(object: { readonly body: Uint8Array }): string {
  return decoder.decode(object.body);
}
const decoder = new TextDecoder();

const pageLength = 1000;

/** Where the keys of a prefix begin, behind the last one seen. */
function firstAfter(keys: readonly string[], after: string, prefix: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const key = keys[middle] ?? '';
    if (key < prefix || key <= after) low = middle + 1;
    else high = middle;
  }
  return low;
}

const attempts = 5;

/** The bucket as one process sees it: over the network, with an SDK's retries. */
export function storeOf(bucket: Bucket, process: Process, faults: Faults): Store {
  const { s3 } = calls;
  const ask = async <Answer>(
    method: string,
    key: string,
    takes: number,
    effect: () => Answer,
  ): Promise<Answer> => {
    try {
      return await call(process, faults, { takes, patience: patience.s3, attempts }, effect);
    } catch (error) {
      if (!(error instanceof ServiceUnavailable)) throw error;
      throw new StoreFault(method, key, { name: 'SlowDown', $metadata: { httpStatusCode: 503 } });
    }
  };
  return {
    async get(key) {
      const held = await ask('GET', key, s3.get, () => bucket.objects.get(key) ?? null);
      if (held !== null) process.compute(costOfReading(key, held.body.length));
      return held;
    },
    head: (key) =>
      ask('HEAD', key, s3.head, () => {
        const held = bucket.objects.get(key);
        return held === undefined ? null : { etag: held.etag };
      }),
    put(key, object, condition) {
      process.compute(costOfWriting(key, object.body.length));
      return ask('PUT', key, s3.put, () =>
        process.world.chance(faults.conflict)
          ? { kind: 'conflict' }
          : bucket.put(key, object, condition),
      );
    },
    list: async function* list(prefix, from = '') {
      for (let after = from; ;) {
        const page = await ask('LIST', prefix, s3.list, () => bucket.listed(prefix, after));
        yield* page;
        if (page.length < pageLength) return;
        after = page.at(-1)?.key ?? after;
      }
    },
    delete: (key, { ifMatch }) => ask('DELETE', key, s3.delete, () => bucket.delete(key, ifMatch)),
  };
}
