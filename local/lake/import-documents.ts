import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { AssetStore } from './assets.ts';
import type { Dataset } from './dataset.ts';
import { isRecord, type JsonRecord } from './documents.ts';
import { plainRefusal } from './errors.ts';
import type { Mutation } from './mutations.ts';

export interface ImportOutcome {
  documents: number;
  assets: number;
}

/**
 * Puts the documents of an NDJSON file into a dataset, as one transaction of its log, so that
 * they may refer to each other in any order. Files named by `_sanityAsset` are read from beside it.
 */
export async function importFile(
  path: string,
  target: { dataset: Dataset; assets: AssetStore; author: string },
): Promise<ImportOutcome> {
  const folder = dirname(resolve(path));
  return importDocuments(readFileSync(path, 'utf8'), {
    ...target,
    readAsset: (address) => readFileSync(fileOf(address, folder)),
  });
}

/** The same for NDJSON text; without `readAsset` a line that names a file is refused with 400. */
export async function importDocuments(
  ndjson: string,
  {
    dataset,
    assets,
    author,
    readAsset,
  }: {
    dataset: Dataset;
    assets: AssetStore;
    author: string;
    readAsset?: (address: string) => Uint8Array;
  },
): Promise<ImportOutcome> {
  let uploaded = 0;

  async function withAssets(value: unknown): Promise<unknown> {
    if (Array.isArray(value)) {
      const members: unknown[] = [];
      for (const member of value) members.push(await withAssets(member));
      return members;
    }
    if (!isRecord(value)) return value;
    const copy: JsonRecord = {};
    for (const [name, member] of Object.entries(value)) copy[name] = await withAssets(member);
    const wanted = copy['_sanityAsset'];
    if (typeof wanted !== 'string') return copy;
    delete copy['_sanityAsset'];
    copy['asset'] = { _type: 'reference', _ref: await uploadFrom(wanted) };
    return copy;
  }

  async function uploadFrom(wanted: string): Promise<string> {
    const [kind, address] = splitAsset(wanted);
    if (readAsset === undefined) {
      throw plainRefusal(400, `"${wanted}" names a file; import the file in process instead`);
    }
    const { _id } = await assets.upload(dataset, {
      kind,
      bytes: readAsset(address),
      filename: basename(address),
      author,
    });
    uploaded += 1;
    return _id;
  }

  const mutations: Mutation[] = [];
  for (const document of parseLines(ndjson)) {
    const complete = await withAssets(document);
    if (isRecord(complete)) mutations.push({ kind: 'createOrReplace', document: complete });
  }
  if (mutations.length > 0) await dataset.commit({ mutations, author });
  return { documents: mutations.length, assets: uploaded };
}

function parseLines(ndjson: string): JsonRecord[] {
  return ndjson.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      throw plainRefusal(400, `Line ${index + 1} is not JSON`);
    }
    if (!isRecord(value) || typeof value['_id'] !== 'string') {
      throw plainRefusal(400, `Line ${index + 1} is not a document with an _id`);
    }
    return [value];
  });
}

function splitAsset(wanted: string): ['image' | 'file', string] {
  const separator = wanted.indexOf('@');
  const kind = wanted.slice(0, separator);
  if (kind === 'image' || kind === 'file') return [kind, wanted.slice(separator + 1)];
  throw plainRefusal(400, `"${wanted}" is no asset; expected image@file://… or file@file://…`);
}

function fileOf(address: string, folder: string): string {
  if (!address.startsWith('file://')) {
    throw plainRefusal(400, `"${address}" is not a local file; expected file://…`);
  }
  return address.startsWith('file:///')
    ? fileURLToPath(address)
    : resolve(folder, decodeURIComponent(address.slice('file://'.length)));
}
