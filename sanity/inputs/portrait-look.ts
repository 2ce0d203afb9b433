import type { Problem } from '../../src/briefing/model.ts';
import { portraitDocument, portraitFrom, portraitProblems } from '../../src/briefing/portrait.ts';
import { type Derivative, derivativesOf } from '../../src/site/images.ts';

/** How a portrait will look on the site, and what it lacks. */
export interface PortraitLook {
  /** Null while there is no picture. */
  readonly crop: Crop | null;
  /** What a screen reader says of the picture here. */
  readonly description: string;
  readonly problems: readonly Problem[];
  /** False while nothing is there that could be complete or not. */
  readonly isBegun: boolean;
}

export interface Crop {
  readonly assetId: string;
  /** The stored pictures themselves, by the very queries that fetch them when it is published. */
  readonly narrow: Derivative;
  readonly wide: Derivative;
  /** Where the kept part is in the whole, in hundredths of it. */
  readonly frame: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  /** Pixels of the original. */
  readonly width: number;
  /** True when readers with a fine screen see it enlarged. */
  readonly isSmall: boolean;
}

export function portraitLook(value: unknown): PortraitLook {
  const parsed = portraitDocument.safeParse(value);
  if (!parsed.success) return { crop: null, description: '', problems: [], isBegun: false };
  const portrait = portraitFrom(parsed.data);
  return {
    crop: portrait?.image ? cropOf(portrait.image) : null,
    description: portrait?.alt === '' ? 'The picture as it is published' : (portrait?.alt ?? ''),
    problems: portraitProblems(parsed.data, ''),
    isBegun: portrait !== null,
  };
}

function cropOf(
  image: NonNullable<NonNullable<ReturnType<typeof portraitFrom>>['image']>,
): Crop | null {
  const pictures = derivativesOf(image).filter(({ format }) => format === 'jpeg');
  const [narrow, wide = narrow] = pictures;
  const [, x, y, width, height] = /rect=(\d+),(\d+),(\d+),(\d+)/.exec(narrow?.query ?? '') ?? [];
  if (narrow === undefined || wide === undefined) return null;
  return {
    assetId: image.assetId,
    narrow,
    wide,
    frame: {
      left: (100 * Number(x)) / image.width,
      top: (100 * Number(y)) / image.height,
      width: (100 * Number(width)) / image.width,
      height: (100 * Number(height)) / image.height,
    },
    width: Number(width),
    isSmall: Number(width) < sharpEverywhere,
  };
}

/** As wide as the widest stored picture. */
const sharpEverywhere = 640;
