import { describe, expect, test } from 'vitest';
import type { DocumentId } from '../../src/briefing/model.ts';
import { advance } from '../../src/publishing/advance.ts';
import { publish } from '../../src/publishing/publish.ts';
import type { Publisher } from '../../src/publishing/publisher.ts';
import { reconcile } from '../../src/publishing/reconcile.ts';
import { noDeadline } from '../../src/publishing/walk.ts';
import { corpus } from '../../bench/corpus.ts';
import { CountedWorld } from '../../bench/counted-world.ts';
import { smallEdition } from '../simulator/small-edition.ts';
import { noDifference, openNewsroom, type Newsroom } from './newsroom.ts';

class Killed extends Error {}

/** A redraw is under way; whoever is at it has committed a slice and written its first page. */
async function inMidSlice(): Promise<Newsroom> {
  const newsroom = openNewsroom();
  for (const id of ['b-one', 'b-two', 'b-three']) newsroom.brief(id);
  await newsroom.publishWhole(['b-one', 'b-two', 'b-three']);
  newsroom.patch('siteSettings', { name: 'The Evening Example' });
  await newsroom.publish('siteSettings');
  newsroom.beforeCall = ({ call, key }) => {
    if (call === 'put' && key.startsWith('public/briefings/')) throw new Killed();
  };
  await expect(advance(newsroom.publisher(), noDeadline)).rejects.toThrow(Killed);
  newsroom.beforeCall = () => {};
  expect((await newsroom.root()).release).not.toBeNull();
  newsroom.patch('b-two', { headline: 'Ada edited' });
  return newsroom;
}

/** A publisher that notes when it does another's work, and for whom something happens while it waits. */
function editor(
  newsroom: Newsroom,
  whileItWaits: (milliseconds: number) => Promise<void>,
): { readonly publisher: Publisher; readonly helped: () => boolean } {
  const events: string[] = [];
  const publisher = newsroom.publisher({ notify: ({ kind }) => events.push(kind) });
  const clock = { ...publisher.ports.clock, sleep: whileItWaits };
  return {
    publisher: { ...publisher, ports: { ...publisher.ports, clock } },
    helped: () => events.includes('finishing-for-another'),
  };
}

describe('an edit that meets a slice whose release is being written', () => {
  test('waits until that is done, and writes nothing of it a second time', async () => {
    const newsroom = await inMidSlice();
    let waited = 0;
    const { publisher, helped } = editor(newsroom, async () => {
      waited += 1;
      if (waited === 3) await advance(newsroom.publisher(), noDeadline);
    });
    expect(await publish(publisher, { ids: ['b-two'] })).toMatchObject({ kind: 'done' });
    expect({ waited, helped: helped() }).toEqual({ waited: 3, helped: false });
    expect(await newsroom.text('/briefings/two/')).toContain('Ada edited');
    expect(await newsroom.differences()).toEqual(noDifference);
  });

  test('does it itself when whoever was at it is dead: five seconds after the slice began', async () => {
    const newsroom = await inMidSlice();
    const begun = Date.parse((await newsroom.root()).slice.at);
    const { publisher, helped } = editor(newsroom, async (milliseconds) => {
      newsroom.pass(milliseconds / 1_000);
    });
    expect(await publish(publisher, { ids: ['b-two'] })).toMatchObject({ kind: 'done' });
    expect(helped()).toBe(true);
    expect((Date.parse(newsroom.now) - begun) / 1_000).toBe(5);
    await advance(newsroom.publisher(), noDeadline);
    expect(await newsroom.differences()).toEqual(noDifference);
  });
});

describe('a slice of whole-site work', () => {
  test('that publishes what it found, after more than five seconds, does not wait for itself', async () => {
    const newsroom = openNewsroom();
    for (const id of ['b-one', 'b-two']) newsroom.brief(id);
    await newsroom.publishWhole(['b-one', 'b-two']);
    newsroom.remove('b-two');
    let waits = 0;
    const { publisher } = editor(newsroom, async () => {
      waits += 1;
    });
    const { lake } = publisher.ports;
    const slow = {
      ...lake,
      revisionsOf: (ids: readonly DocumentId[]) => {
        newsroom.pass(6);
        return lake.revisionsOf(ids);
      },
    };
    await reconcile({ ...publisher, ports: { ...publisher.ports, lake: slow } });
    expect(waits).toBe(0);
    expect(await newsroom.answer('/briefings/two/')).toBe('410');
  });

  test('waits no longer for fifteen documents than for three: what it will ask for is read side by side', async () => {
    const [few, many] = [await waitsOfSlice(3), await waitsOfSlice(15)];
    expect(few).toBeGreaterThan(3);
    expect(many).toBeLessThanOrEqual(1.2 * few);
  });
});

/** Calls one after another in the first slice of a redraw, by a process that remembers nothing. */
async function waitsOfSlice(size: number): Promise<number> {
  const documents = new Map<DocumentId, string>();
  for (const each of corpus(240)) documents.set(String(each['_id']), JSON.stringify(each));
  const world = new CountedWorld(documents);
  const publisher = (): Publisher => ({
    ports: {
      store: world.store,
      lake: world.lake,
      queue: { send: () => Promise.resolve() },
      purge: { purge: () => Promise.resolve({ purged: 0, failed: [] }) },
      clock: { now: () => '2026-02-20T12:00:00.000Z', sleep: () => Promise.resolve() },
      random: { next: () => 0.5 },
    },
    stage: { baseUrl: 'https://daily.example', tagAuthority: 'daily.example,2026', epoch: 1 },
    renderers: smallEdition,
    nodes: new Map(),
    tasksPerRelease: size,
  });
  await publish({ ...publisher(), tasksPerRelease: 1_000 }, { ids: [...documents.keys()] });
  const settings: Record<string, unknown> = JSON.parse(documents.get('siteSettings') ?? '');
  documents.set(
    'siteSettings',
    JSON.stringify({ ...settings, _rev: 'r-new', name: 'The Evening' }),
  );
  await publish(publisher(), { ids: ['siteSettings'], continuePending: false });
  world.reset();
  await publish(publisher(), { ids: [], continuePending: true });
  return world.tally.rounds;
}
