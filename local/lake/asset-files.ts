import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The bytes of uploaded assets, by file name; names come from content, so a file never changes. */
export interface AssetFiles {
  write(name: string, bytes: Uint8Array): void;
  read(name: string): Uint8Array | undefined;
  clear(): void;
}

/** Files in `directory`, or in memory when there is none. */
export function openAssetFiles(directory: string | undefined): AssetFiles {
  if (directory === undefined) {
    const files = new Map<string, Uint8Array>();
    return {
      write: (name, bytes) => void files.set(name, bytes),
      read: (name) => files.get(name),
      clear: () => files.clear(),
    };
  }
  mkdirSync(directory, { recursive: true });
  return {
    write(name, bytes) {
      const path = join(directory, safeName(name));
      if (existsSync(path)) return;
      // Under its real name a file is always whole, even when the process dies while writing.
      writeFileSync(`${path}.part`, bytes);
      renameSync(`${path}.part`, path);
    },
    read(name) {
      const path = join(directory, safeName(name));
      return existsSync(path) ? readFileSync(path) : undefined;
    },
    clear() {
      rmSync(directory, { recursive: true, force: true });
      mkdirSync(directory, { recursive: true });
    },
  };
}

function safeName(name: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9-]*\.[a-z0-9]+$/.test(name)) {
    throw new RangeError(`"${name}" is not the name of an asset file`);
  }
  return name;
}
