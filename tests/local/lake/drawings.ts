import sharp from 'sharp';

/** A picture in flat colours whose parts can be told apart after any cut. */
export interface Drawing {
  width: number;
  height: number;
  background: string;
  marks: { left: number; top: number; width: number; height: number; colour: string }[];
}

export async function draw(drawing: Drawing, format: 'png' | 'jpeg' = 'png'): Promise<Buffer> {
  const { width, height, background, marks } = drawing;
  const image = sharp({ create: { width, height, channels: 3, background } })
    .composite(
      marks.map((mark) => ({
        input: {
          create: { width: mark.width, height: mark.height, channels: 3, background: mark.colour },
        },
        left: mark.left,
        top: mark.top,
      })),
    )
    .removeAlpha();
  return format === 'png' ? image.png().toBuffer() : image.jpeg({ quality: 95 }).toBuffer();
}

/** The size of a picture and the colour of some of its pixels, as `#rrggbb`. */
export async function look(
  bytes: Uint8Array,
  points: readonly (readonly [number, number])[],
): Promise<{ size: string; format: string; colours: string[] }> {
  const { width, height, format } = await sharp(bytes).metadata();
  const pixels = await sharp(bytes).removeAlpha().toColourspace('srgb').raw().toBuffer();
  const colours = points.map(([x, y]) => {
    const start = (y * width + x) * 3;
    return `#${pixels.subarray(start, start + 3).toString('hex')}`;
  });
  return { size: `${width}x${height}`, format, colours };
}
