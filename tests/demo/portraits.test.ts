import { readdirSync, readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { drawPortrait, largest } from '../../demo/draw-portraits.ts';
import { motifs } from '../../demo/motifs.ts';
import { demo, demoDocuments, everyValueOf } from './publication.ts';

const files = readdirSync(new URL('portraits/', demo)).toSorted();
const bytesOf = (file: string) => readFileSync(new URL(`portraits/${file}`, demo));

describe('the portraits of the demo publication', () => {
  it('are the ones that are drawn and the ones that are shown', () => {
    expect(files).toEqual(
      Object.keys(motifs)
        .map((name) => `${name}.png`)
        .toSorted(),
    );
    const shown = everyValueOf('_sanityAsset', demoDocuments()).map(String).toSorted();
    expect(shown).toEqual(files.map((file) => `image@file://./portraits/${file}`));
  });

  it.each(files)('%s is a PNG of one size, small enough to be cloned', async (file) => {
    const bytes = bytesOf(file);
    const { format, width, height } = await sharp(bytes).metadata();
    expect({ format, width, height }).toEqual({ format: 'png', width: 1200, height: 1500 });
    expect(bytes.length).toBeLessThanOrEqual(largest);
  });

  it('come out of the script as they are committed', async () => {
    const [drawn, committed] = await Promise.all(
      [await drawPortrait('icrc'), bytesOf('icrc.png')].map((png) =>
        sharp(png).removeAlpha().raw().toBuffer(),
      ),
    );
    const away = drawn?.reduce(
      (sum, value, at) => sum + Math.abs(value - (committed?.[at] ?? 0)),
      0,
    );
    // Another processor may round an edge differently; no more than that.
    expect((away ?? Infinity) / (drawn?.length ?? 1)).toBeLessThan(2);
  });

  it('refuses a name nobody has drawn', async () => {
    await expect(drawPortrait('nobody')).rejects.toThrow('No portrait is called "nobody"');
  });
});
