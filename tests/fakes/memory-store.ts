import { createHash } from 'node:crypto';
import type { ListedObject, Store, StoredObject } from '../../src/publishing/ports.ts';

interface Kept extends StoredObject {
  readonly etag: string;
  readonly lastModified: string;
}

/** A bucket in memory. It passes the contract that the S3 store passes. */
export function memoryStore({ now }: { now: () => string }): Store {
  const objects = new Map<string, Kept>();
  return {
    async get(key) {
      const kept = objects.get(key);
      if (kept === undefined) return null;
      const { lastModified: _, body, ...object } = kept;
      return { ...object, body: body.slice() };
    },
    async head(key) {
      const kept = objects.get(key);
      return kept === undefined ? null : { etag: kept.etag };
    },
    async put(key, object, condition) {
      const kept = objects.get(key);
      if ('ifNoneMatch' in condition) {
        if (kept !== undefined) return { kind: 'precondition-failed' };
      } else {
        if (kept === undefined) return { kind: 'missing' };
        if (kept.etag !== condition.ifMatch) return { kind: 'precondition-failed' };
      }
      const etag = createHash('md5').update(object.body).digest('hex');
      objects.set(key, { ...object, body: object.body.slice(), etag, lastModified: now() });
      return { kind: 'stored', etag };
    },
    list: (prefix, after) => list(objects, prefix, after),
    async delete(key, { ifMatch }) {
      if (objects.get(key)?.etag !== ifMatch) return false;
      return objects.delete(key);
    },
  };
}

async function* list(
  objects: ReadonlyMap<string, Kept>,
  prefix: string,
  after: string | undefined,
): AsyncIterable<ListedObject> {
  const keys = [...objects.keys()]
    .filter((key) => key.startsWith(prefix) && (after === undefined || inBytes(key, after) > 0))
    .sort(inBytes);
  for (const key of keys) {
    const kept = objects.get(key);
    if (kept === undefined) continue;
    yield { key, etag: kept.etag, size: kept.body.length, lastModified: kept.lastModified };
  }
}

/** S3 orders keys by their UTF-8 bytes, JavaScript by UTF-16 units; emoji tell the difference. */
function inBytes(one: string, other: string): number {
  return Buffer.compare(Buffer.from(one), Buffer.from(other));
}
