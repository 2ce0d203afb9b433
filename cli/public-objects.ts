import { isOutside } from '../src/publishing/check-bucket.ts';
import type { Store, StoredObject } from '../src/publishing/ports.ts';

/** Reads under way at once: a bucket answers in tens of milliseconds, whoever else asks. */
const together = 16;

/** Every public object that a clean build answers for, in the order of keys; null when it went meanwhile. */
export async function* publicObjects(
  store: Pick<Store, 'get' | 'list'>,
): AsyncGenerator<readonly [string, StoredObject | null]> {
  let keys: string[] = [];
  const read = () => Promise.all(keys.map(async (key) => [key, await store.get(key)] as const));
  for await (const { key } of store.list('public/')) {
    if (isOutside(key)) continue;
    keys.push(key);
    if (keys.length < together) continue;
    yield* await read();
    keys = [];
  }
  yield* await read();
}
