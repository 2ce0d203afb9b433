import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type TreeWriter, readFacts } from './public-tree.ts';

/**
 * Takes stored pictures over from another tree. Their bytes are what was stored first, wherever they
 * came from, so a build never makes them anew.
 */
export function copyImages(from: string, tree: TreeWriter): void {
  for (const [path, { contentType, cacheControl, tags, status, metadata }] of readFacts(from)) {
    const isPicture = path.startsWith('images/') || path.startsWith('cards/');
    if (!isPicture || status !== undefined) continue;
    tree.put(path, {
      body: readFileSync(join(from, path)),
      contentType,
      cacheControl,
      metadata: { ...(tags.length === 0 ? {} : { 'cache-tag': tags.join(',') }), ...metadata },
    });
  }
}
