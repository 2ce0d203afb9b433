import { md5Hex } from '../../src/publishing/digest.ts';
import type { ListedObject, PutOutcome, Store, StoredObject } from '../../src/publishing/ports.ts';
import { request, withRetries, type Faults, type Process } from './network.ts';
import type { World } from './world.ts';

export interface Held extends StoredObject {
  readonly etag: string;
  readonly at: number;
}

/** The bucket itself: linearizable per key, as S3 is. Oracles are told of every change. */
export class Bucket {
  readonly objects = new Map<string, Held>();
  readonly #world: World;
  onWrite: (key: string, object: Held | null) => void = () => {};
  puts = 0;

  constructor(world: World) {
    this.#world = world;
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
    this.objects.set(key, held);
    this.onWrite(key, held);
    return { kind: 'stored', etag };
  }

  /** A foreign hand. */
  damage(key: string, body: string | null): void {
    if (body === null) {
      this.objects.delete(key);
      return;
    }
    const bytes = new TextEncoder().encode(body);
    this.objects.set(key, {
      body: bytes,
      contentType: 'text/html; charset=utf-8',
      etag: md5Hex(bytes),
      at: this.#world.now,
    });
  }

  listed(prefix: string): ListedObject[] {
    return [...this.objects]
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, { etag, body, at }]) => ({
        key,
        etag,
        size: body.length,
        lastModified: new Date(at).toISOString(),
      }))
      .sort((a, b) => (a.key < b.key ? -1 : 1));
  }
}

/** The bucket as one process sees it: over the network, with an SDK's retries. */
export function storeOf(bucket: Bucket, process: Process, faults: Faults): Store {
  const ask = <Answer>(effect: () => Answer): Promise<Answer> =>
    withRetries(process, () => request(process, faults, effect));
  return {
    get: (key) => ask(() => bucket.objects.get(key) ?? null),
    head: (key) =>
      ask(() => {
        const held = bucket.objects.get(key);
        return held === undefined ? null : { etag: held.etag };
      }),
    put: (key, object, condition) => ask(() => bucket.put(key, object, condition)),
    list: async function* list(prefix) {
      yield* await ask(() => bucket.listed(prefix));
    },
    delete: (key, { ifMatch }) =>
      ask(() => {
        if (bucket.objects.get(key)?.etag !== ifMatch) return false;
        bucket.objects.delete(key);
        bucket.onWrite(key, null);
        return true;
      }),
  };
}
