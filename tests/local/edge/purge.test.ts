import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, inject, it } from 'vitest';
import { editorClient } from '../../../local/stack/editor-client.ts';
import type { PurgeSetting } from '../../../local/stack/functions.ts';
import { type Stack, startStack } from '../../../local/stack/stack.ts';

const path = '/briefings/six-dots/';

/** A stack with one live briefing that the edge has in its cache, and an editor. */
async function openStage(options: { purge: PurgeSetting; edgeSpeed: number }) {
  const stack = await startStack({ bundles: inject('bundles'), ...options });
  const editor = editorClient(stack.file);
  const answer = (text: string) => [
    {
      _type: 'block',
      _key: 'b',
      style: 'normal',
      markDefs: [],
      children: [{ _type: 'span', _key: 's', marks: [], text }],
    },
  ];
  await editor
    .transaction()
    .create({
      _id: 'siteSettings',
      _type: 'siteSettings',
      name: 'Well Met',
      language: 'en',
      timeZone: 'Europe/London',
      description: 'Introductions.',
    })
    .create({
      _id: 'person-braille',
      _type: 'person',
      name: 'Louis Braille',
      kind: 'individual',
      pronouns: 'he',
      slug: { _type: 'slug', current: 'louis-braille' },
    })
    .create({
      _id: 'six-dots',
      _type: 'briefing',
      headline: 'Six dots',
      slug: { _type: 'slug', current: 'six-dots' },
      date: '2026-01-04',
      language: 'en',
      person: { _type: 'reference', _ref: 'person-braille' },
      whyInTheNews: answer('A museum reopens.'),
      whyWeCare: answer('We read.'),
      whyYouShouldCare: answer('You read.'),
      whoElseCares: answer('Readers.'),
    })
    .commit();
  await stack.settled();
  return { stack, editor };
}

async function read(stack: Stack): Promise<{ headline: string; cache: string | null }> {
  const answer = await fetch(stack.file.site.url + path);
  const [, headline = ''] = /<h1[^>]*>([\s\S]*?)<\/h1>/.exec(await answer.text()) ?? [];
  return { headline, cache: answer.headers.get('x-cache') };
}

/** Seconds until the edge gives a page that has `words`; the page is asked for all the time. */
async function seenAfter(stack: Stack, words: string, withinSeconds: number): Promise<number> {
  const started = performance.now();
  for (;;) {
    const { headline } = await read(stack);
    const seconds = (performance.now() - started) / 1000;
    if (headline.includes(words)) return seconds;
    if (seconds > withinSeconds) throw new Error(`After ${seconds} s the page has "${headline}"`);
    await wait(50);
  }
}

describe('an edit of a page that the edge has', () => {
  it.each(['tags', 'paths'] as const)(
    'is seen at once when the publisher purges by %s, though time at the edge passes as deployed',
    async (purge) => {
      const { stack, editor } = await openStage({ purge, edgeSpeed: 1 });
      try {
        expect((await read(stack)).headline).toContain('Six dots');
        expect((await read(stack)).cache).toBe('Hit from cloudfront');

        await editor.patch('six-dots').set({ headline: 'Seven dots' }).commit();
        const seconds = await seenAfter(stack, 'Seven dots', 45);

        // A minute is what it would take without; a second is what it takes on an idle machine.
        expect(seconds).toBeLessThan(45);
        console.log(`purge by ${purge}: seen at the edge after ${seconds.toFixed(2)} s`);
      } finally {
        await stack.close();
      }
    },
    120_000,
  );

  it('is seen when the time of the page is over, and not before, without a purge', async () => {
    const edgeSpeed = 15;
    const { stack, editor } = await openStage({ purge: 'off', edgeSpeed });
    try {
      const cachedBefore = performance.now();
      expect((await read(stack)).headline).toContain('Six dots');

      await editor.patch('six-dots').set({ headline: 'Seven dots' }).commit();
      await seenAfter(stack, 'Seven dots', 60);

      const edgeSeconds = ((performance.now() - cachedBefore) / 1000) * edgeSpeed;
      expect(edgeSeconds).toBeGreaterThanOrEqual(60);
    } finally {
      await stack.close();
    }
  }, 120_000);
});
