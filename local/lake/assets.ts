import { createHash } from 'node:crypto';
import { extname } from 'node:path';

import sharp, { type Metadata, type Sharp } from 'sharp';

import type { AssetFiles } from './asset-files.ts';
import type { Dataset } from './dataset.ts';
import type { JsonRecord, LakeDocument } from './documents.ts';
import { plainRefusal } from './errors.ts';

export const pixelLimit = 256_000_000;

export interface Upload {
  kind: 'image' | 'file';
  bytes: Uint8Array;
  filename?: string;
  contentType?: string;
  /** Which metadata the caller asked for; without a wish, all that the lake makes. */
  metadata?: readonly string[];
  /** `title`, `label`, `description`, `creditLine`, `source`: stored as given. */
  attributes?: JsonRecord;
  author: string;
}

export interface AssetStore {
  /** Stores the bytes and their document; the same bytes again give the same document. */
  upload(dataset: Dataset, upload: Upload): Promise<LakeDocument>;
  read(dataset: Dataset, name: string): Uint8Array | undefined;
  clear(dataset: Dataset): void;
}

export function createAssetStore({
  projectId,
  baseUrl,
  filesOf,
}: {
  projectId: string;
  baseUrl: () => string;
  filesOf: (dataset: string) => AssetFiles;
}): AssetStore {
  return {
    async upload(dataset, upload) {
      const sha1 = createHash('sha1').update(upload.bytes).digest('hex');
      const described =
        upload.kind === 'image'
          ? await describeImage(upload)
          : { extension: fileExtension(upload) };
      const name =
        'size' in described
          ? `${sha1}-${described.size}.${described.extension}`
          : `${sha1}.${described.extension}`;
      const id = `${upload.kind}-${name.replace('.', '-')}`;
      const known = dataset.documents.get(id);
      if (known !== undefined) return known;
      filesOf(dataset.name).write(name, upload.bytes);
      const path = `${upload.kind}s/${projectId}/${dataset.name}/${name}`;
      const document: JsonRecord = {
        _id: id,
        _type: upload.kind === 'image' ? 'sanity.imageAsset' : 'sanity.fileAsset',
        assetId: sha1,
        sha1hash: sha1,
        uploadId: sha1.slice(0, 32),
        extension: described.extension,
        mimeType:
          mimeTypes[described.extension] ?? upload.contentType ?? 'application/octet-stream',
        ...(upload.filename !== undefined && { originalFilename: upload.filename }),
        path,
        url: `${baseUrl()}/${path}`,
        size: upload.bytes.length,
        ...('metadata' in described && { metadata: described.metadata }),
        ...upload.attributes,
      };
      await dataset.commit({
        mutations: [{ kind: 'createIfNotExists', document }],
        author: upload.author,
      });
      const stored = dataset.documents.get(id);
      if (stored === undefined) throw new Error(`The document of asset ${id} is gone again`);
      return stored;
    },
    read: (dataset, name) => filesOf(dataset.name).read(name),
    clear: (dataset) => filesOf(dataset.name).clear(),
  };
}

async function describeImage({ bytes, metadata: wished }: Upload) {
  let image: Sharp;
  let read: Metadata;
  try {
    image = sharp(bytes, { limitInputPixels: pixelLimit });
    read = await image.metadata();
  } catch {
    throw plainRefusal(400, 'Invalid image: its bytes are no image this lake can read');
  }
  const extension = extensionOf(read);
  // A camera's rotation counts: width and height are what a viewer sees.
  const isTurned = (read.orientation ?? 1) >= 5;
  const width = (isTurned ? read.height : read.width) ?? 0;
  const height = (isTurned ? read.width : read.height) ?? 0;
  const wants = (part: string) => wished === undefined || wished.includes(part);
  const small = wants('lqip') || wants('palette') ? await thumbnailOf(image) : null;
  return {
    extension,
    size: `${width}x${height}`,
    metadata: {
      _type: 'sanity.imageMetadata',
      dimensions: {
        _type: 'sanity.imageDimensions',
        width,
        height,
        aspectRatio: width / height,
      },
      hasAlpha: read.hasAlpha ?? false,
      isOpaque: !(read.hasAlpha ?? false),
      ...(small !== null && wants('lqip') && { lqip: await lowQualityPreview(small) }),
      ...(small !== null && wants('palette') && { palette: await paletteOf(small) }),
    },
  };
}

/** The image upright and small: what is said of its looks needs no more, and is said much sooner. */
async function thumbnailOf(image: Sharp): Promise<Sharp> {
  const { data, info } = await image
    .clone()
    .rotate()
    .resize({ width: 128, withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return sharp(data, { raw: { width, height, channels } });
}

/** A picture of about twenty pixels as a data URL, shown while the real one loads. */
async function lowQualityPreview(thumbnail: Sharp): Promise<string> {
  const { hasAlpha } = await thumbnail.metadata();
  const small = thumbnail.clone().resize({ width: 20, withoutEnlargement: true });
  const bytes = await (hasAlpha ? small.png() : small.jpeg({ quality: 60 })).toBuffer();
  return `data:image/${hasAlpha ? 'png' : 'jpeg'};base64,${bytes.toString('base64')}`;
}

async function paletteOf(thumbnail: Sharp): Promise<JsonRecord> {
  const { dominant } = await thumbnail.clone().stats();
  const hex = [dominant.r, dominant.g, dominant.b]
    .map((channel) => channel.toString(16).padStart(2, '0'))
    .join('');
  const isDark = dominant.r * 0.299 + dominant.g * 0.587 + dominant.b * 0.114 < 140;
  const swatch = {
    _type: 'sanity.imagePaletteSwatch',
    background: `#${hex}`,
    foreground: isDark ? '#fff' : '#000',
    title: isDark ? '#fff' : '#000',
    population: 1,
  };
  return { _type: 'sanity.imagePalette', dominant: swatch };
}

function extensionOf({ format, compression }: Metadata): string {
  if (format === 'jpeg') return 'jpg';
  if (format === 'tiff') return 'tif';
  if (format === 'heif') return compression === 'av1' ? 'avif' : 'heif';
  return format ?? 'bin';
}

function fileExtension({ filename, contentType }: Upload): string {
  const named = extname(filename ?? '')
    .slice(1)
    .toLowerCase();
  if (/^[a-z0-9]{1,10}$/.test(named)) return named;
  const known = Object.entries(mimeTypes).find(([, type]) => type === contentType);
  return known?.[0] ?? 'bin';
}

export const mimeTypes: Record<string, string> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  avif: 'image/avif',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  tif: 'image/tiff',
  heif: 'image/heif',
  pdf: 'application/pdf',
  json: 'application/json',
  txt: 'text/plain',
  csv: 'text/csv',
  zip: 'application/zip',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
};
