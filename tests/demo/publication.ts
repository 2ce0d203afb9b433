import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** A document of the demo publication as it stands in its file. */
export interface DemoDocument {
  readonly [field: string]: unknown;
  readonly _id: string;
  readonly _type: string;
}

export const demo = new URL('../../demo/', import.meta.url);

/** Every document of the demo publication, in the order of the file. */
export function demoDocuments(): readonly DemoDocument[] {
  return demoLines().map((line) => {
    const document: unknown = JSON.parse(line);
    if (!isDemoDocument(document)) throw new Error(`Expected a document; found ${line}`);
    return document;
  });
}

export function demoLines(): readonly string[] {
  const text = readFileSync(new URL('publication.ndjson', demo), 'utf8');
  return text.trimEnd().split('\n');
}

/** The document as the content lake holds it once the importer has uploaded its images. */
export function imported(document: DemoDocument): unknown {
  const withAssets: unknown = JSON.parse(JSON.stringify(document), (_key, value: unknown) => {
    if (!isRecord(value) || typeof value['_sanityAsset'] !== 'string') return value;
    const { _sanityAsset, ...image } = value;
    return { ...image, asset: { _type: 'reference', _ref: assetId(portraitFile(_sanityAsset)) } };
  });
  return { ...(isRecord(withAssets) ? withAssets : {}), _rev: 'demo' };
}

/** Every value of a field with this name, however deep. */
export function everyValueOf(field: string, within: unknown): readonly unknown[] {
  if (Array.isArray(within)) return within.flatMap((each: unknown) => everyValueOf(field, each));
  if (!isRecord(within)) return [];
  return Object.entries(within).flatMap(([name, value]) => [
    ...(name === field ? [value] : []),
    ...everyValueOf(field, value),
  ]);
}

/** The words of an answer, a line a block. */
export function wordsOf(answer: unknown): string {
  if (!Array.isArray(answer)) return '';
  return answer
    .map((block: unknown) =>
      isRecord(block) ? everyValueOf('text', block['children']).join('') : '',
    )
    .join('\n');
}

export function portraitFile(sanityAsset: unknown): URL {
  const path = /^image@file:\/\/(\.\/portraits\/[a-z-]+\.png)$/.exec(String(sanityAsset))?.[1];
  if (path === undefined)
    throw new Error(`Expected a portrait's path; found ${String(sanityAsset)}`);
  return new URL(path, demo);
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function assetId(file: URL): string {
  const bytes = readFileSync(file);
  const size = `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
  return `image-${createHash('sha1').update(bytes).digest('hex')}-${size}-png`;
}

function isDemoDocument(value: unknown): value is DemoDocument {
  return isRecord(value) && typeof value['_id'] === 'string' && typeof value['_type'] === 'string';
}
