import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import * as z from 'zod';
import { canonicalJson, sha256 } from '../src/publishing/digest.ts';
import type { StoredObject } from '../src/publishing/ports.ts';
import { leafHash, merkleRoot } from '../src/publishing/verify.ts';
import { CannotRun } from './cannot-run.ts';

/**
 * The public tree as files: what stands at `public/<path>` in the bucket is the file `<path>`, and
 * `_objects.json` beside them holds what plain files cannot say, for every file, in the order of paths:
 * `contentType`, `cacheControl` and `tags` always; `status` when it is not 200; `location` of a 301;
 * `metadata` only for what somebody else has put there.
 */
export interface ObjectFacts {
  readonly contentType: string;
  readonly cacheControl: string;
  readonly tags: readonly string[];
  readonly status?: number;
  readonly location?: string;
  readonly metadata?: Readonly<Record<string, string>>;
}

/** What is put into a tree; text is spared a copy of its bytes. */
export type TreeObject = Omit<StoredObject, 'body'> & { readonly body: string | Uint8Array };

export const factsFile = '_objects.json';

/** Writes a tree, object by object; `finish` adds `_objects.json` and says what was written. */
export class TreeWriter {
  readonly #directory: string;
  readonly #objects = new Map<string, { readonly facts: string; readonly leaf: string }>();
  readonly #made = new Set<string>();

  /** Throws CannotRun when there is something in the folder, unless it is a tree that may be replaced. */
  constructor(directory: string, { force }: { readonly force: boolean }) {
    this.#directory = directory;
    const names = namesIn(directory);
    if (names.length > 0 && !force) {
      throw new CannotRun(
        `${directory} is not empty. Choose another folder, or --force to replace the tree in it.`,
      );
    }
    if (names.length > 0 && !names.includes(factsFile)) {
      throw new CannotRun(
        `${directory} is not empty and holds no public tree, so --force does not replace it. ` +
          'Choose another folder, or empty this one yourself.',
      );
    }
    this.restart();
  }

  /** Begin anew with an empty folder. */
  restart(): void {
    for (const name of namesIn(this.#directory)) {
      rmSync(join(this.#directory, name), { recursive: true });
    }
    this.#objects.clear();
    this.#made.clear();
    mkdirSync(this.#directory, { recursive: true });
    // At once, so that a tree that was never finished is known for one and can be replaced.
    writeFileSync(join(this.#directory, factsFile), '{}\n');
  }

  put(path: string, object: TreeObject): void {
    const file = join(this.#directory, path);
    const folder = dirname(file);
    if (!this.#made.has(folder)) {
      mkdirSync(folder, { recursive: true });
      this.#made.add(folder);
    }
    writeFileSync(file, object.body);
    const facts = canonicalJson(factsOf(object));
    this.#objects.set(path, { facts, leaf: leafHash(path, object) });
  }

  finish(): { readonly objects: number; readonly root: string } {
    const paths = [...this.#objects.keys()].sort();
    const lines = paths.map((path) => `${JSON.stringify(path)}: ${this.#objects.get(path)?.facts}`);
    writeFileSync(join(this.#directory, factsFile), `{\n${lines.join(',\n')}\n}\n`);
    return {
      objects: paths.length,
      root: merkleRoot(paths.map((path) => this.#objects.get(path)?.leaf ?? '')),
    };
  }
}

/** What is said of an object besides its bytes. */
export function factsOf({
  contentType,
  cacheControl,
  metadata = {},
}: Omit<StoredObject, 'body'>): ObjectFacts {
  const { status, location, 'cache-tag': tags, ...foreign } = metadata;
  return {
    contentType,
    cacheControl: cacheControl ?? '',
    tags: tags === undefined ? [] : tags.split(','),
    ...(status === undefined ? {} : { status: Number(status) }),
    ...(location === undefined ? {} : { location }),
    ...(Object.keys(foreign).length === 0 ? {} : { metadata: foreign }),
  };
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw new CannotRun(`${directory} cannot be used as a folder. Choose another one.`, { cause });
  }
}

/** What `_objects.json` says, in the order of paths. Throws CannotRun when the folder is no public tree. */
export function readFacts(directory: string): ReadonlyMap<string, ObjectFacts> {
  try {
    const text = readFileSync(join(directory, factsFile), 'utf8');
    return new Map(Object.entries(factsShape.parse(JSON.parse(text))));
  } catch (cause) {
    throw new CannotRun(
      `${directory} is no public tree: expected a folder with ${factsFile}, as "pressrun build" and "pressrun export" write it.`,
      { cause },
    );
  }
}

const factsShape = z.record(
  z.string(),
  z.object({
    contentType: z.string(),
    cacheControl: z.string(),
    tags: z.array(z.string()),
    status: z.number().exactOptional(),
    location: z.string().exactOptional(),
    metadata: z.record(z.string(), z.string()).exactOptional(),
  }),
);

/** A tree of files as it is on disk: path → a hash of its bytes, and what `_objects.json` says of it. */
export interface ReadTree {
  readonly files: ReadonlyMap<string, string>;
  readonly facts: ReadonlyMap<string, string>;
}

/** Reads a tree that `build` or `export` wrote. Throws CannotRun when there is none. */
export function readTree(directory: string): ReadTree {
  const facts = readFacts(directory);
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => path !== factsFile);
  return {
    files: new Map(files.map((path) => [path, sha256(readFileSync(join(directory, path)))])),
    facts: new Map([...facts].map(([path, each]) => [path, canonicalJson(each)])),
  };
}
