import { createHash } from 'node:crypto';
import type { SanityClient } from '@sanity/client';
import { expect } from 'vitest';
import { type Editor, type Newsroom, type Readers, secondEditor, until } from '../studio.ts';
import { says, withinReach } from './desk.ts';

/** Seconds from pressing Publish until something can be seen. */
export interface Times {
  /** The page at the edge has the new headline. */
  readonly page: number;
  /** The site has the receipt: the release is committed. */
  readonly committed: number;
  /** The Studio's badge says that the page was seen live. */
  readonly seen: number;
}

/** Twenty publishes by two editors at once, each at a briefing of their own. */
export async function publishTwenty(newsroom: Newsroom): Promise<readonly Times[]> {
  const { lake, readers } = newsroom;
  const [first, second] = await Promise.all([
    newsroom.editor(),
    newsroom.editor({ token: secondEditor.token }),
  ]);
  const times = await Promise.all([
    publishInTurn({ editor: first, lake, readers }, 'the-rise-the-ease-and-the-fall'),
    publishInTurn({ editor: second, lake, readers }, 'the-poem-in-the-pedestal'),
  ]);
  expect([...first.mistakes, ...second.mistakes]).toEqual([]);
  return times.flat();
}

/**
 * Publishes one briefing ten times, and measures each. It stays open: to draw its form anew would keep
 * this machine busier than everything that is measured, while Sanity's Publish button, which rests for
 * four seconds after it was pressed, is waited for in peace.
 */
async function publishInTurn(
  { editor, lake, readers }: { editor: Editor; lake: SanityClient; readers: Readers },
  slug: string,
): Promise<readonly Times[]> {
  const id = `briefing-${slug}`;
  await editor.open('briefing', id);
  await until('the headline cannot be written in', () =>
    editor.field('headline').locator('input').isEditable(),
  );
  const times: Times[] = [];
  for (let turn = 1; turn <= 10; turn += 1) {
    const headline = `As told for the ${turn}. time`;
    await editor.write('headline', headline);
    await editor.saved();
    const button = editor.page.getByTestId('action-publish');
    await until('Publish cannot be pressed', () => button.isEnabled());
    const pressed = performance.now();
    const since = () => (performance.now() - pressed) / 1000;
    await editor.publish();
    const committed = receiptOf({ lake, readers }, id, headline).then(since);
    const took = await readers.see(`/briefings/${slug}/`, says(headline));
    if (took > withinReach) throw new Error(`${slug} was seen after ${took} ms`);
    const page = since();
    await editor.badge(/^Live ·/);
    times.push({ page, committed: await committed, seen: since() });
  }
  return times;
}

/** Resolves when the site has the receipt of the revision with this headline. */
async function receiptOf(
  { lake, readers }: { lake: SanityClient; readers: Readers },
  id: string,
  headline: string,
): Promise<void> {
  let rev = '';
  await until(`${id} is not published`, async () => {
    const published = await lake.getDocument(id);
    rev = published?._rev ?? '';
    return published?.['headline'] === headline;
  });
  const hash = createHash('sha256').update(`${id}:${rev}`).digest('hex');
  await readers.see(`/v1/receipts/${hash}.json`, ({ status }) => status === 200);
}

/** Of each time the worst but one in twenty. */
export function p95(times: readonly Times[]): Times {
  const of = (time: keyof Times): number => {
    const sorted = times.map((each) => each[time]).sort((a, b) => a - b);
    return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? Number.NaN;
  };
  return { committed: of('committed'), page: of('page'), seen: of('seen') };
}

/** Times as a line of text. */
export function spoken({ committed, page, seen }: Times): string {
  return `committed ${committed.toFixed(1)}, page ${page.toFixed(1)}, seen ${seen.toFixed(1)}`;
}
