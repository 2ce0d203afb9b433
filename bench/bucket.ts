import { md5Hex } from '../src/publishing/digest.ts';
import type { Condition, ListedObject, PutOutcome, StoredObject } from '../src/publishing/ports.ts';

/** What is kept of an object. Of public ones not the body: nobody reads them here, and they are gigabytes. */
interface Kept {
  readonly etag: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly object: StoredObject | null;
}

/** A bucket in memory, as S3 treats conditions and order; without time and faults. */
export class Bucket {
  readonly #objects = new Map<string, Kept>();
  /** All keys in order, but for those that came since somebody listed. Ones that are gone may be among them. */
  #sorted: string[] = [];
  #added: string[] = [];

  get(key: string): (StoredObject & { readonly etag: string }) | null {
    const kept = this.#objects.get(key);
    if (kept === undefined) return null;
    if (kept.object === null)
      throw new Error(`${key}: the bench keeps no bodies of public objects`);
    return { ...kept.object, etag: kept.etag };
  }

  etagOf(key: string): string | null {
    return this.#objects.get(key)?.etag ?? null;
  }

  put(key: string, object: StoredObject, condition: Condition, at: number): PutOutcome {
    const standing = this.#objects.get(key);
    if (
      'ifNoneMatch' in condition ? standing !== undefined : standing?.etag !== condition.ifMatch
    ) {
      return { kind: standing === undefined ? 'missing' : 'precondition-failed' };
    }
    const etag = md5Hex(object.body);
    const size = object.body.length;
    this.#objects.set(key, { etag, size, at, object: key.startsWith('public/') ? null : object });
    if (standing === undefined) this.#added.push(key);
    return { kind: 'stored', etag };
  }

  delete(key: string, etag: string): boolean {
    return this.#objects.get(key)?.etag === etag && this.#objects.delete(key);
  }

  /** At most so many keys with a prefix, after one. */
  page(prefix: string, after: string, most: number): readonly ListedObject[] {
    this.#sort();
    const listed: ListedObject[] = [];
    for (let index = this.#firstAfter(prefix, after); index < this.#sorted.length; index += 1) {
      const key = this.#sorted[index] ?? '';
      if (listed.length === most || !key.startsWith(prefix)) break;
      const kept = this.#objects.get(key);
      if (kept === undefined) continue;
      const lastModified = new Date(kept.at).toISOString();
      listed.push({ key, etag: kept.etag, size: kept.size, lastModified });
    }
    return listed;
  }

  *entries(prefix: string): Generator<readonly [string, StoredObject]> {
    for (const [key, { object }] of this.#objects) {
      if (object !== null && key.startsWith(prefix)) yield [key, object];
    }
  }

  get size(): number {
    return this.#objects.size;
  }

  #sort(): void {
    if (this.#added.length === 0) return;
    const standing = new Set(this.#added);
    const before = this.#sorted.filter((key) => this.#objects.has(key) && !standing.has(key));
    this.#sorted = [...before, ...standing].sort((a, b) => (a < b ? -1 : 1));
    this.#added = [];
  }

  #firstAfter(prefix: string, after: string): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const key = this.#sorted[middle] ?? '';
      if (key < prefix || key <= after) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
