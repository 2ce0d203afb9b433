import { describe, expect, test } from 'vitest';
import { edition } from '../../src/publishing/edition.ts';
import { publish } from '../../src/publishing/publish.ts';
import type { Publisher } from '../../src/publishing/publisher.ts';
import { raiseEpoch } from '../../src/publishing/raise-epoch.ts';
import type { Renderers } from '../../src/publishing/renderers.ts';
import { sweep } from '../../src/publishing/sweep.ts';
import { ofEpoch, published } from './deployed.ts';
import { openNewsroom } from './newsroom.ts';

/** What is deployed next: every page of it ends with another word. */
const later: Renderers = {
  ...edition,
  briefing: (input) =>
    edition.briefing(input).map((object) => ({
      ...object,
      body: object.body.replace('</body>', '<p>Later.</p></body>'),
    })),
};

async function drained(publisher: Publisher): Promise<void> {
  for (let chunk = 0; chunk < 50; chunk += 1) {
    if ((await sweep(publisher)).kind === 'idle') return;
  }
  throw new Error('The fan-out never ends');
}

describe('rule 9: a deployment raises the epoch', () => {
  test('nobody publishes until then; from then on the new code alone, which draws everything again', async () => {
    const newsroom = await published();
    const [old, fresh] = [ofEpoch(newsroom, 1, edition), ofEpoch(newsroom, 2, later)];
    expect(await sweep(fresh)).toMatchObject({ kind: 'other-epoch' });
    expect(await newsroom.naming('Later.')).toEqual([]);

    // The machine that deploys may have whatever edition: it draws nothing.
    expect(await raiseEpoch(ofEpoch(newsroom, 2, edition), 2)).toEqual({
      kind: 'raised',
      from: 1,
      briefings: 2,
    });
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    expect(await publish(old, { ids: ['b-one'] })).toEqual({ kind: 'other-epoch', epoch: 2 });
    expect(await sweep(old)).toMatchObject({ kind: 'other-epoch' });
    await drained(fresh);

    expect(await newsroom.naming('Later.')).toEqual(['/briefings/one/', '/briefings/two/']);
    expect(await newsroom.root()).toMatchObject({
      epoch: 2,
      pending: [],
      walks: [],
      release: null,
    });
  });

  test('raising draws nothing itself: it is told, and not one other public object is written', async () => {
    const newsroom = await published();
    const keys: string[] = [];
    newsroom.beforeCall = ({ call, key }) => {
      if (call === 'put' && key.startsWith('public/')) keys.push(key);
    };
    await raiseEpoch(ofEpoch(newsroom, 2, later), 2);

    expect(keys).toEqual(['public/status.json']);
  });

  test('nor what falls due in that minute: a month that ends joins the archive when the new code draws it', async () => {
    const newsroom = await published();
    newsroom.now = '2026-11-01T00:00:30.000Z';
    await raiseEpoch(ofEpoch(newsroom, 2, edition), 2);
    expect(await newsroom.root()).toMatchObject({ epoch: 2, release: null });
    expect(await newsroom.site()).not.toContain('/feeds/2026-10.json 200');

    const fresh = ofEpoch(newsroom, 2, later);
    await drained(fresh);
    expect(await newsroom.site()).toContain('/feeds/2026-10.json 200');
    expect(await newsroom.differences(fresh)).toEqual({ differing: [], missing: [], foreign: [] });
  });

  test('the work is handed over in the very swap that raises: code on its way out never takes it up', async () => {
    const newsroom = await published();
    const old = ofEpoch(newsroom, 1, edition);
    const roots: unknown[] = [];
    newsroom.beforeCall = ({ call, key }) => {
      if (call === 'put' && key === 'state/root') roots.push(key);
    };
    await raiseEpoch(ofEpoch(newsroom, 2, later), 2);

    expect(roots).toHaveLength(1);
    expect(await publish(old, { ids: [], continuePending: true })).toEqual({
      kind: 'other-epoch',
      epoch: 2,
    });
  });

  test('what the code before has left half written the new code finishes first, as it was drawn', async () => {
    const newsroom = await published();
    newsroom.patch('b-one', { headline: 'Ada counts on' });
    newsroom.beforeCall = ({ call, key }) => {
      if (call === 'put' && key.startsWith('public/')) throw new Error('killed');
    };
    await expect(publish(ofEpoch(newsroom, 1, edition), { ids: ['b-one'] })).rejects.toThrow(
      'killed',
    );
    newsroom.beforeCall = () => {};

    const fresh = ofEpoch(newsroom, 2, later);
    expect(await raiseEpoch(fresh, 2)).toMatchObject({ kind: 'raised' });
    expect(await newsroom.naming('Ada counts on')).toEqual([]);
    await publish(fresh, { ids: ['b-two'], continuePending: false });
    expect(await newsroom.naming('Ada counts on')).toContain('/briefings/one/');
    expect(await newsroom.naming('Later.')).toEqual([]);
  });

  test('twice is once, lower is refused, and an empty bucket has nothing to raise', async () => {
    const newsroom = await published();
    await raiseEpoch(ofEpoch(newsroom, 2, later), 2);
    const root = await newsroom.root();

    expect(await raiseEpoch(ofEpoch(newsroom, 2, later), 2)).toEqual({ kind: 'nothing-to-raise' });
    expect(await raiseEpoch(ofEpoch(newsroom, 1, later), 1)).toEqual({ kind: 'too-low', epoch: 2 });
    expect(await newsroom.root()).toEqual(root);
    expect(await raiseEpoch(ofEpoch(openNewsroom(), 1), 1)).toEqual({ kind: 'nothing-to-raise' });
  });

  test('on hold it is raised all the same, and everything waits for resume', async () => {
    const newsroom = await published();
    await newsroom.hold('wrong photograph');

    expect(await raiseEpoch(ofEpoch(newsroom, 2, later), 2)).toMatchObject({ kind: 'raised' });
    expect(await sweep(ofEpoch(newsroom, 2, later))).toMatchObject({ kind: 'held' });
    expect(await newsroom.naming('Later.')).toEqual([]);
  });
});
