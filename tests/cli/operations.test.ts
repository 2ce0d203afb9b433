import { beforeEach, describe, expect, it } from 'vitest';
import type { StoredObject } from '../../src/publishing/ports.ts';
import { briefing } from '../simulator/newsroom.ts';
import { openPress, type Press } from './press.ts';

let press: Press;
beforeEach(async () => {
  press = await openPress(11);
  press.lake.put('b-one', 'briefing', first);
  press.lake.put('b-two', 'briefing', { ...first, ...second });
  await press.reconcile();
});

const first = briefing({
  headline: 'Ada counts',
  slug: 'ada-counts',
  date: '2026-10-12',
  person: 'p-ada',
});
const second = briefing({
  headline: 'Ibn sails',
  slug: 'ibn-sails',
  date: '2026-10-13',
  person: 'p-ibn',
  mentions: ['b-one'],
});

describe('verify', () => {
  it('ends with the count and one hash when all is equal', async () => {
    const proven = await press.run('verify --headers');
    expect(proven).toMatchObject({ exit: 0 });
    expect(proven.out).toMatch(/^equal: \d+ objects, root [\w-]{43}\n$/);
    const again = await press.run('verify --json');
    expect(proven.out).toContain(JSON.parse(again.out).root);
  });

  it('names a changed byte, a missing and a planted object, and mends all three', async () => {
    await damage('public/briefings/ada-counts/index.html', (object) => ({
      ...object,
      body: object.body.with(50, (object.body[50] ?? 0) ^ 1),
    }));
    await remove('public/feed.json');
    await plant('public/planted/index.html');

    const found = await press.run('verify');
    expect(found.exit).toBe(1);
    expect(found.out).toMatch(
      /^differs in its bytes: public\/briefings\/ada-counts\/index.html\nmissing: public\/feed.json\nforeign: public\/planted\/index.html\nnot equal: 1 differ, 1 missing, 1 foreign, of \d+;/,
    );
    const dry = await press.run('verify --repair --dry-run');
    expect(dry.out).toContain('would write 2 again and delete 1\n');
    expect((await press.run('verify')).exit).toBe(1);

    const mended = await press.run('verify --repair');
    expect(mended.err).toContain('deleted 1 foreign object, wrote 2 objects again');
    expect(mended).toMatchObject({ exit: 0, out: expect.stringMatching(/^equal: /) });
  });

  it('finds what only the headers tell, when it is asked to read them', async () => {
    await damage('public/index.html', (object) => ({ ...object, contentType: 'text/plain' }));
    expect((await press.run('verify')).exit).toBe(0);
    expect(await press.run('verify --headers')).toMatchObject({
      exit: 1,
      out: expect.stringContaining('differs in its headers: public/index.html\n'),
    });
  });

  it('says that the lake is ahead, and what to do', async () => {
    press.lake.put('b-one', 'briefing', { ...first, headline: 'Ada counts again' });
    const found = await press.run('verify');
    expect(found.exit).toBe(1);
    expect(found.out).toContain('newest revision of 1 document (b-one)');
    expect(found.out).toContain('pressrun reconcile');
    expect(await press.run('reconcile --dry-run')).toMatchObject({
      exit: 1,
      out: 'differs: b-one\nreconcile: would publish 1 document\n',
    });
    expect((await press.run('reconcile')).exit).toBe(0);
    expect((await press.run('verify')).exit).toBe(0);
  });

  it('names removals that the guard refused, until they are confirmed', async () => {
    const ids = Array.from({ length: 22 }, (_, index) => `b-${String(10 + index)}`);
    for (const id of ids) {
      press.lake.put(id, 'briefing', { ...first, slug: { _type: 'slug', current: id } });
    }
    await press.reconcile();
    for (const id of ids) press.lake.remove(id);
    await press.publish(...ids);

    const refused = JSON.parse((await press.run('verify --json')).out).refusedRemovals;
    expect(refused).toEqual(['b-30', 'b-31']);
    const proven = await press.run('verify');
    expect(proven).toMatchObject({ exit: 0 });
    expect(proven.out).toMatch(
      /^2 briefings are gone from the lake and still live, because too many removals came within an hour. To take them down: pressrun publish --allow-removals 2 b-30 b-31\nequal: /,
    );

    expect(await press.run('publish --allow-removals 2 b-30 b-31')).toMatchObject({ exit: 0 });
    expect((await press.run('verify')).out).toMatch(/^equal: /);
  });

  it('does not run before anything was published', async () => {
    const empty = await openPress(1);
    expect(await empty.run('verify')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('Nothing was ever published to this bucket'),
    });
  });
});

describe('plan and publish', () => {
  it('tell by public address what an edit writes, and then write exactly that', async () => {
    press.lake.put('b-one', 'briefing', { ...first, slug: { _type: 'slug', current: 'ada' } });
    const planned = await press.run('plan b-one');
    expect(planned.exit).toBe(0);
    expect(planned.out).toContain('accepted: b-one at r');
    expect(planned.out).toContain('  new      /briefings/ada/\n');
    expect(planned.out).toContain('  moved    /briefings/ada-counts/ → /briefings/ada/\n');
    expect(planned.out).toContain('  changed  /briefings/ibn-sails/\n');
    expect(await press.store.head('public/briefings/ada/index.html')).toBeNull();
    expect((await press.run('publish --dry-run b-one')).out).toBe(planned.out);

    const { writes } = JSON.parse((await press.run('plan b-one --json')).out);
    const published = await press.run('publish b-one');
    expect(published.out).toMatch(
      new RegExp(`published: 1 release, ${String(writes.length)} objects written\\n$`),
    );
    expect(await press.run('plan b-one')).toMatchObject({ out: 'plan: nothing would change\n' });
    expect((await press.run('verify')).exit).toBe(0);
  });

  it('stop at a document that is invalid, and name the field', async () => {
    press.lake.put('b-one', 'briefing', { ...first, headline: '' });
    const stopped = await press.run('publish b-one');
    expect(stopped.exit).toBe(1);
    expect(stopped.out).toContain('  headline: required\n');
  });

  it('confirm refused removals only when their number is repeated', async () => {
    expect(await press.run('publish b-one --allow-removals 2')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('--allow-removals 2 confirms as many removals, but 1 document'),
    });
  });

  it('refuse drafts and what is no id', async () => {
    expect(await press.run('publish drafts.b-one')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('drafts.b-one is a draft'),
    });
    expect(await press.run('plan ../b-one')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('is no document id'),
    });
  });
});

describe('rebuild', () => {
  it('renders everything and writes nothing when nothing has changed', async () => {
    const rebuilt = await press.run('rebuild');
    expect(rebuilt).toMatchObject({ exit: 0 });
    expect(rebuilt.out).toMatch(
      /^rebuilt: 0 objects written in 1 release; 2 briefings were rendered\n$/,
    );
    expect((await press.run('rebuild --dry-run')).out).toMatch(/^rebuild: would write 0 objects;/);
  });
});

describe('hold and resume', () => {
  it('stop publishing, and publish afterwards what came meanwhile', async () => {
    expect(await press.run('hold wrong photograph')).toMatchObject({ exit: 0 });
    expect(await press.run('hold again')).toMatchObject({
      exit: 1,
      out: expect.stringMatching(/^on hold already, since .+: wrong photograph\n$/),
    });
    press.lake.put('b-one', 'briefing', { ...first, headline: 'Ada counts on' });
    expect(await press.run('publish b-one')).toMatchObject({
      exit: 2,
      err: expect.stringContaining('Publishing is on hold (wrong photograph)'),
    });
    const resumed = await press.run('resume');
    expect(resumed.out).toMatch(
      /^was on hold since .+\nreconciled: 1 document differed, 1 release/,
    );
    expect((await press.run('verify')).exit).toBe(0);
  });
});

async function damage(key: string, change: (object: StoredObject) => StoredObject): Promise<void> {
  const object = await press.store.get(key);
  if (object === null) throw new Error(`${key} is not there`);
  await press.store.put(key, change(object), { ifMatch: object.etag });
}

async function remove(key: string): Promise<void> {
  const object = await press.store.head(key);
  if (object === null) throw new Error(`${key} is not there`);
  await press.store.delete(key, { ifMatch: object.etag });
}

async function plant(key: string): Promise<void> {
  const body = new TextEncoder().encode('<p>planted</p>');
  await press.store.put(key, { body, contentType: 'text/html' }, { ifNoneMatch: '*' });
}
