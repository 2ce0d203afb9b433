import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { webhookOf } from '../../../local/stack/webhook.ts';
import type { Instant } from '../../../src/briefing/model.ts';
import { receiveDelivery } from '../../../src/webhook/receive-delivery.ts';
import type { Lake } from '../../../local/lake/lake.ts';
import { clientOf, startTestLake, tokens } from '../lake/lake-fixture.ts';
import { startReceiver, type WebhookReceiver } from '../lake/webhook-receiver.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const guide = readFileSync(join(root, 'docs', 'guides', 'connect-sanity.md'), 'utf8');

/** The request of the guide, with its three words filled in. */
function webhookOfTheGuide(words: { url: string; dataset: string; secret: string }): unknown {
  const [, json = ''] = /```json\n([\s\S]*?)```/.exec(guide) ?? [];
  return JSON.parse(
    json
      .replace('WEBHOOK_URL', words.url)
      .replaceAll('SANITY_STUDIO_DATASET', words.dataset)
      .replace('WEBHOOK_SECRET', words.secret),
  );
}

describe('the guide to connecting a Sanity project', () => {
  let lake: Lake;
  let receiver: WebhookReceiver;

  beforeAll(async () => {
    lake = await startTestLake({ isPublicDataset: false });
    receiver = await startReceiver();
  });
  afterAll(async () => {
    await lake.close();
    await receiver.close();
  });

  it('has the webhook of the local stack, word for word', () => {
    const words = { url: 'https://bell.example', dataset: 'production', secret: 'a secret' };
    // What is said of the secret is the command's own to say.
    const { id: _id, description: _description, ...local } = webhookOf(words);

    expect(webhookOfTheGuide(words)).toEqual(local);
  });

  it('has a webhook that the lake takes, and whose rings the receiver understands', async () => {
    const secret = 'c2VjcmV0LW9mLXRoZS1ndWlkZS0wMTIzNDU2Nzg5';
    const made = await fetch(`${lake.url}/v2025-02-19/hooks/projects/${lake.projectId}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.editor}`, 'content-type': 'application/json' },
      body: JSON.stringify(webhookOfTheGuide({ url: receiver.url, dataset: 'production', secret })),
    });
    expect(made.ok).toBe(true);

    const editor = clientOf(lake);
    await editor.create({ _id: 'drafts.briefing-1', _type: 'briefing' });
    await editor.create({ _id: 'briefing-1', _type: 'briefing', headline: 'One' });
    await editor.patch('briefing-1').set({ headline: 'Two' }).commit();
    await editor.delete('briefing-1');
    await lake.webhooksSettled();

    const now = z
      .custom<Instant>()
      .parse(new Date(Date.parse('2026-03-01T12:00:05Z')).toISOString());
    const heard = receiver.received.map(({ headers, body }) =>
      receiveDelivery({
        headers: { 'sanity-webhook-signature': String(headers['sanity-webhook-signature']) },
        body: Buffer.from(body),
        secrets: [secret],
        now,
        project: lake.projectId,
        dataset: 'production',
      }),
    );
    expect(heard).toMatchObject(
      Array.from({ length: 3 }, () => ({ kind: 'event', message: { ids: ['briefing-1'] } })),
    );
  });

  it('names every variable that a Studio for a real project reads', () => {
    const source = readFileSync(join(root, 'sanity', 'stage', 'deployed.ts'), 'utf8');
    const read = new Set(source.match(/SANITY_STUDIO_[A-Z_]+/g));
    const [, table = ''] = /\n\| variable \| what \|\n([\s\S]*?)\n\n/.exec(guide) ?? [];
    const told = new Set(
      [...table.matchAll(/^\| `(SANITY_STUDIO_[A-Z_]+)`/gm)].map(([, name]) => name),
    );

    expect(told).toEqual(read);
  });
});
