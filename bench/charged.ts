import { processor } from '../cdk/charter/times.ts';
import type { NodeCache } from '../src/publishing/publisher.ts';
import type { Renderers } from '../src/publishing/renderers.ts';
import type { PublicObject } from '../src/site/public-object.ts';
import { objectsABriefing } from './fuller-edition.ts';
import type { Computer } from './virtual-time.ts';

/** The same renderers, and what they cost in processor by `cdk/charter/times.ts`, settling of what they draw included. */
export function chargedRenderers(of: Renderers, computer: Computer): Renderers {
  const { draw, settle } = processor;
  const charge = <Drawn extends readonly PublicObject[]>(
    milliseconds: number,
    drawn: Drawn,
  ): Drawn => {
    computer.compute(milliseconds + drawn.length * settle);
    return drawn;
  };
  const chargeOne = (milliseconds: number, drawn: PublicObject): PublicObject => {
    charge(milliseconds, [drawn]);
    return drawn;
  };
  return {
    // The figure is of the four that there are; stand-ins cost as much each.
    briefing: (input) => charge((draw.briefing / 4) * objectsABriefing, of.briefing(input)),
    site: (input) => charge(draw.site, of.site(input)),
    fixed: (publication) => charge(draw.fixed, of.fixed(publication)),
    month: (input) => charge(draw.monthLine * input.cards.length, of.month(input)),
    feedMonth: (input) => charge(draw.feedItem * input.items.length, of.feedMonth(input)),
    sitemapYear: (input) => charge(draw.sitemapLine * input.lines.length, of.sitemapYear(input)),
    person: (input) =>
      charge(draw.personLine * input.cards.flatMap(({ cards }) => cards).length, of.person(input)),
    changesHead: (input) => chargeOne(draw.change * input.entries.length, of.changesHead(input)),
    changesChunk: (input) => chargeOne(draw.change * input.entries.length, of.changesChunk(input)),
    moved: (input) => chargeOne(draw.tombstone, of.moved(input)),
    gone: (input) => chargeOne(draw.tombstone, of.gone(input)),
  };
}

/** The same memory, and what reading and packing what goes through it costs. */
export function chargedNodes(of: NodeCache, computer: Computer): NodeCache {
  const asked = new Set<string>();
  return {
    get(key) {
      const text = of.get(key);
      if (text === undefined) asked.add(key);
      else computer.compute(reading(key, text));
      return text;
    },
    set(key, text) {
      const size = text.length / 100_000;
      // What was asked for has been fetched; the rest is what a commit has written.
      if (asked.delete(key)) computer.compute(reading(key, text) + processor.unpack * size);
      else computer.compute((2 * processor.canonicalJson + processor.hash + processor.pack) * size);
      of.set(key, text);
    },
  };
}

function reading(key: string, text: string): number {
  const parse = key.startsWith('state/doc/') ? processor.parse : 0;
  return parse + (processor.readJson * text.length) / 100_000;
}
