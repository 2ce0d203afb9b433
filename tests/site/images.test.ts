import { createImageUrlBuilder } from '@sanity/image-url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ImageSource } from '../../src/briefing/model.ts';
import { derivativesOf } from '../../src/site/images.ts';
import { objectKey } from '../../src/site/paths.ts';

const whole = {
  crop: { top: 0, bottom: 0, left: 0, right: 0 },
  hotspot: { x: 0.5, y: 0.5, width: 1, height: 1 },
};
const source = (width: number, height: number, rest: Partial<ImageSource> = {}): ImageSource => ({
  assetId: `image-${'a'.repeat(40)}-${width}x${height}-jpg`,
  width,
  height,
  ...whole,
  ...rest,
});

test('a portrait of 4:5 in two widths and two formats, named by its recipe', () => {
  const recipe = `/images/${'a'.repeat(40)}-528-60-864-1080-v1-g0`;
  const rect = 'rect=528,60,864,1080';
  expect(
    derivativesOf(
      source(1600, 1200, {
        crop: { top: 0.05, bottom: 0.05, left: 0, right: 0.1 },
        hotspot: { x: 0.6, y: 0.4, width: 0.3, height: 0.4 },
      }),
    ),
  ).toEqual([
    {
      path: `${recipe}-320.webp`,
      width: 320,
      height: 400,
      format: 'webp',
      query: `${rect}&w=320&h=400&fm=webp&q=75`,
    },
    {
      path: `${recipe}-320.jpg`,
      width: 320,
      height: 400,
      format: 'jpeg',
      query: `${rect}&w=320&h=400&fm=jpg&q=80`,
    },
    {
      path: `${recipe}-640.webp`,
      width: 640,
      height: 800,
      format: 'webp',
      query: `${rect}&w=640&h=800&fm=webp&q=75`,
    },
    {
      path: `${recipe}-640.jpg`,
      width: 640,
      height: 800,
      format: 'jpeg',
      query: `${rect}&w=640&h=800&fm=jpg&q=80`,
    },
  ]);
});

test('a picture smaller than a column is not enlarged', () => {
  expect(derivativesOf(source(200, 100)).map(({ width, height }) => [width, height])).toEqual([
    [80, 100],
    [80, 100],
  ]);
});

test('another generation is another name: a key lives once', () => {
  const paths = (generation: number) =>
    derivativesOf(source(800, 1000), generation).map(({ path }) => path);
  expect(paths(1)[0]).toContain('-v1-g1-320.webp');
  expect(paths(0)).not.toEqual(paths(1));
});

const fraction = fc.double({ min: 0, max: 0.4, noNaN: true });
const anyImage = fc.record({
  width: fc.integer({ min: 1, max: 8000 }),
  height: fc.integer({ min: 1, max: 8000 }),
  crop: fc.record({ top: fraction, bottom: fraction, left: fraction, right: fraction }),
  x: fc.double({ min: 0, max: 1, noNaN: true }),
  y: fc.double({ min: 0, max: 1, noNaN: true }),
});

test('whatever an editor crops, the rectangle is whole, inside the crop, and about 4:5', () => {
  fc.assert(
    fc.property(anyImage, ({ width, height, crop, x, y }) => {
      const hotspot = { x, y, width: 0.2, height: 0.2 };
      for (const derivative of derivativesOf(source(width, height, { crop, hotspot }))) {
        const [left = -1, top = -1, w = 0, h = 0] =
          /^rect=(\d+),(\d+),(\d+),(\d+)&/.exec(derivative.query)?.slice(1).map(Number) ?? [];
        expect(left).toBeGreaterThanOrEqual(Math.round(crop.left * width));
        expect(top).toBeGreaterThanOrEqual(Math.round(crop.top * height));
        expect(left + w).toBeLessThanOrEqual(
          Math.max(Math.round(width * (1 - crop.right)), left + 1),
        );
        expect(top + h).toBeLessThanOrEqual(
          Math.max(Math.round(height * (1 - crop.bottom)), top + 1),
        );
        expect(Math.abs(w - (h * 4) / 5)).toBeLessThanOrEqual(1);
        expect(() => objectKey(derivative.path)).not.toThrow();
      }
    }),
  );
});

test('the rectangle is the one that Sanity’s own library would cut, to the pixel next to it', () => {
  const builder = createImageUrlBuilder({ projectId: 'p', dataset: 'd' });
  fc.assert(
    fc.property(anyImage, ({ width, height, crop, x, y }) => {
      fc.pre(width >= 100 && height >= 100);
      const hotspot = { x, y, width: 0.01, height: 0.01 };
      const ours = derivativesOf(source(width, height, { crop, hotspot }))[0]?.query ?? '';
      const theirs = builder
        .image({ asset: { _ref: `image-${'a'.repeat(40)}-${width}x${height}-jpg` }, crop, hotspot })
        .width(320)
        .height(400)
        .url();
      const [, of = ''] = /rect=([\d,]+)/.exec(theirs) ?? [];
      if (of === '') return;
      const mine = /rect=([\d,]+)/.exec(ours)?.[1]?.split(',').map(Number) ?? [];
      for (const [index, value] of of.split(',').map(Number).entries()) {
        expect(Math.abs((mine[index] ?? NaN) - value)).toBeLessThanOrEqual(2);
      }
    }),
  );
});
