import { describe, expect, test } from 'vitest';
import { md5Hex } from '../../src/publishing/digest.ts';
import { KeyTable } from '../../src/publishing/key-table.ts';

const object = (name: string, words = name) => ({
  key: `public/briefings/${name}/index.html`,
  etag: md5Hex(words),
});

describe('keys of a bucket in eight bytes each', () => {
  const listed = Array.from({ length: 20_000 }, (_, index) => object(`b-${index}`));
  const table = KeyTable.of(listed);

  test('each is known with its ETag, with another it is another, and who is not there is unknown', () => {
    expect(table.size).toBe(20_000);
    expect(new Set(listed.map(({ key, etag }) => table.look(key, etag)))).toEqual(
      new Set(['same']),
    );
    expect(new Set(listed.map(({ key }) => table.look(key, md5Hex(`flipped ${key}`))))).toEqual(
      new Set(['other']),
    );
    const strangers = Array.from({ length: 20_000 }, (_, index) => object(`stranger-${index}`));
    expect(new Set(strangers.map(({ key, etag }) => table.look(key, etag)))).toEqual(
      new Set(['unknown']),
    );
  });

  test('is the same after it was kept, and in parts', () => {
    const kept = [listed.slice(0, 7_000), listed.slice(7_000)].map((part) =>
      KeyTable.decode(KeyTable.of(part).encode()),
    );
    const whole = KeyTable.merged(kept);
    expect(whole.encode()).toEqual(table.encode());
    expect(table.encode()).toHaveLength(8 * listed.length);
  });

  test('nothing is known of an empty one, and other bytes are no table', () => {
    const { key, etag } = object('b-1');
    expect(KeyTable.of([]).look(key, etag)).toBe('unknown');
    expect(KeyTable.merged([]).size).toBe(0);
    expect(() => KeyTable.decode(new Uint8Array(7))).toThrow('7 bytes are no table of keys');
  });
});
