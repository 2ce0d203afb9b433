import { expect, test } from 'vitest';
import { limits } from '../../cdk/charter/functions.ts';
import { coldStart, shareOfProcessor } from '../../cdk/charter/times.ts';
import { FunctionHost, type Invocation } from './function-host.ts';
import { call, calm } from './network.ts';
import { World } from './world.ts';

const asking = { takes: 100, patience: 10_000, attempts: 1 };
const { memoryMb, timeoutSeconds } = limits['publish-briefings'];

/** Runs handlers of the publisher and notes how and when each ended, in milliseconds of the world. */
function host() {
  const world = new World(7, 0);
  const functions = new FunctionHost(world);
  const ends: (readonly [string, number])[] = [];
  const invoke = (handler: (invocation: Invocation) => Promise<unknown>): boolean =>
    functions.invoke('publish-briefings', calm, handler, ({ kind }) =>
      ends.push([kind, Math.round(world.now)]),
    );
  return { world, ends, invoke };
}

test('a function that does not come to an end is killed at the limit that the stack gives it', async () => {
  const { world, ends, invoke } = host();
  invoke(() => new Promise(() => {}));
  invoke(async ({ process }) => process.hang());
  await world.runUntil(100_000);
  const limit = coldStart + timeoutSeconds * 1000;
  expect(ends).toEqual([
    ['killed', limit],
    ['killed', limit],
  ]);
});

test('what is computed adds up, at the share of a processor that its memory buys; calls do not', async () => {
  const { world, ends, invoke } = host();
  const effects: number[] = [];
  invoke(async ({ process }) => {
    process.compute(50);
    process.compute(50);
    await Promise.all(
      [1, 2, 3].map(() => call(process, calm, asking, () => effects.push(world.now))),
    );
  });
  await world.runUntil(10_000);
  const computed = coldStart + 100 / shareOfProcessor(memoryMb);
  const [[kind, at] = ['', 0]] = ends;
  expect(kind).toBe('answered');
  expect(Math.min(...effects)).toBeGreaterThan(computed);
  // Side by side: the slowest of the three, never the sum.
  expect(at).toBeGreaterThan(computed + 70);
  expect(at).toBeLessThan(computed + 161);
});

test('as many run at once as the stack allows, and a killed one takes its memory along', async () => {
  const { world, invoke } = host();
  const remembered: (string | undefined)[] = [];
  const remembering = async ({ process, nodes }: Invocation, dies: boolean): Promise<void> => {
    remembered.push(nodes.get('node'));
    nodes.set('node', 'known');
    if (dies) process.kill();
  };
  const started = [false, true, true].map((dies) => invoke((each) => remembering(each, dies)));
  await world.runUntil(5_000);
  invoke((each) => remembering(each, true));
  await world.runUntil(6_000);
  invoke((each) => remembering(each, false));
  await world.runUntil(10_000);
  expect({ started, remembered }).toEqual({
    started: [true, true, false],
    remembered: [undefined, undefined, 'known', undefined],
  });
});
