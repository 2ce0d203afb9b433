import { readFileSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { CannotRun } from './cannot-run.ts';
import { type ObjectFacts, type TreeWriter, readFacts } from './public-tree.ts';

/** The stored pictures of a tree, and what is said of each. */
export interface StoredPictures {
  readonly folder: string;
  readonly facts: ReadonlyMap<string, ObjectFacts>;
}

/**
 * Finds the stored pictures of another tree. Throws CannotRun, before anything is written, when the folder
 * is no public tree, lacks a picture that it lists, or is what the build is about to write over.
 */
export function findPictures(folder: string, { out }: { readonly out: string }): StoredPictures {
  if (relative(out, folder).split(sep)[0] !== '..') {
    throw new CannotRun(
      `--images ${folder} is in what --out replaces, ${out}. Choose another folder to build into.`,
    );
  }
  const facts = new Map(
    [...readFacts(folder)].filter(
      ([path, { status }]) => /^(images|cards)\//.test(path) && status === undefined,
    ),
  );
  for (const path of facts.keys()) {
    if (path.split('/').includes('..') || !isFile(join(folder, path))) {
      throw new CannotRun(
        `--images ${folder} lists ${path} and does not have it. Export the tree again.`,
      );
    }
  }
  return { folder, facts };
}

/**
 * Takes stored pictures over from another tree. Their bytes are what was stored first, wherever they
 * came from, so a build never makes them anew.
 */
export function copyPictures({ folder, facts }: StoredPictures, tree: TreeWriter): void {
  for (const [path, { contentType, cacheControl, tags, metadata }] of facts) {
    tree.put(path, {
      body: readFileSync(join(folder, path)),
      contentType,
      cacheControl,
      metadata: { ...(tags.length === 0 ? {} : { 'cache-tag': tags.join(',') }), ...metadata },
    });
  }
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
