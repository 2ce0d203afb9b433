import type { Path } from '../briefing/resolved.ts';
import type { PublicObject } from './public-object.ts';

/**
 * The addresses of our own that an object writes, made here and remembered: what an object leads to is
 * told by who draws it, and never looked for in its bytes, where prose may look like a link.
 * Handed to whoever draws by `drawObject` and `drawPart`, and by nobody else.
 */
export interface OutgoingLinks {
  /** The address of a path on our own pages: root-relative. */
  href(path: Path): Path;
  /** The address of a path where others will show it. */
  url(path: Path): string;
  /** Something drawn once that stands in several objects: it leads there from each. */
  include<Drawn>(part: Part<Drawn>): Drawn;
}

/** An object of the public tree, with everything that it leads to. Pure if `draw` is. */
export function drawObject(
  baseUrl: string,
  draw: (links: OutgoingLinks) => Omit<PublicObject, 'leadsTo'>,
): PublicObject {
  const links = new Remembered(baseUrl);
  const object = draw(links);
  if (object.location !== undefined) links.href(object.location);
  return { ...object, leadsTo: [...links.paths] };
}

/** A part of several objects, drawn once. It opens to `include` alone, so that its links come with it. */
export function drawPart<Drawn>(
  baseUrl: string,
  draw: (links: OutgoingLinks) => Drawn,
): Part<Drawn> {
  const links = new Remembered(baseUrl);
  return new Part(draw(links), links.paths);
}

class Part<Drawn> {
  readonly #drawn: Drawn;
  readonly #paths: ReadonlySet<Path>;

  constructor(drawn: Drawn, paths: ReadonlySet<Path>) {
    this.#drawn = drawn;
    this.#paths = paths;
  }

  openInto(paths: Set<Path>): Drawn {
    for (const path of this.#paths) paths.add(path);
    return this.#drawn;
  }
}

export type { Part };

class Remembered implements OutgoingLinks {
  readonly paths = new Set<Path>();
  readonly #baseUrl: string;

  constructor(baseUrl: string) {
    this.#baseUrl = baseUrl;
  }

  href(path: Path): Path {
    this.paths.add(path);
    return path;
  }

  url(path: Path): string {
    this.paths.add(path);
    return this.#baseUrl + path;
  }

  include<Drawn>(part: Part<Drawn>): Drawn {
    return part.openInto(this.paths);
  }
}
