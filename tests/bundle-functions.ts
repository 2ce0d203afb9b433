import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { bundleFunctions } from '../scripts/bundle.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** The folder with every function as it ships, bundled from the sources as they are. */
    readonly bundles: string;
  }
}

/** Once before all files: every stack that is started runs the same bytes. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'bundles-'));
  await bundleFunctions(folder);
  project.provide('bundles', folder);
  return () => rm(folder, { recursive: true });
}
