import { createHash } from 'node:crypto';

import { createImageUrlBuilder } from '@sanity/image-url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { parseTransform, planResize } from '../../../local/lake/image-transform.ts';
import { transformImage } from '../../../local/lake/images.ts';
import type { Lake } from '../../../local/lake/lake.ts';
import { draw, look } from './drawings.ts';
import { anonymousClientOf, clientOf, refusalOf, startTestLake } from './lake-fixture.ts';

/** Grey, with a red square where the face would be: upper left of the middle. */
const portrait = {
  width: 640,
  height: 400,
  background: '#808080',
  marks: [
    { left: 160, top: 40, width: 80, height: 80, colour: '#ff0000' },
    { left: 0, top: 0, width: 8, height: 8, colour: '#00ff00' },
    { left: 632, top: 392, width: 8, height: 8, colour: '#0000ff' },
  ],
};

let lake: Lake;
let bytes: Buffer;
let assetId: string;
let url: string;

beforeAll(async () => {
  lake = await startTestLake();
  bytes = await draw(portrait);
  const asset = await clientOf(lake).assets.upload('image', bytes, { filename: 'face.png' });
  assetId = asset._id;
  url = asset.url;
});
afterAll(() => lake.close());

async function picture(query: string, accept = '*/*') {
  const response = await fetch(`${url}?${query}`, { headers: { accept } });
  return { response, bytes: new Uint8Array(await response.arrayBuffer()) };
}

describe('uploading through the real client', () => {
  test('an image gets a document that says what it is', async () => {
    const sha1 = createHash('sha1').update(bytes).digest('hex');
    const again = await clientOf(lake).assets.upload('image', bytes, { filename: 'other.png' });

    expect(again).toMatchObject({
      _id: `image-${sha1}-640x400-png`,
      _type: 'sanity.imageAsset',
      assetId: sha1,
      sha1hash: sha1,
      extension: 'png',
      mimeType: 'image/png',
      originalFilename: 'face.png',
      path: `images/localdev/production/${sha1}-640x400.png`,
      url: `${lake.url}/images/localdev/production/${sha1}-640x400.png`,
      size: bytes.length,
      metadata: {
        dimensions: {
          _type: 'sanity.imageDimensions',
          width: 640,
          height: 400,
          aspectRatio: 1.6,
        },
        hasAlpha: false,
        isOpaque: true,
        lqip: expect.stringMatching(/^data:image\/jpeg;base64,/),
        palette: { dominant: { background: expect.stringMatching(/^#[0-9a-f]{6}$/) } },
      },
    });
    expect(await clientOf(lake).fetch('count(*[_type == "sanity.imageAsset"])')).toBe(1);
  });

  test('any other file keeps its bytes and its name’s extension', async () => {
    const asset = await clientOf(lake).assets.upload('file', Buffer.from('plain words'), {
      filename: 'notes.txt',
      contentType: 'text/plain',
    });
    const response = await fetch(`${asset.url}?dl=my notes.txt`);

    expect(asset._id).toMatch(/^file-[0-9a-f]{40}-txt$/);
    expect(await response.text()).toBe('plain words');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="my_notes.txt"');
  });

  test('what is no image is refused, and so is an upload without the right to', async () => {
    const text = Buffer.from('no picture');

    expect((await refusalOf(clientOf(lake).assets.upload('image', text))).status).toBe(400);
    expect((await refusalOf(anonymousClientOf(lake).assets.upload('image', bytes))).status).toBe(
      401,
    );
  });
});

describe('image addresses', () => {
  test('without a query they give the very bytes', async () => {
    const response = await fetch(url);

    expect(Buffer.from(await response.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/png',
      'cache-control': 'public, max-age=31536000, immutable',
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
    });
  });

  test('the official builder’s address for crop and hotspot cuts out the marked face', async () => {
    const address = createImageUrlBuilder({
      projectId: 'localdev',
      dataset: 'production',
      baseUrl: lake.url,
    })
      .image({
        asset: { _ref: assetId },
        crop: { left: 0.25, top: 0.1, right: 0.625, bottom: 0.7 },
        hotspot: { x: 0.3125, y: 0.2, width: 0.1, height: 0.1 },
      })
      .width(40)
      .height(40)
      .format('png')
      .url();
    const response = await fetch(address);
    const seen = await look(new Uint8Array(await response.arrayBuffer()), [
      [1, 1],
      [20, 20],
      [38, 38],
    ]);

    expect(new URL(address).search).toContain('rect=160,40,80,80');
    expect(seen).toEqual({
      size: '40x40',
      format: 'png',
      colours: ['#ff0000', '#ff0000', '#ff0000'],
    });
  });

  test.each([
    // The square lies at 160..240, 40..120; green marks the upper left corner, blue the lower right.
    [
      'rect=160,40,80,80',
      '80x80',
      [
        [0, 0, 'red'],
        [79, 79, 'red'],
      ],
    ],
    ['rect=600,380,200,200', '40x20', [[39, 19, 'blue']]],
    [
      'w=320',
      '320x200',
      [
        [90, 30, 'red'],
        [1, 1, 'green'],
      ],
    ],
    ['h=100', '160x100', [[45, 15, 'red']]],
    ['w=320&dpr=2', '640x400', [[180, 60, 'red']]],
    ['w=1280', '1280x800', [[360, 120, 'red']]],
    ['w=1280&fit=max', '640x400', [[180, 60, 'red']]],
    ['w=100&h=100&fit=clip', '100x63', []],
    ['w=100&h=100&fit=scale', '100x100', [[31, 18, 'red']]],
    [
      'w=100&h=100&fit=crop&crop=left',
      '100x100',
      [
        [50, 20, 'red'],
        [0, 0, 'green'],
      ],
    ],
    ['w=100&h=100&fit=crop&crop=right,bottom', '100x100', [[99, 99, 'blue']]],
    ['w=400&h=400&fit=crop&crop=focalpoint&fp-x=0.3125&fp-y=0.2', '400x400', [[160, 80, 'red']]],
    ['w=800&h=800&fit=min', '400x400', []],
    [
      'w=100&h=100&fit=fill&bg=00ff00',
      '100x100',
      [
        [50, 2, 'green'],
        [50, 97, 'green'],
      ],
    ],
    [
      'w=800&h=800&fit=fillmax&bg=0f0',
      '800x800',
      [
        [400, 100, 'green'],
        [260, 280, 'red'],
      ],
    ],
    ['max-w=320', '320x200', []],
    ['min-h=800', '1280x800', []],
    [
      'flip=h',
      '640x400',
      [
        [639, 0, 'green'],
        [440, 60, 'red'],
      ],
    ],
    ['flip=v', '640x400', [[0, 399, 'green']]],
    [
      'or=90',
      '400x640',
      [
        [399, 0, 'green'],
        [0, 639, 'blue'],
      ],
    ],
    ['invert=true&rect=160,40,80,80', '80x80', [[40, 40, 'cyan']]],
    [
      'pad=10&bg=f00',
      '660x420',
      [
        [2, 2, 'red'],
        [14, 14, 'green'],
      ],
    ],
  ] as const)('%s makes %s', async (query, size, expected) => {
    const names = { red: '#ff0000', green: '#00ff00', blue: '#0000ff', cyan: '#00ffff' } as const;
    const { response, bytes: made } = await picture(`${query}&fm=png`);
    const seen = await look(
      made,
      expected.map(([x, y]) => [x, y] as const),
    );

    expect(response.status).toBe(200);
    expect(seen.size).toBe(size);
    expect(seen.colours).toEqual(expected.map(([, , name]) => names[name]));
  });

  test.each([
    ['auto=format', 'image/avif,image/webp,*/*', 'image/avif'],
    ['auto=format', 'image/webp,*/*', 'image/webp'],
    ['auto=format', '*/*', 'image/png'],
    ['fm=jpg', '*/*', 'image/jpeg'],
    ['fm=webp', '*/*', 'image/webp'],
  ])('%s for a client that accepts %s is %s', async (query, accept, contentType) => {
    const { response } = await picture(`w=64&${query}`, accept);

    expect(response.headers.get('content-type')).toBe(contentType);
    expect(response.headers.get('vary')).toBe(query === 'auto=format' ? 'accept' : null);
  });

  test.each(['jpg', 'pjpg', 'png', 'webp', 'avif'])(
    'the same %s is made of the same bytes every time',
    async (format) => {
      const transform = parseTransform(
        new URLSearchParams({ w: '200', h: '200', fit: 'crop', fm: format }),
        {
          accept: '',
          extension: 'png',
        },
      );
      if (transform === undefined) throw new Error('A query with a size is a transform');
      const [first, second] = [
        await transformImage(bytes, transform),
        await transformImage(bytes, transform),
      ];

      expect(Buffer.from(first.bytes).equals(second.bytes)).toBe(true);
    },
  );

  test('a photograph turned by its camera is upright, and has its upright size', async () => {
    const turned = await sharp(await draw(portrait, 'jpeg'))
      .withMetadata({ orientation: 6 })
      .toBuffer();
    const asset = await clientOf(lake).assets.upload('image', turned);
    const response = await fetch(`${asset.url}?w=200&fm=png`);

    expect(asset.metadata.dimensions).toMatchObject({ width: 400, height: 640 });
    expect((await look(new Uint8Array(await response.arrayBuffer()), [])).size).toBe('200x320');
  });

  test.each([
    'w=0',
    'w=99999',
    'q=101',
    'fit=squash',
    'fm=exe',
    'rect=1,2,3',
    'rect=-1,0,5,5',
    'bg=blue',
    'or=45',
    'dpr=9',
    'w=',
  ])('%s is refused, naming the parameter', async (query) => {
    const { response, bytes: body } = await picture(query);

    expect(response.status).toBe(400);
    expect(Buffer.from(body).toString()).toContain(`${query.split('=')[0]}=`);
  });

  test.each(['../../lake.sqlite', '..%2f..%2flake.sqlite', `${'0'.repeat(40)}-1x1.png`])(
    '%s is not found',
    async (name) => {
      const response = await fetch(`${lake.url}/images/localdev/production/${name}`);

      expect(response.status).toBe(404);
    },
  );

  test('a focus never cuts outside the picture', () => {
    for (const focus of [0, 0.01, 0.5, 0.99, 1]) {
      const transform = parseTransform(
        new URLSearchParams(`w=300&h=900&fit=crop&crop=focalpoint&fp-x=${focus}&fp-y=${focus}`),
        { accept: '', extension: 'jpg' },
      );
      if (transform === undefined) throw new Error('A query with a size is a transform');
      const { region } = planResize({ width: 641, height: 399 }, transform);

      expect(region.left).toBeGreaterThanOrEqual(0);
      expect(region.left + region.width).toBeLessThanOrEqual(641);
      expect(region.top + region.height).toBeLessThanOrEqual(399);
    }
  });
});
