import { plainRefusal } from './errors.ts';

const fits = ['clip', 'crop', 'fill', 'fillmax', 'max', 'scale', 'min'] as const;
const formats = { jpg: 'jpg', jpeg: 'jpg', pjpg: 'pjpg', png: 'png', webp: 'webp', avif: 'avif' };
type Fit = (typeof fits)[number];
export type OutputFormat = 'jpg' | 'pjpg' | 'png' | 'webp' | 'avif';

export interface Rectangle {
  left: number;
  top: number;
  width: number;
  height: number;
}

/** An image address's query, read once and checked; the same query always gives the same one. */
export interface ImageTransform {
  rect?: Rectangle;
  width?: number;
  height?: number;
  maxWidth?: number;
  maxHeight?: number;
  minWidth?: number;
  minHeight?: number;
  fit: Fit;
  /** Where a cropped picture keeps its middle, as shares of width and height. */
  focus: { x: number; y: number } | 'entropy';
  format: OutputFormat;
  quality: number;
  background?: { r: number; g: number; b: number; alpha: number };
  flipVertical: boolean;
  flipHorizontal: boolean;
  turn: 0 | 90 | 180 | 270;
  blur?: number;
  sharpen?: number;
  saturation?: number;
  invert: boolean;
  pad: number;
}

/** Largest side of a transformed image, as on the hosted service. */
export const outputLimit = 8_192;

/**
 * Reads an image address's query. Undefined when it asks for the original bytes. Throws 400 naming
 * the parameter that makes no sense.
 */
export function parseTransform(
  searchParams: URLSearchParams,
  { accept, extension }: { accept: string; extension: string },
): ImageTransform | undefined {
  const asked = [...searchParams.keys()].filter((name) => name !== 'dl');
  const automatic = searchParams.get('auto') === 'format' ? formatFor(accept) : undefined;
  const named = searchParams.get('fm');
  const isVector = extension === 'svg' || extension === 'gif';
  if (asked.length === 0 || (isVector && named === null)) return undefined;
  const format = automatic ?? (named === null ? ownFormat(extension) : formatNamed(named));
  const dpr = bounded(searchParams, 'dpr', { min: 1, max: 3 }) ?? 1;
  const side = (name: string): number | undefined => {
    const value = bounded(searchParams, name, { min: 1, max: outputLimit });
    return value === undefined ? undefined : Math.min(Math.round(value * dpr), outputLimit);
  };
  const transform: ImageTransform = {
    fit: fitNamed(searchParams.get('fit') ?? 'clip'),
    focus: focusOf(searchParams),
    format,
    quality: Math.round(bounded(searchParams, 'q', { min: 1, max: 100 }) ?? 75),
    flipVertical: searchParams.get('flip')?.includes('v') ?? false,
    flipHorizontal: searchParams.get('flip')?.includes('h') ?? false,
    turn: turnNamed(searchParams.get('or') ?? '0'),
    invert: searchParams.get('invert') === 'true',
    pad: Math.round(bounded(searchParams, 'pad', { min: 0, max: 1_000 }) ?? 0),
  };
  const optional = {
    rect: rectangleOf(searchParams.get('rect')),
    width: side('w'),
    height: side('h'),
    maxWidth: side('max-w'),
    maxHeight: side('max-h'),
    minWidth: side('min-w'),
    minHeight: side('min-h'),
    background: colourOf(searchParams.get('bg')),
    blur: bounded(searchParams, 'blur', { min: 0, max: 2_000 }),
    sharpen: bounded(searchParams, 'sharp', { min: 0, max: 100 }),
    saturation: bounded(searchParams, 'sat', { min: -100, max: 100 }),
  };
  return Object.assign(
    transform,
    Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  );
}

/** The part of the original to keep and the size to give it. */
export function planResize(
  source: { width: number; height: number },
  transform: ImageTransform,
): {
  region: Rectangle;
  width: number;
  height: number;
  canvas?: { width: number; height: number };
} {
  const region = clampedRectangle(transform.rect, source);
  const { fit } = transform;
  const bounds = withBounds(region, transform);
  const { width, height } = bounds;
  if (width === undefined && height === undefined) {
    return { region, width: region.width, height: region.height };
  }
  if (width === undefined || height === undefined) {
    const wanted = (width ?? 0) / region.width || (height ?? 0) / region.height;
    const isNeverLarger = fit === 'max' || fit === 'min' || fit === 'fillmax';
    return { region, ...scaled(region, isNeverLarger ? Math.min(wanted, 1) : wanted) };
  }
  const inside = Math.min(width / region.width, height / region.height);
  switch (fit) {
    case 'clip':
      return { region, ...scaled(region, inside) };
    case 'max':
      return { region, ...scaled(region, Math.min(inside, 1)) };
    case 'scale':
      return { region, width, height };
    case 'fill':
      return { region, ...scaled(region, inside), canvas: { width, height } };
    case 'fillmax':
      return { region, ...scaled(region, Math.min(inside, 1)), canvas: { width, height } };
    case 'crop':
    case 'min': {
      const outside = Math.max(width / region.width, height / region.height);
      const shrink = fit === 'min' ? Math.max(outside, 1) : 1;
      return {
        region: croppedRegion(region, { width, height, scale: outside, focus: transform.focus }),
        width: Math.max(1, Math.round(width / shrink)),
        height: Math.max(1, Math.round(height / shrink)),
      };
    }
  }
}

function withBounds(
  region: Rectangle,
  { width, height, maxWidth, maxHeight, minWidth, minHeight }: ImageTransform,
): { width: number | undefined; height: number | undefined } {
  const limit = (value: number | undefined, own: number, least = 1, most = outputLimit) => {
    const needed = value ?? (own > most || own < least ? own : undefined);
    return needed === undefined ? undefined : Math.min(Math.max(needed, least), most);
  };
  return {
    width: limit(width, region.width, minWidth, maxWidth),
    height: limit(height, region.height, minHeight, maxHeight),
  };
}

function scaled({ width, height }: Rectangle, scale: number): { width: number; height: number } {
  return {
    width: Math.min(outputLimit, Math.max(1, Math.round(width * scale))),
    height: Math.min(outputLimit, Math.max(1, Math.round(height * scale))),
  };
}

/** The largest part of `region` with the wanted proportions, as near to the focus as it fits. */
function croppedRegion(
  region: Rectangle,
  {
    width,
    height,
    scale,
    focus,
  }: { width: number; height: number; scale: number; focus: ImageTransform['focus'] },
): Rectangle {
  const kept = {
    width: Math.min(region.width, Math.max(1, Math.round(width / scale))),
    height: Math.min(region.height, Math.max(1, Math.round(height / scale))),
  };
  const { x, y } = focus === 'entropy' ? { x: 0.5, y: 0.5 } : focus;
  const offset = (share: number, whole: number, part: number) =>
    Math.min(Math.max(Math.round(share * whole - part / 2), 0), whole - part);
  return {
    left: region.left + offset(x, region.width, kept.width),
    top: region.top + offset(y, region.height, kept.height),
    ...kept,
  };
}

function clampedRectangle(
  rect: Rectangle | undefined,
  { width, height }: { width: number; height: number },
): Rectangle {
  if (rect === undefined) return { left: 0, top: 0, width, height };
  const left = Math.min(rect.left, width - 1);
  const top = Math.min(rect.top, height - 1);
  return {
    left,
    top,
    width: Math.min(rect.width, width - left),
    height: Math.min(rect.height, height - top),
  };
}

function focusOf(searchParams: URLSearchParams): ImageTransform['focus'] {
  const crop = (searchParams.get('crop') ?? 'center').split(',');
  if (crop.includes('entropy')) return 'entropy';
  if (crop.includes('focalpoint')) {
    return {
      x: bounded(searchParams, 'fp-x', { min: 0, max: 1 }) ?? 0.5,
      y: bounded(searchParams, 'fp-y', { min: 0, max: 1 }) ?? 0.5,
    };
  }
  return {
    x: crop.includes('left') ? 0 : crop.includes('right') ? 1 : 0.5,
    y: crop.includes('top') ? 0 : crop.includes('bottom') ? 1 : 0.5,
  };
}

function formatFor(accept: string): OutputFormat | undefined {
  if (accept.includes('image/avif')) return 'avif';
  return accept.includes('image/webp') ? 'webp' : undefined;
}

function ownFormat(extension: string): OutputFormat {
  switch (extension) {
    case 'jpg':
    case 'webp':
    case 'avif':
      return extension;
    case 'heif':
    case 'tif':
      return 'jpg';
    default:
      return 'png';
  }
}

function formatNamed(name: string): OutputFormat {
  const format = Object.entries(formats).find(([known]) => known === name)?.[1];
  switch (format) {
    case 'jpg':
    case 'pjpg':
    case 'png':
    case 'webp':
    case 'avif':
      return format;
    default:
      throw plainRefusal(400, `fm=${name}: expected one of ${Object.keys(formats).join(', ')}`);
  }
}

function fitNamed(name: string): Fit {
  const fit = fits.find((known) => known === name);
  if (fit === undefined) throw plainRefusal(400, `fit=${name}: expected one of ${fits.join(', ')}`);
  return fit;
}

function turnNamed(degrees: string): ImageTransform['turn'] {
  const turn = ([0, 90, 180, 270] as const).find((known) => String(known) === degrees);
  if (turn === undefined) throw plainRefusal(400, `or=${degrees}: expected 0, 90, 180 or 270`);
  return turn;
}

function rectangleOf(value: string | null): Rectangle | undefined {
  if (value === null) return undefined;
  const numbers = value.split(',').map(Number);
  const [left = -1, top = -1, width = 0, height = 0] = numbers;
  const isWhole = numbers.length === 4 && numbers.every(Number.isInteger);
  if (!isWhole || left < 0 || top < 0 || width < 1 || height < 1) {
    throw plainRefusal(400, `rect=${value}: expected left,top,width,height in pixels`);
  }
  return { left, top, width, height };
}

function colourOf(value: string | null): ImageTransform['background'] {
  if (value === null) return undefined;
  const digits = /^#?([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/i.exec(value)?.[1];
  if (digits === undefined) throw plainRefusal(400, `bg=${value}: expected a colour like ff8800`);
  const full = digits.length < 6 ? digits.replaceAll(/./g, '$&$&') : digits;
  const channel = (position: number) => Number.parseInt(full.slice(position, position + 2), 16);
  // Eight digits lead with the alpha channel.
  return full.length === 8
    ? { r: channel(2), g: channel(4), b: channel(6), alpha: channel(0) / 255 }
    : { r: channel(0), g: channel(2), b: channel(4), alpha: 1 };
}

function bounded(
  searchParams: URLSearchParams,
  name: string,
  { min, max }: { min: number; max: number },
): number | undefined {
  const value = searchParams.get(name);
  if (value === null) return undefined;
  const number = Number(value);
  if (value === '' || !(number >= min && number <= max)) {
    throw plainRefusal(400, `${name}=${value}: expected a number from ${min} to ${max}`);
  }
  return number;
}
