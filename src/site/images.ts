import type { ImageSource } from '../briefing/model.ts';
import type { Path } from '../briefing/resolved.ts';
import { imagePath } from './paths.ts';

/** One stored picture: where it stands, and what to ask the image API for. */
export interface Derivative {
  readonly path: Path;
  readonly width: number;
  readonly height: number;
  readonly format: 'jpeg' | 'webp';
  /** Query of Sanity's image API, without `?`. */
  readonly query: string;
}

/**
 * The pictures made of one image, widest last, WebP before JPEG within a width: portraits of 4:5
 * around the editor's hotspot, inside the editor's crop.
 *
 * The name of each is its recipe: asset, rectangle, version of this file, and the generation (one
 * more than that of the last removed picture of the same inputs, so a key is used for one life).
 */
export function derivativesOf(source: ImageSource, generation = 0): readonly Derivative[] {
  const rectangle = portraitRectangle(source);
  const recipe = [
    sha1Of(source.assetId),
    rectangle.x,
    rectangle.y,
    rectangle.width,
    rectangle.height,
    `v${recipeVersion}`,
    `g${generation}`,
  ].join('-');
  const rect = `${rectangle.x},${rectangle.y},${rectangle.width},${rectangle.height}`;
  return widthsFor(rectangle.width).flatMap((width) => {
    const height = Math.max(1, Math.round((width * rectangle.height) / rectangle.width));
    return formats.map(({ format, extension, fm, q }) => ({
      path: imagePath({ recipe, width, extension }),
      width,
      height,
      format,
      query: `rect=${rect}&w=${width}&h=${height}&fm=${fm}&q=${q}`,
    }));
  });
}

/** Raised when the same inputs must give other bytes: then every picture gets a new name. */
const recipeVersion = 1;
const widths = [320, 640] as const;
const formats = [
  { format: 'webp', extension: 'webp', fm: 'webp', q: 75 },
  { format: 'jpeg', extension: 'jpg', fm: 'jpg', q: 80 },
] as const;

/** Never wider than the original: enlarged pixels cost bytes and show nothing. */
function widthsFor(available: number): readonly number[] {
  const fitting = widths.filter((width) => width <= available);
  return fitting.length > 0 ? fitting : [available];
}

/** `image-<sha1>-<width>x<height>-<extension>` → the sha1. */
function sha1Of(assetId: string): string {
  const [, sha1 = ''] = assetId.split('-');
  return sha1;
}

/** The largest 4:5 rectangle inside the crop, its centre as near to the hotspot's as it can be. */
function portraitRectangle(source: ImageSource): {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
} {
  const left = Math.round(source.crop.left * source.width);
  const top = Math.round(source.crop.top * source.height);
  const cropWidth = Math.max(1, Math.round(source.width * (1 - source.crop.right)) - left);
  const cropHeight = Math.max(1, Math.round(source.height * (1 - source.crop.bottom)) - top);
  const width = Math.max(1, Math.min(cropWidth, Math.floor((cropHeight * 4) / 5)));
  const height = Math.max(1, Math.min(cropHeight, Math.floor((cropWidth * 5) / 4)));
  const centred = (at: number, length: number, from: number, space: number): number =>
    Math.min(Math.max(Math.round(at - length / 2), from), from + space - length);
  return {
    x: centred(source.hotspot.x * source.width, width, left, cropWidth),
    y: centred(source.hotspot.y * source.height, height, top, cropHeight),
    width,
    height,
  };
}
