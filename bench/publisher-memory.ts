import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type FunctionName, limits, sparing } from '../cdk/charter/functions.ts';
import { shareOfProcessor } from '../cdk/charter/times.ts';
import type { FunctionDefinition } from '../local/functions/invocation.ts';
import { editorClient } from '../local/stack/editor-client.ts';
import { type Stack, startStack } from '../local/stack/stack.ts';
import { bundleFunctions } from '../scripts/bundle.ts';
import { prices } from './prices.ts';

/**
 * What a publisher keeps resident, cold and warm: budget D2. `node --import ./scripts/tsx.ts bench/publisher-memory.ts`
 * starts the whole stack, publishes the demo publication and then one edit after another, and asks the system for the
 * peak of the publisher's process, which runs the bundle that ships under AWS's runtime client. Linux only.
 */
const { values } = parseArgs({
  options: {
    publishes: { type: 'string', default: '200' },
    /** MB of the publisher; what the charter says when absent. */
    memory: { type: 'string' },
    /** Without the variables of the charter that save memory. */
    bare: { type: 'boolean', default: false },
  },
});
/** Seven rounds of waiting (budget B3), one of them for the lake. */
const waitingSeconds = 0.2;
const memoryMb = Number(values.memory ?? limits['publish-briefings'].memoryMb);
const budgetMiB = 110;
if (process.platform !== 'linux') {
  throw new Error(
    `Expected Linux, whose /proc tells what a process keeps; this is ${process.platform}`,
  );
}

const directory = await mkdtemp(join(tmpdir(), 'bench-memory-'));
try {
  await bundleFunctions(directory);
  const stack = await startStack({ bundles: directory, tune });
  try {
    await stack.seed(join(import.meta.dirname, '..', 'demo', 'publication.ndjson'));
    await stack.settled();
    const cold = await usedBy('publish-briefings');
    await publishEdits(stack, Number(values.publishes));
    const warm = await usedBy('publish-briefings');
    const each = (warm.processorMs - cold.processorMs) / Number(values.publishes);
    console.log(
      `publisher of ${memoryMb} MB${values.bare ? ', bare' : ''}: ${cold.peakMiB} MiB after the demo publication, ${warm.peakMiB} MiB after ${values.publishes} edits, each ${each.toFixed(0)} ms of the processor; budget ${budgetMiB} MiB`,
    );
    for (const memory of [256, 512, 1024, 1769]) console.log(costOf(memory, each));
  } finally {
    await stack.close();
  }
} finally {
  await rm(directory, { recursive: true });
}

function tune(definition: FunctionDefinition): FunctionDefinition {
  if (definition.name !== 'publish-briefings') return definition;
  const environment = Object.fromEntries(
    Object.entries(definition.environment).filter(
      ([name]) => !values.bare || !Object.hasOwn(sparing, name),
    ),
  );
  return { ...definition, memoryMb, environment };
}

/** What an edit takes and costs at a memory, from the milliseconds of the processor that it takes. */
function costOf(memory: number, processorMs: number): string {
  // Lambda gives a processor to 1,769 MB, and of it what the memory is of them
  // (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html).
  const share = Math.min(1, shareOfProcessor(memory));
  const seconds = processorMs / 1000 / share + waitingSeconds;
  const dollars = seconds * (memory / 1024) * prices.lambda.gigabyteSecond * 1e6;
  return `  ${memory} MB: ${share.toFixed(2)} of a processor, ${seconds.toFixed(2)} s an edit, $${dollars.toFixed(2)} a million`;
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

/**
 * What the processes of a function have used: MiB resident at most in one, milliseconds of the processor in
 * all. Throws where none runs.
 */
async function usedBy(
  name: FunctionName,
): Promise<{ readonly peakMiB: number; readonly processorMs: number }> {
  const peaks: number[] = [];
  let processorMs = 0;
  for (const id of await readdir('/proc')) {
    if (!/^\d+$/.test(id)) continue;
    const environment = await readFile(`/proc/${id}/environ`, 'utf8').catch(() => '');
    if (!environment.split('\0').includes(`AWS_LAMBDA_FUNCTION_NAME=${name}`)) continue;
    const status = await readFile(`/proc/${id}/status`, 'utf8');
    peaks.push(Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1]) / 1024);
    // After the name in brackets, the twelfth and thirteenth: hundredths of a second in user and system mode.
    const numbers = (await readFile(`/proc/${id}/stat`, 'utf8')).split(') ').at(-1)?.split(' ');
    processorMs += (Number(numbers?.[11]) + Number(numbers?.[12])) * 10;
  }
  if (peaks.length === 0)
    throw new Error(`Expected a process of ${name} on this machine, found none`);
  return { peakMiB: Math.round(Math.max(...peaks)), processorMs };
}
