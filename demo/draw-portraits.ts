/**
 * Draws the portraits of the demo publication: `node demo/draw-portraits.ts [name …]`.
 * The same drawing gives the same pixels with the same version of sharp.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { sheet } from './linocut.ts';
import { motifs } from './motifs.ts';

/** What a portrait may weigh: it stands in a repository, and in every clone of it. */
export const largest = 60_000;

/** One portrait as a PNG of few colours, small enough to commit. Throws for a name nobody has drawn. */
export async function drawPortrait(name: string): Promise<Buffer> {
  const motif = motifs[name];
  if (motif === undefined) {
    throw new Error(
      `No portrait is called "${name}"; there are ${Object.keys(motifs).join(', ')}.`,
    );
  }
  const print = await sharp(Buffer.from(sheet(name, motif())))
    .png()
    .toBuffer();
  for (const quality of [80, 60, 45, 30, 15]) {
    // Fewer half-tones at the edges until it is small enough; the inks themselves always stay.
    const png = await sharp(print)
      .png({ palette: true, colours: 16, dither: 0, effort: 10, compressionLevel: 9, quality })
      .toBuffer();
    if (png.length <= largest) return png;
  }
  throw new Error(
    `"${name}" is larger than ${largest} bytes in any number of colours; cut fewer strokes.`,
  );
}

async function drawAll(names: readonly string[]): Promise<void> {
  for (const name of names) {
    const png = await drawPortrait(name);
    await writeFile(new URL(`portraits/${name}.png`, import.meta.url), png);
    console.log(`${name}.png  ${(png.length / 1000).toFixed(1)} kB`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const asked = process.argv.slice(2);
  await drawAll(asked.length > 0 ? asked : Object.keys(motifs));
}
