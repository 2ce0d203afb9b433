import { describe, expect, it } from 'vitest';
import type { Store, StoredObject } from '../../src/publishing/ports.ts';

const page = (text: string): StoredObject => ({
  body: new TextEncoder().encode(text),
  contentType: 'text/html; charset=utf-8',
  cacheControl: 'max-age=0, s-maxage=60',
  metadata: { status: '410', location: '/people/marie-curie/' },
});
/** MD5 of the texts below: what S3 says for a single put. */
const etags = { one: 'f97c5d29941bfb1b2fdab0874906ab82', two: 'b8a9f715dbb64fd5c56e7783c6820a61' };
const absent = { ifNoneMatch: '*' } as const;

/** What publishing relies on in any store. Each test has an empty one. */
export function storeContract(name: string, emptyStore: () => Promise<Store>): void {
  describe(`${name}, as a store`, () => {
    it('gives back an object whole, and nothing for a key that is not there', async () => {
      const store = await emptyStore();
      expect(await store.put('public/a', page('one'), absent)).toEqual({
        kind: 'stored',
        etag: etags.one,
      });
      const got = await store.get('public/a');
      expect(got === null ? null : { ...got, body: new TextDecoder().decode(got.body) }).toEqual({
        ...page('one'),
        body: 'one',
        etag: etags.one,
      });
      expect(await store.head('public/a')).toEqual({ etag: etags.one });
      expect([await store.get('public/b'), await store.head('public/b')]).toEqual([null, null]);
    });

    it('keeps an object without cache rule or metadata as it came, empty ones too', async () => {
      const store = await emptyStore();
      await store.put('state/x', { body: new Uint8Array(), contentType: 'text/plain' }, absent);
      const got = await store.get('state/x');
      expect(got === null ? null : { ...got, body: [...got.body] }).toEqual({
        body: [],
        contentType: 'text/plain',
        etag: 'd41d8cd98f00b204e9800998ecf8427e',
      });
    });

    it('creates only what is not there', async () => {
      const store = await emptyStore();
      await store.put('state/root', page('one'), absent);
      expect(await store.put('state/root', page('two'), absent)).toEqual({
        kind: 'precondition-failed',
      });
      expect(await store.head('state/root')).toEqual({ etag: etags.one });
    });

    it('replaces only what was seen', async () => {
      const store = await emptyStore();
      await store.put('state/root', page('one'), absent);
      expect(await store.put('state/root', page('two'), { ifMatch: etags.one })).toEqual({
        kind: 'stored',
        etag: etags.two,
      });
      expect(await store.put('state/root', page('three'), { ifMatch: etags.one })).toEqual({
        kind: 'precondition-failed',
      });
      expect(await store.put('state/none', page('one'), { ifMatch: etags.one })).toEqual({
        kind: 'missing',
      });
      expect(await store.head('state/root')).toEqual({ etag: etags.two });
    });

    it('lets one of many win a race for a root', async () => {
      const store = await emptyStore();
      await store.put('state/root', page('one'), absent);
      const outcomes = await Promise.all(
        Array.from({ length: 8 }, (_, racer) =>
          store.put('state/root', page(`racer ${racer}`), { ifMatch: etags.one }),
        ),
      );
      expect(outcomes.filter(({ kind }) => kind === 'stored')).toHaveLength(1);
    });

    it('lists by prefix in the order of UTF-8 bytes, also after a key', async () => {
      const store = await emptyStore();
      const keys = ['public/a', 'public/a/b', 'public/é', 'public/\u{ff5e}', 'public/\u{1f600}'];
      for (const key of [...keys.toReversed(), 'state/a'])
        await store.put(key, page('one'), absent);
      const listed: string[] = [];
      for await (const object of store.list('public/')) {
        expect({ ...object, key: '', lastModified: '' }).toEqual({
          key: '',
          etag: etags.one,
          size: 3,
          lastModified: '',
        });
        expect(new Date(object.lastModified).toISOString()).toBe(object.lastModified);
        listed.push(object.key);
      }
      expect(listed).toEqual(keys);
      const after: string[] = [];
      for await (const { key } of store.list('public/', 'public/a/b')) after.push(key);
      expect(after).toEqual(keys.slice(2));
    });

    it('lists more than fit on a page', async () => {
      const store = await emptyStore();
      const keys = Array.from(
        { length: 1_003 },
        (_, n) => `state/node/${String(n).padStart(5, '0')}`,
      );
      for (let from = 0; from < keys.length; from += 100) {
        await Promise.all(
          keys.slice(from, from + 100).map((key) => store.put(key, page('one'), absent)),
        );
      }
      const listed: string[] = [];
      for await (const { key } of store.list('state/')) listed.push(key);
      expect(listed).toEqual(keys);
    });

    it('deletes only what was seen', async () => {
      const store = await emptyStore();
      await store.put('state/node/a', page('one'), absent);
      expect(await store.delete('state/node/a', { ifMatch: etags.two })).toBe(false);
      expect(await store.delete('state/node/a', { ifMatch: etags.one })).toBe(true);
      expect(await store.delete('state/node/a', { ifMatch: etags.one })).toBe(false);
      expect(await store.get('state/node/a')).toBeNull();
    });
  });
}
