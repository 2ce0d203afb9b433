import type { PublishOutcome } from '../../src/publishing/publish.ts';
import type { Renderers } from '../../src/publishing/renderers.ts';
import { openNewsroom, type Newsroom } from './newsroom.ts';

/** Two briefings of two people, published while nothing in them is what the edition stumbles over. */
export async function openFaulty(renderers: Renderers): Promise<Newsroom> {
  const newsroom = openNewsroom({ renderers });
  newsroom.brief('b-one', { headline: 'Ada counts' });
  newsroom.brief('b-two', { headline: 'Ibn sails', person: 'p-ibn' });
  await newsroom.publishWhole([...newsroom.documents.keys()]);
  return newsroom;
}

/** What came of each of these documents. Throws when nothing was published at all. */
export function outcomesOf(
  outcome: PublishOutcome,
  ids: readonly string[],
): Readonly<Record<string, string>> {
  if (outcome.kind !== 'done') throw new Error(`Nothing was published: ${outcome.kind}`);
  return Object.fromEntries(
    outcome.reports.filter(({ id }) => ids.includes(id)).map(({ id, outcome: what }) => [id, what]),
  );
}
