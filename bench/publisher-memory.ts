import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { FunctionName } from '../cdk/charter/functions.ts';
import { editorClient } from '../local/stack/editor-client.ts';
import { type Stack, startStack } from '../local/stack/stack.ts';
import { bundleFunctions } from '../scripts/bundle.ts';

/**
 * What a publisher keeps resident, cold and warm: budget D2. `node --import ./scripts/tsx.ts bench/publisher-memory.ts`
 * starts the whole stack, publishes the demo publication and then one edit after another, and asks the system for the
 * peak of the publisher's process, which runs the bundle that ships under AWS's runtime client. Linux only.
 */
const { values } = parseArgs({ options: { publishes: { type: 'string', default: '200' } } });
const budgetMiB = 110;
if (process.platform !== 'linux') {
  throw new Error(
    `Expected Linux, whose /proc tells what a process keeps; this is ${process.platform}`,
  );
}

const directory = await mkdtemp(join(tmpdir(), 'bench-memory-'));
try {
  await bundleFunctions(directory);
  const stack = await startStack({ bundles: directory });
  try {
    await stack.seed(join(import.meta.dirname, '..', 'demo', 'publication.ndjson'));
    await stack.settled();
    const cold = await memoryOf('publish-briefings');
    await publishEdits(stack, Number(values.publishes));
    const warm = await memoryOf('publish-briefings');
    console.log(
      `publisher: ${cold} MiB after the demo publication, ${warm} MiB after ${values.publishes} edits; budget ${budgetMiB} MiB`,
    );
  } finally {
    await stack.close();
  }
} finally {
  await rm(directory, { recursive: true });
}

/** One edit after another, each of another briefing and each a release of its own. */
async function publishEdits(stack: Stack, count: number): Promise<void> {
  const editor = editorClient(stack.file);
  const ids: readonly string[] = await editor.fetch('*[_type == "briefing"] | order(_id)._id');
  for (let number = 0; number < count; number += 1) {
    const id = ids[number % ids.length] ?? '';
    await editor
      .patch(id)
      .set({ headline: `As told for the ${number}. time` })
      .commit();
    await stack.settled();
  }
}

/** MiB that the processes of a function had resident at most. Throws where none runs. */
async function memoryOf(name: FunctionName): Promise<number> {
  const peaks: number[] = [];
  for (const id of await readdir('/proc')) {
    if (!/^\d+$/.test(id)) continue;
    const environment = await readFile(`/proc/${id}/environ`, 'utf8').catch(() => '');
    if (!environment.split('\0').includes(`AWS_LAMBDA_FUNCTION_NAME=${name}`)) continue;
    const status = await readFile(`/proc/${id}/status`, 'utf8');
    peaks.push(Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024);
  }
  if (peaks.length === 0)
    throw new Error(`Expected a process of ${name} on this machine, found none`);
  return Math.round(Math.max(...peaks));
}
