import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { queueRules } from '../../cdk/charter/queues.ts';
import { isOutside } from '../../src/publishing/check-bucket.ts';
import { signatureHeader } from '../../src/webhook/signature.ts';
import { briefing, curie, settings, text } from './documents.ts';
import { type Press, startPress } from './press.ts';

let press: Press;
beforeAll(async () => {
  press = await startPress(inject('bundles'));
}, 60_000);
afterAll(() => press.close());

/** Every object of the site, with its bytes; what tells of time is left out. */
async function site(): Promise<ReadonlyMap<string, string>> {
  const objects = new Map<string, string>();
  for await (const { key } of press.store.list('public/')) {
    if (isOutside(key)) continue;
    const object = await press.store.get(key);
    objects.set(key, new TextDecoder().decode(object?.body));
  }
  return objects;
}

async function changesTo(before: ReadonlyMap<string, string>): Promise<readonly string[]> {
  return [...(await site())].filter(([key, text]) => before.get(key) !== text).map(([key]) => key);
}

const radium = {
  page: 'public/briefings/radium/index.html',
  json: 'public/v1/briefings/briefing-radium.json',
};

describe('a newsroom that has not published its settings', () => {
  it('F44: publishes nothing; what was asked for ends in the dead letters after ten tries', async () => {
    await press.editor.createOrReplace(curie);
    await vi.waitFor(
      async () => {
        press.passTime(30);
        expect(await press.deadLetters()).toBe(1);
      },
      { timeout: 15_000, interval: 250 },
    );
    expect(await site()).toEqual(new Map());
    expect(press.said('message-failed')).toEqual(
      Array.from({ length: queueRules.receives }, () =>
        expect.objectContaining({ error: 'SettingsMissing', ids: ['person-curie'] }),
      ),
    );
  });

  it('F45: has all that was asked for when the settings are there and the letters are sent again', async () => {
    await press.editor.createOrReplace(settings);
    await press.editor.createOrReplace(briefing('first'));
    await press.settled();
    const before = await site();
    expect([...before.keys()]).toContain('public/people/marie-curie/index.html');
    await press.redrive();
    await press.settled();
    expect([await press.deadLetters(), await changesTo(before)]).toEqual([0, []]);
  });
});

describe('from the lake to the bucket, through the bundles that ship', () => {
  it('a briefing that an editor publishes becomes its page, its twins, its JSON and every list', async () => {
    const before = await site();
    await press.editor.createOrReplace(briefing('radium'));
    await press.settled();
    expect(await changesTo(before)).toEqual([
      'public/archive/2025/02/index.html',
      'public/atom.xml',
      'public/briefings/radium/index.html',
      'public/briefings/radium/index.md',
      'public/briefings/radium/index.txt',
      'public/feed.json',
      'public/feeds/2025-02.atom',
      'public/feeds/2025-02.json',
      'public/feeds/2025-02.rss',
      'public/index.html',
      'public/people/marie-curie/index.html',
      'public/rss.xml',
      'public/sitemaps/2025.xml',
      'public/v1/briefings/briefing-radium.json',
      'public/v1/changes/head.json',
      'public/v1/index.json',
      'public/v1/months/2025-02.json',
      'public/v1/people/person-curie/2025.json',
    ]);
    expect((await site()).get(radium.page)).toContain('Your dentist has an X-ray.');
  });

  it('an edit changes the page; an invalid one leaves it, and the log names the field', async () => {
    await press.editor
      .patch('briefing-radium')
      .set({ whyWeCare: text('Two prizes, and a daughter with a third.') })
      .commit();
    await press.settled();
    const before = await site();
    expect(before.get(radium.page)).toContain('and a daughter with a third');
    await press.editor.patch('briefing-radium').unset(['headline']).commit();
    await press.settled();
    expect(await changesTo(before)).toEqual([]);
    expect(press.said('document').at(-1)).toMatchObject({
      id: 'briefing-radium',
      outcome: 'refused',
      problems: [{ code: 'required', path: 'headline' }],
    });
    await press.editor.patch('briefing-radium').set({ headline: 'About radium' }).commit();
    await press.settled();
  });

  it('an unpublished briefing is a 410 at its address, and in no list', async () => {
    await press.editor.createOrReplace(briefing('polonium'));
    await press.settled();
    await press.editor.delete('briefing-polonium');
    await press.settled();
    const after = await site();
    const page = await press.store.get('public/briefings/polonium/index.html');
    expect(page?.metadata).toMatchObject({ status: '410' });
    const lists = [...after].filter(
      ([key, words]) => words.includes('polonium') && !key.includes('polonium'),
    );
    expect(lists.map(([key]) => key)).toEqual(['public/v1/changes/head.json']);
  });

  it('F27: a draft rings nobody, and what only it says is nowhere', async () => {
    const before = await site();
    const draft = { ...briefing('draft'), headline: 'canary-draft-headline' };
    await press.editor.createOrReplace({ ...draft, _id: 'drafts.briefing-draft' });
    await press.settled();
    expect(await changesTo(before)).toEqual([]);
    expect(JSON.stringify(press.lines)).not.toContain('canary-draft');
  });
});

/** Rings the doorbell by hand. */
async function ring({
  body,
  secret = press.webhookSecret,
  headers = {},
}: {
  body: string;
  secret?: string;
  headers?: Readonly<Record<string, string>>;
}): Promise<number> {
  const bytes = Buffer.from(body);
  const answer = await fetch(press.webhookUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'sanity-webhook-signature': signatureHeader({ body: bytes, secret, signedAt: Date.now() }),
      ...headers,
    },
    body: bytes,
  });
  await answer.arrayBuffer();
  return answer.status;
}

const event = (fields: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({
    _id: 'briefing-radium',
    _type: 'briefing',
    _updatedAt: '2026-02-01T00:00:00Z',
    project: 'localdev',
    dataset: 'production',
    ...fields,
  });

describe('the doorbell', () => {
  it('P2: a forged body under a valid signature causes a read and nothing else', async () => {
    const before = await site();
    const reads = await requests('doc');
    expect(await ring({ body: event({ headline: 'canary-forged', slug: 'canary-forged' }) })).toBe(
      202,
    );
    await press.settled();
    expect(await changesTo(before)).toEqual([]);
    expect(await requests('doc')).toBeGreaterThan(reads);
    expect(JSON.stringify([...(await site())])).not.toContain('canary-forged');
  });

  it('F5, F10: a signature or a project that is not ours is refused before anything happens', async () => {
    const reads = await requests('doc');
    expect(await ring({ body: event(), secret: 'guess' })).toBe(401);
    expect(await ring({ body: event({ project: 'other' }) })).toBe(403);
    expect(await ring({ body: event({ dataset: 'staging' }) })).toBe(403);
    await press.settled();
    expect(await requests('doc')).toBe(reads);
    expect(press.said('delivery-refused').at(-1)).toEqual({
      event: 'delivery-refused',
      reason: 'signature-wrong',
      status: 401,
    });
    expect(press.said('foreign-delivery')).toHaveLength(2);
  });

  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])(
    'answers POST alone: 405 to %s, though the body is signed',
    async (method) => {
      const reads = await requests('doc');
      const bytes = Buffer.from(event());
      const answer = await fetch(press.webhookUrl, {
        method,
        headers: {
          'content-type': 'application/json',
          'sanity-webhook-signature': signatureHeader({
            body: bytes,
            secret: press.webhookSecret,
            signedAt: Date.now(),
          }),
        },
        ...(method !== 'GET' && method !== 'HEAD' && { body: bytes }),
      });
      expect([answer.status, answer.headers.get('allow'), await answer.text()]).toEqual([
        405,
        'POST',
        method === 'HEAD' ? '' : '{"reason":"method-not-allowed"}',
      ]);
      await press.settled();
      expect(await requests('doc')).toBe(reads);
    },
  );

  it('F9: a megabyte too much is 413, and an odd body 202, so that nobody sends it again', async () => {
    expect(await ring({ body: 'x'.repeat(1_000_001) })).toBe(413);
    expect(await ring({ body: '[[[' })).toBe(202);
    expect(await ring({ body: event({ _id: 'drafts.briefing-radium' }) })).toBe(202);
  });

  it('F12: is 503 while the queue is down, and the sweep finds what was lost', async () => {
    const withdraw = press.sqs.faults.inject({
      kind: 'unavailable',
      operations: ['SendMessage'],
    });
    expect(await ring({ body: event() })).toBe(503);
    press.lake.setFaults({ webhooks: { drop: 1 } });
    await press.editor.createOrReplace(briefing('lost-and-found'));
    await press.lake.webhooksSettled();
    withdraw();
    press.lake.setFaults({});
    expect((await site()).has('public/briefings/lost-and-found/index.html')).toBe(false);
    expect(await press.host.invoke('sweep', { sweep: 'reconcile' })).toMatchObject({
      kind: 'answered',
    });
    expect((await site()).has('public/briefings/lost-and-found/index.html')).toBe(true);
    expect(press.said('reconciled').at(-1)).toMatchObject({ outcome: 'done', drift: 1 });
  });

  it('F1, F6: the same delivery a hundred times writes nothing', async () => {
    const before = await site();
    const committed = press.said('committed').length;
    for (let time = 0; time < 100; time += 1) {
      expect(await ring({ body: event(), headers: { 'idempotency-key': `replay-${time}` } })).toBe(
        202,
      );
    }
    await press.settled();
    expect(await changesTo(before)).toEqual([]);
    expect(press.said('committed')).toHaveLength(committed);
  });
});

describe('the other functions', () => {
  it('a sweep with nothing due, and a collection with nothing old, do nothing', async () => {
    const before = await site();
    expect(await press.host.invoke('sweep', {})).toMatchObject({ kind: 'answered' });
    expect(await press.host.invoke('collect', {})).toMatchObject({ kind: 'answered' });
    expect(press.said('swept').at(-1)).toMatchObject({ outcome: 'idle' });
    expect(press.said('collected').at(-1)).toMatchObject({ nodes: 0, orphans: 0 });
    expect(await changesTo(before)).toEqual([]);
  });

  it('F41: an outage of the lake is waited out; the message is sent again and nothing half done', async () => {
    const before = await site();
    press.lake.setFaults({ requests: { share: 1, status: 503, routes: ['doc'], times: 3 } });
    await press.editor
      .patch('briefing-radium')
      .set({ whoElseCares: text('Everybody with a luminous watch.') })
      .commit();
    await press.settled();
    expect(press.said('outage').at(-1)).toMatchObject({ error: 'LakeUnavailable', status: 503 });
    expect(press.said('sent-again').at(-1)).toMatchObject({ ids: ['briefing-radium'], attempt: 1 });
    expect(await changesTo(before)).toContain(radium.page);
  });

  it('F73: no line of all this holds a secret, a token or a word of a document', () => {
    const written = JSON.stringify(press.lines);
    for (const secret of ['canary', 'publisher-secret', 'receiver-secret', 'dentist', 'desk@']) {
      expect(written).not.toContain(secret);
    }
    expect(written.length).toBeGreaterThan(10_000);
  });
});

/** How many requests of a kind the lake has answered. */
async function requests(route: string): Promise<number> {
  const answer = await fetch(`${press.lake.url}/_local/state`, {
    headers: { authorization: `Bearer ${press.lake.tokens.editor}` },
  });
  const state: unknown = await answer.json();
  const counts =
    typeof state === 'object' && state !== null && 'requests' in state ? state.requests : null;
  const found = Object.entries(counts ?? {}).find(([name]) => name === route)?.[1];
  return typeof found === 'number' ? found : 0;
}
