import sharp, { type Sharp } from 'sharp';

import { pixelLimit } from './assets.ts';
import { planResize, type ImageTransform, type OutputFormat } from './image-transform.ts';

export interface TransformedImage {
  bytes: Uint8Array;
  contentType: string;
}

/**
 * Makes the picture a transform asks for. The same bytes and transform give the same picture:
 * nothing of the original's metadata is kept and every encoder setting is named here.
 */
export async function transformImage(
  original: Uint8Array,
  transform: ImageTransform,
): Promise<TransformedImage> {
  const upright = await turned(original, transform.turn);
  const { width, height, orientation = 1 } = await sharp(upright).metadata();
  const source = orientation >= 5 ? { width: height, height: width } : { width, height };
  const plan = planResize(source, transform);

  let image = sharp(upright, { limitInputPixels: pixelLimit }).autoOrient();
  if (transform.focus === 'entropy' && (transform.fit === 'crop' || transform.fit === 'min')) {
    image = image.resize(plan.width, plan.height, { fit: 'cover', position: 'entropy' });
  } else {
    image = image.extract(plan.region).resize(plan.width, plan.height, { fit: 'fill' });
  }
  return encode(withEffects(image, transform, plan), transform);
}

/** Turning comes before everything else, so a rectangle is measured in the turned picture. */
async function turned(original: Uint8Array, turn: ImageTransform['turn']): Promise<Uint8Array> {
  if (turn === 0) return original;
  const upright = await sharp(original, { limitInputPixels: pixelLimit })
    .autoOrient()
    .png({ compressionLevel: 1 })
    .toBuffer();
  return sharp(upright).rotate(turn).png({ compressionLevel: 1 }).toBuffer();
}

function withEffects(
  image: Sharp,
  transform: ImageTransform,
  plan: ReturnType<typeof planResize>,
): Sharp {
  const { background = { r: 255, g: 255, b: 255, alpha: 1 }, pad } = transform;
  if (transform.flipVertical) image.flip();
  if (transform.flipHorizontal) image.flop();
  if (transform.blur !== undefined && transform.blur > 0) {
    image.blur(Math.max(0.3, transform.blur / 20));
  }
  if (transform.sharpen !== undefined && transform.sharpen > 0) {
    image.sharpen({ sigma: Math.max(0.1, transform.sharpen / 20) });
  }
  if (transform.saturation !== undefined) {
    image.modulate({ saturation: Math.max(0.01, 1 + transform.saturation / 100) });
  }
  if (transform.invert) image.negate({ alpha: false });
  if (plan.canvas !== undefined) {
    const spare = (whole: number, part: number) => {
      const before = Math.floor((whole - part) / 2);
      return [before, whole - part - before] as const;
    };
    const [left, right] = spare(plan.canvas.width, plan.width);
    const [top, bottom] = spare(plan.canvas.height, plan.height);
    image.extend({ left, right, top, bottom, background });
  } else if (pad > 0) {
    image.extend({ left: pad, right: pad, top: pad, bottom: pad, background });
  }
  if (transform.background !== undefined) image.flatten({ background });
  return image;
}

const contentTypes: Record<OutputFormat, string> = {
  jpg: 'image/jpeg',
  pjpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
};

async function encode(
  image: Sharp,
  { format, quality, background }: ImageTransform,
): Promise<TransformedImage> {
  return { bytes: await encoded().toBuffer(), contentType: contentTypes[format] };

  function encoded(): Sharp {
    switch (format) {
      case 'jpg':
      case 'pjpg':
        // JPEG has no transparency: what shows through is white unless the address names a colour.
        return image
          .flatten({ background: background ?? '#ffffff' })
          .jpeg({ quality, progressive: format === 'pjpg', chromaSubsampling: '4:2:0' });
      case 'png':
        return image.png({ compressionLevel: 9, palette: false });
      case 'webp':
        return image.webp({ quality, effort: 4 });
      case 'avif':
        return image.avif({ quality: Math.max(1, quality - 15), effort: 2 });
    }
  }
}
