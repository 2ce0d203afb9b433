import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FunctionDefinition } from '../../../local/functions/invocation.ts';

/** Bundles small enough to read in the test, written to a folder of their own. */
export async function writeFixtureFunctions(
  sources: Readonly<Record<string, string>>,
  settings: Partial<Omit<FunctionDefinition, 'name' | 'bundleDirectory'>> = {},
): Promise<{ functions: FunctionDefinition[]; directory: string; remove: () => Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'functions-'));
  const functions: FunctionDefinition[] = [];
  for (const [name, source] of Object.entries(sources)) {
    const bundleDirectory = join(directory, name);
    await mkdir(bundleDirectory);
    await writeFile(join(bundleDirectory, 'index.mjs'), source);
    functions.push({
      name,
      bundleDirectory,
      environment: {},
      timeoutSeconds: 5,
      memoryMb: 128,
      concurrency: 1,
      recursiveLoop: 'Terminate',
      ...settings,
    });
  }
  return { functions, directory, remove: () => rm(directory, { recursive: true }) };
}
