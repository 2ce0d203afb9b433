import { processor } from '../../cdk/charter/times.ts';
import type { NodeCache } from '../../src/publishing/publisher.ts';
import type { Renderers } from '../../src/publishing/renderers.ts';
import type { PublicObject } from '../../src/site/public-object.ts';
import type { Process } from './process.ts';

/*
 * Processor is counted by what is done, never measured: the same history takes the same virtual time on any
 * machine. Small renderers are charged as if they were the product's.
 */

const { draw, settle } = processor;

/** Renderers that take their time. */
export function metered(edition: Renderers, process: Process): Renderers {
  const drawn = (objects: readonly PublicObject[], milliseconds: number): typeof objects => {
    process.compute(milliseconds + settle * objects.length);
    return objects;
  };
  const one = (object: PublicObject, milliseconds: number): PublicObject => {
    process.compute(milliseconds + settle);
    return object;
  };
  return {
    briefing: (input) => drawn(edition.briefing(input), draw.briefing),
    site: (input) => drawn(edition.site(input), draw.site),
    fixed: (publication) => drawn(edition.fixed(publication), draw.fixed),
    month: (input) => drawn(edition.month(input), draw.monthLine * input.cards.length),
    feedMonth: (input) => drawn(edition.feedMonth(input), draw.feedItem * input.items.length),
    sitemapYear: (input) =>
      drawn(edition.sitemapYear(input), draw.sitemapLine * input.lines.length),
    person: (input) =>
      drawn(
        edition.person(input),
        draw.personLine * input.cards.reduce((sum, { cards }) => sum + cards.length, 0),
      ),
    changesHead: (input) => one(edition.changesHead(input), draw.change * input.entries.length),
    changesChunk: (input) => one(edition.changesChunk(input), draw.change * input.entries.length),
    moved: (input) => one(edition.moved(input), draw.tombstone),
    gone: (input) => one(edition.gone(input), draw.tombstone),
  };
}

/** What is remembered is text, and read again each time. */
export function meteredNodes(nodes: NodeCache, process: Process): NodeCache {
  return {
    get(key) {
      const text = nodes.get(key);
      if (text !== undefined) process.compute(of(text.length, processor.readJson));
      return text;
    },
    set: (key, text) => nodes.set(key, text),
  };
}

/** After an object has come. */
export function costOfReading(key: string, bytes: number): number {
  if (!key.startsWith('state/')) return 0;
  const packed = key === 'state/root' ? 0 : processor.unpack;
  return of(bytes, packed + processor.readJson);
}

/** Before an object goes. What is public was hashed when it was drawn. */
export function costOfWriting(key: string, bytes: number): number {
  if (!key.startsWith('state/')) return 0;
  const packed = key === 'state/root' ? 0 : processor.pack;
  return of(bytes, processor.canonicalJson + processor.hash + packed);
}

export const costOfParsing = (documents: number): number => documents * processor.parse;

function of(bytes: number, cost: number): number {
  return (bytes / 100_000) * cost;
}
