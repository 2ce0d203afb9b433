import { sha256Hex } from './digest.ts';

/**
 * Object keys with their ETags in eight bytes each, so that those of a whole bucket fit into memory: 44 bits of
 * the key's hash and 20 of the ETag, in order. Of a million and a half keys some two share a hash by chance:
 * what is found amiss is looked at again, by its key.
 */
export class KeyTable {
  readonly #rows: BigUint64Array;

  constructor(rows: BigUint64Array) {
    this.#rows = rows;
  }

  static of(objects: Iterable<{ readonly key: string; readonly etag: string }>): KeyTable {
    return new KeyTable(
      BigUint64Array.from([...objects].map(({ key, etag }) => rowOf(key, etag))).sort(),
    );
  }

  /** Several in one. */
  static merged(tables: readonly KeyTable[]): KeyTable {
    const rows = new BigUint64Array(tables.reduce((sum, { size }) => sum + size, 0));
    let at = 0;
    for (const table of tables) {
      rows.set(table.#rows, at);
      at += table.size;
    }
    return new KeyTable(rows.sort());
  }

  get size(): number {
    return this.#rows.length;
  }

  /** What is known of a key: nothing, another ETag, or this one. */
  look(key: string, etag: string): 'unknown' | 'other' | 'same' {
    const wanted = rowOf(key, etag);
    const first = this.#firstFrom((wanted >> etagBits) << etagBits);
    for (let index = first; index < this.size; index += 1) {
      const row = this.#rows[index] ?? 0n;
      if (row >> etagBits !== wanted >> etagBits) return index > first ? 'other' : 'unknown';
      if (row === wanted) return 'same';
    }
    return first < this.size ? 'other' : 'unknown';
  }

  encode(): Uint8Array {
    return new Uint8Array(this.#rows.buffer, this.#rows.byteOffset, this.#rows.byteLength);
  }

  /** Throws when the bytes are not a table's. */
  static decode(bytes: Uint8Array): KeyTable {
    if (bytes.length % 8 !== 0) throw new Error(`${bytes.length} bytes are no table of keys`);
    return new KeyTable(new BigUint64Array(bytes.slice().buffer));
  }

  /** Index of the first row that is not less. */
  #firstFrom(row: bigint): number {
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#rows[middle] ?? 0n) < row) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const etagBits = 20n;

function rowOf(key: string, etag: string): bigint {
  return BigInt(`0x${sha256Hex(key).slice(0, 11)}${etag.slice(0, 5)}`);
}
