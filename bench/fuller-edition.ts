import type { Path } from '../src/briefing/resolved.ts';
import { edition } from '../src/publishing/edition.ts';
import type { BriefingInput, Renderers } from '../src/publishing/renderers.ts';
import { contentTypes } from '../src/site/content-types.ts';
import { markdownPath, textPath, v1 } from '../src/site/paths.ts';
import { stampMarker, type PublicObject } from '../src/site/public-object.ts';
import { smallEdition } from '../tests/simulator/small-edition.ts';

/**
 * What comes next beside each briefing's page, so that figures measured today last: embed, oEmbed for three
 * widths, mail in two forms, two mentions in two forms. Stand-ins: of the size, with words that mean nothing.
 */
const standIns: Readonly<Record<string, number>> = {
  'embed/': 4_000,
  'oembed-320.json': 700,
  'oembed-480.json': 700,
  'oembed-640.json': 700,
  'mail.html': 9_000,
  'mail.txt': 3_000,
  'mentions/1/': 3_000,
  'mentions/1.json': 1_000,
  'mentions/2/': 3_000,
  'mentions/2.json': 1_000,
};

/** Objects beside each briefing's page, it included. */
export const objectsABriefing = 4 + Object.keys(standIns).length;

/** The product's renderers and the stand-ins, as the code of a deployment draws them: no two the same bytes. */
export function fullerEdition(deployment: number): Renderers {
  const mark = (objects: readonly PublicObject[]): readonly PublicObject[] =>
    objects.map((object) => ({ ...object, body: object.body + '\n'.repeat(deployment) }));
  const markOne = (object: PublicObject): PublicObject => mark([object])[0] ?? object;
  return {
    briefing: (input) => mark([...edition.briefing(input), ...standingIn(input)]),
    site: (input) => mark(edition.site(input)),
    fixed: (publication) => mark(edition.fixed(publication)),
    month: (input) => mark(edition.month(input)),
    feedMonth: (input) => mark(edition.feedMonth(input)),
    sitemapYear: (input) => mark(edition.sitemapYear(input)),
    person: (input) => mark(edition.person(input)),
    changesHead: (input) => markOne(edition.changesHead(input)),
    changesChunk: (input) => markOne(edition.changesChunk(input)),
    moved: (input) => markOne(edition.moved(input)),
    gone: (input) => markOne(edition.gone(input)),
  };
}

/** Every object at its address and hardly any bytes in it: how an archive is laid out before anything is measured. */
export const sketch: Renderers = {
  ...edition,
  briefing: ({ path, resolved }) =>
    [
      path,
      textPath(path),
      markdownPath(path),
      v1.briefing(resolved.briefing.id),
      ...Object.keys(standIns).map((name): Path => `${path}${name}`),
    ].map((each) => object(each, '')),
  month: (input) => edition.month({ ...input, cards: input.cards.slice(0, 1) }),
  feedMonth: (input) => edition.feedMonth({ ...input, items: input.items.slice(0, 1) }),
  sitemapYear: (input) => edition.sitemapYear({ ...input, lines: input.lines.slice(0, 1) }),
  person: (input) =>
    smallEdition
      .person({ ...input, cards: input.cards.map((each) => ({ ...each, cards: [] })) })
      .map((each) => ({ ...each, leadsTo: [] })),
};

function standingIn({ path, resolved, publication }: BriefingInput): readonly PublicObject[] {
  const { id, rev, headline } = resolved.briefing;
  const facts = `${id} ${rev} ${headline} ${publication.settings.name}`;
  return Object.entries(standIns).map(([name, size]) =>
    object(`${path}${name}`, facts + filler.slice(0, Math.max(0, size - facts.length))),
  );
}

const filler = Array.from({ length: 2_000 }, (_, number) => `word${(number * 7_919) % 1_009}`).join(
  ' ',
);

function object(path: Path, text: string): PublicObject {
  return {
    path,
    status: 200,
    contentType: path.endsWith('.json') ? contentTypes.json : contentTypes.html,
    cache: 'page',
    tags: [],
    leadsTo: [],
    body: `${stampMarker} ${text}`,
  };
}
