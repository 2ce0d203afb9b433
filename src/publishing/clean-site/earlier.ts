import type { DocumentId } from '../../briefing/model.ts';
import { addTo } from './add-to.ts';
import type { Live, Outline } from './outline.ts';

/** Live briefings by what they share, newest first, for finding the ones before another. */
export class Earlier {
  readonly #sharing = new Map<string, Ranked[]>();

  constructor(order: readonly Live[]) {
    for (const [rank, { outline }] of order.entries()) {
      const { id, date, personId, countryIds, topicIds } = outline;
      const shared = [
        `person ${personId}`,
        ...countryIds.map((country) => `country ${country}`),
        ...topicIds.map((topic) => `topic ${topic}`),
      ];
      for (const each of new Set(shared)) addTo(this.#sharing, each, { rank, id, date });
    }
  }

  /** The newest of those before a briefing that share any of these. */
  than(outline: Outline, shared: readonly string[], count: number): readonly DocumentId[] {
    const found = new Map<DocumentId, number>();
    for (const each of shared) {
      for (const { id, rank } of this.#before(outline, each, count)) found.set(id, rank);
    }
    return [...found]
      .sort(([, a], [, b]) => a - b)
      .slice(0, count)
      .map(([id]) => id);
  }

  #before({ id, date }: Outline, shared: string, count: number): readonly Ranked[] {
    const list = this.#sharing.get(shared) ?? [];
    const found: Ranked[] = [];
    for (let at = firstNotAfter(list, date); at < list.length && found.length < count; at += 1) {
      const each = list[at];
      if (each !== undefined && (each.date < date || each.id < id)) found.push(each);
    }
    return found;
  }
}

interface Ranked {
  readonly rank: number;
  readonly id: DocumentId;
  readonly date: string;
}

/** Where the dates of a list, newest first, are no later than one. */
function firstNotAfter(list: readonly Ranked[], date: string): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.date ?? '') > date) low = middle + 1;
    else high = middle;
  }
  return low;
}
